package gorm

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/jinzhu/inflection"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
)

// naming is GORM's NamingStrategy, as far as settings can say it
// (gorm.io/gorm v1.31 schema/naming.go).
type naming struct {
	prefix   string // TablePrefix
	singular bool   // SingularTable
	keepCase bool   // NoLowerCase
}

// namingOf is what is set for the file that declares a type.
func namingOf(s dialect.Scope, t facts.Type) naming {
	file, _ := t.Decl()
	return naming{
		prefix:   s.Setting(file, "table_prefix"),
		singular: s.Setting(file, "singular_table") == "true",
		keepCase: s.Setting(file, "no_lower_case") == "true",
	}
}

// table is the name of the table of a type.
func (n naming) table(name string) string {
	if n.singular {
		return n.prefix + n.column(name)
	}
	return n.prefix + tableNamed(n.column(name))
}

// tableNamed is the plural of a name, by which a table goes.
func tableNamed(name string) string { return plurals.of(name) }

// Plurals take dozens of regular expressions to find, columns several passes over
// the name; both are wanted each time that a model is read.
var (
	plurals = remembered{derive: inflection.Plural}
	columns = remembered{derive: func(name string) string { return snake(initialisms.Replace(name)) }}
)

// remembered are names that follow from other names alone.
type remembered struct {
	derive func(string) string

	mu    sync.RWMutex
	known map[string]string
}

// mostRemembered is how many names are remembered before that starts over.
const mostRemembered = 1 << 12

func (r *remembered) of(name string) string {
	r.mu.RLock()
	known, ok := r.known[name]
	r.mu.RUnlock()
	if ok {
		return known
	}
	known = r.derive(name)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.known == nil || len(r.known) == mostRemembered {
		r.known = map[string]string{}
	}
	r.known[strings.Clone(name)] = known
	return known
}

// joinTable is the name of the join table that a tag names: as it stands when it
// is lower case, else like the table of a type of that name.
func (n naming) joinTable(name string) string {
	if !n.keepCase && strings.ToLower(name) == name {
		return n.prefix + name
	}
	return n.table(name)
}

// column is the name of the column of a Go name: UserID becomes user_id.
func (n naming) column(name string) string {
	if name == "" || n.keepCase {
		return name
	}
	return columns.of(name)
}

// initialisms makes the abbreviations that golint knows into words. Where several
// match at one place, the first of the list wins, HTTP before HTTPS, so that
// HTTPSURL ends up as http_s_url.
var initialisms = titled("API", "ASCII", "CPU", "CSS", "DNS", "EOF", "GUID", "HTML", "HTTP", "HTTPS", "ID", "IP",
	"JSON", "LHS", "QPS", "RAM", "RHS", "RPC", "SLA", "SMTP", "SSH", "TLS", "TTL", "UID", "UI", "UUID", "URI", "URL",
	"UTF8", "VM", "XML", "XSRF", "XSS")

func titled(words ...string) *strings.Replacer {
	var pairs []string
	for _, w := range words {
		pairs = append(pairs, w, w[:1]+strings.ToLower(w[1:]))
	}
	return strings.NewReplacer(pairs...)
}

// snake puts an underscore before each upper-case letter that begins a word, and
// lowers it. GORM decides byte by byte and looks one byte ahead, which shows in
// names that are not ASCII: a letter behind such a one is never held for upper case.
func snake(s string) string {
	var b strings.Builder
	end := len(s) - 1
	before, upper := false, isUpper(s[0])
	for i, r := range s[:end] {
		next := s[i+1]
		switch {
		case !upper:
			b.WriteRune(r)
		case before && (isUpper(next) || isDigit(next)):
			b.WriteRune(r + 'a' - 'A')
		default:
			if i > 0 && s[i-1] != '_' && next != '_' {
				b.WriteByte('_')
			}
			b.WriteRune(r + 'a' - 'A')
		}
		before, upper = upper, isUpper(next)
	}
	if !upper {
		b.WriteByte(s[end])
		return b.String()
	}
	if !before && len(s) > 1 {
		b.WriteByte('_')
	}
	b.WriteByte(s[end] + 'a' - 'A')
	return b.String()
}

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }
func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// title makes the first letter of an identifier upper case.
func title(name string) string {
	if name == "" {
		return ""
	}
	r, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToTitle(r)) + name[size:]
}
