package golang

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// Claims reports whether a file is Go source, by its name.
func Claims(path string) bool { return isGoFile(filepath.Base(path)) }

// Enters reports whether the go command would look into a folder of that name
// when it expands "...": not into hidden folders, and not into testdata.
func Enters(name string) bool {
	return name != "testdata" && !strings.HasPrefix(name, "_") && !strings.HasPrefix(name, ".")
}

// DecidesNames reports whether a file says where import paths lead: go.mod,
// go.work, or vendor/modules.txt.
func DecidesNames(path string) bool {
	switch filepath.Base(path) {
	case "go.mod", "go.work":
		return true
	case "modules.txt":
		return filepath.Base(filepath.Dir(path)) == "vendor"
	}
	return false
}

// Files lists the paths of the Go files that the program holds of a folder.
func (p *Program) Files(dir string) []string {
	fo := p.folders[filepath.Clean(dir)]
	if fo == nil {
		return nil
	}
	paths := make([]string, 0, len(fo.files))
	for _, base := range slices.Sorted(maps.Keys(fo.files)) {
		paths = append(paths, filepath.Join(fo.dir, base))
	}
	return paths
}

// Reads reports whether the program, on looking into the folder of the file, would
// read the file: tests of other people's modules are nobody's business.
func (p *Program) Reads(path string) bool {
	base := filepath.Base(path)
	return isGoFile(base) && !(isTest(base) && p.folder(filepath.Dir(path)).foreign)
}
