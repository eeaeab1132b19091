package registry

import "sevenday/metrics/conversion"

// conversions are the figures of visits that end in a payment.
var conversions = []Definition{
	{
		Name: "conversion", Aliases: []string{"visit_conversion"}, Query: "conversion", Unit: Fraction, Direction: Up, Version: 1,
		Columns: columnsOf[conversion.Row](),
		English: Text{
			Title:       "Visit conversion",
			Question:    "Which share of visits ends in a payment, and what are they worth?",
			Grain:       "merchant (or industry, or platform) x day of the visit x currency",
			Numerator:   "Visits followed by a payment of the same user at the same merchant. A payment belongs to the latest visit that starts at or before it within the window, so no payment counts for two visits.",
			Denominator: "All visits that start on the day.",
			Window:      "24 hours from the visit's start, the end included. A payment's time is ordered_at where it is given, else event_time.",
			States:      "Final when the day on which the last visit's window ends (the next day, or where clocks are put forward the one after it) and the merchant's settlement_days are closed. The row without a day pools the final days of each merchant.",
			Interval:    "95 %, clustered: users are the clusters for one merchant, merchants for industries and the platform. With fewer than 10 clusters Wilson.",
			Notes: []string{
				"gross is what the converted visits' payments amounted to, net the same less their refunds, each in one currency and never one sum over currencies. An order of 0 converts. Orders in another currency than the merchant's convert, and their money is in no sum.",
				"A refund that comes later lowers net in a later publication; the rate stays.",
				"Payments without a user convert no visit.",
			},
		},
		Chinese: Text{
			Title:       "访问转化率",
			Question:    "有多少访问最终支付？带来多少金额？",
			Grain:       "商家（或行业、平台）x 访问日 x 币种",
			Numerator:   "其后有同一用户在同一商家支付的访问。支付归属于窗口内开始时间不晚于它的最近一次访问，因此一笔支付不会计给两次访问。",
			Denominator: "当日开始的全部访问。",
			Window:      "自访问开始 24 小时内，含终点。支付时间优先取 ordered_at，否则取 event_time。",
			States:      "最后一次访问的窗口结束之日（通常为次日，拨快时钟时可能再晚一日）以及商家的 settlement_days 都关闭后为已完成。没有 day 的行合并各商家已完成的日期。",
			Interval:    "95%，按簇计算：单个商家以用户为簇，行业与平台以商家为簇；簇数不足 10 时用 Wilson。",
			Notes: []string{
				"gross 为转化访问的支付金额，net 为扣除退款后的金额；各币种分列，绝不相加。金额为 0 的订单算转化。与商家币种不同的订单算转化，但不计金额。",
				"之后发生的退款会在后续发布中降低 net，转化率不变。",
				"没有用户标识的支付不会使任何访问转化。",
			},
		},
	},
	{
		Name: "portals", Aliases: []string{"portal"}, Query: "portals", Unit: Fraction, Direction: Up, Version: 1,
		Columns: columnsOf[conversion.Row](),
		English: Text{
			Title:       "Conversion by portal",
			Question:    "Through which portals do users come, and how well does each convert?",
			Grain:       "as conversion, x portal of the visit",
			Numerator:   "Converted visits that came through the portal.",
			Denominator: "Visits that came through the portal. The portals' visits add up to all visits.",
			Window:      "As conversion.",
			States:      "As conversion.",
			Interval:    "As conversion.",
			Notes: []string{
				"The seven portals are scan, search, friend_tab, payment_success, collection, life_account and card_package; other is what is none of them, visits with an unmapped scene code among them.",
				"The portal of a visit is that of its first entry. A difference between portals is a description: users choose their portal.",
			},
		},
		Chinese: Text{
			Title:       "分流量入口转化率",
			Question:    "用户从哪些入口进入？各入口转化如何？",
			Grain:       "同访问转化率 x 访问的流量入口",
			Numerator:   "从该入口进入并转化的访问。",
			Denominator: "从该入口进入的访问。各入口访问之和等于全部访问。",
			Window:      "同访问转化率。",
			States:      "同访问转化率。",
			Interval:    "同访问转化率。",
			Notes: []string{
				"七个入口为 scan、search、friend_tab、payment_success、collection、life_account、card_package；other 为其余，包括场景码尚未映射的访问。",
				"访问的入口取其第一条进入事件。入口之间的差异只是描述：入口由用户自己选择。",
			},
		},
	},
	{
		Name: "conversion_detail", Aliases: []string{"user_conversion", "net_conversion"}, Query: "conversion", Unit: Fraction, Direction: Up, Version: 1,
		Columns: columnsOf[conversion.DetailRow](),
		English: Text{
			Title:       "Conversion in detail: users, net of refunds, any breakdown",
			Question:    "Which share of a day's visitors pays? Which share of conversions lasts? What do visits of a terminal, store, campaign or city lead to, and by which lever or method do they pay?",
			Grain:       "as conversion, x value of the breakdown",
			Numerator:   "Unit visit: visits that a payment belongs to. Unit user: visitors who pay within the window of their first visit of the day, whichever visit has the payment. On a net basis payments wholly refunded within 7 days of the payment are left out.",
			Denominator: "Unit visit: all visits of the day. Unit user: users with a visit that starts on the day, each with the first. In breakdowns by lever, method and currency always all of them.",
			Window:      "24 hours from the visit's start unless another is named, at most 90 days; the end included.",
			States:      "Final when the day on which the last visit's window ends and the settlement are closed, on a net basis when 7 more days are. The row without a day pools the final days of each merchant.",
			Interval:    "95 %, clustered as conversion; Wilson for one merchant's users of a day, of whom each counts once.",
			Notes: []string{
				"Portal, terminal, store and campaign are those of the visit, with unit user of the first; the city is that of the visit's store, else of the merchant; none stands for what has no store, campaign or city.",
				"By lever, method or currency a converted visit stands at its first payment's value, money at its own payment's. So both add up to the whole.",
				"By currency every currency has a row of its own money; elsewhere money is that of orders in the merchant's currency.",
				"Money is that of visits: a user's payment can lie in the windows of two days, so unit user has none.",
				"An order of 0 has nothing to give back and stays in net rates. A refund after the 7 days changes net amounts and no rate.",
			},
		},
		Chinese: Text{
			Title:       "转化率细分：按用户、扣除退款、任意维度、任意窗口",
			Question:    "当日访客有多少支付？有多少转化没有被退款？各终端、门店、活动、城市的访问带来什么？以何种转化杠杆和支付方式支付？",
			Grain:       "同访问转化率 x 拆分取值",
			Numerator:   "单位 visit：有支付归属的访问。单位 user：在当日首次访问的窗口内支付的访客，不论支付归属于哪次访问。net 口径不计支付后 7 天内全额退款的支付。",
			Denominator: "单位 visit：当日全部访问。单位 user：当日有访问开始的用户，各计其首次访问。按 lever、method、currency 拆分时分母始终为全部。",
			Window:      "默认自访问开始 24 小时，可另行指定，最长 90 天；含终点。",
			States:      "最后一次访问的窗口结束之日及结算天数都关闭后为已完成；net 口径再加 7 天。没有 day 的行合并各商家已完成的日期。",
			Interval:    "95%，按簇计算，同访问转化率；单个商家单日的用户各计一次，用 Wilson。",
			Notes: []string{
				"portal、terminal、store、campaign 取自访问（单位 user 时取首次访问）；city 取访问门店的城市，否则取商家的城市；none 表示没有门店、活动或城市。",
				"按 lever、method、currency 拆分时，转化的访问计入其第一笔支付的取值，金额计入各笔支付自己的取值，因此各部分之和等于整体。",
				"按 currency 拆分时每个币种单独成行；其余情况下金额只含商家币种的订单。",
				"金额属于访问：同一笔支付可能落在两天的窗口内，因此单位 user 没有金额。",
				"金额为 0 的订单无可退款，保留在 net 比率中。7 天之后的退款只改变净额，不改变比率。",
			},
		},
	},
}
