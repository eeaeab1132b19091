package registry

import "sevenday/metrics/attribution"

// attributions are the figures that give payments to the portals before them.
var attributions = []Definition{
	{
		Name: "attribution", Aliases: []string{"last_touch", "first_touch", "linear", "position", "time_decay", "shapley", "markov"},
		Query: "attribution", Unit: Mixed, Direction: Neutral, Version: 1,
		Columns: columnsOf[attribution.Row](),
		English: Text{
			Title:       "Attribution over the portals",
			Question:    "Which portals brought the payments in, under each of seven models?",
			Grain:       "merchant (or industry, or platform) x day of the payment x model x portal x currency",
			Numerator:   "credit: the net amount, payments less their refunds, that the model gives to the portal. payments: the payments, in fractions where they are shared.",
			Denominator: "credit_share: the net amount of all payments. payments_share: all payments.",
			Window:      "The path of a payment is the user's visits at the merchant in the 168 hours (7 days) up to its time, both ends included; its time is ordered_at where that is given. A payment without such a visit goes to direct, and so does one whose user is not known.",
			States:      "Under the six rules final when the day and the 7 days after it in which refunds are waited for are closed. Under markov when the payment's month, the 7 days after it and settlement_days are closed: of the merchant where its own fit is used, else of every merchant in the industry. The row without a day pools the days that are final under its model, so markov's may be of other days than the rules'.",
			Notes: []string{
				"Attribution is not causal: it tells who was there before a payment, not what would have happened without them.",
				"last_touch: all to the last touch. first_touch: all to the first. linear: equally to every touch. position: 40 % to the first touch, 40 % to the last, 20 % equally to those between; two touches half each. time_decay: a touch is worth half of one that came 48 hours later. shapley: equally to the distinct portals, which is exactly the Shapley value where a coalition is worth the conversions of the paths inside it. markov: by the portals' removal effects in the payment's month.",
				"Every payment is credited by itself: weights are summed per portal and fixed to integers of 1e-9, and the current net amount is divided by them to the minor unit, by the largest remainder, ties to the portal that was touched first. So the credits of a payment add up to its net amount under every model, those of a day to its net sales; a refund takes credit back.",
				"from_last_touch compares a model with last_touch over the same payments: the credit that moves. Over all portals it adds up to 0.",
				"fit says whose removal effects markov used: the merchant's own, or, in months with fewer than 200 conversions, its industry's; both where a row holds some of each.",
				"Money of orders in another currency than the merchant's is in no sum; such orders count among the payments.",
			},
		},
		Chinese: Text{
			Title:       "入口归因",
			Question:    "在七种模型下，各入口带来了多少支付？",
			Grain:       "商家（或行业、平台）x 支付日 x 模型 x 入口 x 币种",
			Numerator:   "credit：模型归给该入口的净额（支付减退款）。payments：支付笔数，分摊时为小数。",
			Denominator: "credit_share：全部支付的净额。payments_share：全部支付笔数。",
			Window:      "支付的路径是该用户在该商家、支付时刻之前 168 小时（7 天）内的访问，含两端；有 ordered_at 时以其为支付时刻。没有此类访问的支付归 direct，用户未知的支付亦然。",
			States:      "六种规则：当日及其后等待退款的 7 天关闭后为已完成。markov：支付所在月、其后 7 天及 settlement_days 关闭后为已完成；使用商家自身拟合时看该商家，否则看行业内全部商家。没有 day 的行合并在该模型下已完成的日期，因此 markov 的日期可能与规则不同。",
			Notes: []string{
				"归因不是因果：它说明支付之前谁在场，而不是没有它们会怎样。",
				"last_touch：全归最后一次触达。first_touch：全归第一次。linear：各次触达均分。position：首次 40%、末次 40%，其间均分 20%；两次触达各半。time_decay：比其晚 48 小时的触达价值的一半。shapley：不同入口均分，当联盟的价值取其内部路径的转化数时，恰为 Shapley 值。markov：按支付所在月各入口的移除效应。",
				"每笔支付单独归因：权重按入口求和并固定为 1e-9 的整数，再按最大余数法把当前净额分到最小货币单位，余数相同时归先触达的入口。因此在每种模型下，一笔支付的归因额合计等于其净额，一天的合计等于当日净销售额；退款会收回归因额。",
				"from_last_touch 在同一批支付上与 last_touch 比较：即移动的归因额。全部入口合计为 0。",
				"fit 说明 markov 使用谁的移除效应：商家自身，或在转化不足 200 的月份使用其行业；一行兼有两者时为 both。",
				"与商家币种不同的订单不计入金额；这些订单仍计入支付笔数。",
			},
		},
	},
	{
		Name: "removal_effects", Aliases: []string{"removal_effect"}, Query: "removal-effects", Unit: Fraction, Direction: Neutral, Version: 1,
		Columns: columnsOf[attribution.EffectRow](),
		English: Text{
			Title:       "Removal effects",
			Question:    "Which share of the conversions would a first-order chain of visits lose without a portal?",
			Grain:       "merchant or industry x month x portal",
			Numerator:   "Probability that a path converts, less the probability when every touch of the portal ends its path.",
			Denominator: "Probability that a path converts.",
			Window:      "The touches of a month. A path ends at a payment or, unconverted, 7 days after its last touch; a transition is counted in the month of the touch that it leaves.",
			States:      "Final when the month, the 7 days after it and the settlement_days of every merchant in the fit are closed.",
			Notes: []string{
				"The chain is solved exactly, in whole numbers; nothing is simulated.",
				"credit_share is the classic Markov share of all conversions, the effect over the sum of the effects. Attribution splits each payment over the portals of its own path instead.",
				"A merchant with fewer than 200 conversions in a month is shown its industry's fit, and the row says so. The platform has a fit for each industry.",
				"A removal effect belongs to the chain, not to the world: it is not causal.",
			},
		},
		Chinese: Text{
			Title:       "移除效应",
			Question:    "在一阶访问链中，去掉某个入口会失去多大比例的转化？",
			Grain:       "商家或行业 x 月 x 入口",
			Numerator:   "路径转化的概率，减去该入口的每次触达都终止路径时的概率。",
			Denominator: "路径转化的概率。",
			Window:      "一个月内的触达。路径终止于支付，或在最后一次触达 7 天后未转化而终止；转移计入其离开的触达所在的月。",
			States:      "该月、其后 7 天以及拟合内每个商家的 settlement_days 都关闭后为已完成。",
			Notes: []string{
				"方程组以整数精确求解，不做模拟。",
				"credit_share 是经典的 Markov 份额，即效应除以效应之和。归因则把每笔支付分到其自身路径的入口。",
				"某月转化不足 200 的商家使用其行业的拟合，行内会注明。平台按行业各有一个拟合。",
				"移除效应属于链，不属于现实：它不是因果效应。",
			},
		},
	},
	{
		Name: "payment_credits", Aliases: []string{"credits"}, Query: "credits", Unit: Mixed, Direction: Neutral, Version: 1,
		Columns: columnsOf[attribution.PaymentRow](),
		English: Text{
			Title:    "Credit by payment",
			Question: "To which portals does each of a merchant's payments go, under each model?",
			Grain:    "payment x model x portal of its path",
			Window:   "As in attribution.",
			Notes:    []string{"The credits of one payment add up to its current net amount under every model; its weights add up to 1."},
		},
		Chinese: Text{
			Title:    "逐笔归因",
			Question: "在每种模型下，商家的每笔支付归给哪些入口？",
			Grain:    "支付 x 模型 x 路径中的入口",
			Window:   "与归因相同。",
			Notes:    []string{"在每种模型下，一笔支付的归因额合计等于其当前净额；权重合计为 1。"},
		},
	},
}
