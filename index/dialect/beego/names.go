package beego

import (
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
)

// setNameStrategy is the function that has columns called otherwise.
const setNameStrategy = "SetNameStrategy"

// strategySetting is the name of the setting that says which strategy a program sets.
const strategySetting = "snake_acronyms"

// naming is how columns are called after fields.
type naming struct {
	acronyms bool // user_id for UserID, in place of user_i_d
	unsure   bool // the program sets one, and no setting says that it is the other
}

func namingOf(s dialect.Scope, t facts.Type) naming {
	file, _ := t.Decl()
	if s.Setting(file, strategySetting) == "true" {
		return naming{acronyms: true}
	}
	return naming{unsure: s.Called(file, setNameStrategy)}
}

func (n naming) column(field string) string {
	if n.acronyms {
		return snakeAcronym(field)
	}
	return snake(field)
}

// snake is the table of a model and the column of a field (SnakeString): XxYy is xx_yy,
// XxYY is xx_y_y. There is nothing before the first letter that is no underscore.
func snake(s string) string {
	data := make([]byte, 0, len(s)*2)
	begun := false
	for i := range len(s) {
		c := s[i]
		if i > 0 && isUpper(c) && begun {
			data = append(data, '_')
		}
		begun = begun || c != '_'
		data = append(data, c)
	}
	return strings.ToLower(string(data))
}

// snakeAcronym is snake for those who ask for it (SnakeStringWithAcronym): an underscore
// stands before a capital with a small letter beside it.
func snakeAcronym(s string) string {
	data := make([]byte, 0, len(s)*2)
	for i := range len(s) {
		c := s[i]
		if i > 0 && isUpper(c) && (isLower(s[i-1]) || i+1 < len(s) && isLower(s[i+1])) {
			data = append(data, '_')
		}
		data = append(data, c)
	}
	return strings.ToLower(string(data))
}

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }
func isLower(c byte) bool { return 'a' <= c && c <= 'z' }

// tableOf is the table of a model as the model says it (GetTableName) and as the call
// that registers it changes that; known is false where that cannot be told.
func tableOf(s dialect.Scope, t facts.Type) (table string, known bool) {
	table, known = ownTable(t)
	for _, use := range s.Uses(t) {
		switch use.Call {
		case registerPrefix:
			return use.Text + table, known && use.Text != ""
		case registerSuffix:
			return table + use.Text, known && use.Text != ""
		}
	}
	return table, known
}

// ownTable is the table of a model that is registered without prefix and suffix.
func ownTable(t facts.Type) (table string, known bool) {
	byName := snake(dialect.TypeName(t))
	m, ok := t.Method("TableName")
	switch {
	case !ok && t.Opaque():
		return byName, false
	case !ok || len(m.Results) == 0:
		return byName, true
	case m.Literal.IsZero() || m.Params > 0:
		return byName, false
	}
	return m.Literal.Text, true
}
