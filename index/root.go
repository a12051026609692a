package index

import (
	"os"
	"path/filepath"

	"github.com/rells-dev/rells/index/golang"
	"github.com/rells-dev/rells/index/python"
)

// RootOf is the folder to read for files of a folder when nobody has said what the
// workspace is: that of their module or project, whole, or else theirs alone, without the
// folders below it. It is "" for source that is not the user's own.
func RootOf(dir string) (root string, alone bool) {
	root, foreign := golang.ModuleRoot(dir, golang.ReadEnvironment())
	if root == "" && !foreign {
		root, foreign = python.ProjectRoot(dir)
	}
	switch {
	case foreign:
		return "", false
	case root == "" || HoldsHome(root):
		return dir, true
	}
	return root, false
}

// HoldsHome reports whether a folder is the user's home or around it, up to that of
// the whole disk. Editors come to name such a folder by mistake, after a stray .git or
// for want of anything better; nobody means all that is in there.
func HoldsHome(dir string) bool {
	dir = filepath.Clean(dir)
	if filepath.Dir(dir) == dir {
		return true
	}
	home, err := os.UserHomeDir()
	if err != nil || !filepath.IsAbs(home) {
		return false
	}
	rel, err := filepath.Rel(dir, filepath.Clean(home))
	return err == nil && filepath.IsLocal(rel)
}
