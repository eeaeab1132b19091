package registry

// couponViews are the views of what became of coupons and gifts.
var couponViews = []View{
	{
		Name: "coupon_states", Key: []string{"merchant_id", "person", "coupon"}, Definitions: []string{"coupons", "coupon_transitions"},
		English: ViewText{"a coupon in a user's hands, as it stands", "Look up who holds what, and until when."},
		Chinese: ViewText{"一名用户手中的一张优惠券的现状", "查询谁持有什么券、何时到期。"},
		Columns: viewColumns(
			"coupon_states",
			"merchant_id String", "person UInt64", "coupon UInt64", "campaign_id String", "kind CouponKind", "placement Placement",
			"state String", "first_at Time", "claimed_at Time?", "redeemed_at Time?", "changed_at Time", "valid_until Time?",
			"impossible UInt32",
		),
	},
	{
		Name: "coupon_sums", Key: []string{"merchant_id", "day", "first_day", "placement", "campaign_id", "kind", "expiry_day"},
		Definitions: []string{"coupons"},
		English:     ViewText{"by how much a day's records changed the counts of a group of coupons", "Always sum: the sum over the days up to one is how the coupons stood."},
		Chinese:     ViewText{"某日记录对一组优惠券计数的改变量", "务必求和：截至某日的合计为当时的状况。"},
		Columns: viewColumns(
			"coupon_sums",
			"merchant_id String", "day Date", "first_day Date", "placement Placement", "campaign_id String", "kind CouponKind",
			"expiry_day Date", "issued Int64", "claimed Int64", "gifted Int64", "received Int64", "redeemed Int64", "returned Int64",
			"expired Int64", "voided Int64", "open Int64", "held Int64", "broken Int64", "impossible Int64",
		),
	},
	{
		Name: "coupon_sales", Key: []string{"merchant_id", "day", "first_day", "placement", "campaign_id", "kind"}, Definitions: []string{"coupons"},
		English: ViewText{"a day's redemptions and orders of a group of coupons", "Weigh what coupons cost against what they sold, and see who bought again."},
		Chinese: ViewText{"某日一组优惠券的核销与订单", "比较优惠券的成本与销售，查看复购。"},
		Columns: viewColumns(
			"coupon_sales",
			"merchant_id String", "day Date", "first_day Date", "placement Placement", "campaign_id String", "kind CouponKind",
			"redemptions UInt64", "kept UInt64", "repurchased UInt64", "orders UInt64", "cost Money", "net Money",
		),
	},
	{
		Name: "coupon_curves", Key: []string{"merchant_id", "day", "claim_day", "age", "placement", "campaign_id", "kind"},
		Definitions: []string{"coupon_curve"},
		English:     ViewText{"by how much a day's records changed what claimed coupons came to at an age", "Sum by age for the redemption curve."},
		Chinese:     ViewText{"某日记录对已领取优惠券在某天数结果的改变量", "按 age 求和得核销曲线。"},
		Columns: viewColumns(
			"coupon_curves",
			"merchant_id String", "day Date", "claim_day Date", "age UInt16", "placement Placement", "campaign_id String",
			"kind CouponKind", "claims Int64", "redeemed Int64", "left Int64",
		),
	},
	{
		Name: "coupon_transitions", Key: []string{"merchant_id", "day", "before", "stage", "possible"}, Definitions: []string{"coupon_transitions"},
		English: ViewText{"a day of a merchant, and a step that its coupons took", "Find records that contradict those before them."},
		Chinese: ViewText{"一个商家一天中优惠券的一种状态变化", "查找与此前记录矛盾的记录。"},
		Columns: viewColumns(
			"coupon_transitions",
			"merchant_id String", "day Date", "before Stage", "stage Stage", "possible Bool", "records UInt64",
		),
	},
	{
		Name: "gift_days", Key: []string{"merchant_id", "day"}, Definitions: []string{"gifts"},
		English: ViewText{"a day of a merchant's gifts", "Divide new by receivers, and came by new."},
		Chinese: ViewText{"一个商家一天的赠券", "new 除以 receivers，came 除以 new。"},
		Columns: viewColumns(
			"gift_days",
			"merchant_id String", "day Date", "gifts UInt64", "receivers UInt64", "new UInt64", "came UInt64",
		),
	},
	{
		Name: "gift_cohorts", Key: []string{"merchant_id", "day", "gifted"}, Definitions: []string{"gift_cohorts"},
		English: ViewText{"a day's new users of a merchant, with a gift or without", "Compare how both return and what they spend."},
		Chinese: ViewText{"一个商家某日的新用户，按有无赠券", "比较两者的回访与消费。"},
		Columns: viewColumns(
			"gift_cohorts",
			"merchant_id String", "day Date", "gifted Bool", "users UInt64", "day_7 UInt64", "within_7 UInt64", "net Money",
		),
	},
}
