package scene_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"sevenday"
	"sevenday/ingest/scene"
)

const header = "scene,portal,terminal,valid_from,valid_to,version\n"

func table(t *testing.T, lines string) scene.Table {
	t.Helper()
	table, err := scene.Read(strings.NewReader(header+lines), "codes.csv")
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func at(text string) sevenday.Millis {
	instant, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return sevenday.Millis(instant.UnixMilli())
}

func TestPortal(t *testing.T) {
	codes := table(t, `A1,scan,alipay,2020-01-01T00:00:00Z,2022-01-01T00:00:00Z,1
A1,search,alipay,2022-01-01T00:00:00Z,,1
A1,friend_tab,,,,9
B2,collection,,,,1
B2,life_account,,2021-01-01T00:00:00Z,2021-02-01T00:00:00Z,2
`)
	tests := []struct {
		name     string
		scene    string
		terminal sevenday.Terminal
		at       string
		want     sevenday.Portal
	}{
		{"a code counts from its first instant", "A1", sevenday.TerminalAlipay, "2020-01-01T00:00:00Z", sevenday.PortalScan},
		{"a code counts until before its end", "A1", sevenday.TerminalAlipay, "2021-12-31T23:59:59.999Z", sevenday.PortalScan},
		{"its end is the successor's first instant", "A1", sevenday.TerminalAlipay, "2022-01-01T00:00:00Z", sevenday.PortalSearch},
		{"before a terminal's own rows any terminal's count", "A1", sevenday.TerminalAlipay, "2019-12-31T23:59:59Z", sevenday.PortalFriendTab},
		{"another terminal has the rows for any terminal", "A1", sevenday.TerminalAmap, "2021-06-01T00:00:00Z", sevenday.PortalFriendTab},
		{"a higher version counts where it covers the time", "B2", sevenday.TerminalAlipay, "2021-01-15T00:00:00Z", sevenday.PortalLifeAccount},
		{"a higher version leaves other times alone", "B2", sevenday.TerminalAlipay, "2021-02-01T00:00:00Z", sevenday.PortalCollection},
		{"an unmapped code has no portal", "a1", sevenday.TerminalAlipay, "2021-06-01T00:00:00Z", sevenday.PortalNone},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, known := codes.Portal(test.scene, test.terminal, at(test.at))
			if got != test.want || known != (test.want != sevenday.PortalNone) {
				t.Errorf("Portal(%s, %s, %s) = %v, %v; want %v", test.scene, test.terminal, test.at, got, known, test.want)
			}
		})
	}
	if codes.Version() != 9 {
		t.Errorf("Version() = %d, want the highest of any row, 9", codes.Version())
	}
}

func TestRowsKeepTheFilesOrderAndLines(t *testing.T) {
	got := table(t, "# a comment\nB,scan,alipay,,,2\nA,other,,2020-01-01T08:00:00+08:00,,1\n").Rows()
	want := []scene.Row{
		{Scene: "B", Portal: sevenday.PortalScan, Terminal: sevenday.TerminalAlipay, Version: 2, Line: 3},
		{Scene: "A", Portal: sevenday.PortalOther, From: at("2020-01-01T00:00:00Z"), Version: 1, Line: 4},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rows differ (-want +got):\n%s", diff)
	}
}

func TestTheZeroTableMapsNothing(t *testing.T) {
	var empty scene.Table
	if portal, known := empty.Portal("A1", sevenday.TerminalAlipay, 0); known || portal != sevenday.PortalNone {
		t.Errorf("the zero table maps A1 to %v", portal)
	}
}

func TestTheShippedTableIsAReadableEmptyTemplate(t *testing.T) {
	shipped, err := scene.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	if rows := shipped.Rows(); len(rows) != 0 {
		t.Errorf("the shipped table maps %v; it may hold only codes whose source is cited", rows)
	}
	example := strings.TrimPrefix(lastComment(string(scene.Template())), "#   ")
	if _, known := table(t, example).Portal("A100", sevenday.TerminalAlipay, at("2026-01-01T00:00:00Z")); !known {
		t.Errorf("the template's example line %q maps nothing", example)
	}
}

func lastComment(text string) (last string) {
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "#") {
			last = line
		}
	}
	return last
}

func TestReadNamesWhatIsWrong(t *testing.T) {
	tests := []struct{ name, file, want string }{
		{"an empty file", "", "the file is empty; begin it with the line scene,portal"},
		{"another header", "scene,portal,terminal,valid_from,valid_to,versions\n", "begin the file with the line scene,portal"},
		{"a line that is too short", header + "A1,scan\n", "line 2: wrong number of fields: each line has 6 fields"},
		{"no scene", header + " ,scan,,,,1\n", "line 2, scene: write the raw code"},
		{"an unknown portal", header + "A1,scan,,,,1\nA2,scam,,,,1\n", `line 3, portal: "scam" is not a portal; write one of scan, search`},
		{"an unknown terminal", header + "A1,scan,phone,,,1\n", `line 2, terminal: "phone" is not a terminal; leave it empty or write one of alipay`},
		{"a day for an instant", header + "A1,scan,,2020-01-01,,1\n", `line 2, valid_from: "2020-01-01" is not a time; write one such as 2026`},
		{"an end before the beginning", header + "A1,scan,,2020-01-01T00:00:00Z,2020-01-01T00:00:00Z,1\n", "line 2, valid_to: write a time after valid_from"},
		{"version 0", header + "A1,scan,,,,0\n", `line 2, version: "0" is not a version; write a whole number from 1`},
		{"a contradiction", header + "A1,scan,,,2021-01-01T00:00:00Z,1\n\nA1,search,,2020-12-31T00:00:00Z,,1\n", `lines 2 and 4 map scene "A1" at the same time`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := scene.Read(strings.NewReader(test.file), "codes.csv")
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), "codes.csv") {
				t.Errorf("error %v, want it to name codes.csv and say %q", err, test.want)
			}
			if sevenday.KindOf(err) != sevenday.Invalid {
				t.Errorf("kind %v, want invalid", sevenday.KindOf(err))
			}
		})
	}
}

func TestAFileThatCannotBeReadIsNotInvalid(t *testing.T) {
	broken := errors.New("disk on fire")
	_, err := scene.Read(io.MultiReader(strings.NewReader(header), iotest.ErrReader(broken)), "codes.csv")
	if !errors.Is(err, broken) || sevenday.KindOf(err) != sevenday.Unavailable {
		t.Errorf("error %v of kind %v, want unavailable and the cause", err, sevenday.KindOf(err))
	}
}

func TestASpreadsheetsByteOrderMarkIsSkipped(t *testing.T) {
	if _, err := scene.Read(strings.NewReader("\ufeff# codes\n"+header+"A1,scan,,,,1\n"), "codes.csv"); err != nil {
		t.Error(err)
	}
}

func ExampleRead() {
	file := strings.NewReader(`scene,portal,terminal,valid_from,valid_to,version
A100,scan,alipay,2020-01-01T00:00:00+08:00,,1
`)
	table, err := scene.Read(file, "scenes.csv")
	if err != nil {
		fmt.Println(err)
		return
	}
	eventTime := sevenday.Millis(time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC).UnixMilli())
	fmt.Println(table.Portal("A100", sevenday.TerminalAlipay, eventTime))
	// Output: scan true
}
