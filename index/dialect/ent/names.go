package ent

import (
	"strings"
	"unicode"

	"github.com/go-openapi/inflect"
)

// rules is the ruleset by which ent forms plurals and singulars (entc/gen/func.go,
// ruleset): the one that the library brings, with acronyms.
var rules = func() *inflect.Ruleset {
	rules := inflect.NewDefaultRuleset()
	for acronym := range strings.FieldsSeq(`ACL API ASCII AWS CPU CSS DNS EOF GB GUID HCL HTML HTTP HTTPS ID IP JSON KB LHS MAC
		MB QPS RAM RHS RPC SLA SMTP SQL SSH SSO TCP TLS TTL UDP UI UID URI URL UTF8 UUID VM XML XMPP XSRF XSS`) {
		rules.AddAcronym(acronym)
	}
	return rules
}()

// snake is a name in the case of columns (entc/gen/func.go, snake): UserInfo is
// user_info, HTTPCode http_code. It goes by bytes, as ent does.
func snake(name string) string {
	var b strings.Builder
	last := 0
	for i := range len(name) {
		r := rune(name[i])
		if i > 0 && i < len(name)-1 && unicode.IsUpper(r) {
			before, behind := rune(name[i-1]), rune(name[i+1])
			if unicode.IsLower(before) || last != i-1 && unicode.IsLower(behind) && unicode.IsLetter(before) {
				last = i
				b.WriteByte('_')
			}
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// label begins the names of columns that point to a type (Type.Label).
func label(typ string) string { return snake(typ) }

// tableOf is the name of a type's table where nothing says another.
func tableOf(typ string) string { return snake(rules.Pluralize(typ)) }

func singular(name string) string { return rules.Singularize(name) }
