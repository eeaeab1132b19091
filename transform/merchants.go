package transform

import (
	"context"
	"reflect"
	"slices"
	"time"
	_ "time/tzdata" // merchants name any zone, and servers may lack the files

	"sevenday"
	"sevenday/internal/warehouse"
)

// merchantKey is a merchant id as a lookup sends it.
type merchantKey struct {
	MerchantID string `ch:"merchant_id"`
}

var merchantKeyLayout = warehouse.LayoutOf[merchantKey]()

// merchantRow is a merchant as the tables keep it, its lists column by column.
type merchantRow struct {
	MerchantID           string               `ch:"merchant_id"`
	Name                 string               `ch:"name"`
	Owner                string               `ch:"owner"`
	StoreIDs             []string             `ch:"store_ids"`
	StoreNames           []string             `ch:"store_names"`
	StoreCities          []string             `ch:"store_cities"`
	Industry             string               `ch:"industry"`
	City                 string               `ch:"city"`
	TimeZone             string               `ch:"time_zone"`
	Currency             string               `ch:"currency"`
	UserIDScope          sevenday.UserIDScope `ch:"user_id_scope"`
	SettlementDays       uint16               `ch:"settlement_days"`
	CapabilityNames      []string             `ch:"capability_names"`
	CapabilityEnabledAt  []sevenday.Millis    `ch:"capability_enabled_at"`
	CapabilityDisabledAt []sevenday.Millis    `ch:"capability_disabled_at"`
	CapabilityVoid       []bool               `ch:"capability_void"`
	UpdatedAt            sevenday.Millis      `ch:"updated_at"`
}

// settledMerchantRow is a row of table merchants_settled.
type settledMerchantRow struct {
	merchantRow
	Declared   bool            `ch:"declared"`
	Version    uint64          `ch:"version"`
	LeaseUntil sevenday.Millis `ch:"lease_until"`
}

var (
	merchantLayout        = warehouse.LayoutOf[merchantRow]()
	settledMerchantLayout = warehouse.LayoutOf[settledMerchantRow]()
)

func rowOf(m sevenday.Merchant) merchantRow {
	row := merchantRow{
		MerchantID: m.MerchantID, Name: m.Name, Owner: m.Owner, Industry: m.Industry, City: m.City,
		TimeZone: m.TimeZone, Currency: m.Currency, UserIDScope: m.UserIDScope,
		SettlementDays: uint16(m.SettlementDays), UpdatedAt: m.UpdatedAt,
	}
	for _, store := range m.Stores {
		row.StoreIDs = append(row.StoreIDs, store.StoreID)
		row.StoreNames = append(row.StoreNames, store.Name)
		row.StoreCities = append(row.StoreCities, store.City)
	}
	for _, c := range m.Capabilities {
		row.CapabilityNames = append(row.CapabilityNames, c.Name)
		row.CapabilityEnabledAt = append(row.CapabilityEnabledAt, c.EnabledAt)
		row.CapabilityDisabledAt = append(row.CapabilityDisabledAt, c.DisabledAt)
		row.CapabilityVoid = append(row.CapabilityVoid, c.Void)
	}
	return row
}

func (r *merchantRow) merchant() sevenday.Merchant {
	m := sevenday.Merchant{
		MerchantID: r.MerchantID, Name: r.Name, Owner: r.Owner, Industry: r.Industry, City: r.City,
		TimeZone: r.TimeZone, Currency: r.Currency, UserIDScope: r.UserIDScope,
		SettlementDays: int(r.SettlementDays), UpdatedAt: r.UpdatedAt,
	}
	for i := range r.StoreIDs {
		m.Stores = append(m.Stores, sevenday.Store{StoreID: r.StoreIDs[i], Name: r.StoreNames[i], City: r.StoreCities[i]})
	}
	for i := range r.CapabilityNames {
		m.Capabilities = append(m.Capabilities, sevenday.Capability{
			Name: r.CapabilityNames[i], EnabledAt: r.CapabilityEnabledAt[i],
			DisabledAt: r.CapabilityDisabledAt[i], Void: r.CapabilityVoid[i],
		})
	}
	return m
}

// settleMerchants makes the merchants that the ranges hold records of anew from
// all of their records, and marks whole those that became other ones: producers
// send the same merchants day after day.
func (p *pass) settleMerchants(ctx context.Context) error {
	ranges := p.ranges(sevenday.KindMerchant)
	if ranges == "" {
		return nil
	}
	named, err := warehouse.Select(ctx, p.db, merchantKeyLayout, forLog(statement("merchants_changed"), sevenday.KindMerchant, ranges), nil)
	if err != nil || len(named) == 0 {
		return err
	}
	p.records += int64(len(named))
	keys := warehouse.Rows("keys", merchantKeyLayout, named)
	before, err := p.declaredMerchants(ctx, keys)
	if err != nil {
		return err
	}
	settled, err := p.recordedMerchants(ctx, keys)
	if err != nil {
		return err
	}
	settled = slices.DeleteFunc(settled, func(m sevenday.Merchant) bool {
		old, known := before[m.MerchantID]
		old.UpdatedAt = m.UpdatedAt // when the same was said again is of no interest
		return known && reflect.DeepEqual(old, m)
	})
	if len(settled) == 0 {
		return nil
	}
	// The marks come first: a pass that ends between the two, and is repeated,
	// finds the merchants still as they were.
	marks := make(map[markRow]bool)
	for _, m := range settled {
		marks[markRow{MerchantID: m.MerchantID, Cause: causeMerchant}] = true
	}
	if err := p.insertMarks(ctx, marks); err != nil {
		return err
	}
	return p.writeSettledMerchants(ctx, settled, true)
}

