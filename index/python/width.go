package python

import (
	"path/filepath"

	"github.com/pelletier/go-toml/v2"
)

// pyproject is what a pyproject.toml says about how code is laid out.
type pyproject struct {
	Tool struct {
		Black struct {
			LineLength int `toml:"line-length"`
		} `toml:"black"`
		Ruff struct {
			LineLength int `toml:"line-length"`
		} `toml:"ruff"`
	} `toml:"tool"`
}

// LineWidth is how many characters a line of a file may have, as the pyproject.toml of its
// project says; black's own number where none does.
func (l *layout) LineWidth(path string) int {
	for at := filepath.Dir(path); ; at = filepath.Dir(at) {
		if l.holds(at, "pyproject.toml") {
			var p pyproject
			text, err := l.src.ReadFile(filepath.Join(at, "pyproject.toml"))
			if err != nil || toml.Unmarshal(text, &p) != nil {
				return DefaultWidth
			}
			for _, width := range []int{p.Tool.Black.LineLength, p.Tool.Ruff.LineLength} {
				if width > 0 {
					return width
				}
			}
			return DefaultWidth
		}
		if l.projectOf(at).dir == at || filepath.Dir(at) == at {
			return DefaultWidth
		}
	}
}
