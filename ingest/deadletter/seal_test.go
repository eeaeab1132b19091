package deadletter_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"sevenday"
	"sevenday/ingest/deadletter"
)

var here = deadletter.Coordinates{Topic: "sevenday.entries", Epoch: 1, Partition: 3, Offset: 42}

func sealer() *deadletter.Sealer { return deadletter.NewSealer([32]byte{1, 2, 3}) }

func TestOpenReturnsWhatWasSealed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		payload := rapid.SliceOf(rapid.Byte()).Draw(t, "payload")
		letter, err := sealer().Open(sealer().Seal(payload, here), here)
		if err != nil {
			t.Fatal(err)
		}
		if !letter.Whole() || !bytes.Equal(letter.Payload, payload) || letter.Length != len(payload) || letter.SHA256 != sha256.Sum256(payload) {
			t.Fatalf("opened %+v, want the payload %x", letter, payload)
		}
	})
}

func TestASealHidesThePayloadAndIsNeverTheSame(t *testing.T) {
	payload := []byte(`{"user_id":"2088001122334455"`)
	one, two := sealer().Seal(payload, here), sealer().Seal(payload, here)
	if bytes.Contains(one, []byte("2088")) {
		t.Errorf("the seal %q shows the payload", one)
	}
	if bytes.Equal(one, two) {
		t.Error("two seals of the same payload are the same: a nonce was used twice")
	}
}

func TestAPayloadOverOneMiBKeepsLengthAndHash(t *testing.T) {
	for _, size := range []int{deadletter.MaxWhole, deadletter.MaxWhole + 1} {
		payload := bytes.Repeat([]byte{'x'}, size)
		sealed := sealer().Seal(payload, here)
		letter, err := sealer().Open(sealed, here)
		if err != nil {
			t.Fatal(err)
		}
		whole := size <= deadletter.MaxWhole
		if letter.Whole() != whole || (letter.Payload != nil) != whole || letter.Length != size || letter.SHA256 != sha256.Sum256(payload) {
			t.Errorf("%d bytes opened as whole=%v length=%d", size, letter.Whole(), letter.Length)
		}
		if !whole && len(sealed) > 100 {
			t.Errorf("%d bytes take %d sealed", size, len(sealed))
		}
	}
}

func TestASealIsBoundToItsCoordinatesKeyAndBytes(t *testing.T) {
	sealed := sealer().Seal([]byte("payload"), here)
	elsewhere := map[string]deadletter.Coordinates{
		"topic":     {Topic: "sevenday.coupons", Epoch: 1, Partition: 3, Offset: 42},
		"epoch":     {Topic: "sevenday.entries", Epoch: 2, Partition: 3, Offset: 42},
		"partition": {Topic: "sevenday.entries", Epoch: 1, Partition: 4, Offset: 42},
		"offset":    {Topic: "sevenday.entries", Epoch: 1, Partition: 3, Offset: 43},
	}
	for name, at := range elsewhere {
		expectSealed(t, "another "+name, sealer(), sealed, at)
	}
	expectSealed(t, "another key", deadletter.NewSealer([32]byte{9}), sealed, here)
	for i := range sealed {
		changed := bytes.Clone(sealed)
		changed[i] ^= 1
		expectSealed(t, fmt.Sprintf("byte %d changed", i), sealer(), changed, here)
	}
	for length := range sealed {
		expectSealed(t, fmt.Sprintf("cut to %d bytes", length), sealer(), sealed[:length], here)
	}
}

func expectSealed(t *testing.T, what string, sealer *deadletter.Sealer, sealed []byte, at deadletter.Coordinates) {
	t.Helper()
	if _, err := sealer.Open(sealed, at); err == nil || sevenday.KindOf(err) != sevenday.Invalid {
		t.Errorf("%s: error %v, want an invalid one", what, err)
	}
}

func ExampleSealer() {
	sealer := deadletter.NewSealer([32]byte{ /* from LoadOrCreateKeys */ })
	at := deadletter.Coordinates{Topic: "sevenday.entries", Partition: 3, Offset: 42}
	letter, err := sealer.Open(sealer.Seal([]byte(`{"event_id":`), at), at)
	fmt.Println(string(letter.Payload), err)
	// Output: {"event_id": <nil>
}
