package archtest

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// module is the prefix of our own packages' paths.
const module = "sevenday"

// goPackage is what go list tells of a package.
type goPackage struct {
	ImportPath     string
	Dir            string
	Standard       bool
	GoFiles        []string
	IgnoredGoFiles []string // for other systems
	Imports        []string // of the files that are not tests
	TestImports    []string
	XTestImports   []string
}

// files lists the package's own files, for every system, tests left out.
func (p *goPackage) files() []string {
	var paths []string
	for _, name := range slices.Concat(p.GoFiles, p.IgnoredGoFiles) {
		if !strings.HasSuffix(name, "_test.go") {
			paths = append(paths, filepath.Join(p.Dir, name))
		}
	}
	return paths
}

// packages lists the module's packages; go list is asked once.
var packages = sync.OnceValues(func() ([]goPackage, error) {
	list := exec.Command("go", "list", "-e", "-json=ImportPath,Dir,Standard,GoFiles,IgnoredGoFiles,Imports,TestImports,XTestImports", module+"/...")
	output, err := list.Output()
	if err != nil {
		return nil, err
	}
	var all []goPackage
	decoder := json.NewDecoder(strings.NewReader(string(output)))
	for {
		var p goPackage
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
})

func loadPackages(t *testing.T) []goPackage {
	t.Helper()
	all, err := packages()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	if len(all) < 10 {
		t.Fatalf("go list found %d packages only", len(all))
	}
	return all
}
