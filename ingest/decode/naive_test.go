package decode_test

import (
	"time"

	"sevenday"
)

// The naive decoders: what the contract says, field by field. They return
// false for a bad record, and leave content hashes alone.

var headerNames = []string{
	"event_id", "event_time", "merchant_id", "store_id", "user_id", "anonymous_id", "consent", "revision", "deleted", "schema",
}

func (o *oracle) header() (h sevenday.Header) {
	h.EventID = o.text("event_id", `^[\x21-\x7e]*$`, 64)
	h.MerchantID = o.text("merchant_id", `^[A-Za-z0-9_.:-]*$`, 64)
	o.need(o.has("event_id") && o.has("merchant_id"))
	o.integer("schema", 1, 1, 1)
	h.Revision = uint32(o.integer("revision", 0, 1<<32-1, 0))
	if h.Deleted = o.flag("deleted", false); h.Deleted {
		o.need(h.Revision > 0)
		return h
	}
	o.need(o.has("event_time"))
	h.EventTime = o.happened("event_time")
	h.StoreID = o.text("store_id", plain, 64)
	consent := o.flag("consent", true)
	h.NoConsent = !consent
	h.User, h.Anonymous = o.person("user", "user_id", consent), o.person("anonymous", "anonymous_id", consent)
	return h
}

func (o *oracle) somebody(h sevenday.Header) bool {
	return h.NoConsent || o.has("user_id") || o.has("anonymous_id")
}

func naiveEntry(payload []byte) (e sevenday.Entry, good bool) {
	o := newOracle(payload, append(headerNames, "action", "portal", "scene", "terminal", "session_id", "campaign_id", "coupon_id")...)
	if e.Header = o.header(); e.Deleted {
		return e, !o.bad
	}
	o.need(o.somebody(e.Header))
	e.Action = sevenday.Action(o.oneOf("action", sevenday.ActionNames(), 1))
	e.Portal = sevenday.Portal(o.oneOf("portal", sevenday.PortalNames(), 0))
	e.Scene = o.text("scene", plain, 128)
	e.Terminal = sevenday.Terminal(o.oneOf("terminal", sevenday.TerminalNames(), 1))
	e.SessionID = o.text("session_id", plain, 128)
	e.CampaignID = o.text("campaign_id", plain, 64)
	e.CouponID = o.text("coupon_id", plain, 64)
	mapped := sevenday.PortalNone
	if e.Scene == "A100" {
		mapped = sevenday.PortalScan
	}
	if e.Scene == "A200" && e.Terminal == sevenday.TerminalAmap {
		mapped = sevenday.PortalSearch
	}
	if e.Action == sevenday.ActionVisit {
		o.need(o.has("portal") || o.has("scene"))
		o.need(!o.has("portal") || mapped == sevenday.PortalNone || mapped == e.Portal)
	}
	if e.PortalFromScene = o.has("scene") && !o.has("portal"); e.PortalFromScene {
		e.Portal = mapped
		if mapped == sevenday.PortalNone {
			e.Portal = sevenday.PortalOther
		}
	}
	return e, !o.bad
}

func naiveTransaction(payload []byte) (t sevenday.Transaction, good bool) {
	o := newOracle(payload, append(headerNames, "transaction_id", "kind", "amount", "discount", "stored_value", "currency",
		"method", "installments", "merchant_fee", "lever", "ordered_at", "coupon_id", "session_id")...)
	if t.Header = o.header(); t.Deleted {
		return t, !o.bad
	}
	o.need(o.has("transaction_id") && o.has("kind") && o.has("amount") && o.has("method"))
	t.TransactionID = o.text("transaction_id", plain, 64)
	t.Kind = sevenday.TransactionKind(o.oneOf("kind", sevenday.TransactionKindNames(), 0))
	code, decimals := o.currency("currency")
	t.Currency = code
	t.Amount = o.money("amount", decimals)
	o.need(t.Kind == sevenday.Payment || t.Amount > 0)
	t.Discount, t.StoredValue, t.MerchantFee = o.money("discount", decimals), o.money("stored_value", decimals), o.money("merchant_fee", decimals)
	t.Method = sevenday.Method(o.oneOf("method", sevenday.MethodNames(), 0))
	t.Installments = uint8(o.integer("installments", 2, 36, 0))
	o.need(o.has("installments") == (t.Method == sevenday.MethodInstallments))
	t.Lever = sevenday.Lever(o.oneOf("lever", sevenday.LeverNames(), 1))
	if t.OrderedAt = o.instant("ordered_at"); o.has("ordered_at") {
		age := time.Duration(t.EventTime-t.OrderedAt) * time.Millisecond
		o.need(age >= 0 && age <= 30*24*time.Hour)
	}
	t.CouponID, t.SessionID = o.text("coupon_id", plain, 64), o.text("session_id", plain, 128)
	return t, !o.bad
}

