package registry

import (
	"sevenday/metrics/coupon"
	"sevenday/metrics/loop"
)

// journeys are the figures that follow coupons, and users after a payment.
var journeys = []Definition{
	{
		Name: "coupons", Aliases: []string{"coupon", "claim_rate", "redemption_rate"}, Query: "coupons", Unit: Fraction, Direction: Up, Version: 1,
		Columns: columnsOf[coupon.Row](),
		English: Text{
			Title:       "Coupons",
			Question:    "How many coupons were issued, claimed and redeemed, and where were they shown?",
			Grain:       "merchant (or industry, or platform) x day on which the coupon was first seen x placement",
			Numerator:   "claim_rate: claimed coupons. redemption_rate: redeemed coupons.",
			Denominator: "claim_rate: issued coupons; one claimed without an issue record was issued all the same. redemption_rate: claimed coupons.",
			Window:      "A coupon's whole life, counted on the day on which it was first seen. Expiry is told by a record or follows from valid_until.",
			States:      "Final when the day is closed and every coupon of it has come to an end: redeemed, given away, expired or voided. Coupons that never expire keep their day open. The row without a day counts all coupons first seen in the range.",
			Notes: []string{
				"The placement is that of the claim, else of the first record.",
				"A coupon returned with its order can be redeemed again, and counts as redeemed only if it was.",
				"A gifted coupon is followed in the giver's hands to the gift, and in the receiver's from there; it was issued once.",
				"A rate is null where more coupons stand above the line than below it.",
				"Coupons without a user are not followed.",
			},
		},
		Chinese: Text{
			Title:       "优惠券",
			Question:    "发放、领取、核销了多少优惠券？在哪里展示？",
			Grain:       "商家（或行业、平台）x 优惠券首次出现日 x 投放位置",
			Numerator:   "claim_rate：已领取的券。redemption_rate：已核销的券。",
			Denominator: "claim_rate：已发放的券；没有发放记录而被领取的券也算已发放。redemption_rate：已领取的券。",
			Window:      "优惠券的整个生命期，计在其首次出现的日期。过期由记录告知，或由 valid_until 推出。",
			States:      "当日已关闭，且当日每张券都已了结（核销、转赠、过期或作废）时为已完成。永不过期的券使当日保持未完成。没有 day 的行统计范围内首次出现的全部券。",
			Notes: []string{
				"投放位置取领取记录，没有领取则取第一条记录。",
				"随订单退回的券可再次核销；只有确实再次核销才计为已核销。",
				"转赠的券在赠送人手中跟踪到转赠为止，此后在接收人手中跟踪；只计一次发放。",
				"分子大于分母时比率为空。",
				"没有用户标识的券不跟踪。",
			},
		},
	},
	{
		Name: "loop", Aliases: []string{"payment_success_loop"}, Query: "loop", Unit: Fraction, Direction: Up, Version: 1,
		Columns: columnsOf[loop.Row](),
		English: Text{
			Title:       "The loop of the payment-success page",
			Question:    "Of the users who paid on a day, who claimed a coupon, kept the mini program, came back, redeemed, and paid again?",
			Grain:       "merchant (or industry, or platform) x day of the payment x step",
			Numerator:   "Users who took the step after the day's first payment.",
			Denominator: "Users who paid on the day; for paid_again_not_claimed those of them who did not claim.",
			Window:      "claimed: a coupon shown on payment_success, within 24 hours. collected_or_followed: 7 days. came_back: a visit through collection, life_account or card_package, or a claim from a life account message, 30 days. redeemed and paid_again: 30 days. Window ends are included.",
			States:      "Each step has its own: final when its window after the day is closed. The row without a day pools the days that are final for the step, so the steps of a range may have different cohorts.",
			Interval:    "Wilson for one merchant's day; merchants as clusters for industries and the platform. None for one merchant's range, where a user can stand in the cohorts of many days.",
			Notes:       []string{"That those who claimed paid again more often than those who did not is a description, not an effect of the coupon: they may be the keener users."},
		},
		Chinese: Text{
			Title:       "支付成功页闭环",
			Question:    "当日支付的用户中，有多少人领券、收藏或关注、回访、核销、再次支付？",
			Grain:       "商家（或行业、平台）x 支付日 x 步骤",
			Numerator:   "在当日首次支付之后完成该步骤的用户。",
			Denominator: "当日支付的用户；paid_again_not_claimed 的分母为其中未领券的用户。",
			Window:      "claimed：24 小时内领取在 payment_success 展示的券。collected_or_followed：7 日内。came_back：30 日内从 collection、life_account、card_package 访问，或领取生活号消息中的券。redeemed 与 paid_again：30 日内。均含终点。",
			States:      "每一步各有状态：其窗口关闭后为已完成。没有 day 的行合并对该步骤已完成的日期，因此同一范围内各步骤的同期群可能不同。",
			Interval:    "单个商家的单日用 Wilson；行业与平台以商家为簇。单个商家的范围没有区间，因为一名用户会出现在多日的同期群中。",
			Notes:       []string{"领券用户比未领券用户更常再次支付，只是描述，不是优惠券的因果效果：他们可能本来就更活跃。"},
		},
	},
}
