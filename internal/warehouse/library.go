package warehouse

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"time"

	"sevenday"
)

// LibraryVersion is the pinned version of libchdb, as its npm package has it.
// scripts/setup.sh fetches the same.
const LibraryVersion = "26.7.3-stable.1"

// libraryHashes are the SHA-256 of the pinned libchdb.so, by platform. A
// platform that is not listed was never verified: its library is used unchecked, with a line in the log.
var libraryHashes = map[string]string{
	"linux/amd64": "36ad4e999882821ef13cf2d0f52c93f48e6ee1b4498b35a201c23ce4b8d15bf5",
}

const (
	// libraryVariable names a libchdb that its owner vouches for: any version, unchecked.
	libraryVariable = "SEVENDAY_LIBCHDB"
	libraryFix      = "run `make setup`, which downloads it, or put clickhouse >= 25.3 on PATH"
)

// An engine is what can be a ClickHouse server on this machine: a program or the library.
type engine struct {
	program string // the path of `clickhouse`; empty if library is set
	library string // the path of libchdb.so
}

// findEngine looks for a `clickhouse` on PATH that is new enough, then for the
// library where SEVENDAY_LIBCHDB says, then in the user's cache.
func findEngine(ctx context.Context, log *slog.Logger) (engine, error) {
	if program, found := findProgram(ctx, log); found {
		return engine{program: program}, nil
	}
	if path := os.Getenv(libraryVariable); path != "" {
		if _, err := os.Stat(path); err != nil { //nolint:gosec // its owner named it
			return engine{}, noLibrary(fmt.Errorf("$%s: %w", libraryVariable, err))
		}
		return engine{library: path}, nil
	}
	path, err := cachedLibrary()
	if err != nil {
		return engine{}, noLibrary(err)
	}
	if err := verifyLibrary(path, log); err != nil {
		return engine{}, noLibrary(err)
	}
	return engine{library: path}, nil
}

func noLibrary(err error) error {
	return &sevenday.Error{Kind: sevenday.Unavailable, Op: "find ClickHouse's library", Err: err, Fix: libraryFix}
}

// versionPattern finds the version in "ClickHouse server version 26.7.2.1 (official build)."
var versionPattern = regexp.MustCompile(`version (\d+)\.(\d+)\.`)

// The oldest server that this program works with.
const oldestMajor, oldestMinor = 25, 3

func findProgram(ctx context.Context, log *slog.Logger) (string, bool) {
	program, err := exec.LookPath("clickhouse")
	if err != nil {
		return "", false
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	output, err := exec.CommandContext(ctx, program, "server", "--version").Output()
	version := versionPattern.FindSubmatch(output)
	if err != nil || version == nil {
		log.Warn("passing over a clickhouse that does not tell its version", "program", program, "error", err)
		return "", false
	}
	if !recent(version) {
		log.Warn("passing over a clickhouse that is too old", "program", program,
			"version", string(bytes.TrimSuffix(version[0], []byte("."))), "oldest", fmt.Sprintf("%d.%d", oldestMajor, oldestMinor))
		return "", false
	}
	return program, true
}

func recent(version [][]byte) bool {
	major, err := strconv.Atoi(string(version[1]))
	minor, err2 := strconv.Atoi(string(version[2]))
	return errors.Join(err, err2) == nil &&
		(major > oldestMajor || (major == oldestMajor && minor >= oldestMinor))
}

// cachedLibrary returns where `make setup` puts the library.
func cachedLibrary() (string, error) {
	cache := os.Getenv("XDG_CACHE_HOME")
	if cache == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", err
		}
		cache = filepath.Join(home, ".cache")
	}
	return filepath.Join(cache, "sevenday", "libchdb-"+LibraryVersion, "libchdb.so"), nil
}

// verifyLibrary checks the library's hash. A file beside it remembers which
// size and time were found good, because hashing half a gigabyte takes seconds.
func verifyLibrary(path string, log *slog.Logger) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	platform := runtime.GOOS + "/" + runtime.GOARCH
	wanted := libraryHashes[platform]
	if wanted == "" {
		log.Warn("no hash of ClickHouse's library is known for this platform", "platform", platform, "library", path)
		return nil
	}
	mark := fmt.Sprintf("%s %d %d\n", wanted, info.Size(), info.ModTime().UnixNano())
	remembered, err := os.ReadFile(path + ".verified")
	if err == nil && string(remembered) == mark {
		return nil
	}
	found, err := hashFile(path)
	if err != nil {
		return err
	}
	if found != wanted {
		return fmt.Errorf("%s has SHA-256 %s, not the pinned %s: delete it", path, found, wanted)
	}
	if err := os.WriteFile(path+".verified", []byte(mark), 0o600); err != nil {
		// A cache that can't be written costs the hashing at each start, no more.
		log.Debug("not remembering that the library is good", "error", err)
	}
	return nil
}

func hashFile(path string) (digest string, err error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}
