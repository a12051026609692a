package report

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/rells-dev/rells/cmd/rells/internal/snippet"
	"github.com/rells-dev/rells/diagnostics"
	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/relation"
)

// Explanation is the output of `rells explain --format json`: what each dialect makes
// of a field.
type Explanation struct {
	Version   int       `json:"version"` // 1
	ID        string    `json:"id"`
	Model     string    `json:"model"`
	Field     string    `json:"field"`
	File      string    `json:"file"`
	Line      int       `json:"line"`
	Column    int       `json:"column"`
	Stored    string    `json:"stored,omitempty"` // in which column of the table
	Ignored   bool      `json:"ignored"`          // the ORM leaves the field out
	Relations []Account `json:"relations"`
	Problems  []Problem `json:"problems"`

	short string // Model.Field
}

// Account is why a relation is what it is.
type Account struct {
	Relation
	Join   string `json:"join,omitempty"`   // condition, in columns where these are known
	Reason string `json:"reason,omitempty"` // what the dialect took the relation from
	Why    string `json:"why"`              // why the inverse is the inverse, or why there is none

	target, inverse string // as people call them
}

// Explain tells about a field, with the problems that it has, and paths relative to
// root.
func Explain(s *index.Snapshot, root string, id relation.FieldID, problems []diagnostics.Problem) *Explanation {
	e := &Explanation{
		Version: 1, ID: id.String(), Model: id.Model.String(), Field: id.Field, short: id.Short(),
		Relations: []Account{},
		Problems:  NewCheck(problems, nil, s.File, root).Problems,
	}
	if place, ok := s.FieldPlace(id); ok {
		at := Files(s.File).rangeOf(place).Start
		e.File, e.Line, e.Column = relative(root, place.File), at.Line, at.Column
	}
	for _, m := range s.Node(id.Model).Models {
		if f, ok := m.FieldBySelector(id.Field); ok && m.Dialect != relation.NativeDialect {
			e.Stored, e.Ignored = f.Column, f.Ignored
		}
		for i := range m.Relations {
			if r := &m.Relations[i]; r.ID == id {
				e.Relations = append(e.Relations, account(s, root, r))
			}
		}
	}
	return e
}

func account(s *index.Snapshot, root string, r *relation.Relation) Account {
	told := s.Account(r)
	a := Account{Relation: listRelation(s, root, r), Join: told.Join, Reason: r.Reason, Why: told.Pairing, target: r.Target.Name}
	if told.Inverse != nil {
		a.inverse = told.Inverse.ID.Short()
	}
	return a
}

// Print writes the explanation for people.
func (e *Explanation) Print(w io.Writer) error {
	var b strings.Builder
	if len(e.Relations) == 0 {
		fmt.Fprintf(&b, "%s is %s\n", e.short, e.noRelation())
	}
	for i := range e.Relations {
		e.Relations[i].print(&b, e.short)
	}
	if e.File != "" {
		fmt.Fprintf(&b, "  declared at %s:%d:%d\n", e.File, e.Line, e.Column)
	}
	for _, p := range e.Problems {
		fmt.Fprintf(&b, "  %s: %s [%s]\n", p.Severity, p.Message, p.Rule)
	}
	_, err := io.WriteString(w, visibleLines(b.String()))
	return err
}

// noRelation says what a field is instead of a relation.
func (e *Explanation) noRelation() string {
	switch {
	case e.Ignored:
		return "no relation: the ORM leaves the field out"
	case e.Stored != "":
		return "no relation but the column " + e.Stored
	case len(e.Problems) > 0:
		return "no relation, because something is wrong with it"
	}
	return "no relation that can be told from the source"
}

// print writes one relation as a title and lines of label and text.
func (a *Account) print(b *strings.Builder, field string) {
	fmt.Fprintf(b, "%s is a %s of %s (%s)\n", field, a.Kind, a.target, a.Dialect)
	table := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
	row := func(label, text string) {
		if text != "" {
			fmt.Fprintf(table, "  %s\t%s\n", label, text)
		}
	}
	row("because", a.Reason)
	row("joined on", a.Join)
	row("join table", a.JoinTable)
	if a.inverse == "" {
		row("inverse", a.Why)
	} else {
		row("inverse", a.inverse+", "+a.Pairing+": "+a.Why)
	}
	table.Flush()
}

// visibleLines makes each line of a text safe for a terminal.
func visibleLines(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = snippet.Visible(lines[i])
	}
	return strings.Join(lines, "\n")
}
