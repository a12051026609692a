package golang

import (
	_ "embed"
	"path"
	"strings"
	"sync"

	"golang.org/x/tools/txtar"
)

// The packages in known are read where their source is not: the parts of the
// standard library that models use, and the few modules that half of all models
// embed or hold. They declare types with their exported fields and methods alone;
// where a driver.Valuer's result on the zero value is known, the method's body
// says so.
//
//go:generate go run -C gen . ../std.txtar
//go:embed std.txtar
var known []byte

// knownFiles is the text of each package in known, by import path.
var knownFiles = sync.OnceValue(func() map[string][]byte {
	files := map[string][]byte{}
	for _, f := range txtar.Parse(known).Files {
		files[path.Dir(f.Name)] = f.Data
	}
	return files
})

// stub is the package of the given import path as far as it is known without
// source, nil for one that is not.
func (p *Program) stub(path string) *pkg {
	if pk := p.stubs[path]; pk != nil {
		return pk
	}
	src, ok := knownFiles()[path]
	if !ok {
		return nil
	}
	f := Extract("", src, Wanted{})
	f.Included = true
	pk := &pkg{path: path, name: f.Package.Text, importable: true, files: []*sourceFile{newSourceFile("", f)}}
	pk.collect()
	p.stubs[path] = pk
	return pk
}

// isStandard reports whether an import path can only be of the standard library,
// or of a module that shares its form of names.
func isStandard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}
