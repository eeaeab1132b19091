package decode

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"hash"

	"sevenday"
)

// A hasher makes persons out of ids: the first eight bytes of HMAC-SHA-256
// under the operator's key. User ids and anonymous ids are kept apart, so that
// the same text as both is two persons. After its first use the MAC restores
// the hashed key instead of hashing it again, which halves its cost.
type hasher struct {
	mac     hash.Hash
	message []byte // reused: a message on the stack would escape into mac
	digest  []byte
}

// newHasher panics on an empty key: everybody could undo the hashes then.
func newHasher(key []byte) *hasher {
	if len(key) == 0 {
		panic("decode: Config.UserKey is empty")
	}
	return &hasher{
		mac:     hmac.New(sha256.New, key),
		message: make([]byte, 0, len("anonymous\x00")+maxPersonID),
		digest:  make([]byte, 0, sha256.Size),
	}
}

// user returns the person of a user id, Nobody for an empty one.
func (h *hasher) user(id string) sevenday.Person { return h.person("user\x00", id) }

// anonymous returns the person of an anonymous id, Nobody for an empty one.
func (h *hasher) anonymous(id string) sevenday.Person { return h.person("anonymous\x00", id) }

func (h *hasher) person(domain, id string) sevenday.Person {
	if id == "" {
		return sevenday.Nobody
	}
	h.message = append(append(h.message[:0], domain...), id...)
	h.mac.Reset()
	h.mac.Write(h.message) // a hash never returns an error
	h.digest = h.mac.Sum(h.digest[:0])
	// 0 stands for nobody; giving it to another number merges two persons in 2^64.
	return max(1, sevenday.Person(binary.BigEndian.Uint64(h.digest)))
}
