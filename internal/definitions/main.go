// Command definitions writes the definitions of all figures as Markdown:
// docs/metrics.md and docs/metrics.zh-CN.md are made by it and never edited.
//
//	go run ./internal/definitions -lang en > docs/metrics.md
package main

import (
	"flag"
	"fmt"
	"io"
	"os"

	"sevenday/metrics/registry"
)

func main() {
	language := flag.String("lang", string(registry.English), "en or zh")
	flag.Parse()
	if err := write(os.Stdout, registry.Language(*language)); err != nil {
		fmt.Fprintln(os.Stderr, "definitions:", err)
		os.Exit(1)
	}
}

// write writes the whole document in a language.
func write(out io.Writer, in registry.Language) error {
	page, ok := pages[in]
	if !ok {
		return fmt.Errorf("language %q is unknown: use en or zh", in)
	}
	_, err := io.WriteString(out, page.markdown(registry.All(), registry.PublishedViews(), in))
	return err
}
