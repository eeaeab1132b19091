package queries

import (
	"context"
	"errors"
	"time"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics"
	"sevenday/metrics/conversion"
)

// memberRow is a merchant of a scope, with the runs whose rows count: run i made
// the spans from Froms[i] until, and without, Untils[i].
type memberRow struct {
	MerchantID     string         `ch:"merchant_id"`
	Industry       string         `ch:"industry"`
	City           string         `ch:"city"`
	TimeZone       string         `ch:"time_zone"`
	SettlementDays uint16         `ch:"settlement_days"`
	StoreIDs       []string       `ch:"store_ids"`
	StoreCities    []string       `ch:"store_cities"`
	Runs           []uint64       `ch:"runs"`
	Froms          []sevenday.Day `ch:"froms"`
	Untils         []sevenday.Day `ch:"untils"`
}

var memberLayout = warehouse.LayoutOf[memberRow]()

// member is a merchant as those who read its people must know it.
type member struct {
	memberRow
	calendar *sevenday.Calendar
	last     metrics.LastDays
	final    sevenday.Day // the last day whose cell is final
	cities   map[string]string
}

// members are the merchants of a scope, by id.
type members struct {
	byID    map[string]*member
	current *member // asked for last: rows come merchant by merchant
}

// members reads the merchants of a scope. Groups and closing are the scope's.
func (c *Catalog) members(ctx context.Context, scope metrics.Scope, groups metrics.Groups, closing *conversion.Closing) (*members, error) {
	rows, err := warehouse.Select(ctx, c.DB, memberLayout, c.statement("conversion_members"), scopeParameters(scope))
	if err != nil {
		return nil, err
	}
	list := &members{byID: make(map[string]*member, len(rows))}
	for _, row := range rows {
		m, err := newMember(row, groups, closing)
		if err != nil {
			return nil, err
		}
		list.byID[row.MerchantID] = m
	}
	return list, nil
}

func newMember(row memberRow, groups metrics.Groups, closing *conversion.Closing) (*member, error) {
	location, err := time.LoadLocation(row.TimeZone)
	if err != nil {
		return nil, &sevenday.Error{Op: "cut the days of", Subject: row.MerchantID, Err: err}
	}
	m := &member{memberRow: row, calendar: sevenday.NewCalendar(location), cities: make(map[string]string)}
	for i := range min(len(row.StoreIDs), len(row.StoreCities)) {
		m.cities[row.StoreIDs[i]] = row.StoreCities[i]
	}
	for i := range groups {
		if groups[i].TimeZone == row.TimeZone && groups[i].SettlementDays == sevenday.Day(row.SettlementDays) {
			m.last, m.final = groups[i].LastDays, closing.Final(i)
			return m, nil
		}
	}
	return nil, changedMeanwhile(row.MerchantID)
}

// changedMeanwhile tells that a merchant's record came between two statements.
func changedMeanwhile(merchantID string) error {
	return &sevenday.Error{
		Kind: sevenday.Unavailable, Op: "find the days of", Subject: merchantID,
		Err: errors.New("its record changed while the question was answered"), Fix: "ask again",
	}
}

// find returns a merchant, nil for one that is not in scope.
func (l *members) find(merchantID string) *member {
	if l.current == nil || l.current.MerchantID != merchantID {
		l.current = l.byID[merchantID]
	}
	return l.current
}

// counts tells whether a row that a run made of a span is a published one.
func (m *member) counts(run uint64, span sevenday.Day) bool {
	for i := range m.Runs {
		if m.Runs[i] == run {
			return span >= m.Froms[i] && span < m.Untils[i]
		}
	}
	return false
}
