package registry

// factViews are the views of what the batch found of persons and orders.
var factViews = []View{
	{
		Name: "user_days", Key: []string{"merchant_id", "person", "day"}, Definitions: []string{"retention", "retention_value", "visits"},
		English: ViewText{"a day on which a user was active at a merchant", "Count active users, and find out who came back."},
		Chinese: ViewText{"一名用户在一个商家的一个活跃日", "统计活跃用户，查看谁又回来。"},
		Columns: viewColumns(
			"user_days",
			"merchant_id String", "person UInt64", "day Date", "first_at Time", "portal Portal", "terminal Terminal", "store_id String",
			"campaign_id String", "visits UInt16", "payments UInt16", "net Money", "visited Bool",
		),
	},
	{
		Name: "first_days", Key: []string{"merchant_id", "person"}, Definitions: []string{"retention", "lifecycle", "sales"},
		English: ViewText{"a user of a merchant", "Find cohorts: the users by their first visit, payment or register."},
		Chinese: ViewText{"一个商家的一名用户", "划分同期群：按首次访问、首次支付或首次注册。"},
		Columns: viewColumns(
			"first_days",
			"merchant_id String", "person UInt64", "first_visit Date", "last_visit Date", "first_paying Date", "last_paying Date",
			"register Date", "portal Portal", "terminal Terminal", "store_id String", "campaign_id String", "first_visit_paid Bool",
		),
	},
	{
		Name: "distinct_persons", Key: []string{"industry", "person"}, Definitions: []string{"distinct"},
		English: ViewText{"a user of an industry, or of the platform", "Find cohorts over merchants, each user once however many it visits."},
		Chinese: ViewText{"一个行业或全平台的一名用户", "跨商家划分同期群，每人只计一次。"},
		Columns: viewColumns(
			"distinct_persons",
			"industry String", "person UInt64", "first_visit Date", "last_visit Date", "first_paying Date", "last_paying Date",
			"register Date", "portal Portal",
		),
	},
	{
		Name: "visits", Key: []string{"merchant_id", "person", "start"}, Definitions: []string{"visits", "conversion", "portals", "conversion_detail"},
		English: ViewText{"a visit of a user to a merchant", "Count visits, and see which of them a payment followed and what they brought."},
		Chinese: ViewText{"一名用户对一个商家的一次访问", "统计访问，查看哪些访问带来支付及其金额。"},
		Columns: viewColumns(
			"visits",
			"merchant_id String", "person UInt64", "day Date", "start Time", "portal Portal", "terminal Terminal", "store_id String",
			"campaign_id String", "orders UInt16", "gross Money", "net Money", "converted Bool", "kept Bool", "first_of_day Bool",
			"user_converted Bool", "user_kept Bool",
		),
	},
	{
		Name: "payments", Key: []string{"merchant_id", "transaction_id"}, Definitions: []string{"sales", "sales_by", "retention_value"},
		English: ViewText{"an order, its payments and refunds added up", "Sum net by day, store, method or lever; never add up different currencies."},
		Chinese: ViewText{"一个订单（支付与退款已合计）", "按日期、门店、支付方式或转化杠杆合计 net；不同币种不可相加。"},
		Columns: viewColumns(
			"payments",
			"merchant_id String", "person UInt64", "transaction_id String", "day Date", "paid_at Time", "decided_at Time", "currency Text",
			"amount Money", "refunded Money", "excess_refund Money", "net Money", "discount Money", "stored_value Money",
			"merchant_fee Money", "method Method", "installments UInt8", "lever Lever", "store_id String",
		),
	},
	{
		Name: "refunds", Definitions: []string{"sales"},
		English: ViewText{"a refund of an order", "Read refunds by their own day; payments.refunded has them on the payment's."},
		Chinese: ViewText{"一个订单的一笔退款", "按退款自身日期查看；payments.refunded 按原支付日计。"},
		Columns: viewColumns(
			"refunds",
			"merchant_id String", "person UInt64", "transaction_id String", "day Date", "refunded_day Date", "refunded_at Time",
			"currency Text", "amount Money", "method Method", "lever Lever", "store_id String",
		),
	},
	{
		Name: "refunded_orders", Key: []string{"merchant_id", "transaction_id"}, Definitions: []string{"conversion_detail"},
		English: ViewText{"an order that was wholly refunded", "Leave the orders refunded within 7 days of their payment out of net conversion."},
		Chinese: ViewText{"一个全额退款的订单", "计算 net 口径转化时，排除支付后 7 天内退款的订单。"},
		Columns: viewColumns(
			"refunded_orders",
			"merchant_id String", "person UInt64", "transaction_id String", "paid_at Time", "refunded_at Time",
		),
	},
	{
		Name: "touches", Key: []string{"merchant_id", "transaction_id", "place"}, Definitions: []string{"attribution", "payment_credits"},
		English: ViewText{"an order and a portal of its path", "Read to which portals an order's net amount goes under each model."},
		Chinese: ViewText{"一个订单及其路径中的一个入口", "查看在各模型下订单净额归给哪些入口。"},
		Columns: viewColumns(
			"touches",
			"merchant_id String", "day Date", "person UInt64", "transaction_id String", "paid_at Time", "currency Text", "net Money",
			"path UInt32", "place UInt8", "channel Channel", "touches UInt64", "last_touch_weight UInt64", "first_touch_weight UInt64",
			"linear_weight UInt64", "position_weight UInt64", "time_decay_weight UInt64", "shapley_weight UInt64", "last_touch Money",
			"first_touch Money", "linear Money", "position Money", "time_decay Money", "shapley Money",
		),
	},
}
