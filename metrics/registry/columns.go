package registry

import (
	"reflect"
	"strings"

	"sevenday"
)

// Column is a column of a query's rows.
type Column struct {
	Name     string `json:"name"`
	Type     string `json:"type"`     // of the JSON value: string, integer, number, boolean, day, decimal
	Nullable bool   `json:"nullable"` // null stands for "absent"
	English  string `json:"-"`
	Chinese  string `json:"-"`
}

// About returns what the column holds.
func (c *Column) About(in Language) string {
	if in == Chinese {
		return c.Chinese
	}
	return c.English
}

// Values splits the type of an enumeration into the type's name and its values,
// without the one that stands for "absent". Other types have none.
func (c *Column) Values() (kind string, values []string) {
	kind, list, ok := strings.Cut(c.Type, "('")
	if !ok || !strings.HasPrefix(kind, "Enum") {
		return c.Type, nil
	}
	for _, pair := range strings.Split(list, ", '") {
		if value, _, _ := strings.Cut(pair, "'"); value != "" {
			values = append(values, value)
		}
	}
	return kind, values
}

// columnsOf reads the columns off a flat row type: its json tags name them, its
// doc tags explain them where the column's usual words don't.
func columnsOf[R any]() []Column {
	row := reflect.TypeFor[R]()
	columns := make([]Column, row.NumField())
	for i := range columns {
		field := row.Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		columns[i] = newColumn(name, jsonType(field.Type), field.Type.Kind() == reflect.Pointer)
		if doc := field.Tag.Get("doc"); doc != "" {
			columns[i].English = doc
		}
	}
	return columns
}

// listed makes the columns of a row whose type lives where this package can't
// reach: "name type", with a question mark where it may be null.
func listed(texts ...string) []Column {
	columns := make([]Column, len(texts))
	for i, text := range texts {
		name, kind, _ := strings.Cut(text, " ")
		kind, nullable := strings.CutSuffix(kind, "?")
		columns[i] = newColumn(name, kind, nullable)
	}
	return columns
}

func newColumn(name, kind string, nullable bool) Column {
	words := columnWords[name]
	return Column{Name: name, Type: kind, Nullable: nullable, English: words.english, Chinese: words.chinese}
}

func jsonType(t reflect.Type) string {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t == reflect.TypeFor[sevenday.Day]():
		return "day"
	case t == reflect.TypeFor[sevenday.Money]():
		return "decimal"
	case t.Kind() == reflect.Float64:
		return "number"
	case t.Kind() == reflect.Bool:
		return "boolean"
	case t.Kind() == reflect.String:
		return "string"
	default:
		return "integer"
	}
}

// words are a column's meaning in both languages.
type words struct{ english, chinese string }

