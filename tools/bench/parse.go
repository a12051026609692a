package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
)

// parseAll parses every Go file below dir in parallel, as a server that looks at
// everything would have to. Errors in the sources do not matter.
func parseAll(dir string) error {
	paths := make(chan string, 1024)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for path := range paths {
				_, _ = parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments|parser.SkipObjectResolution)
			}
		})
	}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != dir && leftOut(entry.Name()):
			return filepath.SkipDir
		case entry.Type().IsRegular() && strings.HasSuffix(path, ".go"):
			paths <- path
		}
		return nil
	})
	close(paths)
	wg.Wait()
	return err
}

// leftOut names the folders that rells does not look into; build is the ignored
// one of the generated workspace.
func leftOut(name string) bool {
	switch name {
	case "vendor", "node_modules", "testdata", "build":
		return true
	}
	return name[0] == '.' || name[0] == '_'
}
