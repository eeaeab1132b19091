package decode

import "sevenday"

const (
	// earliest is 2015-01-01T00:00:00Z: mini programs came later, so an earlier time
	// is a wrong unit or a clock that was never set.
	earliest sevenday.Millis = 1420070400000
	// maxAhead is how far a clock may run ahead of Kafka's.
	maxAhead = 24 * hour
	hour     = 60 * 60 * 1000
)

// identity reads which event it is.
func (r *record) identity() sevenday.Header {
	return sevenday.Header{
		EventID:    r.code(fieldEventID, visibleASCII, visibleASCIIRule),
		MerchantID: r.code(fieldMerchantID, idCharacters, idCharactersRule),
	}
}

// header reads what the three kinds of event have in common. needed are the
// fields that every event of the kind carries beside those of the header.
func (d *Decoder) header(r *record, kafkaTime sevenday.Millis, needed fieldSet) sevenday.Header {
	r.knownSchema()
	h := r.identity()
	r.require(setOf(fieldEventID, fieldMerchantID))
	h.Revision = uint32(r.integer(fieldRevision, 0, 1<<32-1, 0))
	h.Deleted = r.flag(fieldDeleted, false)
	if h.Deleted {
		r.tombstone(h.Revision)
		return h
	}
	r.require(needed | setOf(fieldEventTime))
	h.EventTime = r.happened(fieldEventTime, kafkaTime)
	h.StoreID = r.label(fieldStoreID, maxID)
	h.NoConsent = !r.flag(fieldConsent, true)
	user, anonymous := r.personID(fieldUserID), r.personID(fieldAnonymousID)
	if r.refusal == nil && !h.NoConsent {
		h.User, h.Anonymous = d.people.user(user), d.people.anonymous(anonymous)
	}
	return h
}

// tombstone refuses a deletion that could never be newer than what it deletes.
func (r *record) tombstone(revision uint32) {
	if !r.present.has(fieldRevision) {
		r.refuse(fieldRevision, MissingField, "Send the revision; a deletion needs one higher than the event's, so at least 1.")
	}
	if revision == 0 {
		r.refuse(fieldRevision, OutOfRange, "Send a revision higher than the event's; a deletion's is at least 1.")
	}
}

// happened returns the time of something that cannot lie in the future.
func (r *record) happened(f field, kafkaTime sevenday.Millis) sevenday.Millis {
	at := r.instant(f)
	if r.refusal != nil {
		return 0
	}
	if at < earliest {
		r.refuse(f, TimeTooEarly, "Send a time not before 2015-01-01T00:00:00Z; check the unit and the producer's clock.")
	}
	if at > kafkaTime+maxAhead {
		r.refuse(f, TimeTooFarAhead, "Send a time at most 24 hours after the record's Kafka timestamp; check the producer's clock and zone.")
	}
	return at
}

// needPerson refuses a record without an id of a person, unless the person did
// not consent to have one.
func (r *record) needPerson(h *sevenday.Header) {
	if !r.present.has(fieldUserID) && !r.present.has(fieldAnonymousID) && !h.NoConsent {
		r.refuse(fieldUserID, MissingField, "Send user_id, anonymous_id or both; every %s with consent needs one.", r.what)
	}
}
