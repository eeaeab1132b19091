package registry

import "sevenday/metrics/funnel"

// funnels follow users through steps in order.
var funnels = []Definition{
	{
		Name: "funnel", Aliases: []string{"funnels", "drop_off"}, Query: "funnel", Unit: Fraction, Direction: Up, Version: 1,
		Columns: columnsOf[funnel.Row](),
		English: Text{
			Title:       "Funnel",
			Question:    "Of the users who began, how many reached each step, how many were lost before it, and how long did it take?",
			Grain:       "merchant (or industry, or platform) x day of the first step x step",
			Numerator:   "Users whose deepest try of the day reached the step. A try begins with an event that meets the first step; every event that meets it begins one.",
			Denominator: "Users with an event on the day that meets the first step; each counts once for each such day.",
			Window:      "30 days from the try's first step unless another is named, at most 90 days; the end included.",
			States:      "Final when the day on which the last try's window ends, and where the funnel has a payment the merchant's settlement_days, are closed. The row without a day pools the final days of each merchant and so counts user-days.",
			Interval:    "95 %: Wilson for one merchant's day; users as clusters for one merchant's range, merchants for industries and the platform.",
			Notes: []string{
				"The default is visit > claim > pay > repurchase, in order. Steps are written as a kind with conditions, such as visit[portal=scan|search] > pay[method=installments,min=50].",
				"Kinds: visit, register, collect, uncollect, follow, unfollow; issue, claim, gift, receive, redeem, return, expire, void of coupons; pay, or repurchase for one after another.",
				"Ordered lets anything come between two steps; strict nothing of the kinds that the funnel lists, whatever its conditions. One event serves one step.",
				"At one instant visits come before other entries, those before coupons, and payments last. A payment's time is ordered_at where it is given; one that is refunded later was a payment.",
				"Times run from the first step of the user's deepest try, of several as deep the day's earliest, to the step, over those who reached it. They are exact, but for the default funnel of an industry or the platform, which knows them within 0.8 %.",
			},
		},
		Chinese: Text{
			Title:       "漏斗",
			Question:    "开始的用户中有多少到达每一步？每一步之前流失多少？用了多长时间？",
			Grain:       "商家（或行业、平台）x 第一步所在日 x 步骤",
			Numerator:   "当日最深的一次尝试到达该步骤的用户。每个满足第一步的事件都开始一次尝试。",
			Denominator: "当日有满足第一步的事件的用户；每个这样的日期各计一次。",
			Window:      "默认自尝试的第一步起 30 天，可另行指定，最长 90 天；含终点。",
			States:      "最后一次尝试的窗口结束之日关闭后为已完成；漏斗含支付时还须商家的 settlement_days 关闭。没有 day 的行合并各商家已完成的日期，因此计人日。",
			Interval:    "95%：单个商家单日用 Wilson；单个商家的范围以用户为簇，行业与平台以商家为簇。",
			Notes: []string{
				"默认漏斗为 visit > claim > pay > repurchase，按顺序。步骤写作行为加条件，例如 visit[portal=scan|search] > pay[method=installments,min=50]。",
				"行为：visit、register、collect、uncollect、follow、unfollow；优惠券的 issue、claim、gift、receive、redeem、return、expire、void；pay，其后的支付也可写作 repurchase。",
				"ordered 允许步骤之间有任何行为；strict 不允许漏斗所列行为出现在两步之间，不论其条件。一个事件只用于一步。",
				"同一时刻，访问在其他进入事件之前，其次是优惠券，最后是支付。支付时间优先取 ordered_at；之后被退款的支付仍算支付。",
				"时长为用户最深的尝试（同样深时取当日最早的一次）从第一步到该步骤，只计到达者。时长精确，唯行业与平台的默认漏斗误差在 0.8% 以内。",
			},
		},
	},
}
