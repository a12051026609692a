package index

import (
	"path/filepath"
	"slices"

	"github.com/rells-dev/rells/index/dialect"
)

// Local is what is set for one root.
type Local struct {
	Exclude  []string                     // as Options.Exclude
	Settings map[string]map[string]string // as Options.Settings
}

// settings tells what is set where: dialect, name, value. The zero value is good.
type settings struct {
	roots    []string // the innermost first
	local    map[string]Local
	first    string // of the roots, "" for none
	anywhere map[string]map[string]string
}

func newSettings(o Options) settings {
	s := settings{local: o.Local, anywhere: o.Settings}
	for _, root := range o.Roots {
		s.roots = append(s.roots, filepath.Clean(root))
	}
	if len(s.roots) > 0 {
		s.first = s.roots[0]
	}
	slices.SortStableFunc(s.roots, func(a, b string) int { return len(b) - len(a) })
	return s
}

// at is what is set for a file: by the innermost root that holds it, or, for one
// that was read by the way, by the first root.
func (s settings) at(path string) map[string]map[string]string {
	if len(s.local) == 0 {
		return s.anywhere
	}
	root := s.first
	for _, r := range s.roots {
		if len(s.roots) == 1 {
			break // settings are asked for with every field
		}
		if rel, err := filepath.Rel(r, path); err == nil && filepath.IsLocal(rel) {
			root = r
			break
		}
	}
	if local, ok := s.local[root]; ok {
		return local.Settings
	}
	return s.anywhere
}

// keys are the struct-tag keys of a dialect in a file.
func (s settings) keys(d *dialect.Dialect, path string) []string {
	return d.TagKeys(s.at(path)[d.Name])
}

// everywhere lists the settings of a dialect in all places, those for files of no
// root included.
func (s settings) everywhere(d *dialect.Dialect) []map[string]string {
	all := []map[string]string{s.anywhere[d.Name]}
	for _, local := range s.local {
		all = append(all, local.Settings[d.Name])
	}
	return all
}

// excludes are the patterns of every root, by its clean path.
func (o Options) excludes() map[string][]string {
	all := map[string][]string{}
	for _, root := range o.Roots {
		root = filepath.Clean(root)
		all[root] = o.Exclude
		if local, ok := o.Local[root]; ok {
			all[root] = local.Exclude
		}
	}
	return all
}
