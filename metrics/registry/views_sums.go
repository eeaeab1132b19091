package registry

// sumViews are the views of a merchant's sums, from which rates are made:
// coupons have their own.
var sumViews = []View{
	{
		Name: "merchant_days", Key: []string{"merchant_id", "day"}, Definitions: []string{"sales", "merchants", "uplift", "visits"},
		English: ViewText{"a day of a merchant", "Sum sales and audience; users added up over days or merchants are user-days."},
		Chinese: ViewText{"一个商家的一天", "合计销售与客群；人数跨日或跨商家相加为人日。"},
		Columns: viewColumns(
			"merchant_days",
			"merchant_id String", "day Date", "orders UInt64", "foreign_orders UInt64", "buyers UInt64", "gross Money", "refunds Money",
			"fees Money", "stored_value Money", "discount Money", "installments Money", "excess_orders UInt64", "excess_refunds Money",
			"new_buyers UInt64", "new_buyers_net Money", "nobody_net Money", "entries UInt64", "visits UInt64", "visitors UInt64",
			"new_visitors UInt64", "registered UInt64",
		),
	},
	{
		Name: "retention_sums", Key: []string{"merchant_id", "period", "cohort", "activity", "by", "value", "day"},
		Definitions: []string{"retention", "day_n", "within_n", "pooled", "merchant_mean"},
		English:     ViewText{"a period of returns to a merchant, in one variant", "Day-n retention of the cohort of day d is back[n + 1] of the row of d + n over back[1] of the row of d."},
		Chinese:     ViewText{"一个商家、一种口径的一个回访周期", "d 日同期群的第 n 日留存 = d + n 日的 back[n + 1] / d 日的 back[1]。"},
		Columns: viewColumns(
			"retention_sums",
			"merchant_id String", "period Text", "cohort Text", "activity Text", "by Text", "value Text", "day Date",
			"back Array(UInt32)", "first Array(UInt32)",
		),
	},
	{
		Name: "retention_distinct", Key: []string{"industry", "period", "cohort", "activity", "by", "value", "day"},
		Definitions: []string{"distinct"},
		English:     ViewText{"a period of returns to an industry or the platform, in one variant", "As retention_sums, each user once however many merchants it visits."},
		Chinese:     ViewText{"一个行业或全平台、一种口径的一个回访周期", "同 retention_sums，每人只计一次，不论访问多少商家。"},
		Columns: viewColumns(
			"retention_distinct",
			"industry String", "period Text", "cohort Text", "activity Text", "by Text", "value Text", "day Date",
			"back Array(UInt32)", "first Array(UInt32)",
		),
	},
	{
		Name: "conversion_sums", Key: []string{"merchant_id", "day", "by_portal", "portal"}, Definitions: []string{"conversion", "portals", "conversion_detail"},
		English: ViewText{"a day of a merchant's visits, of one portal or of all", "Divide converted by visits; take by_portal = false or true, never both."},
		Chinese: ViewText{"一个商家一天的访问，按入口或全部", "converted 除以 visits 得转化率；by_portal 只取 false 或 true 之一。"},
		Columns: viewColumns(
			"conversion_sums",
			"merchant_id String", "day Date", "by_portal Bool", "portal Portal", "visits UInt64", "converted UInt64", "kept UInt64",
			"gross Money", "net Money", "users UInt64", "vv UInt64", "vc UInt64", "cc UInt64", "vk UInt64", "kk UInt64",
			"visitors UInt64", "visitors_converted UInt64", "visitors_kept UInt64",
		),
	},
	{
		Name: "funnel_sums", Key: []string{"merchant_id", "day", "step"}, Definitions: []string{"funnel"},
		English: ViewText{"a day of a merchant's default funnel, and a step", "Divide users by entered for the share that reached the step."},
		Chinese: ViewText{"一个商家一天的默认漏斗的一个步骤", "users 除以 entered 得到达该步骤的占比。"},
		Columns: viewColumns(
			"funnel_sums",
			"merchant_id String", "day Date", "step UInt8", "entered UInt64", "users UInt64", "buckets Array(UInt32)", "counts Array(UInt64)",
		),
	},
	{
		Name: "credit_sums", Key: []string{"merchant_id", "day", "channel"}, Definitions: []string{"attribution"},
		English: ViewText{"a day of a merchant's payments, and a channel", "Compare what each model credits to the portals; each model's credits add up to the day's net sales."},
		Chinese: ViewText{"一个商家一天的支付与一个渠道", "比较各模型归给各入口的金额；每种模型合计等于当日净销售额。"},
		Columns: viewColumns(
			"credit_sums",
			"merchant_id String", "day Date", "channel Channel", "touched UInt64", "last_touch_weight UInt64", "first_touch_weight UInt64",
			"linear_weight UInt64", "position_weight UInt64", "time_decay_weight UInt64", "shapley_weight UInt64", "last_touch Money",
			"first_touch Money", "linear Money", "position Money", "time_decay Money", "shapley Money",
		),
	},
	{
		Name: "path_sums", Key: []string{"merchant_id", "day", "path", "last"}, Definitions: []string{"attribution"},
		English: ViewText{"a day of a merchant's payments with one path", "See which portals lead to payments together."},
		Chinese: ViewText{"一个商家一天中同一路径的支付", "查看哪些入口共同带来支付。"},
		Columns: viewColumns(
			"path_sums",
			"merchant_id String", "day Date", "path UInt32", "last Channel", "orders UInt64", "net Money",
		),
	},
	{
		Name: "portal_transitions", Key: []string{"merchant_id", "month", "source", "target"}, Definitions: []string{"removal_effects"},
		English: ViewText{"a month of a merchant, and a pair of states of its chain of visits", "See where users go on from each portal: the chain behind removal effects."},
		Chinese: ViewText{"一个商家一个月访问链中的一对状态", "查看用户从各入口之后去向：移除效应所用的链。"},
		Columns: viewColumns(
			"portal_transitions",
			"merchant_id String", "month Date", "source Source", "target Target", "transitions UInt64",
		),
	},
	{
		Name: "loop_sums", Key: []string{"merchant_id", "day"}, Definitions: []string{"loop"},
		English: ViewText{"a day of a merchant's payments", "Divide each step by paid; paid_again_not_claimed by paid - claimed."},
		Chinese: ViewText{"一个商家一天的支付用户", "各步骤除以 paid；paid_again_not_claimed 除以 paid - claimed。"},
		Columns: viewColumns(
			"loop_sums",
			"merchant_id String", "day Date", "paid UInt64", "claimed UInt64", "kept UInt64", "came_back UInt64", "redeemed UInt64",
			"paid_again UInt64", "paid_again_not_claimed UInt64",
		),
	},
	{
		Name: "follow_sums", Key: []string{"merchant_id", "day", "portal"}, Definitions: []string{"followers"},
		English: ViewText{"a day of a merchant, and a portal", "Divide collects and follows by visits, or add up how many users were won."},
		Chinese: ViewText{"一个商家一天的一个入口", "collects、follows 除以 visits，或合计净增用户。"},
		Columns: viewColumns(
			"follow_sums",
			"merchant_id String", "day Date", "portal Portal", "visits UInt64", "collects UInt64", "uncollects UInt64", "follows UInt64",
			"unfollows UInt64", "net_collects Int64", "net_followers Int64",
		),
	},
	{
		Name: "lifecycle_flows", Key: []string{"merchant_id", "week", "activity", "portal"}, Definitions: []string{"lifecycle"},
		English: ViewText{"a week of a merchant, what makes a user active, and a portal", "Count who went from which state to which; columns are named from_to."},
		Chinese: ViewText{"一个商家一周、一种活跃口径的一个入口", "统计用户从哪个状态到哪个状态；列名为“从_到”。"},
		Columns: viewColumns(
			"lifecycle_flows",
			"merchant_id String", "week Date", "activity Text", "portal Portal", "outside_new UInt64", "outside_returning UInt64",
			"outside_resurrected UInt64", "new_returning UInt64", "returning_returning UInt64", "resurrected_returning UInt64",
			"dormant_returning UInt64", "dormant_resurrected UInt64", "new_dormant UInt64", "returning_dormant UInt64",
			"resurrected_dormant UInt64",
		),
	},
}
