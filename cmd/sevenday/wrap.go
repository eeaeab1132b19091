package main

import (
	"strings"
	"unicode"

	"github.com/jedib0t/go-pretty/v6/text"
)

// wrap breaks a paragraph into lines of at most width terminal columns: at
// spaces, and anywhere beside a wide character, as Chinese is set, but never
// before its closing marks or after its opening ones. A longer word stays whole.
func wrap(paragraph string, width int) []string {
	var lines []string
	var line strings.Builder
	used := 0
	for _, piece := range pieces(paragraph) {
		wide := text.StringWidthWithoutEscSequences(strings.TrimRight(piece, " "))
		if used > 0 && used+wide > width {
			lines = append(lines, strings.TrimRight(line.String(), " "))
			line.Reset()
			used = 0
		}
		line.WriteString(piece)
		used += text.StringWidthWithoutEscSequences(piece)
	}
	return append(lines, strings.TrimRight(line.String(), " "))
}

// pieces cuts a paragraph where a line may end: after spaces, and before and
// after wide characters that are no punctuation.
func pieces(paragraph string) []string {
	var cut []string
	start := 0
	var before rune
	for at, r := range paragraph {
		if at > start && mayBreak(before, r) {
			cut = append(cut, paragraph[start:at])
			start = at
		}
		before = r
	}
	return append(cut, paragraph[start:])
}

func mayBreak(before, after rune) bool {
	if after == ' ' || unicode.IsPunct(after) && isWide(after) && after != '（' && after != '“' {
		return false
	}
	if before == '（' || before == '“' {
		return false
	}
	return before == ' ' || isWide(before) || isWide(after)
}

func isWide(r rune) bool { return text.RuneWidth(r) == 2 || r == '“' || r == '”' }