// declaredMerchants are those of the keys that records made, as they are settled.
func (p *pass) declaredMerchants(ctx context.Context, keys warehouse.Given) (map[string]sevenday.Merchant, error) {
	merchants := make(map[string]sevenday.Merchant)
	return merchants, warehouse.StreamGiven(ctx, p.db, merchantLayout, statement("merchants_declared"), nil, keys,
		func(rows []merchantRow) error {
			for i := range rows {
				merchants[rows[i].MerchantID] = rows[i].merchant()
			}
			return nil
		})
}

// recordedMerchants puts the keys' merchants together from their records.
func (p *pass) recordedMerchants(ctx context.Context, keys warehouse.Given) (merchants []sevenday.Merchant, err error) {
	err = warehouse.StreamGiven(ctx, p.db, merchantLayout, statement("merchants_records"), nil, keys,
		func(rows []merchantRow) error {
			for i := range rows {
				record := rows[i].merchant()
				if n := len(merchants); n > 0 && merchants[n-1].MerchantID == record.MerchantID {
					merchants[n-1] = supersede(merchants[n-1], record)
				} else {
					merchants = append(merchants, record)
				}
			}
			return nil
		})
	return merchants, err
}

// supersede returns the merchant as the newer record has it, with the history
// of capabilities kept: the union over records by (name, enabled at).
func supersede(before, newer sevenday.Merchant) sevenday.Merchant {
	union := before.Capabilities
	for _, c := range newer.Capabilities {
		replaced := false
		for i := range union {
			if union[i].Name == c.Name && union[i].EnabledAt == c.EnabledAt {
				union[i], replaced = c, true
			}
		}
		if !replaced {
			union = append(union, c)
		}
	}
	newer.Capabilities = union
	return newer
}

func (p *pass) writeSettledMerchants(ctx context.Context, merchants []sevenday.Merchant, declared bool) error {
	until, err := p.lease.Until()
	if err != nil {
		return err
	}
	rows := make([]settledMerchantRow, len(merchants))
	for i, m := range merchants {
		rows[i] = settledMerchantRow{merchantRow: rowOf(m), Declared: declared, Version: p.version, LeaseUntil: until}
	}
	return warehouse.Insert(ctx, p.db, "merchants_settled", settledMerchantLayout, rows, bounded)
}

// merchantBook knows the calendars of the merchants that a pass touches.
type merchantBook struct {
	db        *warehouse.DB
	calendars map[string]*sevenday.Calendar
}

func newMerchantBook(db *warehouse.DB) *merchantBook {
	return &merchantBook{db: db, calendars: make(map[string]*sevenday.Calendar)}
}

// zoneRow is what the book reads of a merchant.
type zoneRow struct {
	MerchantID string `ch:"merchant_id"`
	TimeZone   string `ch:"time_zone"`
}

var zoneLayout = warehouse.LayoutOf[zoneRow]()

func (b *merchantBook) load(ctx context.Context, ids map[string]bool) error {
	keys := make([]merchantKey, 0, len(ids))
	for id := range ids {
		keys = append(keys, merchantKey{id})
	}
	return warehouse.StreamGiven(ctx, b.db, zoneLayout, statement("merchants_known"), nil,
		warehouse.Rows("keys", merchantKeyLayout, keys), func(rows []zoneRow) error {
			for _, row := range rows {
				location, err := time.LoadLocation(row.TimeZone)
				if err != nil {
					return err // the decoder lets no unknown zone into the log
				}
				b.calendars[row.MerchantID] = sevenday.NewCalendar(location)
			}
			return nil
		})
}

// unknown returns the merchants among ids that have no row yet, as defaults,
// and knows them from now on.
func (b *merchantBook) unknown(ids map[string]bool) []sevenday.Merchant {
	var missing []sevenday.Merchant
	for id := range ids {
		if b.calendars[id] == nil {
			missing = append(missing, sevenday.DefaultMerchant(id))
			b.calendars[id] = sevenday.NewCalendar(shanghai)
		}
	}
	return missing
}

func (b *merchantBook) calendar(merchantID string) *sevenday.Calendar { return b.calendars[merchantID] }

var shanghai = func() *time.Location {
	location, err := time.LoadLocation(sevenday.DefaultTimeZone)
	if err != nil {
		panic(err) // the tz database is embedded
	}
	return location
}()
