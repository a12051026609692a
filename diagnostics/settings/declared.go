package settings

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/rells-dev/rells/diagnostics"
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/dialect/all"
	"github.com/rells-dev/rells/index/relation"
)

// Setting is one thing that can be set.
type Setting struct {
	Table   string // in which it stands: "severity", or the name of a dialect; "" for none
	Name    string
	Type    Type
	Default any    // what holds where nobody sets it: a string, a bool or an empty list
	Doc     string // a sentence or more, in Markdown
	// check says why a text cannot be the value; nil for a setting that takes any.
	check func(text string) error
}

// Path is the name with its table: "gorm.table_prefix".
func (s *Setting) Path() string {
	if s.Table == "" {
		return s.Name
	}
	return s.Table + "." + s.Name
}

// Type is what the value of a setting is.
type Type uint8

// The types of settings.
const (
	Text    Type = iota // a string
	Flag                // true or false
	List                // a list of strings
	Grading             // a severity
)

// severities are the values of a Grading.
var severities = []string{"off", "hint", "warning", "error"}

const severityTable = "severity"

// reading are the settings about what is read and how.
var reading = []Setting{
	{
		Name: "exclude", Type: List, Default: []string{},
		Doc: "What is left out: patterns as in a `.gitignore` at the root, on top of those that the `.gitignore` files say. " +
			"Nobody looks for models there, and nothing is reported there.",
	},
	{
		Table: "gorm", Name: "table_prefix", Type: Text, Default: "",
		Doc: "What the name of every table begins with: `TablePrefix` of GORM's `schema.NamingStrategy`.",
	},
	{
		Table: "gorm", Name: "singular_table", Type: Flag, Default: false,
		Doc: "Tables are called after one row, `user` and not `users`: `SingularTable` of GORM's `schema.NamingStrategy`.",
	},
	{
		Table: "gorm", Name: "no_lower_case", Type: Flag, Default: false,
		Doc: "Tables and columns are called as the Go code calls them: `NoLowerCase` of GORM's `schema.NamingStrategy`.",
	},
	{
		Table: "bun", Name: "singular_table", Type: Flag, Default: false,
		Doc: "Tables are called after one row, `user` and not `users`: what a `schema.SetTableNameInflector` does that leaves names as they are.",
	},
	{
		Table: "go-pg", Name: "singular_table", Type: Flag, Default: false,
		Doc: "Tables are called after one row, `user` and not `users`: what an `orm.SetTableNameInflector` does that leaves names as they are.",
	},
	{
		Table: "beego", Name: "snake_acronyms", Type: Flag, Default: false,
		Doc: "The column of `UserID` is `user_id` and not `user_i_d`: `SetNameStrategy(orm.SnakeAcronymNameStrategy)` of Beego's ORM.",
	},
	{
		Table: relation.NativeDialect, Name: dialect.KeySetting, Type: Text, Default: relation.NativeDialect,
		Doc:   "The key of the native tag, for those who use `rel` for something else.",
		check: checkKey,
	},
}

// showing are the settings about what an editor is shown.
var showing = []Setting{
	{
		Name: "semantic_tokens", Type: Flag, Default: false,
		Doc: "The editor is told what the parts of tags are, so that its theme can colour them. Off, because some editors " +
			"take such tokens from one server alone, and would no longer show those of the language's own: see `docs/semantic-tokens.md`.",
	},
}

// Declared lists everything that can be set, in the order of the documentation.
func Declared() []Setting {
	list := slices.Concat(reading, showing)
	for _, r := range diagnostics.Rules() {
		list = append(list, Setting{
			Table: severityTable, Name: r.Name, Type: Grading, Default: r.Severity.String(), Doc: r.Summary,
		})
	}
	return list
}

// checkKey says why the native tag cannot have a key.
func checkKey(key string) error {
	if key == "" {
		return errors.New("a tag needs a key")
	}
	if i := strings.IndexFunc(key, func(r rune) bool { return r <= ' ' || r == 0x7f || strings.ContainsRune(":\"`\\", r) }); i >= 0 {
		return fmt.Errorf("a key cannot hold %q", key[i:i+1])
	}
	for _, d := range all.Dialects {
		for _, own := range d.Keys {
			if own == key && !d.Native {
				return fmt.Errorf("%s is the key of %s", key, d.Name)
			}
		}
	}
	return nil
}
