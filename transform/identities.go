package transform

import (
	"context"
	"strconv"

	"sevenday"
	"sevenday/internal/warehouse"
)

var headLayout = warehouse.LayoutOf[head]()

// readHeads reads the ranges' records and keeps the best of each identity.
func (p *pass) readHeads(ctx context.Context) error {
	for _, kind := range [...]sevenday.RecordKind{sevenday.KindEntry, sevenday.KindTransaction, sevenday.KindCoupon} {
		ranges := p.ranges(kind)
		if ranges == "" {
			continue
		}
		query := forLog(statement("heads_"+kind.Plural()), kind, ranges)
		err := warehouse.Stream(ctx, p.db, headLayout, query, nil, func(rows []head) error {
			for i := range rows {
				p.offer(kind, &rows[i])
			}
			p.records += int64(len(rows))
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *pass) offer(kind sevenday.RecordKind, h *head) {
	id := identity{kind, h.MerchantID, h.EventID}
	e := p.events[id]
	if e == nil {
		p.events[id] = &event{identity: id, after: settledHead{Kind: kind, head: *h}}
		return
	}
	if h.beats(&e.after.head) {
		e.after.head = *h
	}
}

// identityKey is an identity as a lookup sends it.
type identityKey struct {
	Kind       uint8  `ch:"kind"`
	MerchantID string `ch:"merchant_id"`
	EventID    string `ch:"event_id"`
}

var (
	identityKeyLayout = warehouse.LayoutOf[identityKey]()
	identityLayout    = warehouse.LayoutOf[identity]()
	settledHeadLayout = warehouse.LayoutOf[settledHead]()
)

// readBefore looks up what is known of the identities, and lets the known
// record stand where the new one does not beat it.
func (p *pass) readBefore(ctx context.Context) error {
	ids := make([]identity, 0, len(p.events))
	for id := range p.events {
		ids = append(ids, id)
	}
	return p.lookUp(ctx, ids, func(known *settledHead) {
		e := p.events[identity{known.Kind, known.MerchantID, known.EventID}]
		if e.before != nil && e.before.Version >= known.Version {
			return
		}
		before := *known
		e.before = &before
	}, func() {
		for _, e := range p.events {
			if e.before != nil && !e.after.beats(&e.before.head) {
				e.after = *e.before
			}
		}
	})
}

// lookUp reads event_ids for the identities. Rows that later passes replaced
// may come too, in any order: each tells its version. Then done is called.
func (p *pass) lookUp(ctx context.Context, ids []identity, each func(*settledHead), done func()) error {
	defer done()
	if len(ids) == 0 {
		return nil
	}
	keys := make([]identityKey, len(ids))
	for i, id := range ids {
		keys[i] = identityKey{uint8(id.Kind), id.MerchantID, id.EventID}
	}
	return warehouse.StreamGiven(ctx, p.db, settledHeadLayout, statement("event_ids"), nil,
		warehouse.Rows("keys", identityKeyLayout, keys), func(rows []settledHead) error {
			for i := range rows {
				each(&rows[i])
			}
			return nil
		})
}

// A group is a set of events whose places depend on one another.
type group struct {
	relation   relation
	merchantID string
	key        string
}

// relation says what an event has in common with the others of its group.
type relation uint8

const (
	ofOrder     relation = iota + 1 // transactions with one transaction id
	ofAnonymous                     // events that carry one anonymous id alone
	ofLink                          // events that tie one anonymous id to a user
)

// groups returns the groups that a record belongs to.
func (h *settledHead) groups() []group {
	var groups []group
	if h.Kind == sevenday.KindTransaction && h.TransactionID != "" {
		groups = append(groups, group{ofOrder, h.MerchantID, h.TransactionID})
	}
	switch {
	case h.alone():
		groups = append(groups, group{ofAnonymous, h.MerchantID, personKey(h.Anonymous)})
	case h.links():
		groups = append(groups, group{ofLink, h.MerchantID, personKey(h.Anonymous)})
	}
	return groups
}

func personKey(p sevenday.Person) string { return strconv.FormatUint(uint64(p), 16) }

// needs returns the groups that must be known to place the event and what
// moves with it: its order, the links of its anonymous id and, where it makes,
// changes or withdraws a link itself, everything that carries the id alone.
func (e *event) needs() []group {
	var groups []group
	for _, h := range e.sides() {
		for _, g := range h.groups() {
			switch g.relation {
			case ofOrder:
				groups = append(groups, g)
			case ofAnonymous:
				groups = append(groups, group{ofLink, g.merchantID, g.key})
			case ofLink:
				if e.changed() {
					groups = append(groups, g, group{ofAnonymous, g.merchantID, g.key})
				}
			}
		}
	}
	return groups
}

// sides are the event's records before and after the pass, one where they are the same.
func (e *event) sides() []*settledHead {
	if e.before != nil && e.changed() {
		return []*settledHead{e.before, &e.after}
	}
	return []*settledHead{&e.after}
}

// groupKey is a group as a lookup sends it.
type groupKey struct {
	Relation   uint8  `ch:"relation"`
	MerchantID string `ch:"merchant_id"`
	GroupKey   string `ch:"group_key"`
}

var groupKeyLayout = warehouse.LayoutOf[groupKey]()

// readGroups loads the groups that the events need, and the groups that their
// members need, until none is missing.
func (p *pass) readGroups(ctx context.Context) error {
	fresh := make([]*event, 0, len(p.events))
	for _, e := range p.events {
		fresh = append(fresh, e)
	}
	for len(fresh) > 0 {
		var missing []groupKey
		for _, e := range fresh {
			for _, g := range e.needs() {
				if !p.loaded[g] {
					p.loaded[g] = true
					missing = append(missing, groupKey{uint8(g.relation), g.merchantID, g.key})
				}
			}
		}
		var err error
		if fresh, err = p.loadMembers(ctx, missing); err != nil {
			return err
		}
	}
	return nil
}

// loadMembers loads the groups' members that the pass does not hold yet.
func (p *pass) loadMembers(ctx context.Context, groups []groupKey) ([]*event, error) {
	if len(groups) == 0 {
		return nil, nil
	}
	var ids []identity
	err := warehouse.StreamGiven(ctx, p.db, identityLayout, statement("event_groups"), nil,
		warehouse.Rows("keys", groupKeyLayout, groups), func(rows []identity) error {
			for _, id := range rows {
				if p.events[id] == nil {
					ids = append(ids, id)
				}
			}
			return nil
		})
	if err != nil {
		return nil, err
	}
	members := make(map[identity]*event, len(ids))
	err = p.lookUp(ctx, ids, func(known *settledHead) {
		id := identity{known.Kind, known.MerchantID, known.EventID}
		if m := members[id]; m == nil || m.before.Version < known.Version {
			before := *known
			members[id] = &event{identity: id, before: &before, after: before}
		}
	}, func() {})
	if err != nil {
		return nil, err
	}
	fresh := make([]*event, 0, len(members))
	for id, e := range members {
		p.events[id] = e
		fresh = append(fresh, e)
	}
	return fresh, nil
}