// columnWords are the columns' usual meanings, by name.
var columnWords = map[string]words{
	"aborted":              {"offsets of records of aborted transactions", "已中止事务的位点数"},
	"activity":             {"visit or paying: what makes a user active; paying where the merchant sends no visits", "visit 或 paying：活跃口径；没有访问数据的商家为 paying"},
	"adds_up":              {"every offset is accounted for", "每个位点都有着落"},
	"against":              {"", "对比的取值"},
	"against_rate":         {"rate of the value compared with", "对比取值的比率"},
	"aggregation":          {"", "pooled、distinct 或 merchant_mean；单个商家为空"},
	"at_risk":              {"", "在险：已观察到该天数、此前未核销也未离开的券"},
	"average_order":        {"", "客单价：net / 订单数"},
	"basis":                {"gross, or net: payments wholly refunded within 7 days aside", "gross，或 net：不计 7 天内全额退款的支付"},
	"before":               {"", "记录之前的状态；首条记录为空"},
	"breakage":             {"", "曾被持有、未核销而过期的券"},
	"buyers":               {"", "当日支付的去重用户；范围内为人日"},
	"by":                   {"", "拆分维度，无则为空"},
	"came":                 {"", "新接收人中 30 日内有访问或支付者"},
	"came_share":           {"", "came / new_receivers"},
	"censored":             {"", "不再能观察到的券：领取至今恰为该天数，或已转赠、作废"},
	"city":                 {"the city", "城市"},
	"claim_rate":           {"", "领取率：领取 / 发放"},
	"claimed":              {"coupons claimed", "已领取"},
	"cohort":               {"new or all", "同期群：new 或 all"},
	"cohort_day":           {"", "周期首日；为空表示合并已完成的单元格"},
	"cohort_users":         {"users of the cohort", "同期群人数"},
	"collect_high":         {"", "收藏率 95% 区间上限"},
	"collect_low":          {"", "收藏率 95% 区间下限"},
	"collect_rate":         {"", "收藏率：collects / visits"},
	"collects":             {"", "收藏次数"},
	"compacted":            {"offsets that compaction or a transaction left empty", "被压缩或事务清空的位点数"},
	"consumption":          {"", "消费额：gross 加储值消费"},
	"control":              {"offsets of transaction markers", "事务标记的位点数"},
	"conversion_rate":      {"visit conversion over the last 28 final days, a fraction", "最近 28 个完整日的访问转化率"},
	"conversions":          {"", "以支付结束的路径数"},
	"converted_visits":     {"visits that a payment followed", "转化的访问次数"},
	"cost":                 {"", "注明优惠券的订单的优惠额"},
	"coupon_orders":        {"", "注明优惠券的订单数"},
	"credit":               {"", "归因额：归给该入口的净额"},
	"credit_share":         {"", "占比"},
	"currency":             {"ISO 4217; money of the row is in it", "币种（ISO 4217），本行金额以此计"},
	"day":                  {"the merchant's day; null is the range", "商家自然日；为空表示整个范围"},
	"day_7":                {"seven-day retention pooled over the last 28 final cohorts; of buyers where there are no visits", "最近 28 个已完成同期群合并的七日留存；没有访问数据时为买家留存"},
	"day_7_cohort":         {"users behind day_7", "day_7 的人数"},
	"declared":             {"false: no merchant record was ever sent", "false 表示从未收到商家记录"},
	"declared_loss":        {"offsets that an operator accepted as lost", "运维人员确认丢失的位点数"},
	"difference":           {"", "差值：rate - against_rate"},
	"drop_off":             {"", "流失率：dropped / 上一步人数"},
	"dropped":              {"", "较上一步流失的人数，第一步为空"},
	"entered":              {"", "进入漏斗的人数；范围内为人日"},
	"event":                {"", "步骤的写法"},
	"excess_orders":        {"", "退款超过订单金额的订单数"},
	"excess_refunds":       {"", "超过订单金额的退款：不进入其他任何数字"},
	"expired":              {"", "已过期：由记录告知或由 valid_until 推出"},
	"first_day":            {"first day with an event", "首个有事件的日期"},
	"fit":                  {"whose month the removal effects are of: merchant or industry", "移除效应的来源：merchant、industry 或 both；规则为空"},
	"follow_high":          {"", "关注率 95% 区间上限"},
	"follow_low":           {"", "关注率 95% 区间下限"},
	"follow_rate":          {"", "关注率：follows / visits"},
	"followed":             {"", "未退款、其后 30 日已关闭的核销数"},
	"follows":              {"", "关注次数"},
	"foreign_orders":       {"", "其中以其他币种支付的订单：不进入本行任何金额"},
	"from":                 {"", "上周状态；outside 表示尚无状态；为空表示处于 to 的全部用户"},
	"from_last_touch":      {"", "与 last_touch 在同一批支付上的差额，合计为 0"},
	"funnel":               {"", "漏斗的写法"},
	"gifted":               {"coupons given to another user", "已转赠"},
	"gifts":                {"", "收到的赠券数"},
	"gross":                {"payments", "支付金额"},
	"gross_per_visit":      {"", "每次访问的支付金额：gross / visits，四舍五入"},
	"high":                 {"upper end of the 95 % interval", "95% 区间上限"},
	"history_days":         {"", "同期群之前的商家历史天数；不足 28 天时老客可能被当作新客"},
	"impossible":           {"", "与此前记录矛盾的记录数"},
	"industry":             {"the industry; null where one merchant's or the platform's figures are asked for", "行业；查询单个商家或平台时为空"},
	"installments":         {"", "以分期支付的金额"},
	"issued":               {"", "已发放，含没有发放记录而被领取的券"},
	"kind":                 {"entry, transaction, coupon or merchant", "记录类型：entry、transaction、coupon 或 merchant"},
	"lag":                  {"records in Kafka that were not landed when ingest last wrote", "最近一次写入时 Kafka 中尚未落库的记录数"},
	"landed":               {"good records in the log", "已落库的有效记录数"},
	"low":                  {"lower end of the 95 % interval", "95% 区间下限"},
	"measure":              {"day_n, within_n, unbounded_n, bracket_a_b or rolling_n", "口径：day_n、within_n、unbounded_n、bracket_a_b 或 rolling_n；赠券新用户为 day_7 或 within_7"},
	"measured_in":          {"", "fraction（比率）、count（数量）或 money（金额，以币种单位计）"},
	"merchant_id":          {"the merchant; null where more than one is asked for", "商家；查询多个商家时为空"},
	"merchant_value":       {"", "商家自己的数字，未取整；没有数字或未指定商家时为空"},
	"merchants":            {"merchants behind the figure", "数字所含的商家数"},
	"method":               {"", "区间方法：newcombe 或 clustered"},
	"metric":               {"what is compared", "比较的指标"},
	"missing_events":       {"which kind of record the merchant does not send, null for none", "商家缺少的记录类型，无则为空"},
	"mode":                 {"ordered, or strict: nothing of the funnel's kinds in between", "ordered，或 strict：步骤之间不得有漏斗所列的其他行为"},
	"model":                {"attribution model", "归因模型"},
	"month":                {"", "月份首日"},
	"n":                    {"periods after the cohort's", "同期群之后的第几个周期"},
	"name":                 {"the merchant's name", "商家名称"},
	"net":                  {"payments less their refunds", "净额：支付减退款"},
	"net_collects":         {"", "净增收藏用户"},
	"net_followers":        {"", "净增关注用户"},
	"net_per_user":         {"", "人均净消费：net / cohort_users"},
	"net_per_visit":        {"", "每次访问的净额：net / visits，四舍五入"},
	"net_sales":            {"", "注明优惠券的订单的净销售额"},
	"new_buyers":           {"", "其中此前从未支付的买家"},
	"new_buyers_net":       {"", "新买家在首个支付日的净额"},
	"new_receivers":        {"", "收到之前没有访问、支付或注册的接收人"},
	"new_share":            {"", "new_receivers / receivers"},
	"new_visitors":         {"users whose first visit it is", "首次访问的用户"},
	"newest_event":         {"newest event time, milliseconds since 1970; 0 for none", "最新事件时间（1970 年以来的毫秒数），无则为 0"},
	"nobody_net":           {"", "没有用户标识的订单的净额"},
	"open":                 {"", "尚未了结的券"},
	"orders":               {"orders with a payment", "有支付的订单数"},
	"owner":                {"the company", "所属公司"},
	"owners":               {"", "数字所含的公司数"},
	"p10":                  {"", "行业各公司的第 10 百分位数，两位有效数字；不显示时为空"},
	"p25":                  {"25th percentile", "第 25 百分位数"},
	"p25_seconds":          {"", "到达该步骤的用户中四分之一所用的秒数不超过此值"},
	"p50":                  {"median", "中位数"},
	"p50_seconds":          {"", "到达该步骤的用户中一半所用的秒数不超过此值"},
	"p75":                  {"75th percentile", "第 75 百分位数"},
	"p75_seconds":          {"", "到达该步骤的用户中四分之三所用的秒数不超过此值"},
	"p90":                  {"90th percentile", "第 90 百分位数"},
	"p90_seconds":          {"", "到达该步骤的用户中九成所用的秒数不超过此值"},
	"paid_at":              {"", "支付时间（1970 年以来的毫秒数）"},
	"partition":            {"Kafka partition", "Kafka 分区"},
	"paths":                {"", "当月开始的路径数"},
	"payments":             {"", "归给该入口的支付笔数，分摊时为小数"},
	"payments_share":       {"", "占全部支付笔数的比例"},
	"period":               {"day, week or month", "周期：day、week 或 month"},
	"position":             {"", "步骤的序号，从 1 起"},
	"possible":             {"", "false 表示该变化不可能发生"},
	"rate":                 {"a fraction in [0, 1]", "比率，介于 0 与 1 之间"},
	"received":             {"offsets read so far", "已读取的位点数"},
	"received_gifts":       {"", "收到的赠券（由赠送人一方计发放）"},
	"receivers":            {"", "收到赠券的用户；跨日为人日"},
	"records":              {"", "记录数"},
	"redeemed":             {"coupons redeemed, or users who redeemed one", "已核销"},
	"redemption_rate":      {"", "核销率：核销 / 领取"},
	"refunds":              {"", "退款，计入原支付日"},
	"refunds_by_date":      {"", "按退款自身日期计的退款，不论何时支付"},
	"refused":              {"records refused: dead letters", "被拒绝的记录数（死信）"},
	"registered":           {"", "首次注册的用户"},
	"registered_total":     {"", "截至当日结束累计注册的用户；范围内为截至最后一个已完成日"},
	"removal_effect":       {"", "移除效应；没有转化时为空"},
	"repurchase_rate":      {"", "复购率：repurchased / followed"},
	"repurchased":          {"", "其中 30 日内有另一笔未全额退款订单者"},
	"returned":             {"coupons given back because their order was refunded", "因订单退款而退回"},
	"returned_users":       {"users of the cohort who came back", "回访用户数"},
	"returning_buyers_net": {"", "其他买家的净额"},
	"settled":              {"offsets settled into the events tables", "已整理进事件表的位点数"},
	"share":                {"users / cohort", "占比：users 占同期群，或占上周处于 from 的用户"},
	"stage":                {"", "记录的阶段；received 是 gifted 的接收方"},
	"standing":             {"", "取值位于所示的哪两个百分位数之间，如 p25_p50、below_p10、above_p90"},
	"state":                {"final, open or not_due", "状态：final、open 或 not_due"},
	"step":                 {"step of the loop", "闭环步骤"},
	"stores":               {"shops of the merchant", "门店数"},
	"suppressed":           {"", "没有基准的原因：too_few_owners（公司太少）或 dominant_owner（一家独大）；有基准时为空"},
	"time_zone":            {"decides the merchant's day", "时区，决定商家的自然日"},
	"to":                   {"", "本周状态"},
	"topic_epoch":          {"raised by an operator when the topic was made anew", "主题纪元：主题重建时由运维人员递增"},
	"transaction_id":       {"the order's id", "订单号"},
	"uncollects":           {"", "取消收藏次数"},
	"unfollows":            {"", "取消关注次数"},
	"unit":                 {"visit, or user: a day's visitors", "visit（访问）或 user（当日访客）"},
	"users":                {"users who took the step", "完成该步骤或该流转的用户"},
	"value":                {"the breakdown's value; null for all", "拆分的取值；为空表示全部"},
	"visitors":             {"distinct users with a visit; over days: user-days", "有访问的去重用户；跨日为人日"},
	"visits":               {"visits that start on the day", "当日开始的访问次数"},
	"voided":               {"coupons withdrawn", "已作废"},
	"week":                 {"", "周一日期；为空表示合计范围内已完成的各周"},
	"weight":               {"", "权重，精确到 1e-9，合计为 1"},
	"window_from":          {"", "28 天的第一天；天数不足时为空"},
	"window_hours":         {"", "窗口时长，小时"},
	"window_to":            {"", "28 天的最后一天，周日"},
}
