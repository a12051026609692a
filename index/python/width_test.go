package python

import "testing"

func TestLineWidth(t *testing.T) {
	tests := []struct {
		name  string
		files memory
		width int
	}{
		{"nothing", nil, DefaultWidth},
		{"black", memory{"/w/pyproject.toml": "[tool.black]\nline-length = 100\n"}, 100},
		{"ruff", memory{"/w/pyproject.toml": "[tool.ruff]\nline-length = 120\n"}, 120},
		{"flake8 at its own", memory{"/w/tox.ini": "[tox]\n[flake8]\nignore = E126\n"}, 79},
		{"flake8", memory{"/w/.flake8": "[flake8]\nmax_line_length = 99\n"}, 99},
		{"of another section", memory{"/w/setup.cfg": "[isort]\nmax-line-length = 99\n"}, DefaultWidth},
		{"black before flake8", memory{"/w/pyproject.toml": "[tool.black]\nline-length = 88\n", "/w/setup.cfg": "[flake8]\n"}, 88},
		{"broken", memory{"/w/pyproject.toml": "[tool.black\n", "/w/tox.ini": "[flake8]\nmax-line-length = many\n"}, 79},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := NewProgram(test.files, []string{"/w"})
			if got := p.LineWidth("/w/shop/models.py"); got != test.width {
				t.Errorf("the width is %d, want %d", got, test.width)
			}
		})
	}
}
