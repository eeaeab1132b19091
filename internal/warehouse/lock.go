package warehouse

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"sevenday"
)

// lockDirectory takes the directory for this process. The kernel gives the lock
// up when the file is closed, so that a killed process leaves none behind.
func lockDirectory(dir string) (*os.File, error) {
	file, err := os.OpenFile(filepath.Join(dir, lockFile), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, errors.Join(heldBy(file), file.Close())
	}
	if err == nil {
		err = sign(file)
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// sign writes this process's id into the lock for whoever finds it held.
func sign(file *os.File) error {
	if err := file.Truncate(0); err != nil {
		return err
	}
	_, err := file.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	return err
}

func heldBy(file *os.File) error {
	holder, err := io.ReadAll(file)
	if err != nil {
		return err
	}
	return &sevenday.Error{
		Kind: sevenday.Conflict, Err: fmt.Errorf("process %s holds it", strings.TrimSpace(string(holder))),
		Fix: "stop that process or use another directory",
	}
}
