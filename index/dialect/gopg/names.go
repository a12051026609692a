package gopg

import (
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
	return dialect.PluralTable(model)
}

// asPrefix is what a guess makes of a value: of a Go name what columns begin with that
// are called after it, and any other text as it stands (tryUnderscorePrefix).
func asPrefix(s string) string {
	if s != "" && 'A' <= s[0] && s[0] <= 'Z' {
		return dialect.Underscore(s) + "_"
	}
	return s
}
