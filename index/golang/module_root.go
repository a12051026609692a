package golang

import (
	"io"
	"os"
	"path/filepath"

	"golang.org/x/mod/modfile"
)

// ModuleRoot is the folder of the module that a folder is in: the nearest one, upwards,
// with a go.mod, "" for none. What belongs to the module cache or to Go itself is
// foreign: it is there to be looked at, not to be worked on.
func ModuleRoot(dir string, env Environment) (root string, foreign bool) {
	if env.ModCache != "" && within(dir, env.ModCache) {
		return "", true
	}
	alone := (&modules{env: env}).standsAlone
	for !alone(dir) {
		if path, ok := declaredModule(filepath.Join(dir, "go.mod")); ok {
			return dir, path == "std" || path == "cmd"
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			break
		}
		dir = parent
	}
	return "", false
}

// declaredModule is the path that a go.mod declares, which may be none.
func declaredModule(file string) (path string, ok bool) {
	const enough = 1 << 20 // bytes
	if info, err := os.Stat(file); err != nil || !info.Mode().IsRegular() {
		return "", false
	}
	f, err := os.Open(file)
	if err != nil {
		return "", false
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, enough))
	return modfile.ModulePath(content), err == nil
}
