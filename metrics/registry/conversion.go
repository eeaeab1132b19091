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
			States:      "Final when the day after the visit's and the merchant's settlement_days are closed. The row without a day pools the final days of each merchant.",
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
			States:      "访问次日以及商家的 settlement_days 都关闭后为已完成。没有 day 的行合并各商家已完成的日期。",
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
}
