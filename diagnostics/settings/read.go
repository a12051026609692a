package settings

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/rells-dev/rells/diagnostics"
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
)

// Problem is something that a source of settings says and that cannot count.
type Problem struct {
	Setting string     // its path, "" where none can be told
	Text    string     // what is wrong, in the voice of the Go toolchain
	Span    facts.Span // of rells.toml; zero for settings of an editor
	Line    int        // of the start of Span, 1-based; 0 for settings of an editor
	Column  int        // likewise, in bytes
}

// Error is the problem without its place: "gorm.table_prefx: no such setting".
func (p Problem) Error() string {
	if p.Setting == "" {
		return p.Text
	}
	return p.Setting + ": " + p.Text
}

// entry is one value, or the beginning of a table, as a source has it.
type entry struct {
	path  []string // names of the tables, then its own
	value any      // string, bool, []any, table, or a number in its source's notation
	name  facts.Span
	at    facts.Span // of the value
}

// table is the value of an entry whose own entries follow, if it has any.
type table struct{}

// number is a value that no setting takes.
type number string

// reader takes entries one after the other.
type reader struct {
	declared []Setting
	settings Settings
	problems []Problem
	strange  map[string]bool // tables that have been reported
}

func newReader() *reader {
	return &reader{declared: Declared(), strange: map[string]bool{}}
}

// take reads one entry.
func (r *reader) take(e entry) {
	path := strings.Join(e.path, ".")
	what := r.find(e.path)
	_, opens := e.value.(table)
	switch {
	case what != nil && opens && what.Type == List: // Lua's empty list
	case what != nil:
		r.set(what, e)
	case len(e.path) == 1 && r.isTable(path):
		if !opens {
			r.report(e.at, path, fmt.Sprintf("needs a table, not %s", show(e.value)))
		}
	case len(e.path) > 1 && r.strange[e.path[0]]:
	case len(e.path) > 1 && !r.isTable(e.path[0]):
		r.unknown(e, e.path[0])
	default:
		r.unknown(e, path)
	}
}

// unknown reports a name that stands for nothing, once for a whole table.
func (r *reader) unknown(e entry, path string) {
	parts := strings.Split(path, ".")
	var candidates []string
	text := "no such setting"
	for i := range r.declared {
		switch s := &r.declared[i]; {
		case len(parts) == 1 && s.Table != "":
			candidates = append(candidates, s.Table)
		case len(parts) == 1:
			candidates = append(candidates, s.Name)
		case s.Table == parts[0]:
			candidates = append(candidates, s.Name)
		}
	}
	if len(parts) == 1 {
		r.strange[path] = true
	} else if parts[0] == severityTable {
		text = "no such rule"
	}
	if near, ok := dialect.Nearest(parts[len(parts)-1], candidates); ok {
		text += fmt.Sprintf(" (did you mean %s?)", near)
	}
	r.report(e.name, path, text)
}

// set takes the value of a setting, if it is one.
func (r *reader) set(what *Setting, e entry) {
	value, text := what.convert(e.value)
	if text != "" {
		r.report(e.at, what.Path(), text)
		return
	}
	r.settings.take(what, value)
}

// convert is a value as Settings keep it, or what is wrong with it.
func (s *Setting) convert(value any) (converted any, wrong string) {
	text, isText := value.(string)
	switch s.Type {
	case Text:
		if !isText {
			return nil, fmt.Sprintf("needs a text, not %s", show(value))
		}
		if s.check != nil {
			if err := s.check(text); err != nil {
				return nil, err.Error()
			}
		}
		return text, ""
	case Flag:
		if on, ok := value.(bool); ok {
			return strconv.FormatBool(on), ""
		}
		return nil, fmt.Sprintf("needs true or false, not %s", show(value))
	case List:
		return convertList(value)
	}
	if severity, ok := diagnostics.ParseSeverity(text); ok && isText {
		return severity, ""
	}
	return nil, fmt.Sprintf("%s is none of %s", show(value), strings.Join(severities, ", "))
}

func convertList(value any) (converted any, wrong string) {
	list, ok := value.([]any)
	if !ok {
		return nil, fmt.Sprintf("needs a list of texts, not %s", show(value))
	}
	texts := make([]string, 0, len(list))
	for _, element := range list {
		text, ok := element.(string)
		if !ok {
			return nil, fmt.Sprintf("needs a list of texts, but holds %s", show(element))
		}
		texts = append(texts, text)
	}
	return texts, ""
}

// show names a value in a message.
func show(value any) string {
	switch value := value.(type) {
	case string:
		return strconv.Quote(value)
	case table:
		return "a table"
	case []any:
		return "a list"
	case nil:
		return "nothing"
	}
	return fmt.Sprint(value)
}

func (r *reader) report(at facts.Span, path, text string) {
	r.problems = append(r.problems, Problem{Setting: path, Text: text, Span: at})
}

func (r *reader) find(path []string) *Setting {
	i := slices.IndexFunc(r.declared, func(s Setting) bool {
		if s.Table == "" {
			return slices.Equal(path, []string{s.Name})
		}
		return slices.Equal(path, []string{s.Table, s.Name})
	})
	if i < 0 {
		return nil
	}
	return &r.declared[i]
}

func (r *reader) isTable(name string) bool {
	return slices.ContainsFunc(r.declared, func(s Setting) bool { return s.Table == name && name != "" })
}
