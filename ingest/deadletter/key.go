package deadletter

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"sevenday"
)

// KeyFile is the name of the operator's key inside the data directory: 32
// random bytes as 64 hexadecimal digits, so that it can be copied by hand.
// Whoever loses it loses the persons' continuity and the sealed dead letters.
const KeyFile = "operator.key"

// Keys are the secrets derived from the operator's key, one for each use.
type Keys struct {
	User [32]byte // for hashing ids of people
	Seal [32]byte // for sealing refused records
}

// LoadOrCreateKeys reads the operator's key from dir, or makes a random one
// there (mode 0600, on disk before it is used) when there is none. Processes
// that start at the same time end up with the same key.
//
// A file that others can read, or that holds no key, is an Invalid error that
// names it: nothing is overwritten.
func LoadOrCreateKeys(dir string) (Keys, error) {
	path := filepath.Join(dir, KeyFile)
	secret, err := readKey(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err := createKey(path); err != nil {
			return Keys{}, &sevenday.Error{Kind: sevenday.Internal, Op: "create key", Subject: path, Err: err}
		}
		secret, err = readKey(path)
	}
	if err != nil {
		return Keys{}, err
	}
	return DeriveKeys(secret)
}

// DeriveKeys derives the keys of each use from one secret of at least 32 bytes
// by HKDF-SHA-256 (RFC 5869), so that no use can undo another's.
func DeriveKeys(secret []byte) (Keys, error) {
	if len(secret) < sha256.Size {
		return Keys{}, sevenday.Invalidf("the operator's key has %d bytes; it needs at least %d", len(secret), sha256.Size)
	}
	var keys Keys
	for use, key := range map[string]*[32]byte{"sevenday user ids": &keys.User, "sevenday dead letters": &keys.Seal} {
		derived, err := hkdf.Key(sha256.New, secret, nil, use, len(key))
		if err != nil {
			return Keys{}, fmt.Errorf("derive key for %s: %w", use, err)
		}
		copy(key[:], derived)
	}
	return keys, nil
}

func readKey(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, keyError(sevenday.Internal, path, err, "")
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, keyError(sevenday.Invalid, path, fmt.Errorf("mode %04o lets others read it", info.Mode().Perm()),
			fmt.Sprintf("run: chmod 600 %s", path))
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, keyError(sevenday.Internal, path, err, "")
	}
	secret, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(secret) != sha256.Size {
		return nil, keyError(sevenday.Invalid, path, errors.New("not 64 hexadecimal digits"), "restore it from your backup")
	}
	return secret, nil
}

func keyError(kind sevenday.ErrorKind, path string, cause error, fix string) error {
	return &sevenday.Error{Kind: kind, Op: "read key", Subject: path, Err: cause, Fix: fix}
}

// createKey writes a new key beside path and links it there, which fails when
// another process was first; that one's key is the one to use then. A crash
// leaves no half file under the final name.
func createKey(path string) (err error) {
	secret := make([]byte, sha256.Size)
	rand.Read(secret)                                               // never fails: it ends the program instead
	file, err := os.CreateTemp(filepath.Dir(path), KeyFile+".new-") // mode 0600
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(file.Name())) }()
	_, err = fmt.Fprintf(file, "%x\n", secret)
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	if err = os.Link(file.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// syncDir makes a new name in the directory outlive a power failure.
func syncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}
