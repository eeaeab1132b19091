package registry

import "sevenday/metrics/benchmark"

// benchmarks are the figures that set a merchant beside others.
var benchmarks = []Definition{
	{
		Name: "benchmarks", Aliases: []string{"benchmark", "percentiles"}, Query: "benchmarks", Unit: Mixed, Direction: Neutral, Version: 1,
		Columns: columnsOf[benchmark.Row](),
		English: Text{
			Title:       "Benchmarks",
			Question:    "How does a merchant do beside the companies of its industry?",
			Grain:       "merchant (or industry) x metric; money also x currency",
			Numerator:   "An owner's value is the sum above the line over the sum below it, over all its mini programs of the industry. A percentile is the mean of the values of the owners around it, three of them (four for the median of an even number), rounded to two significant digits.",
			Denominator: "day_7: users of new cohorts. visit_conversion: visits. repurchase_30: buyers of a day, followed for 30 days. average_order: orders. new_buyer_share: buyers of a day. Figures per day: days of a mini program's history in the window.",
			Window:      "The last 4 whole weeks, Monday to Sunday, that are closed for every merchant of the platform and final for the metric: 7 days later for day_7, 1 for visit_conversion, 30 for repurchase_30.",
			States:      "Final when anybody has a figure in the window, open before.",
			Notes: []string{
				"A band is shown when at least 10 owners stand behind it and none has more than 40 % of the users (distinct users of the window's last four whole weeks). Owners are counted, not mini programs; a merchant without an owner is its own. An owner counts with at least 30 users, visits or orders behind its value.",
				"suppressed tells why there is no band. A single percentile is null where one of its owners is so large that another could estimate it within 10 %, and p10 and p90 are null under 13 owners.",
				"Nothing can be subtracted: no percentile is an owner's value, at least two of the owners behind each stand behind no other, there are no totals, no groups within groups and no choice of days, and everybody is shown the same band.",
				"A merchant is shown its own value exactly, and nobody else's. standing says between which of the shown percentiles it lies.",
				"Merchants whose settlement is not over in time have no visit_conversion.",
			},
		},
		Chinese: Text{
			Title:       "行业基准",
			Question:    "与同行业的公司相比，商家表现如何？",
			Grain:       "商家（或行业）x 指标；金额还按币种分开",
			Numerator:   "一家公司的取值 = 其在该行业全部小程序的分子之和 / 分母之和。百分位数为其附近三家公司（公司数为偶数时中位数为四家）取值的平均，保留两位有效数字。",
			Denominator: "day_7：new 同期群用户。visit_conversion：访问。repurchase_30：当日买家，跟踪 30 天。average_order：订单。new_buyer_share：当日买家。按日的数字：小程序在窗口内有历史的天数。",
			Window:      "对平台所有商家已关闭、且对该指标已完成的最近 4 个完整周（周一至周日）：day_7 再加 7 天，visit_conversion 再加 1 天，repurchase_30 再加 30 天。",
			States:      "窗口内有任何数字时为已完成，之前为未完成。",
			Notes: []string{
				"至少 10 家公司、且没有一家占用户（最近四个完整周的去重用户）的 40% 以上时才显示。按公司计，不按小程序计；没有公司的商家自成一家。公司取值背后至少要有 30 名用户、30 次访问或 30 个订单才计入。",
				"suppressed 说明为何没有基准。若某个百分位数背后的一家公司大到可被另一家以 10% 的精度估出，则该百分位数为空；不足 13 家公司时 p10 与 p90 为空。",
				"无法相减：百分位数不是任何公司的取值，每个百分位数背后至少有两家公司不在其他百分位数中；没有总和，没有组中之组，不能选择日期，所有人看到的基准相同。",
				"商家看到自己的精确值，看不到他人的。standing 表示其位于所示的哪两个百分位数之间。",
				"结算未及时结束的商家没有 visit_conversion。",
			},
		},
	},
}
