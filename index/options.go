package index

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
)

// knows reports whether the version of the ORM that the package uses has the
// option.
func (s *Snapshot) knows(path string, d *dialect.Dialect, o *dialect.Option) bool {
	return o.Module == "" || len(d.Modules) == 0 || slices.Contains(s.modulesUsed(path, d), o.Module)
}

// modulesUsed lists those modules of a dialect that files of the package of path
// import. Where none does, the newest, which is the dialect's first, is taken for
// granted.
func (s *Snapshot) modulesUsed(path string, d *dialect.Dialect) []string {
	var used []string
	folder := filepath.Dir(path)
	s.files.Ascend(folder, func(other string, file *File) bool {
		if !strings.HasPrefix(other, folder) {
			return false
		}
		if filepath.Dir(other) != folder || file.Facts == nil {
			return true
		}
		for _, i := range file.Facts.Imports {
			if slices.Contains(d.Modules, i.Path.Text) && !slices.Contains(used, i.Path.Text) {
				used = append(used, i.Path.Text)
			}
		}
		return true
	})
	if len(used) == 0 {
		return d.Modules[:min(1, len(d.Modules))]
	}
	return used
}