func naiveCoupon(payload []byte) (c sevenday.Coupon, good bool) {
	o := newOracle(payload, append(headerNames, "coupon_id", "campaign_id", "kind", "stage", "to_user_id", "placement",
		"face_value", "min_spend", "valid_until", "transaction_id")...)
	if c.Header = o.header(); c.Deleted {
		return c, !o.bad
	}
	o.need(o.somebody(c.Header))
	o.need(o.has("coupon_id") && o.has("campaign_id") && o.has("stage"))
	c.CouponID, c.CampaignID = o.text("coupon_id", plain, 64), o.text("campaign_id", plain, 64)
	c.Kind = sevenday.CouponKind(o.oneOf("kind", sevenday.CouponKindNames(), 1))
	c.Stage = sevenday.Stage(o.oneOf("stage", sevenday.StageNames(), 0))
	c.ToUser = o.person("user", "to_user_id", !c.NoConsent)
	gifted := c.Stage == sevenday.StageGifted
	o.need(o.has("to_user_id") == gifted || gifted && c.NoConsent)
	c.Placement = sevenday.Placement(o.oneOf("placement", sevenday.PlacementNames(), int(sevenday.PlacementOther)))
	c.FaceValue, c.MinSpend = o.money("face_value", 2), o.money("min_spend", 2)
	if c.ValidUntil = o.instant("valid_until"); o.has("valid_until") {
		o.need(c.ValidUntil >= millis("2015-01-01T00:00:00Z"))
		c.ValidUntil = min(c.ValidUntil, millis("2299-12-31T23:59:59.999Z"))
	}
	c.TransactionID = o.text("transaction_id", plain, 64)
	o.need(o.has("transaction_id") || c.Stage != sevenday.StageRedeemed && c.Stage != sevenday.StageReturned)
	return c, !o.bad
}

func naiveMerchant(payload []byte) (m sevenday.Merchant, good bool) {
	o := newOracle(payload, "merchant_id", "name", "owner", "stores", "industry", "city", "time_zone", "currency",
		"user_id_scope", "settlement_days", "capabilities", "updated_at", "schema")
	o.need(o.has("merchant_id") && o.has("name") && o.has("updated_at"))
	o.integer("schema", 1, 1, 1)
	m = sevenday.DefaultMerchant(o.text("merchant_id", `^[A-Za-z0-9_.:-]*$`, 64))
	m.Name = o.text("name", plain, 256)
	set(&m.Owner, o.text("owner", plain, 256))
	set(&m.Industry, o.text("industry", `^[a-z0-9_]*$`, 64))
	m.City = o.text("city", plain, 128)
	set(&m.TimeZone, o.zone("time_zone"))
	code, _ := o.currency("currency")
	set(&m.Currency, code)
	m.UserIDScope = sevenday.UserIDScope(o.oneOf("user_id_scope", []string{"platform", "merchant"}, 1))
	m.SettlementDays = int(o.integer("settlement_days", 0, 366, 0))
	m.UpdatedAt = o.happened("updated_at")
	m.Stores, m.Capabilities = o.stores(payload), o.capabilities(payload)
	return m, !o.bad
}

func set(field *string, value string) {
	if value != "" {
		*field = value
	}
}

func (o *oracle) stores(payload []byte) (stores []sevenday.Store) {
	seen := map[string]bool{}
	for _, item := range o.list("stores", payload, "store_id", "name", "city") {
		store := sevenday.Store{
			StoreID: item.text("store_id", plain, 64), Name: item.text("name", plain, 256), City: item.text("city", plain, 128),
		}
		o.need(item.has("store_id") && !seen[store.StoreID] && !item.bad)
		seen[store.StoreID] = true
		stores = append(stores, store)
	}
	return stores
}

func (o *oracle) capabilities(payload []byte) (spans []sevenday.Capability) {
	end := millis("2299-12-31T23:59:59.999Z")
	seen := map[sevenday.Capability]bool{}
	for _, item := range o.list("capabilities", payload, "name", "enabled_at", "disabled_at", "void") {
		span := sevenday.Capability{
			Name: item.text("name", `^[a-z0-9_]*$`, 64), EnabledAt: item.instant("enabled_at"),
			DisabledAt: min(item.instant("disabled_at"), end), Void: item.flag("void", false),
		}
		key := sevenday.Capability{Name: span.Name, EnabledAt: span.EnabledAt}
		o.need(item.has("name") && item.has("enabled_at") && !seen[key] && !item.bad)
		o.need(span.EnabledAt > 0 && span.EnabledAt <= end)
		o.need(!item.has("disabled_at") || span.DisabledAt >= span.EnabledAt)
		seen[key] = true
		spans = append(spans, span)
	}
	return spans
}
