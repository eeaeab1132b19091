package ingest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sevenday"
	"sevenday/ingest"
	"sevenday/internal/broker/brokertest"
	"sevenday/internal/warehouse"
)

// text is one row of a query that ends in FORMAT-like text: a tuple as a string.
type text struct{ Row string }

var textLayout = warehouse.NewLayout(warehouse.String("row", func(r *text) *string { return &r.Row }))

func TestEveryFieldOfEveryKindLandsInItsColumn(t *testing.T) {
	r := newRig(t, brokertest.Start(t, 1))
	records := map[sevenday.RecordKind]string{
		sevenday.KindEntry: `{"event_id":"e1","event_time":"2026-03-01T08:00:00.5Z","merchant_id":"m1","store_id":"s1","anonymous_id":"a","revision":2,
			"action":"collect","portal":"friend_tab","terminal":"amap","session_id":"ses","campaign_id":"cam","coupon_id":"cou","novel":1}`,
		sevenday.KindTransaction: `{"event_id":"t1","event_time":"2026-03-01T08:00:00Z","merchant_id":"m1","transaction_id":"o1","kind":"payment","amount":"12.50",
			"discount":"1.00","stored_value":"2.00","currency":"CNY","method":"installments","installments":6,"merchant_fee":"0.30","lever":"takeaway",
			"ordered_at":"2026-03-01T07:00:00Z","coupon_id":"cou","session_id":"ses"}`,
		sevenday.KindCoupon: `{"event_id":"c1","event_time":"2026-03-01T08:00:00Z","merchant_id":"m1","user_id":"u","coupon_id":"cou","campaign_id":"cam","kind":"gift_card",
			"stage":"gifted","to_user_id":"v","placement":"life_account_message","face_value":"5.00","min_spend":"20.00","valid_until":"2026-04-01T00:00:00Z"}`,
		sevenday.KindMerchant: `{"merchant_id":"m1","name":"Fruit","owner":"o","industry":"retail","city":"Hangzhou","time_zone":"Asia/Tokyo","currency":"JPY","user_id_scope":"merchant",
			"settlement_days":3,"stores":[{"store_id":"s1","name":"One","city":"Kyoto"}],"capabilities":[{"name":"installments","enabled_at":"2026-01-01T00:00:00Z"},
			{"name":"takeaway","enabled_at":"2026-01-02T00:00:00Z","disabled_at":"2026-02-01T00:00:00Z","void":true}],"updated_at":"2026-03-01T00:00:00Z"}`,
	}
	for kind, record := range records {
		brokertest.ProduceKeyed(t, r.brokers, kind.Topic(), 0, []byte("m1"), []byte(record))
	}
	landed := make(chan sevenday.RecordKind, len(records))
	r.run(func(c *ingest.Config) { c.Landed = func(kind sevenday.RecordKind) { landed <- kind } })
	told := map[sevenday.RecordKind]bool{}
	for range records {
		told[<-landed] = true
	}
	if len(told) != len(records) {
		t.Errorf("Landed was called for %v, want all four kinds", told)
	}
	want := map[sevenday.RecordKind]string{
		sevenday.KindEntry:       "('m1','e1','2026-03-01 08:00:00.500','s1',0,1,2,0,1,'collect','friend_tab',0,'amap','ses','cam','cou',1)",
		sevenday.KindTransaction: "('m1','t1','2026-03-01 08:00:00.000','o1','payment',12.5,1,2,'CNY','installments',6,0.3,'takeaway','2026-03-01 07:00:00.000','cou','ses')",
		sevenday.KindCoupon:      "('m1','c1',1,'cou','cam','gift_card','gifted',1,'life_account_message',5,20,'2026-04-01 00:00:00.000')",
		sevenday.KindMerchant: "('m1','Fruit','o',['s1'],['One'],['Kyoto'],'retail','Hangzhou','Asia/Tokyo','JPY','merchant',3,['installments','takeaway']," +
			"['2026-01-01 00:00:00.000','2026-01-02 00:00:00.000'],['1970-01-01 00:00:00.000','2026-02-01 00:00:00.000'],[0,1],'2026-03-01 00:00:00.000',1)",
	}
	for kind := range records {
		rows := ask(t, r.db, textLayout, "fields_of_"+kind.String(), nil)
		if diff := cmp.Diff([]text{{want[kind]}}, rows); diff != "" {
			t.Errorf("%s_log (-want +got):\n%s", kind.Plural(), diff)
		}
	}
}
