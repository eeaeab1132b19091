package decode

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"testing"

	"pgregory.net/rapid"

	"sevenday"
)

func TestPersonIsTheBeginningOfAnHMAC(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.SliceOfN(rapid.Byte(), 1, 100).Draw(t, "key")
		people := newHasher(key)
		for range 3 { // a hasher is used again and again
			id := rapid.StringN(1, 128, 128).Draw(t, "id")
			for domain, got := range map[string]sevenday.Person{"user": people.user(id), "anonymous": people.anonymous(id)} {
				mac := hmac.New(sha256.New, key)
				mac.Write([]byte(domain + "\x00" + id))
				if want := sevenday.Person(binary.BigEndian.Uint64(mac.Sum(nil))); got != want {
					t.Fatalf("%s %q is %x, want %x", domain, id, got, want)
				}
			}
		}
	})
}

func TestNobodyHasNoID(t *testing.T) {
	if people := newHasher([]byte("key")); people.user("") != sevenday.Nobody || people.anonymous("") != sevenday.Nobody {
		t.Error("an empty id is somebody")
	}
}

func TestAnEmptyKeyPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("New took an empty key")
		}
	}()
	New(Config{})
}

func BenchmarkPerson(b *testing.B) {
	people := newHasher([]byte("0123456789abcdef0123456789abcdef"))
	b.ReportAllocs()
	for b.Loop() {
		people.user("2088001122334455")
	}
}
