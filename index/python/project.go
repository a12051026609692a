package python

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// projectFiles are files that stand where a project begins.
var projectFiles = []string{"pyproject.toml", "setup.py", "setup.cfg"}

// project is a folder behind which names of modules begin.
type project struct {
	dir string
	// sources are the folders in it, beside itself, that its packages lie in, the longest
	// path first.
	sources []string
	// below is what the names of its modules begin with, where it is not all of a root:
	// "services/shop/". Two projects of a workspace may have modules of one name.
	below string
}

// projectOf is the project of a folder: the nearest one around it that holds a file of a
// project, up to the root of the workspace.
func (l *layout) projectOf(dir string) *project {
	if p := l.projects[dir]; p != nil {
		return p
	}
	p := &project{dir: dir}
	switch {
	case l.begins(dir):
		p.sources, p.below = l.sources(dir), l.below(dir)
	case filepath.Dir(dir) != dir:
		p = l.projectOf(filepath.Dir(dir))
	}
	l.projects[dir] = p
	return p
}

func (l *layout) begins(dir string) bool {
	return slices.Contains(l.roots, dir) || slices.ContainsFunc(projectFiles, func(name string) bool { return l.holds(dir, name) })
}

// below is the path of a project in the first root that holds it, with a slash behind it.
func (l *layout) below(dir string) string {
	for i, root := range l.roots {
		rel, err := filepath.Rel(root, dir)
		if err != nil || !filepath.IsLocal(rel) {
			continue
		}
		if i > 0 {
			rel = filepath.Join(filepath.Base(root), rel)
		}
		if rel != "." {
			return filepath.ToSlash(rel) + "/"
		}
		break
	}
	return ""
}

// sources are the folders that a project says its packages lie in, and "src", where most
// put them without a word.
func (l *layout) sources(dir string) []string {
	var found []string
	if src, err := l.src.ReadFile(filepath.Join(dir, "pyproject.toml")); err == nil && l.holds(dir, "pyproject.toml") {
		found = sourcesOfToml(src)
	}
	if src, err := l.src.ReadFile(filepath.Join(dir, "setup.cfg")); err == nil && l.holds(dir, "setup.cfg") {
		found = append(found, sourcesOfCfg(src)...)
	}
	found = append(found, "src")
	for i := range found {
		found[i] = filepath.Clean(filepath.FromSlash(found[i]))
	}
	found = slices.DeleteFunc(found, func(s string) bool { return s == "." || !filepath.IsLocal(s) })
	slices.SortFunc(found, func(a, b string) int { return len(b) - len(a) })
	return slices.Compact(found)
}

// sourcesOfToml reads from a pyproject.toml where setuptools, Poetry, PDM and Hatch look
// for packages. What cannot be read says nothing.
func sourcesOfToml(src []byte) []string {
	var file struct {
		Tool struct {
			Setuptools struct {
				PackageDir map[string]string `toml:"package-dir"`
				Packages   any
			}
			Poetry struct{ Packages []struct{ From string } }
			Pdm    struct {
				Build struct {
					PackageDir string `toml:"package-dir"`
				}
			}
			Hatch struct {
				Build struct {
					Targets struct{ Wheel struct{ Packages []string } }
				}
			}
		}
	}
	_ = toml.Unmarshal(src, &file) // what was read before a mistake counts
	var found []string
	if dir, ok := file.Tool.Setuptools.PackageDir[""]; ok {
		found = append(found, dir)
	}
	if packages, ok := file.Tool.Setuptools.Packages.(map[string]any); ok {
		if find, ok := packages["find"].(map[string]any); ok {
			where, _ := find["where"].([]any)
			for _, dir := range where {
				if dir, ok := dir.(string); ok {
					found = append(found, dir)
				}
			}
		}
	}
	for _, p := range file.Tool.Poetry.Packages {
		found = append(found, p.From)
	}
	if dir := file.Tool.Pdm.Build.PackageDir; dir != "" {
		found = append(found, dir)
	}
	for _, p := range file.Tool.Hatch.Build.Targets.Wheel.Packages {
		found = append(found, filepath.ToSlash(filepath.Dir(filepath.FromSlash(p))))
	}
	return found
}

// sourcesOfCfg reads from a setup.cfg where setuptools looks for packages.
func sourcesOfCfg(src []byte) []string {
	var found []string
	section, option := "", ""
	for line := range strings.Lines(string(src)) {
		text := strings.TrimSpace(line)
		key, value, assigned := strings.Cut(text, "=")
		key, value = strings.TrimSpace(key), strings.TrimSpace(value)
		switch {
		case text == "" || text[0] == '#' || text[0] == ';':
			continue
		case text[0] == '[':
			section, option = strings.Trim(text, "[]"), ""
			continue
		case line[0] != ' ' && line[0] != '\t':
			option = key
		default: // goes on with the option of a line before
			if section == "options" && option == "package_dir" && assigned && key == "" {
				found = append(found, value)
			}
			continue
		}
		switch {
		case section == "options.packages.find" && option == "where" && value != "":
			found = append(found, value)
		case section == "options" && option == "package_dir" && strings.HasPrefix(value, "="):
			found = append(found, strings.TrimSpace(value[1:]))
		}
	}
	return found
}
