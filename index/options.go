package index

import (
	"path/filepath"
	"slices"

	"github.com/rells-dev/rells/index/dialect"
)

// knows reports whether the version of the ORM that the package uses has the
// option. Where no file of the package imports the ORM, its newest version, which
// is the first of the dialect's modules, is taken for granted.
func (s *Snapshot) knows(path string, d *dialect.Dialect, o *dialect.Option) bool {
	if o.Module == "" || len(d.Modules) == 0 {
		return true
	}
	var imported []string
	folder := filepath.Dir(path)
	for other, file := range s.Files() {
		if filepath.Dir(other) != folder || file.Facts == nil {
			continue
		}
		for _, i := range file.Facts.Imports {
			if slices.Contains(d.Modules, i.Path.Text) {
				imported = append(imported, i.Path.Text)
			}
		}
	}
	if len(imported) == 0 {
		return o.Module == d.Modules[0]
	}
	return slices.Contains(imported, o.Module)
}
