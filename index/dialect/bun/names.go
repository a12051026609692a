package bun

import (
	"sync"

	"github.com/jinzhu/inflection"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
)

// naming is how tables are called after models, as far as settings can say it.
type naming struct{ singular bool }

func namingOf(s dialect.Scope, t facts.Type) naming {
	file, _ := t.Decl()
	return naming{singular: s.Setting(file, "singular_table") == "true"}
}

// table is the table of a model of the underscored name.
func (n naming) table(model string) string {
	if n.singular {
		return model
	}
	return plural(model)
}

// plurals are the plurals of names, which take dozens of regular expressions to
// find, and are wanted each time that a model is read.
var plurals = struct {
	sync.Mutex
	known map[string]string
}{known: map[string]string{}}

// mostPlurals is how many plurals are remembered before that starts over.
const mostPlurals = 1 << 12

func plural(name string) string {
	plurals.Lock()
	defer plurals.Unlock()
	known, ok := plurals.known[name]
	if !ok {
		if len(plurals.known) == mostPlurals {
			clear(plurals.known)
		}
		known = inflection.Plural(name)
		plurals.known[name] = known
	}
	return known
}

// underscore is the column of a Go name (internal/underscore.go): an underscore
// stands before each upper-case letter that is neither first nor last and has a
// lower-case neighbour. UserID is user_id, URLs ur_ls, A6ID a6id.
func underscore(s string) string {
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

// exported makes the first letter of a name upper case.
func exported(s string) string {
	if s == "" || !isLower(s[0]) {
		return s
	}
	return string(s[0]-('a'-'A')) + s[1:]
}

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }
func isLower(c byte) bool { return 'a' <= c && c <= 'z' }
