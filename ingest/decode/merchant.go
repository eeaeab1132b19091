package decode

import (
	"bytes"
	"strings"
	"time"
	_ "time/tzdata" // time zones must be the same on machines that have no database of them

	"sevenday"
)

var (
	merchantNeeds   = setOf(fieldMerchantID, fieldName, fieldUpdatedAt)
	storeNeeds      = setOf(fieldStoreID)
	capabilityNeeds = setOf(fieldName, fieldEnabledAt)
)

// maxSettlementDays bounds settlement_days: a year and a leap day.
const maxSettlementDays = 366

// Merchant decodes a merchant record; contentHash covers all its fields, with
// the defaults filled in. See Decoder for the rest of what is returned. The
// strings of a merchant do not alias the payload.
func (d *Decoder) Merchant(payload []byte, kafkaTime sevenday.Millis, into *sevenday.Merchant) (contentHash uint64, unknown int, refusal *Refusal) {
	if len(payload) <= d.config.MaxBytes { // scan refuses a larger one unread
		payload = bytes.Clone(payload)
	}
	r := d.scan(payload, sevenday.KindMerchant, merchantFields)
	r.knownSchema()
	*into = sevenday.Merchant{MerchantID: r.code(fieldMerchantID, idCharacters, idCharactersRule)}
	r.require(merchantNeeds)
	d.merchantBody(r, into)
	if into.UpdatedAt = r.happened(fieldUpdatedAt, kafkaTime); r.refusal != nil {
		*into = sevenday.Merchant{MerchantID: into.MerchantID}
		return 0, r.unknown, r.refusal
	}
	return d.content.merchant(into), r.unknown, nil
}

func (d *Decoder) merchantBody(r *record, m *sevenday.Merchant) {
	m.Name = r.label(fieldName, maxName)
	m.Owner = fallback(r.label(fieldOwner, maxName), m.MerchantID)
	m.Industry = fallback(r.code(fieldIndustry, slugCharacters, slugCharactersRule), sevenday.IndustryOther)
	m.City = r.label(fieldCity, maxLabel)
	m.TimeZone = fallback(d.timeZone(r), sevenday.DefaultTimeZone)
	code, _ := r.currency(fieldCurrency)
	m.Currency = fallback(code, sevenday.DefaultCurrency)
	m.UserIDScope = choice(r, fieldUserIDScope, sevenday.ParseUserIDScope, scopeNames, sevenday.ScopePlatform)
	m.SettlementDays = int(r.integer(fieldSettlementDays, 0, maxSettlementDays, 0))
	m.Stores = d.stores(r)
	m.Capabilities = d.capabilities(r)
}

func scopeNames() []string {
	return []string{sevenday.ScopePlatform.String(), sevenday.ScopeMerchant.String()}
}

