package decode_test

import (
	"strings"
	"testing"

	"sevenday"
	"sevenday/ingest/decode"
	"sevenday/ingest/scene"
)

const paid = `{"event_id":"t-1","event_time":"2026-11-21T18:30:00+08:00","merchant_id":"m-1","user_id":"u-1","transaction_id":"o-1","kind":"payment","amount":"12.50","method":"balance"}`

func hashOf(t *testing.T, kind sevenday.RecordKind, payload string) uint64 {
	t.Helper()
	_, hash, _, refusal := decodeAny(newDecoder(t), kind, []byte(payload))
	if refusal != nil {
		t.Fatalf("%s refused: %v", payload, refusal)
	}
	return hash
}

func TestAnotherSpellingIsTheSameContent(t *testing.T) {
	want := hashOf(t, sevenday.KindTransaction, paid)
	spellings := map[string][2]string{
		"another zone":         {`2026-11-21T18:30:00+08:00`, `2026-11-21T10:30:00Z`},
		"finer time":           {`2026-11-21T18:30:00+08:00`, `2026-11-21T18:30:00.0001+08:00`},
		"fewer decimals":       {`"12.50"`, `"12.5"`},
		"an escape":            {`"o-1"`, `"\u006f-1"`},
		"another user":         {`"u-1"`, `"u-2"`},
		"nobody":               {`"user_id":"u-1",`, ``},
		"an anonymous id":      {`"user_id"`, `"anonymous_id":"a","user_id"`},
		"a default":            {`"kind"`, `"lever":"none","discount":"0","revision":0,"consent":true,"schema":1,"kind"`},
		"null":                 {`"kind"`, `"coupon_id":null,"kind"`},
		"an unknown field":     {`"kind"`, `"x":1,"kind"`},
		"another order, space": {`{"event_id":"t-1",`, `{ "amount" : "12.50", "event_id":"t-1","was":`},
	}
	for name, change := range spellings {
		spelled := strings.Replace(paid, change[0], change[1], 1)
		if name == "another order, space" {
			spelled = `{ "amount" : "12.50",` + strings.Replace(paid[1:], `,"amount":"12.50"`, "", 1)
		}
		if got := hashOf(t, sevenday.KindTransaction, spelled); spelled == paid || got != want {
			t.Errorf("%s: %s hashes to %x, want %x", name, spelled, got, want)
		}
	}
}

func TestOtherContentHasAnotherHash(t *testing.T) {
	bases := map[sevenday.RecordKind]string{
		sevenday.KindEntry:       visit,
		sevenday.KindTransaction: paid,
		sevenday.KindCoupon:      `{"event_id":"c-1","event_time":"2026-11-21T18:30:00+08:00","merchant_id":"m-1","user_id":"u-1","coupon_id":"k","campaign_id":"a","stage":"issued"}`,
		sevenday.KindMerchant:    `{"merchant_id":"m-1","name":"n","updated_at":"2026-11-21T18:30:00+08:00"}`,
	}
	changes := map[sevenday.RecordKind][]string{
		sevenday.KindEntry: {
			`"store_id":"x"`, `"consent":false`, `"revision":1`, `"revision":1,"deleted":true`, `"action":"register"`, `"portal":"scan"`,
			`"terminal":"amap"`, `"session_id":"x"`, `"campaign_id":"x"`, `"coupon_id":"x"`,
		},
		sevenday.KindTransaction: {
			`"store_id":"x"`, `"discount":"1"`, `"stored_value":"1"`, `"merchant_fee":"1"`, `"currency":"CNY"`, `"currency":"USD"`,
			`"lever":"takeaway"`, `"ordered_at":"2026-11-21T10:00:00Z"`, `"coupon_id":"x"`, `"session_id":"x"`,
		},
		sevenday.KindCoupon: {
			`"kind":"points"`, `"placement":"scan"`, `"face_value":"1"`, `"min_spend":"1"`, `"valid_until":"2027-01-01T00:00:00Z"`, `"transaction_id":"x"`,
		},
		sevenday.KindMerchant: {
			`"owner":"x"`, `"industry":"retail"`, `"city":"x"`, `"time_zone":"UTC"`, `"currency":"USD"`, `"user_id_scope":"merchant"`, `"settlement_days":1`,
			`"stores":[{"store_id":"x"}]`, `"stores":[{"store_id":"x","name":"y"}]`, `"stores":[{"store_id":"x","city":"y"}]`,
			`"capabilities":[{"name":"x","enabled_at":"2026-01-01T00:00:00Z"}]`,
			`"capabilities":[{"name":"x","enabled_at":"2026-01-01T00:00:00Z","void":true}]`,
			`"capabilities":[{"name":"x","enabled_at":"2026-01-01T00:00:00Z","disabled_at":"2026-02-01T00:00:00Z"}]`,
		},
	}
	for kind, base := range bases {
		seen := map[uint64]string{hashOf(t, kind, base): base}
		for _, change := range changes[kind] {
			payload := base[:len(base)-1] + "," + change + "}"
			hash := hashOf(t, kind, payload)
			if other, ok := seen[hash]; ok {
				t.Errorf("%s and %s have one hash", payload, other)
			}
			seen[hash] = payload
		}
	}
}

func TestTheSceneTableIsNoContent(t *testing.T) {
	var with, without sevenday.Entry
	if _, refusal := newDecoder(t).Entry([]byte(visit), kafkaTime, &with); refusal != nil {
		t.Fatal(refusal)
	}
	if _, refusal := decode.New(decode.Config{UserKey: userKey, Scenes: scene.Table{}}).Entry([]byte(visit), kafkaTime, &without); refusal != nil {
		t.Fatal(refusal)
	}
	if with.Portal == without.Portal || with.ContentHash != without.ContentHash {
		t.Errorf("portals %v and %v, hashes %x and %x; want other portals, one hash", with.Portal, without.Portal, with.ContentHash, without.ContentHash)
	}
}

// Pinned: hashes are compared with those that were stored by earlier versions.
func TestContentHashesNeverChange(t *testing.T) {
	pinned := []struct {
		kind    sevenday.RecordKind
		payload string
		want    uint64
	}{
		{sevenday.KindEntry, benchEntry, 0x291c4f42dbf83d58},
		{sevenday.KindTransaction, benchTransaction, 0x781fe9f76734cacd},
		{sevenday.KindCoupon, benchCoupon, 0x6eb7d56ec8901079},
		{sevenday.KindMerchant, `{"merchant_id":"m-1","name":"n","updated_at":"2026-11-21T18:30:00+08:00","stores":[{"store_id":"x","name":"y"}],` +
			`"capabilities":[{"name":"x","enabled_at":"2026-01-01T00:00:00Z","disabled_at":"2026-02-01T00:00:00Z"}]}`, 0x437aa880794012d6},
	}
	for _, pin := range pinned {
		if got := hashOf(t, pin.kind, pin.payload); got != pin.want {
			t.Errorf("%s %s hashes to %#x, want %#x", pin.kind, pin.payload, got, pin.want)
		}
	}
}
