package inject

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Module is a working copy of the module under test.
type Module struct {
	Dir  string
	Path string // module path
}

// skipped are folders that neither an ORM nor rells needs.
var skipped = map[string]bool{".git": true, "node_modules": true, "dashboard": true, "web": true}

// largest is the size of the largest file that is copied, in bytes.
const largest = 4 << 20

// copyModule copies a module into a new folder.
func copyModule(from, to string) (*Module, error) {
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
	m := &Module{Dir: to}
	out, err := m.Go("list", "-m")
	if err != nil {
		return nil, err
	}
	m.Path = strings.TrimSpace(out)
	return m, nil
}

// hasGo says whether Go files lie right in a folder.
func hasGo(dir string) bool {
	files, _ := filepath.Glob(filepath.Join(dir, "*.go"))
	return len(files) > 0
}

// Go runs the go command in the module and returns what it prints.
func (m *Module) Go(args ...string) (string, error) {
	cmd := exec.Command("go", args...)
	cmd.Dir = m.Dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return string(out), fmt.Errorf("go %s: %v\n%s", strings.Join(args, " "), err, stderr.String())
	}
	return string(out), nil
}

// Require brings modules, given with versions, into the module. Where what it requires
// cannot all be had, it requires what its models need instead.
func (m *Module) Require(modules ...string) error {
	if _, err := m.Go("mod", "edit", "-go=1.26"); err != nil { // the asking code needs it
		return err
	}
	get := append([]string{"get"}, modules...)
	_, err := m.Go(get...)
	if err == nil {
		return nil
	}
	fmt.Printf("not all that it requires can be had, so that it is asked about with what its models need:\n%v\n", err)
	if err := m.write("go.mod", []byte("module "+m.Path+"\n\ngo 1.26\n")); err != nil {
		return err
	}
	_, err = m.Go(get...)
	return err
}

func (m *Module) write(name string, data []byte) error {
	file := filepath.Join(m.Dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o644)
}
