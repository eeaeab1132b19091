package main

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestKilledAnywhereTheFiguresAreTheSame kills `up` while it ingests and `run`
// while it folds. After a second start nothing is lost or doubled, no child is
// left, and the figures are those of a pipeline that nobody disturbed.
func TestKilledAnywhereTheFiguresAreTheSame(t *testing.T) {
	files := smallWorld(t)
	calm, disturbed := t.TempDir(), t.TempDir()
	want, ledger := undisturbed(t, calm, files)

	p := start(t, disturbed)
	// Kafka has everything, and ingest is in the middle of it.
	if result := call(t, "", loadOf(t, disturbed, files)...); result.code != exitDone {
		t.Fatalf("load = %+v", result)
	}
	children := family(t, p.Process.Pid)
	if len(children) == 0 {
		t.Error("up has no child: the test would not notice one that is left")
	}
	p.end(t, syscall.SIGKILL)
	wantNone(t, children)
	if got := call(t, "", "query", "sales", "--dir", disturbed); got.code != exitFailed || !strings.Contains(got.stderr, "nothing runs on "+disturbed) {
		t.Errorf("query after the kill = %+v", got)
	}

	start(t, disturbed)
	killRun(t, disturbed)
	settled(t, disturbed, ledger)
	killRun(t, disturbed)
	must(t, "run", "--dir", disturbed)
	wantSame(t, "figures after kills", everyFigure(t, disturbed), want)

	// Everything once more: delivered twice, counted once.
	if result := call(t, "", loadOf(t, disturbed, files, "--wait")...); result.code != exitPartial {
		t.Fatalf("load = %+v", result)
	}
	must(t, "run", "--dir", disturbed)
	wantSame(t, "figures after a second delivery", everyFigure(t, disturbed), want)
}

// undisturbed returns the figures and the ledger of a pipeline that nobody disturbs.
func undisturbed(t *testing.T, dir, files string) (figures string, sums map[string]ledger) {
	t.Helper()
	p := start(t, dir)
	if result := call(t, "", loadOf(t, dir, files, "--wait")...); result.code != exitPartial {
		t.Fatalf("load = %+v", result)
	}
	must(t, "run", "--dir", dir)
	figures, sums = everyFigure(t, dir), ingested(t, dir)
	p.end(t, syscall.SIGTERM)
	return figures, sums
}

// settled waits until the ledger is the wanted one: nothing lost, nothing twice.
func settled(t *testing.T, dir string, want map[string]ledger) {
	t.Helper()
	until(t, "everything is settled", func() bool {
		got := ingested(t, dir)
		for kind, sum := range want {
			if got[kind].Settled < sum.Settled {
				return false
			}
		}
		return true
	})
	for kind, got := range ingested(t, dir) {
		if got != want[kind] {
			t.Errorf("%s: %+v, want %+v", kind, got, want[kind])
		}
	}
}

// killRun starts a run and kills it a moment later, wherever it is then.
func killRun(t *testing.T, dir string) {
	t.Helper()
	command := exec.Command(binary(t), "run", "--dir", dir)
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(400 * time.Millisecond) // a run of this world takes some seconds
	if err := command.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := command.Wait(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	t.Logf("the run ended with: %s", command.ProcessState)
}
