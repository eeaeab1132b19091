// Package deadletter keeps refused records safe: their bytes are sealed under
// the operator's key before they reach a table or a topic, because they may
// hold raw ids of people, and opened again to show or replay them.
//
// Its Feeder copies refused records from the logs to the dead-letter topic.
// Listing and replaying them is the business of the commands.
//
//	keys, err := deadletter.LoadOrCreateKeys(dir)
//	sealer := deadletter.NewSealer(keys.Seal)
//	sealed := sealer.Seal(payload, deadletter.Coordinates{Topic: "sevenday.entries", Partition: 3, Offset: 42})
//	opened, err := sealer.Open(sealed, coordinates)
package deadletter

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/binary"
	"errors"

	"sevenday"
)

// MaxWhole is the largest payload, in bytes, that is kept whole: 1 MiB, as
// much as Kafka brokers take by default. Of a larger one the length and the
// SHA-256 are kept, which is enough to recognize it in Kafka.
const MaxWhole = 1 << 20

// Coordinates tell where a record stood. They are bound into its seal, so that
// one record's bytes cannot be passed off as another's.
type Coordinates struct {
	Topic     string
	Epoch     uint32 // raised by the operator when the topic was re-created
	Partition int32
	Offset    int64
}

// A Letter is an opened dead letter.
type Letter struct {
	Payload []byte // nil when the record was larger than MaxWhole
	Length  int    // of the record, in bytes
	SHA256  [sha256.Size]byte
}

// Whole tells whether the payload was kept, so that it can be replayed.
func (l *Letter) Whole() bool { return l.Length <= MaxWhole }

// The first byte of a seal says what is inside. It is authenticated with the rest.
const (
	formWhole  = 1 // the payload
	formDigest = 2 // eight bytes of length, big endian, and the SHA-256
)

// A Sealer seals and opens payloads with AES-256-GCM. It is safe for
// concurrent use. Each seal draws its nonce at random, which is sound for 2^32
// seals under one key.
type Sealer struct{ aead cipher.AEAD }

// NewSealer returns a sealer under the key.
func NewSealer(key [32]byte) *Sealer {
	block, err := aes.NewCipher(key[:])
	if err != nil {
		panic(err) // impossible: the key has one of the allowed lengths
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err) // impossible: AES has the block size that GCM needs
	}
	return &Sealer{aead}
}

// Seal returns the sealed form of the payload of the record at the coordinates:
// one byte of form, twelve of nonce, the ciphertext and sixteen of tag. The same
// payload is sealed differently each time.
func (s *Sealer) Seal(payload []byte, at Coordinates) []byte {
	form, content := byte(formWhole), payload
	if len(payload) > MaxWhole {
		form, content = formDigest, digest(payload)
	}
	sealed := make([]byte, 1, 1+s.aead.Overhead()+len(content))
	sealed[0] = form
	return s.aead.Seal(sealed, nil, content, associated(form, at)) //nolint:gosec // the AEAD draws its nonce at random itself
}

func digest(payload []byte) []byte {
	sum := sha256.Sum256(payload)
	return append(binary.BigEndian.AppendUint64(nil, uint64(len(payload))), sum[:]...)
}

// Open returns what Seal sealed for the same coordinates. Its error is Invalid
// when the key, the coordinates or a byte is another.
func (s *Sealer) Open(sealed []byte, at Coordinates) (Letter, error) {
	if len(sealed) == 0 {
		return Letter{}, openError("there are no sealed bytes", nil)
	}
	form := sealed[0]
	content, err := s.aead.Open(nil, nil, sealed[1:], associated(form, at))
	if err != nil {
		return Letter{}, openError("it was sealed under another key or for another record, or was changed; use the key file it was written with", err)
	}
	switch {
	case form == formWhole:
		return Letter{Payload: content, Length: len(content), SHA256: sha256.Sum256(content)}, nil
	case form == formDigest && len(content) == 8+sha256.Size:
		letter := Letter{Length: int(binary.BigEndian.Uint64(content))}
		copy(letter.SHA256[:], content[8:])
		return letter, nil
	}
	return Letter{}, openError("a newer program wrote it; open it with that one", nil)
}

func openError(fix string, cause error) error {
	if cause == nil {
		cause = errors.New("cannot be opened")
	}
	return &sevenday.Error{Kind: sevenday.Invalid, Op: "open dead letter", Fix: fix, Err: cause}
}

// associated is what a seal is bound to: a fixed word that keeps other uses of
// the key apart, the form and the coordinates, in an unambiguous order.
func associated(form byte, at Coordinates) []byte {
	data := append([]byte("sevenday deadletter\x00"), form)
	data = binary.BigEndian.AppendUint32(data, at.Epoch)
	data = binary.BigEndian.AppendUint32(data, uint32(at.Partition))
	data = binary.BigEndian.AppendUint64(data, uint64(at.Offset))
	return append(data, at.Topic...)
}
