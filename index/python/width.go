package python

import (
	"cmp"
	"path/filepath"
	"strconv"
	"strings"

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

// flake8Files are those in which flake8 is told what to complain of, and flake8Width is how
// long lines may be where they do not say.
var flake8Files = []string{".flake8", "setup.cfg", "tox.ini"}

const flake8Width = 79

// LineWidth is how many characters a line of a file may have, as its project tells those
// who lay out code, or else those who complain of it; black's own number where it tells
// nobody.
func (l *layout) LineWidth(path string) int {
	for at := filepath.Dir(path); ; at = filepath.Dir(at) {
		if width := l.formatted(at); width > 0 {
			return width
		}
		for _, name := range flake8Files {
			if width := l.complained(at, name); width > 0 {
				return width
			}
		}
		if l.holds(at, "pyproject.toml") || l.projectOf(at).dir == at || filepath.Dir(at) == at {
			return DefaultWidth
		}
	}
}

// formatted is the width that the pyproject.toml of a folder tells black or ruff; 0 for
// none.
func (l *layout) formatted(dir string) int {
	if !l.holds(dir, "pyproject.toml") {
		return 0
	}
	var p pyproject
	text, err := l.src.ReadFile(filepath.Join(dir, "pyproject.toml"))
	if err != nil || toml.Unmarshal(text, &p) != nil {
		return 0
	}
	return cmp.Or(p.Tool.Black.LineLength, p.Tool.Ruff.LineLength)
}

// complained is the width that a file of a folder tells flake8; 0 where it tells it nothing.
func (l *layout) complained(dir, name string) int {
	if !l.holds(dir, name) {
		return 0
	}
	text, err := l.src.ReadFile(filepath.Join(dir, name))
	if err != nil {
		return 0
	}
	width, section := 0, ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		key, value, _ := strings.Cut(line, "=")
		switch key = strings.ReplaceAll(strings.TrimSpace(key), "_", "-"); {
		case strings.HasPrefix(line, "["):
			if section = strings.Trim(line, "[]"); section == "flake8" {
				width = max(width, flake8Width)
			}
		case section == "flake8" && key == "max-line-length":
			if n, err := strconv.Atoi(strings.TrimSpace(value)); err == nil && n > 0 {
				width = n
			}
		}
	}
	return width
}
