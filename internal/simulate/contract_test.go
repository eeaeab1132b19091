package simulate

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"testing"
	"time"

	"sevenday"
)

var (
	eventIDs    = regexp.MustCompile(`^[\x21-\x7e]{1,64}$`)
	merchantIDs = regexp.MustCompile(`^[A-Za-z0-9_.:-]{1,64}$`)
)

func TestRecordsKeepTheContract(t *testing.T) {
	w, err := NewWorld(Config{Seed: 11, Merchants: 40, Events: 150_000, Until: until})
	if err != nil {
		t.Fatal(err)
	}
	refused := map[sevenday.RecordKind]int64{}
	truth, err := w.Stream(context.Background(), func(r Record) error {
		if err := obeys(r, w); err != nil {
			refused[r.Kind]++
			if !bytes.Contains(r.Value, []byte("du-bad")) && !expectedFault(err) {
				return fmt.Errorf("%w: %s", err, r.Value)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range sevenday.RecordKinds {
		if got, want := refused[kind], truth.Records[kind.String()].Refused; got != want {
			t.Errorf("%s: %d records break the contract, the truth says %d", kind, got, want)
		}
	}
}

type faultError string

func (e faultError) Error() string { return string(e) }

// expectedFault tells faults without a telling user id.
func expectedFault(err error) bool {
	var syntax *json.SyntaxError
	var shape *json.UnmarshalTypeError
	return errors.As(err, &syntax) || errors.As(err, &shape) || errors.Is(err, faultError("no person"))
}

// obeys checks the contract's rules of a record's fields.
func obeys(r Record, w *World) error {
	if r.Kind == sevenday.KindMerchant {
		return json.Unmarshal(r.Value, &merchantRecord{})
	}
	var e wire
	if err := json.Unmarshal(r.Value, &e); err != nil {
		return err
	}
	switch {
	case !eventIDs.MatchString(e.EventID):
		return faultError("event id")
	case !merchantIDs.MatchString(e.MerchantID) || e.MerchantID != r.Key:
		return faultError("merchant id")
	case e.Deleted && e.Revision > 0:
		return nil
	case e.Schema != nil && *e.Schema != 1:
		return faultError("schema")
	case e.UserID == "" && e.AnonymousID == "" && r.Kind != sevenday.KindTransaction:
		return faultError("no person")
	}
	at, err := time.Parse(time.RFC3339Nano, e.EventTime)
	if err != nil || at.Year() < 2015 || at.UnixMilli() != int64(r.Time) {
		return faultError("event time")
	}
	if r.Kind == sevenday.KindEntry {
		return obeysEntry(e)
	}
	if r.Kind == sevenday.KindTransaction {
		return obeysTransaction(e, at, currencyOf(e, w))
	}
	return obeysCoupon(e)
}

func currencyOf(e wire, w *World) string {
	if e.Currency != "" {
		return e.Currency
	}
	return w.find(e.MerchantID).Currency
}

func known[T any](parse func(string) (T, bool), word string) bool {
	_, ok := parse(word)
	return ok || word == ""
}

func obeysEntry(e wire) error {
	switch {
	case !known(sevenday.ParseAction, e.Action), !known(sevenday.ParsePortal, e.Portal), !known(sevenday.ParseTerminal, e.Terminal):
		return faultError("unknown word")
	case e.Action == "" && e.Portal == "" && e.Scene == "":
		return faultError("no way in")
	}
	return nil
}

func obeysTransaction(e wire, at time.Time, currency string) error {
	kind, ok := sevenday.ParseTransactionKind(e.Kind)
	switch {
	case !ok || e.TransactionID == "" || len(e.TransactionID) > 64:
		return faultError("order")
	case e.Method == "" || !known(sevenday.ParseMethod, e.Method) || !known(sevenday.ParseLever, e.Lever):
		return faultError("unknown word")
	case (e.Method == "installments") != (e.Installments >= 2 && e.Installments <= 36):
		return faultError("installments")
	}
	amount, err := sevenday.ParseMoney(e.Amount, decimalsOf(currency))
	if err != nil || kind == sevenday.Refund && amount <= 0 {
		return faultError("amount")
	}
	for _, s := range []string{e.Discount, e.StoredValue, e.MerchantFee} {
		if _, err := sevenday.ParseMoney(s, decimalsOf(currency)); s != "" && err != nil {
			return err
		}
	}
	if e.OrderedAt == "" {
		return nil
	}
	ordered, err := time.Parse(time.RFC3339Nano, e.OrderedAt)
	if err != nil || ordered.After(at) || at.Sub(ordered) > 30*24*time.Hour {
		return faultError("ordered at")
	}
	return nil
}

func obeysCoupon(e wire) error {
	stage, ok := sevenday.ParseStage(e.Stage)
	closing := stage == sevenday.StageRedeemed || stage == sevenday.StageReturned
	switch {
	case !ok || e.CouponID == "" || e.CampaignID == "":
		return faultError("coupon")
	case !known(sevenday.ParseCouponKind, e.Kind) || !known(sevenday.ParsePlacement, e.Placement):
		return faultError("unknown word")
	case (stage == sevenday.StageGifted) != (e.ToUserID != ""):
		return faultError("receiver")
	case closing && e.TransactionID == "":
		return faultError("no order")
	}
	return nil
}
