package python

import (
	"os"
	"path/filepath"
	"slices"
)

// ProjectRoot is the folder of the project that a folder is in: the nearest one, upwards,
// with a file of a project, else that of the outermost package around it; "" for neither.
// What is installed is foreign: it is there to be looked at, not to be worked on.
func ProjectRoot(dir string) (root string, foreign bool) {
	packages := ""
	for at, inside := dir, true; ; at = filepath.Dir(at) {
		if slices.Contains(installed, filepath.Base(at)) {
			return "", true
		}
		if root == "" && slices.ContainsFunc(projectFiles, func(name string) bool { return isFile(filepath.Join(at, name)) }) {
			root = at
		}
		if inside = inside && isFile(filepath.Join(at, "__init__.py")); inside {
			packages = at
		}
		if filepath.Dir(at) == at {
			break
		}
	}
	if root == "" {
		root = packages
	}
	return root, false
}

// installed are the folders into which packages are installed.
var installed = []string{"site-packages", "dist-packages"}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
