package simulate

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"sevenday"
)

// recordsPerFile keeps files small enough to load side by side.
const recordsPerFile = 1_000_000

// TruthFile is the name of the file that holds the truth.
const TruthFile = "truth.json"

// WriteFiles streams the world into a directory, which is made if it is not
// there: merchants-0001.ndjson, entries-0001.ndjson and so on, a record a line
// and a million lines a file, and truth.json. Files of an earlier world are
// removed first. The truth is written last, so a directory that has one is whole.
func WriteFiles(ctx context.Context, w *World, dir string) (Truth, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // made-up data, to be read by anybody
		return Truth{}, err
	}
	if err := removeWorld(dir); err != nil {
		return Truth{}, err
	}
	files := ndjson{dir: dir}
	truth, err := w.Stream(ctx, files.write)
	if err := errors.Join(err, files.close()); err != nil {
		return Truth{}, fmt.Errorf("write the world into %s: %w", dir, err)
	}
	return truth, writeTruth(truth, filepath.Join(dir, TruthFile))
}

// removeWorld removes what WriteFiles wrote before, so that a smaller world
// never stands among the rest of a larger one.
func removeWorld(dir string) error {
	names := []string{filepath.Join(dir, TruthFile)}
	for _, kind := range sevenday.RecordKinds {
		found, err := filepath.Glob(filepath.Join(dir, kind.Plural()+"-[0-9][0-9][0-9][0-9].ndjson"))
		if err != nil {
			return err
		}
		names = append(names, found...)
	}
	var all error
	for _, name := range names {
		if err := os.Remove(name); !errors.Is(err, os.ErrNotExist) {
			all = errors.Join(all, err)
		}
	}
	return all
}

func writeTruth(truth Truth, path string) error {
	b, err := json.MarshalIndent(truth, "", "  ")
	if err != nil {
		return fmt.Errorf("encode the truth: %w", err)
	}
	return os.WriteFile(path, append(b, '\n'), 0o644) //nolint:gosec // made-up data, to be read by anybody
}

// ndjson is one open file for each kind of record.
type ndjson struct {
	dir  string
	open [sevenday.KindMerchant + 1]lines
}

type lines struct {
	file  *os.File
	out   *bufio.Writer
	count int // lines in this file
	files int // files so far
}

func (n *ndjson) write(r Record) error {
	l := &n.open[r.Kind]
	if l.file == nil || l.count == recordsPerFile {
		if err := l.next(n.dir, r.Kind); err != nil {
			return err
		}
	}
	l.count++
	if _, err := l.out.Write(r.Value); err != nil {
		return err
	}
	return l.out.WriteByte('\n')
}

// next closes the file that is full and opens the one after it.
func (l *lines) next(dir string, kind sevenday.RecordKind) error {
	if err := l.close(); err != nil {
		return err
	}
	l.files++
	l.count = 0
	file, err := os.Create(filepath.Join(dir, fmt.Sprintf("%s-%04d.ndjson", kind.Plural(), l.files)))
	if err != nil {
		return err
	}
	l.file, l.out = file, bufio.NewWriterSize(file, 1<<20)
	return nil
}

func (l *lines) close() error {
	if l.file == nil {
		return nil
	}
	err := errors.Join(l.out.Flush(), l.file.Close())
	l.file = nil
	return err
}

func (n *ndjson) close() error {
	var all error
	for i := range n.open {
		all = errors.Join(all, n.open[i].close())
	}
	return all
}
