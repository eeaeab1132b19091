package transform

import (
	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics/activity"
)

// knownPerson is a row of the stream of what earlier runs kept of persons. Of
// several runs' rows of a person, which are neighbors, the newest holds.
type knownPerson struct{ activity.Person }

func (k *knownPerson) key() timelineKey { return timelineKey{k.MerchantID, k.Person.Person} }

func (k *knownPerson) state() (hash, version uint64, instant sevenday.Millis, deleted bool) {
	return 0, k.Run, 0, false
}

// withdrawnPerson is a row of the stream of persons who lost an event, with the
// last days before From on which they were active.
type withdrawnPerson struct {
	MerchantID string          `ch:"merchant_id"`
	Person     sevenday.Person `ch:"person"`
	LastVisit  sevenday.Day    `ch:"last_visit"`
	LastPaying sevenday.Day    `ch:"last_paying"`
}

func (w *withdrawnPerson) key() timelineKey { return timelineKey{w.MerchantID, w.Person} }

func (w *withdrawnPerson) state() (hash, version uint64, instant sevenday.Millis, deleted bool) {
	return 0, 0, 0, false
}

var (
	knownPersonLayout     = warehouse.LayoutOf[knownPerson]()
	withdrawnPersonLayout = warehouse.LayoutOf[withdrawnPerson]()
)

// readKnown tells the timeline what lay before the days that are read. Persons
// without an event in them are passed over.
func (t *timelines) readKnown(key timelineKey) error {
	none := activity.Person{}
	none.Known(&t.timeline.Known, t.timeline.Merchant.From)
	for t.known.ok && !key.before(t.known.current.key()) {
		if t.known.current.key() == key {
			t.known.current.Known(&t.timeline.Known, t.timeline.Merchant.From)
		}
		if err := t.known.advance(); err != nil {
			return err
		}
	}
	// The last day that was kept may be one that the person lost.
	if t.withdrawn.ok && t.withdrawn.current.key() == key {
		t.timeline.Known.LastVisit = t.withdrawn.current.LastVisit
		t.timeline.Known.LastPaying = t.withdrawn.current.LastPaying
		return t.withdrawn.advance()
	}
	return nil
}
