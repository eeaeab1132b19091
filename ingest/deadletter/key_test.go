package deadletter_test

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"sevenday"
	"sevenday/ingest/deadletter"
)

func TestAKeyIsMadeOnceAndFoundAgain(t *testing.T) {
	dir := t.TempDir()
	first, err := deadletter.LoadOrCreateKeys(dir)
	if err != nil {
		t.Fatal(err)
	}
	again, err := deadletter.LoadOrCreateKeys(dir)
	if err != nil || again != first {
		t.Errorf("the second load gives other keys, error %v", err)
	}
	info, err := os.Stat(filepath.Join(dir, deadletter.KeyFile))
	if err != nil || info.Mode() != 0o600 {
		t.Errorf("key file %v, error %v; want mode 0600", info, err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 {
		t.Errorf("the directory holds %v, error %v; want the key file alone", files, err)
	}
	other, err := deadletter.LoadOrCreateKeys(t.TempDir())
	if err != nil || other == first {
		t.Errorf("two directories share a key, error %v", err)
	}
}

func TestProcessesThatStartTogetherShareTheKey(t *testing.T) {
	dir := t.TempDir()
	var group sync.WaitGroup
	keys := make([]deadletter.Keys, 16)
	for i := range keys {
		group.Go(func() {
			var err error
			if keys[i], err = deadletter.LoadOrCreateKeys(dir); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	for i := range keys {
		if keys[i] != keys[0] {
			t.Fatalf("starters 0 and %d have different keys", i)
		}
	}
}

func TestABadKeyFileIsNamedAndKept(t *testing.T) {
	good := strings.Repeat("ab", 32)
	tests := []struct {
		name, text string
		mode       os.FileMode
		want       string
	}{
		{"others can read it", good, 0o640, "chmod 600"},
		{"too short", good[2:], 0o600, "restore it from your backup"},
		{"not hexadecimal", "zz" + good[2:], 0o600, "restore it from your backup"},
		{"empty", "", 0o600, "restore it from your backup"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), deadletter.KeyFile)
			if err := os.WriteFile(path, []byte(test.text), test.mode); err != nil {
				t.Fatal(err)
			}
			_, err := deadletter.LoadOrCreateKeys(filepath.Dir(path))
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), path) || sevenday.KindOf(err) != sevenday.Invalid {
				t.Errorf("error %v, want an invalid one that names %s and says %q", err, path, test.want)
			}
			if text, err := os.ReadFile(path); err != nil || string(text) != test.text {
				t.Errorf("the file holds %q, error %v", text, err)
			}
		})
	}
}

func TestADirectoryThatIsNotThereIsAnError(t *testing.T) {
	if _, err := deadletter.LoadOrCreateKeys(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a key was made in a directory that does not exist")
	}
}

// Pinned, because other keys would make other persons of everybody.
func TestDerivedKeysNeverChange(t *testing.T) {
	keys, err := deadletter.DeriveKeys([]byte("0123456789abcdef0123456789abcdef"))
	if err != nil {
		t.Fatal(err)
	}
	if keys.User == keys.Seal {
		t.Error("both uses have one key")
	}
	const user = "bd1014aa66a2897628a64d89afa16a6bd1e9c14f8d4746f9648a5d2cec4ed5bc"
	if got := hex.EncodeToString(keys.User[:]); got != user {
		t.Errorf("the key for ids of people is %s, want %s", got, user)
	}
	if _, err := deadletter.DeriveKeys([]byte("short")); err == nil {
		t.Error("a secret of five bytes is taken")
	}
}
