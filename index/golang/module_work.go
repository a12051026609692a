package golang

import (
	"path/filepath"
	"slices"

	"golang.org/x/mod/modfile"
)

// workspace is one go.work file.
type workspace struct {
	dir      string
	uses     []string // folders, absolute
	replaces []replacement
	vendor   string
}

// workspaceOf is the go.work file that governs a module's folder, nil for none or
// for one that does not use the module.
func (ms *modules) workspaceOf(dir string) *workspace {
	var w *workspace
	switch ms.env.Work {
	case "off":
		return nil
	case "":
		for at := dir; ; at = filepath.Dir(at) {
			if w = ms.workspaceIn(at, filepath.Join(at, "go.work")); w != nil || at == filepath.Dir(at) {
				break
			}
		}
	default:
		w = ms.workspaceIn(filepath.Dir(ms.env.Work), ms.env.Work)
	}
	if w == nil || !slices.Contains(w.uses, dir) {
		return nil
	}
	return w
}

func (ms *modules) workspaceIn(dir, file string) *workspace {
	if w, known := ms.workAt[dir]; known {
		return w
	}
	ms.workAt[dir] = nil
	content, err := ms.src.ReadFile(file)
	if err != nil {
		return nil
	}
	f, err := modfile.ParseWork("go.work", content, nil)
	if err != nil {
		return nil
	}
	w := &workspace{dir: dir, replaces: replacements(dir, f.Syntax)}
	for _, use := range f.Use {
		if at := folderFrom(dir, use.Path); at != "" {
			w.uses = append(w.uses, at)
		}
	}
	if v := filepath.Join(dir, "vendor"); ms.isVendor(v) {
		w.vendor = v
	}
	ms.workAt[dir] = w
	return w
}

// findVendor finds the vendor folder of a module, and whether the go command
// would use it.
func (ms *modules) findVendor(m *module) {
	if m.work != nil {
		m.vendor = m.work.vendor
	} else if v := filepath.Join(m.dir, "vendor"); ms.isVendor(v) {
		m.vendor = v
	}
	m.vendored = m.vendor != "" && ms.env.Mod != "mod" && ms.env.Mod != "readonly"
}

// isVendor reports whether a folder was made by `go mod vendor`.
func (ms *modules) isVendor(dir string) bool {
	_, err := ms.src.ReadFile(filepath.Join(dir, "modules.txt"))
	return err == nil
}

func (ms *modules) isDir(dir string) bool {
	_, err := ms.src.ReadDir(dir)
	return err == nil
}
