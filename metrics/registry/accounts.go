package registry

import "sevenday/metrics/sales"

// accounts are the figures that count what there is.
var accounts = []Definition{
	{
		Name: "sales", Aliases: []string{"orders", "buyers", "net_sales", "visitors", "daily_active_users", "registered_users"}, Query: "sales", Unit: Mixed, Direction: Up, Version: 1,
		Columns: columnsOf[sales.Row](),
		English: Text{
			Title:     "Sales and audience",
			Question:  "What was sold, to how many buyers, and how many people came?",
			Grain:     "merchant (or industry, or platform) x day x currency",
			Numerator: "net = gross - refunds = new_buyers_net + returning_buyers_net + nobody_net; average_order = net / orders in the merchant's currency; consumption = gross + stored value spent. Daily active users are visitors.",
			Window:    "The day of an order is that of its earliest payment (event_time). Payments with one transaction_id are one order. A refund lowers the net of the day of its payment; by its own date it stands in refunds_by_date.",
			States:    "Final when the day is closed for all the scope's merchants of the currency. The row without a day adds up the closed days of each merchant.",
			Notes: []string{
				"Refunds beyond an order's amount are kept and flagged, and are in no figure but excess_orders and excess_refunds.",
				"A new buyer's first payment at the merchant falls on the day. Who registered on a day before anything else was seen of them is a regular, and no new buyer. Orders without a user are neither a new buyer's nor a returning one's.",
				"registered counts first registers of the day, registered_total all up to its end.",
				"Users are counted once per merchant and day; over days, merchants, or both, the column adds up user-days.",
				"Orders and entries without a user count here, and in no count of users. Gift cards are sales when they are bought, never again when they are spent.",
				"Orders in another currency than the merchant's are among the orders (foreign_orders), and in no money; sales by currency have theirs.",
			},
		},
		Chinese: Text{
			Title:     "销售与客群",
			Question:  "卖了多少？有多少买家？来了多少人？",
			Grain:     "商家（或行业、平台）x 日 x 币种",
			Numerator: "net（净销售额）= gross - refunds = new_buyers_net + returning_buyers_net + nobody_net；average_order（客单价）= net / 商家币种订单数；consumption（消费额）= gross + 储值消费。日活跃用户即 visitors。",
			Window:    "订单计在其最早一笔支付（event_time）的日期。同一 transaction_id 的支付为一个订单。退款计入原支付日的净额；按退款自身日期见 refunds_by_date。",
			States:    "范围内该币种的所有商家当日都关闭后为已完成。没有 day 的行合计各商家已关闭的日期。",
			Notes: []string{
				"超过订单金额的退款会保留并标记，除 excess_orders 与 excess_refunds 外不进入任何数字。",
				"首次在该商家支付的日期为当日者为新买家。在任何其他记录之前的某日已注册的用户视为老客，不是新买家。没有用户标识的订单既不属于新买家也不属于老买家。",
				"registered 为当日首次注册的用户，registered_total 为截至当日结束的累计。",
				"用户按商家和日期各计一次；跨日或跨商家时为人日之和。",
				"没有用户标识的订单和进入在此计入，但不计入任何人数。礼品卡在购买时计销售，使用时不再计。",
				"与商家币种不同的订单计入订单数（foreign_orders），不计金额；其金额见按币种拆分的销售。",
			},
		},
	},
	{
		Name: "sales_by", Aliases: []string{"sales_parts"}, Query: "sales", Unit: Mixed, Direction: Up, Version: 1,
		Columns: columnsOf[sales.Part](),
		English: Text{
			Title:     "Sales by part",
			Question:  "What was sold in which store or city, by which method or lever, in which industry and currency?",
			Grain:     "merchant (or industry, or platform) x day x value x currency of the orders",
			Numerator: "As sales. Orders and money of the values add up to the whole; buyers and visitors do not where one user counts for two values.",
			Window:    "As sales.",
			States:    "Final when the day is closed for all merchants of the scope. The rows without a day add up the closed days of each merchant.",
			Notes: []string{
				"store is that of the order's first payment, or of the visit's first entry. city is the store's where the merchant named one, else the merchant's.",
				"Orders count in the currency in which they were paid, so an order in another currency than its merchant's stands in a row of its own.",
				"Visits and visitors are there by store, city and industry, in the row of the merchant's currency. By store and city a visitor is a user of whom a visit started on the day.",
			},
		},
		Chinese: Text{
			Title:     "销售拆分",
			Question:  "各门店、城市、支付方式、转化杠杆、行业与币种各卖了多少？",
			Grain:     "商家（或行业、平台）x 日 x 取值 x 订单币种",
			Numerator: "同销售。各取值的订单与金额相加等于总数；同一用户计入两个取值时，买家与访客不能相加。",
			Window:    "同销售。",
			States:    "范围内所有商家当日都关闭后为已完成。没有 day 的行合计各商家已关闭的日期。",
			Notes: []string{
				"store（门店）取订单首笔支付或访问首次进入的门店。city（城市）取商家填写的门店城市，没有则取商家城市。",
				"订单按其支付币种计，因此与商家币种不同的订单单独成行。",
				"按门店、城市与行业拆分时有访问与访客，列在商家币种的行中。按门店与城市时，访客为当日有访问开始的用户。",
			},
		},
	},
	{
		Name: "merchants", Query: "merchants", Unit: Mixed, Direction: Neutral, Version: 1,
		Columns: listed(
			"merchant_id string", "name string", "owner string", "industry string", "city string", "time_zone string",
			"currency string", "stores integer", "declared boolean", "first_day day?", "visits integer", "visitors integer",
			"orders integer", "net decimal", "conversion_rate number?", "day_7 number?", "day_7_cohort integer",
			"activity string", "missing_events string?",
		),
		English: Text{
			Title:    "Merchants",
			Question: "Which mini programs are there, how do they do, and what do they not send?",
			Grain:    "merchant",
			Window:   "Each merchant's last 28 final days: closed for visits and sales, a day and the settlement later for conversion, seven days later for retention.",
			Notes: []string{
				"A merchant that sent events and no merchant record is listed with defaults, and declared is false.",
				"A merchant with payments and no visits has the retention of its buyers, and activity says paying.",
			},
		},
		Chinese: Text{
			Title:    "商家",
			Question: "有哪些小程序？表现如何？缺少哪类数据？",
			Grain:    "商家",
			Window:   "各商家最近 28 个已完成日：访问与销售以当日关闭为准，转化再加一天与结算期，留存再加七天。",
			Notes: []string{
				"只发送过事件而没有商家记录的商家按默认值列出，declared 为 false。",
				"有支付而没有访问的商家给出买家留存，activity 为 paying。",
			},
		},
	},
	{
		Name: "ingest", Aliases: []string{"ledger"}, Query: "ingest", Unit: Count, Direction: Neutral, Version: 1,
		Columns: listed(
			"kind string", "topic_epoch integer", "partition integer", "received integer", "landed integer", "refused integer",
			"control integer", "aborted integer", "compacted integer", "declared_loss integer", "settled integer", "lag integer",
			"newest_event integer", "adds_up boolean",
		),
		English: Text{
			Title:     "The ingest ledger",
			Question:  "What became of every offset of every Kafka partition?",
			Grain:     "kind of record x topic epoch x Kafka partition",
			Numerator: "received = landed + refused + control + aborted + compacted + declared_loss. adds_up tells whether it does.",
			Window:    "Everything in the log, as of now: it is no publication.",
			Notes: []string{
				"Refused records are dead letters, with their reason. Control records, records of aborted transactions and offsets that compaction emptied hold no event.",
				"declared_loss is what an operator accepted as lost; it is never written by itself.",
			},
		},
		Chinese: Text{
			Title:     "接入台账",
			Question:  "每个 Kafka 分区的每个位点去了哪里？",
			Grain:     "记录类型 x 主题纪元 x Kafka 分区",
			Numerator: "received = landed + refused + control + aborted + compacted + declared_loss；adds_up 表示是否相符。",
			Window:    "日志中的全部内容，截至当前，与发布无关。",
			Notes: []string{
				"refused 为死信，附原因。控制记录、已中止事务的记录以及被压缩清空的位点不含事件。",
				"declared_loss 为运维人员确认的丢失，系统绝不自行写入。",
			},
		},
	},
}
