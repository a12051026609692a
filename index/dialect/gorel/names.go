package gorel

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/jinzhu/inflection"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
)

// snake is the column of a Go name, as the library that go-rel uses makes it
// (serenize/snaker, CamelToSnake): an underscore stands before each upper-case letter,
// save within the initialisms that it knows. UserID is user_id, HTTPPort http_port, but
// HTTPServer https_erver and IDs id_s.
func snake(name string) string {
	var words []string
	letters := []rune(name)
	start := 0
	for i := 1; i < len(letters); i++ {
		if !unicode.IsUpper(letters[i]) {
			continue
		}
		end := i
		if short := initialism(name[start:]); short > 0 {
			end = start + short
			i += short - 1
		}
		words = append(words, name[start:end])
		start = end
	}
	if rest := name[start:]; rest != "" {
		words = append(words, rest)
	}
	return strings.ToLower(strings.Join(words, "_"))
}

// initialism is the length of the longest initialism with which a name begins, 0 for
// none.
func initialism(name string) int {
	for size := min(len(name), longestInitialism); size > 1; size-- {
		if _, found := slices.BinarySearch(initialisms, name[:size]); found {
			return size
		}
	}
	return 0
}

const longestInitialism = 5

// initialisms are those that the library knows, in order.
var initialisms = []string{
	"ACL", "API", "ASCII", "CPU", "CSS", "DNS", "EOF", "ETA", "GPU", "GUID", "HTML", "HTTP", "HTTPS", "ID", "IP", "JSON",
	"LHS", "OAuth", "OS", "QPS", "RAM", "RHS", "RPC", "SLA", "SMTP", "SQL", "SSH", "TCP", "TLS", "TTL", "UDP", "UI", "UID",
	"URI", "URL", "UTF8", "UUID", "VM", "XML", "XMPP", "XSRF", "XSS",
}

// plurals are the tables of structs, which take dozens of regular expressions to find,
// and are wanted each time that a model is read.
var plurals = struct {
	sync.Mutex
	known map[string]string
}{known: map[string]string{}}

// mostPlurals is how many plurals are remembered before that starts over.
const mostPlurals = 1 << 12

// pluralTable is the table that go-rel gives a struct of the name.
func pluralTable(name string) string {
	plurals.Lock()
	defer plurals.Unlock()
	known, ok := plurals.known[name]
	if !ok {
		if len(plurals.known) == mostPlurals {
			clear(plurals.known)
		}
		known = snake(inflection.Plural(name))
		plurals.known[name] = known
	}
	return known
}

// tableMethod is the method with which a struct says its table.
const tableMethod = "Table"

// tableOf is the table of a struct (tableName); "" where a method says it in code that
// is more than one literal.
func tableOf(t facts.Type) string {
	m, ok := ownMethod(t, tableMethod)
	if !ok || len(m.Results) != 1 || m.Results[0].Name != "string" {
		return pluralTable(dialect.TypeName(t))
	}
	return m.Literal.Text
}

// ownMethod finds a method without parameters that a value of the type has: go-rel asks
// the struct, not the pointer to it.
func ownMethod(t facts.Type, name string) (facts.Method, bool) {
	m, ok := t.Method(name)
	return m, ok && !m.Pointer && m.Params == 0
}
