package inject

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// module is a working copy of the module under test.
type module struct {
	orm  *ORM
	dir  string
	path string // module path
}

// skipped are folders that neither an ORM nor rells needs.
var skipped = map[string]bool{".git": true, "node_modules": true, "dashboard": true, "web": true}

// largest is the size of the largest file that is copied, in bytes.
const largest = 4 << 20

// copyModule copies a module into a new folder.
func copyModule(orm *ORM, from, to string) (*module, error) {
	err := filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if skipped[entry.Name()] && !hasGo(path) {
				return filepath.SkipDir
			}
			return os.MkdirAll(filepath.Join(to, rel), 0o755)
		}
		info, err := entry.Info()
		if err != nil || !info.Mode().IsRegular() || info.Size() > largest {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, rel), data, 0o644)
	})
	if err != nil {
		return nil, err
	}
	m := &module{orm: orm, dir: to}
	out, err := m.goCommand("list", "-m")
	if err != nil {
		return nil, err
	}
	m.path = strings.TrimSpace(out)
	return m, nil
}

// hasGo says whether Go files lie right in a folder.
func hasGo(dir string) bool {
	files, _ := filepath.Glob(filepath.Join(dir, "*.go"))
	return len(files) > 0
}

// goCommand runs the go command in the module and returns what it prints.
func (m *module) goCommand(args ...string) (string, error) {
	cmd := exec.Command("go", args...)
	cmd.Dir = m.dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return string(out), fmt.Errorf("go %s: %v\n%s", strings.Join(args, " "), err, stderr.String())
	}
	return string(out), nil
}

func (m *module) write(name string, data []byte) error {
	file := filepath.Join(m.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o644)
}