func fallback(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// timeZone returns the name of a zone of the tz database, links included.
func (d *Decoder) timeZone(r *record) string {
	value, ok := r.take(fieldTimeZone, tokenString, "a string")
	if !ok {
		return ""
	}
	if !d.zoneExists(value.text) {
		r.refuse(fieldTimeZone, UnknownTimeZone, `Send a name of the tz database, such as "Asia/Shanghai".`)
		return ""
	}
	return value.text
}

// zoneExists looks a zone up. Go's own name for "wherever this machine is", and
// files that systems keep beside the zones, are not zones.
func (d *Decoder) zoneExists(zone string) bool {
	if d.zones[zone] {
		return true
	}
	switch root, _, _ := strings.Cut(zone, "/"); root {
	case "", "Local", "localtime", "posix", "posixrules", "right", "Factory":
		return false
	}
	if _, err := time.LoadLocation(zone); err != nil {
		return false
	}
	d.zones[strings.Clone(zone)] = true
	return true
}

// items scans each object of a list into d.item and hands it to read.
func (d *Decoder) items(r *record, list field, what string, known, needed fieldSet, read func(*record)) {
	value, ok := r.take(list, tokenArray, "a list of objects")
	if !ok {
		return
	}
	refusal := each(value, func(s *scanner) *Refusal {
		item := &d.item
		item.reset(what, known)
		item.within = list.String() + "."
		item.refusal = s.object(item)
		item.refuseTwice()
		item.require(needed)
		read(item)
		r.unknown += item.unknown
		return item.refusal
	})
	r.refuseItem(list, refusal)
}

// refuseItem refuses the record for what was wrong in one of its lists.
func (r *record) refuseItem(list field, refusal *Refusal) {
	if r.refusal != nil || refusal == nil {
		return
	}
	r.refusal = refusal
	if refusal.Field == "" {
		refusal.Field = list.String()
	}
}

func (d *Decoder) stores(r *record) []sevenday.Store {
	var list []sevenday.Store
	listed := map[string]bool{}
	d.items(r, fieldStores, "store", storeFields, storeNeeds, func(item *record) {
		store := sevenday.Store{
			StoreID: item.label(fieldStoreID, maxID),
			Name:    item.label(fieldName, maxName),
			City:    item.label(fieldCity, maxLabel),
		}
		if listed[store.StoreID] {
			item.refuse(fieldStoreID, Conflicting, "List each store once.")
		}
		listed[store.StoreID] = true
		list = append(list, store)
	})
	return list
}

// capabilitySpan is what tells one span of a capability from another.
type capabilitySpan struct {
	name      string
	enabledAt sevenday.Millis
}

func (d *Decoder) capabilities(r *record) []sevenday.Capability {
	var list []sevenday.Capability
	listed := map[capabilitySpan]bool{}
	d.items(r, fieldCapabilities, "capability", capabilityFields, capabilityNeeds, func(item *record) {
		span := item.capability()
		key := capabilitySpan{span.Name, span.EnabledAt}
		if listed[key] {
			item.refuse(fieldEnabledAt, Conflicting, "List each capability once with the same enabled_at.")
		}
		listed[key] = true
		list = append(list, span)
	})
	return list
}

func (r *record) capability() sevenday.Capability {
	span := sevenday.Capability{
		Name:       r.code(fieldName, slugCharacters, slugCharactersRule),
		EnabledAt:  r.instant(fieldEnabledAt),
		DisabledAt: min(r.instant(fieldDisabledAt), latest),
		Void:       r.flag(fieldVoid, false),
	}
	// 1970-01-01 stands for absent in the warehouse, so a span begins after it.
	if r.present.has(fieldEnabledAt) && span.EnabledAt <= 0 {
		r.refuse(fieldEnabledAt, TimeTooEarly, "Send a time after 1970-01-01T00:00:00Z.")
	}
	if span.EnabledAt > latest {
		r.refuse(fieldEnabledAt, TimeTooFarAhead, "Send a time before the year 2300.")
	}
	if r.present.has(fieldDisabledAt) && span.DisabledAt < span.EnabledAt {
		r.refuse(fieldDisabledAt, Conflicting, "Send a disabled_at that is not before enabled_at.")
	}
	return span
}

func (c *content) merchant(m *sevenday.Merchant) uint64 {
	c.begin(sevenday.KindMerchant)
	c.text(fieldMerchantID, m.MerchantID)
	c.text(fieldName, m.Name)
	c.text(fieldOwner, m.Owner)
	c.text(fieldIndustry, m.Industry)
	c.text(fieldCity, m.City)
	c.text(fieldTimeZone, m.TimeZone)
	c.text(fieldCurrency, m.Currency)
	c.number(fieldUserIDScope, uint64(m.UserIDScope))
	c.number(fieldSettlementDays, uint64(m.SettlementDays))
	c.number(fieldUpdatedAt, uint64(m.UpdatedAt))
	c.number(fieldStores, uint64(len(m.Stores)))
	for _, store := range m.Stores {
		c.text(fieldStoreID, store.StoreID)
		c.text(fieldName, store.Name)
		c.text(fieldCity, store.City)
	}
	c.number(fieldCapabilities, uint64(len(m.Capabilities)))
	for _, span := range m.Capabilities {
		c.text(fieldName, span.Name)
		c.number(fieldEnabledAt, uint64(span.EnabledAt))
		c.number(fieldDisabledAt, uint64(span.DisabledAt))
		c.flag(fieldVoid, span.Void)
	}
	return c.sum()
}
