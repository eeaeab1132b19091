package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"

	"sevenday"
)

// hold takes the data directory for this process. Another `sevenday up` on it is
// a Conflict that names its process. The kernel lets go when the process ends,
// however it ends.
func hold(dir string) (release func() error, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(filepath.Join(dir, "up.lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		text, readErr := io.ReadAll(io.LimitReader(file, 32))
		return nil, errors.Join(&sevenday.Error{
			Kind: sevenday.Conflict, Op: "use", Subject: dir,
			Err: fmt.Errorf("process %s holds it", strings.TrimSpace(string(text))),
			Fix: "stop that `sevenday up`, or name another --dir",
		}, readErr, file.Close())
	}
	if err := file.Truncate(0); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	if _, err := fmt.Fprintf(file, "%d\n", os.Getpid()); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file.Close, nil
}
