package golang

import (
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
)

// replacement is a replace directive.
type replacement struct {
	path, version string // what is replaced; version "" for every one
	dir           string // local folder, absolute; or
	newPath       string // another module
	newVersion    string
}

// replacements reads the replace directives of a go.mod or go.work file. Package
// modfile gives none of them where one line of the file is wrong.
func replacements(dir string, file *modfile.FileSyntax) []replacement {
	var out []replacement
	for _, statement := range file.Stmt {
		switch statement := statement.(type) {
		case *modfile.Line:
			if len(statement.Token) > 0 && statement.Token[0] == "replace" {
				out = appendReplacement(out, dir, statement.Token[1:])
			}
		case *modfile.LineBlock:
			if slices.Equal(statement.Token, []string{"replace"}) {
				for _, line := range statement.Line {
					out = appendReplacement(out, dir, line.Token)
				}
			}
		}
	}
	return out
}

// appendReplacement reads `path [version] => folder` or `path [version] => path version`.
func appendReplacement(list []replacement, dir string, tokens []string) []replacement {
	arrow := slices.Index(tokens, "=>")
	if arrow < 1 || arrow > 2 || len(tokens) < arrow+2 {
		return list
	}
	words := make([]string, len(tokens))
	for i, token := range tokens {
		words[i] = strings.Trim(token, "\"`")
	}
	r := replacement{path: words[0]}
	if arrow == 2 {
		r.version = words[1]
	}
	switch target := words[arrow+1]; {
	case len(words) > arrow+2:
		r.newPath, r.newVersion = target, words[arrow+2]
	default:
		r.dir = folderFrom(dir, target)
		if r.dir == "" {
			return list
		}
	}
	return append(list, r)
}

// folderFrom is the folder that a module file in dir names, "" for one on another
// machine: to look into it is to sign in there.
func folderFrom(dir, named string) string {
	folder := filepath.FromSlash(named)
	if !filepath.IsAbs(folder) {
		folder = filepath.Join(dir, folder)
	}
	if isForeign(filepath.VolumeName(folder), filepath.VolumeName(dir)) {
		return ""
	}
	return filepath.Clean(folder)
}

// isForeign reports whether a volume of Windows is a share (`\\host\share`) or a
// device (`\\.\x`), and not the one of the workspace. Elsewhere volumes are "".
func isForeign(volume, own string) bool {
	return strings.HasPrefix(filepath.ToSlash(volume), "//") && !strings.EqualFold(volume, own)
}

// allReplaces lists the replacements in effect: those of go.work go first.
func (m *module) allReplaces() []replacement {
	if m.work == nil {
		return m.replaces
	}
	return append(slices.Clip(m.work.replaces), m.replaces...)
}
