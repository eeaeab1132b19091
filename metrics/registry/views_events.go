package registry

// eventViews are the views of what was sent, as it stands after corrections,
// and of what became of it.
var eventViews = []View{
	{
		Name: "merchants", Key: []string{"merchant_id"}, Definitions: []string{"merchants", "day"},
		English: ViewText{"a merchant, as its newest record says", "Join it for names, industries, cities, stores, time zones and capabilities."},
		Chinese: ViewText{"一个商家（以其最新记录为准）", "用于关联名称、行业、城市、门店、时区与能力。"},
		Columns: viewColumns(
			"merchants",
			"merchant_id String", "declared Bool", "name String", "owner String", "store_ids Array(String)", "store_names Array(String)",
			"store_cities Array(String)", "industry String", "city String", "time_zone String", "currency String", "user_id_scope Scope",
			"settlement_days UInt16", "capability_names Array(String)", "capability_enabled_at Times", "capability_disabled_at Times",
			"capability_void Array(Bool)", "updated_at Time",
		),
	},
	{
		Name: "entries", Key: []string{"merchant_id", "event_id"}, Definitions: []string{"visits", "followers", "lifecycle"},
		English: ViewText{"an entry event: a visit entry, register, collect or follow", "Read what users did, duplicates and corrections settled."},
		Chinese: ViewText{"一条进入事件：访问、注册、收藏或关注", "查看用户行为；重复与更正已处理。"},
		Columns: viewColumns(
			"entries",
			"merchant_id String", "person UInt64", "event_time Time", "event_id String", "revision UInt32", "store_id String",
			"action Action", "portal Portal", "scene String", "terminal Terminal", "session_id String", "campaign_id String",
			"coupon_id String", "no_consent Bool", "stored_at Time",
		),
	},
	{
		Name: "transactions", Key: []string{"merchant_id", "event_id"}, Definitions: []string{"sales", "sales_by"},
		English: ViewText{"a payment or a refund", "Read the money events one by one; payments has them by order, refunds folded in."},
		Chinese: ViewText{"一笔支付或退款", "逐条查看资金事件；payments 按订单汇总并已扣除退款。"},
		Columns: viewColumns(
			"transactions",
			"merchant_id String", "person UInt64", "event_time Time", "event_id String", "revision UInt32", "store_id String",
			"transaction_id String", "kind Transaction", "amount Money", "discount Money", "stored_value Money", "currency Text",
			"method Method", "installments UInt8", "merchant_fee Money", "lever Lever", "ordered_at Time?", "coupon_id String",
			"session_id String", "no_consent Bool", "stored_at Time",
		),
	},
	{
		Name: "coupons", Key: []string{"merchant_id", "event_id", "stage"}, Definitions: []string{"coupons", "coupon_transitions", "gifts"},
		English: ViewText{"a step in a coupon's life", "Read coupon records one by one; a gift has a second row, received, for the user who got it."},
		Chinese: ViewText{"优惠券的一次状态记录", "逐条查看优惠券记录；转赠在接收人处另有一行 received。"},
		Columns: viewColumns(
			"coupons",
			"merchant_id String", "person UInt64", "event_time Time", "event_id String", "revision UInt32", "store_id String",
			"coupon_id String", "campaign_id String", "kind CouponKind", "stage Stage", "placement Placement", "face_value Money",
			"min_spend Money", "valid_until Time?", "transaction_id String", "no_consent Bool", "stored_at Time",
		),
	},
	{
		Name: "dead_letters", Key: []string{"kind", "topic_epoch", "partition", "offset"}, Definitions: []string{"ingest"},
		English: ViewText{"a record that was refused", "See which records broke the contract, in which field, and what to do."},
		Chinese: ViewText{"一条被拒绝的记录", "查看哪些记录不符合契约、在哪个字段、如何处理。"},
		Columns: viewColumns(
			"dead_letters",
			"kind String", "topic String", "topic_epoch UInt32", "partition UInt32", "offset Int64", "kafka_time Time", "stored_at Time",
			"reason Text", "field Text", "detail String", "merchant_id String", "payload_bytes UInt32",
		),
	},
	{
		Name: "ingest_ledger", Key: []string{"kind", "topic_epoch", "partition"}, Definitions: []string{"ingest"},
		English: ViewText{"a Kafka partition", "Prove that every offset was landed, refused, or found to hold no record."},
		Chinese: ViewText{"一个 Kafka 分区", "核对每个位点都已落库、被拒绝或不含记录。"},
		Columns: viewColumns(
			"ingest_ledger",
			"kind String", "topic_epoch UInt32", "partition UInt32", "received Int64", "landed Int64", "refused Int64",
			"refused_by_reason Map(String, UInt64)", "control Int64", "aborted Int64", "compacted Int64", "declared_loss Int64",
			"lag Int64", "newest_event Time", "last_stored_at Time", "adds_up UInt8",
		),
	},
	{
		Name: "published_runs", Key: []string{"run"}, Definitions: []string{"states"},
		English: ViewText{"a publication of figures", "Find the watermark: the newest run's says up to when days are complete."},
		Chinese: ViewText{"一次数字发布", "查询水位线：最新一次发布的水位线之前的日期视为完整。"},
		Columns: viewColumns(
			"published_runs",
			"run UInt64", "published_at Time", "watermark Time", "as_of Time", "settled_version UInt64", "definition_version UInt32",
		),
	},
}
