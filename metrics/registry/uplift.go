package registry

// uplifts are the figures that claim an effect.
var uplifts = []Definition{
	{
		Name: "uplift", Aliases: []string{"installment_uplift", "installments"}, Unit: Growth, Direction: Up, Version: 1,
		English: Text{
			Title:       "Installment sales uplift",
			Question:    "By how much did switching installments on raise the sales of the merchants that did so?",
			Grain:       "platform and industry, over one window of weeks",
			Numerator:   "geometric = exp(ATT) - 1, with ATT the mean effect on the log of weekly net sales over the adopters' weeks from the week of adoption on. Net sales are those by all methods, less installment fees, so a buyer who merely changed the method is no uplift.",
			Denominator: "What the same merchants would have sold without installments, as their controls tell: merchants of the same industry that never adopted or, with fewer than 20 of those, also the not yet adopted.",
			Window:      "Up to 52 whole weeks (Monday to Sunday, merchant's time) that are closed for every merchant and 7 days more, for refunds. The panel begins with the week by which nine in ten merchants have entered. The week of adoption is week 0; it contains days before the adoption.",
			States:      "A figure is there or refused: too_few (under 20 adopters or 20 controls) or not_identified (no controls, or no week before). A pre-trend at 5 % is shown as a warning.",
			Interval:    "95 %, from the analytic error of the ATT, on the growth's own scale (exp of the log interval's ends, less one). The event study has bands that hold for all weeks at once, from a multiplier bootstrap whose seed is printed.",
			Notes: []string{
				"Estimated after Callaway and Sant'Anna (2021), doubly robust, with the industries as covariates for the platform. It is causal only if adopters and controls of an industry would have developed alike without installments; the weeks before adoption can speak against that, and cannot prove it.",
				"Left out, and counted by reason: merchants that adopted before the window or switched off inside it, that entered late, that have a week with sales of 0 or less, that are the only adopter of their week, and industries without adopters or controls.",
				"The naive before/after growth is printed beside it as what a naive reading says. It is no effect: adopters differ, and seasons pass.",
				"Other quantities (the ratio of sums, the mean of ratios) differ from this one, which is why its name is printed beside the number.",
			},
		},
		Chinese: Text{
			Title:       "分期对销售的提升",
			Question:    "开通分期使开通商家的销售额提高了多少？",
			Grain:       "平台与行业，一个周窗口",
			Numerator:   "geometric = exp(ATT) - 1，其中 ATT 为自开通当周起，开通商家周净销售额对数的平均效果。净销售额含所有支付方式并扣除分期手续费，因此仅更换支付方式的买家不构成提升。",
			Denominator: "同样的商家在没有分期时本会达到的销售额，由对照商家推断：同行业从未开通的商家；不足 20 家时也用尚未开通的商家。",
			Window:      "最多 52 个完整周（周一至周日，商家时区），须对所有商家关闭并再过 7 天以等待退款。面板从九成商家已进入的那一周开始。开通当周为第 0 周，其中含开通之前的日子。",
			States:      "要么给出数字，要么拒绝：too_few（开通或对照商家不足 20 家）或 not_identified（没有对照，或没有开通前的周）。开通前趋势在 5% 水平上有差异时给出警告。",
			Interval:    "95%，由 ATT 的解析误差得出并换算到增长率（对数区间端点取指数减一）。事件研究另有对所有周同时成立的置信带，由乘数自助法得出，种子随结果给出。",
			Notes: []string{
				"按 Callaway 与 Sant'Anna（2021）估计，双重稳健；平台值以行业为协变量。只有在没有分期时同行业的开通商家与对照商家会同样发展的前提下才是因果效果；开通前各周可以否定这一前提，但不能证明它。",
				"以下商家不参与，并按原因计数：窗口之前已开通、窗口内关闭、进入过晚、某周销售额不大于 0、当周唯一开通，以及没有开通商家或没有对照的行业。",
				"同时给出简单的前后对比，仅表示“简单解读会得出什么”，并非效果：开通商家本就不同，季节也在变化。",
				"其他量（总和之比、比值均值）与此不同，因此数字旁总会写明所估计的量。",
			},
		},
	},
}
