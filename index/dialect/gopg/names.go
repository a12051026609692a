package gopg

import (
	"github.com/rells-dev/rells/index/dialect"
)

// asPrefix is what a guess makes of a value: of a Go name what columns begin with that
// are called after it, and any other text as it stands (tryUnderscorePrefix).
func asPrefix(s string) string {
	if s != "" && 'A' <= s[0] && s[0] <= 'Z' {
		return dialect.Underscore(s) + "_"
	}
	return s
}
