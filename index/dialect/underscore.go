package dialect

import (
	"sync"

	"github.com/jinzhu/inflection"

	"github.com/rells-dev/rells/index/facts"
)

// Names that Bun and go-pg, which are of one author, make of those of the code.

// Underscore is the column of a Go name (internal/underscore.go of bun v1.3.0 and of
// pg v10.11.0): an underscore stands before each upper-case letter that is neither
// first nor last and has a lower-case neighbour. UserID is user_id, URLs ur_ls, A6ID
// a6id.
func Underscore(s string) string {
	r := make([]byte, 0, len(s)+5)
	for i := range len(s) {
		c := s[i]
		if isUpper(c) {
			if i > 0 && i+1 < len(s) && (isLower(s[i-1]) || isLower(s[i+1])) {
				r = append(r, '_')
			}
			c += 'a' - 'A'
		}
		r = append(r, c)
	}
	return string(r)
}

// UpperFirst makes the first letter of a name upper case, if it is an ASCII one
// (internal.ToExported).
func UpperFirst(s string) string {
	if s == "" || !isLower(s[0]) {
		return s
	}
	return string(s[0]-('a'-'A')) + s[1:]
}

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }
func isLower(c byte) bool { return 'a' <= c && c <= 'z' }

// TableOf is the table of a model of an underscored name where its tags name none: the plural,
// unless the setting singular_table is true.
func TableOf(s Scope, t facts.Type, model string) string {
	if file, _ := t.Decl(); s.Setting(file, "singular_table") == "true" {
		return model
	}
	return plurals.of(model)
}

// plurals are the plurals of names, which take dozens of regular expressions to
// find, and are wanted each time that a model is read.
var plurals = pluralNames{known: map[string]string{}}

type pluralNames struct {
	sync.Mutex
	known map[string]string
}

// mostPlurals is how many plurals are remembered before that starts over.
const mostPlurals = 1 << 12

func (p *pluralNames) of(name string) string {
	p.Lock()
	defer p.Unlock()
	known, ok := p.known[name]
	if !ok {
		if len(p.known) == mostPlurals {
			clear(p.known)
		}
		known = inflection.Plural(name)
		p.known[name] = known
	}
	return known
}
