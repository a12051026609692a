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
	case filepath.IsAbs(target):
		r.dir = filepath.Clean(target)
	default:
		r.dir = filepath.Join(dir, filepath.FromSlash(target))
	}
	return append(list, r)
}

// allReplaces lists the replacements in effect: those of go.work go first.
func (m *module) allReplaces() []replacement {
	if m.work == nil {
		return m.replaces
	}
	return append(slices.Clip(m.work.replaces), m.replaces...)
}
