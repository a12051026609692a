package oracle

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/oracle/ask"
	"github.com/rells-dev/rells/index/oracle/gopg/truth"
)

// dialect is what rells calls go-pg.
const dialect = "go-pg"

// Difference is one thing that rells and go-pg do not agree on.
type Difference struct {
	Kind  string // what they disagree on: "missing relation", "keys"
	Model string // id of the model
	Text  string // both views
}

// comparison is the two views of some worlds: go-pg's and rells'.
type comparison struct {
	truth map[string]truth.Model // by id
	index ask.Index
	check ask.Check
	rules map[string][]string // of rells, by the rows of what go-pg reports

	differences []Difference
	compared    int // relation fields held against each other: those of either side, and refused ones
}

func (c *comparison) note(kind, model, format string, args ...any) {
	c.differences = append(c.differences, Difference{kind, model, fmt.Sprintf(format, args...)})
}

// run compares everything and returns the differences, sorted by kind.
func (c *comparison) run() []Difference {
	c.compareModels()
	read := c.relations()
	for _, id := range slices.Sorted(maps.Keys(c.truth)) {
		c.compareRelations(c.truth[id], read[id])
	}
	c.compareRefusals()
	c.compareWarnings()
	slices.SortStableFunc(c.differences, func(a, b Difference) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Text, b.Text))
	})
	return c.differences
}

func (c *comparison) compareModels() {
	tables := map[string]string{}
	for _, m := range c.index.Models {
		if slices.Contains(m.Dialects, dialect) {
			tables[m.ID] = m.Table
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.truth)) {
		table, ok := tables[id]
		switch want := c.truth[id].Table; {
		case !ok:
			c.note("missing model", id, "%s is not listed", id)
		case table != want:
			c.note("table", id, "rells %q, go-pg %q", table, want)
		}
	}
}

// relations are rells' relations in the form of go-pg's, by model and id.
func (c *comparison) relations() map[string]map[string]truth.Relation {
	owns := map[string]int{} // how many columns of a join table are the model's own
	for _, m := range c.truth {
		for _, r := range m.Relations {
			owns[r.ID] = len(r.OwnKeys)
		}
	}
	read := map[string]map[string]truth.Relation{}
	for _, r := range c.index.Relations {
		if r.Dialect != dialect {
			continue
		}
		out := truth.Relation{ID: r.ID, Target: r.Target, Kind: r.Kind, JoinTable: r.JoinTable}
		for _, k := range r.Keys {
			out.Keys = append(out.Keys, k.ForeignKey+" = "+k.References)
		}
		for i, k := range r.JoinKeys {
			if text := k.Column + " = " + k.References; i < owns[r.ID] {
				out.OwnKeys = append(out.OwnKeys, text)
			} else {
				out.TargetKeys = append(out.TargetKeys, text)
			}
		}
		if r.Polymorphic != nil {
			out.TypeField, out.TypeValue = r.Polymorphic.Type, r.Polymorphic.Value
		}
		if read[r.Model] == nil {
			read[r.Model] = map[string]truth.Relation{}
		}
		if _, twice := read[r.Model][r.ID]; twice {
			c.note("listed twice", r.Model, "%s", r.ID)
		}
		read[r.Model][r.ID] = out
	}
	return read
}

// compareRelations compares the relations of one model. Of a model that go-pg refuses
// only those are known that come before the refusal.
func (c *comparison) compareRelations(want truth.Model, read map[string]truth.Relation) {
	known := map[string]bool{}
	for _, r := range want.Relations {
		c.compared++
		known[r.ID] = true
		got, ok := read[r.ID]
		if !ok {
			c.note("missing relation", want.ID, "go-pg: %v", r)
		} else if aspect := firstDifference(got, r); aspect != "" {
			c.note(aspect, want.ID, "rells: %v\ngo-pg: %v", got, r)
		}
	}
	if want.Error != "" {
		c.compared++
		return
	}
	for _, id := range slices.Sorted(maps.Keys(read)) {
		if !known[id] {
			c.compared++
			c.note("extra relation", want.ID, "rells: %v", read[id])
		}
	}
}

// firstDifference names the first aspect in which two readings of a relation differ.
func firstDifference(got, want truth.Relation) string {
	switch {
	case got.Kind != want.Kind:
		return "kind"
	case got.Target != want.Target:
		return "target"
	case !slices.Equal(got.Keys, want.Keys):
		return "keys"
	case got.JoinTable != want.JoinTable:
		return "join table"
	case !slices.Equal(got.OwnKeys, want.OwnKeys), !slices.Equal(got.TargetKeys, want.TargetKeys):
		return "join keys"
	case got.TypeField != want.TypeField, got.TypeValue != want.TypeValue:
		return "polymorphic"
	}
	return ""
}

// panics are the texts with which go-pg refuses a model, and the rows that list them.
var panics = []struct {
	text *regexp.Regexp
	rows []string
}{
	{regexp.MustCompile(`does not have primary keys`), []string{"pg1"}},
	{regexp.MustCompile(`^pg: unknown relation=`), []string{"pg2"}},
	{regexp.MustCompile(`specified by join_fk doesn't exist`), []string{"pg3"}},
	{regexp.MustCompile(` has-one .* must have column`), []string{"pg4", "pg5"}},
	{regexp.MustCompile(` belongs-to .* must have column`), []string{"pg6", "pg7"}},
	{regexp.MustCompile(` has-many relation requires slice`), []string{"pg8"}},
	{regexp.MustCompile(` has-many .* must have column`), []string{"pg9", "pg10"}},
	{regexp.MustCompile(`must have polymorphic column`), []string{"pg11"}},
	{regexp.MustCompile(` many2many relation requires slice`), []string{"pg12"}},
	{regexp.MustCompile(`must have many2many tag option`), []string{"pg13"}},
	{regexp.MustCompile(`^pg: can't find .* table`), []string{"pg14"}},
	{regexp.MustCompile(` many2many .* must have column`), []string{"pg15", "pg16", "pg17", "pg18"}},
	{regexp.MustCompile(`^got fk_value, but`), []string{"pg19"}},
	{regexp.MustCompile(`^fk_value=.* not found`), []string{"pg20"}},
	{regexp.MustCompile(`already has relation=`), []string{"pg22"}},
	{regexp.MustCompile(`^got \S+, wanted struct`), []string{"pg32"}},
}

// rulesFor are the rules of rells that claim what go-pg panics with.
func (c *comparison) rulesFor(message string) []string {
	var rules []string
	for _, p := range panics {
		if p.text.MatchString(message) {
			for _, row := range p.rows {
				rules = append(rules, c.rules[row]...)
			}
		}
	}
	return rules
}

// unknownJoinModel is the rule about what go-pg refuses and the source cannot quite tell:
// a model may be made known by other code.
const unknownJoinModel = "join-model-unregistered"

// compareRefusals compares the models that go-pg refuses for their own sake with those
// that rells reports, and its reason with theirs.
func (c *comparison) compareRefusals() {
	reported, texts := map[string][]string{}, map[string]string{}
	for _, p := range c.check.Problems {
		if p.Severity == "error" || p.Rule == unknownJoinModel {
			reported[p.Model] = append(reported[p.Model], p.Rule)
			texts[p.Model] += fmt.Sprintf("%s [%s]\n", p.Message, p.Rule)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.truth)) {
		m := c.truth[id]
		if m.Error == "" || m.Spread {
			continue
		}
		wanted := c.rulesFor(m.Error)
		switch {
		case len(reported[id]) == 0:
			c.note("not reported", id, "%s: go-pg: %s", id, m.Error)
		case !slices.ContainsFunc(reported[id], func(rule string) bool { return slices.Contains(wanted, rule) }):
			c.note("reported as something else", id, "%s: go-pg: %s, of the rules %v\n%s", id, m.Error, wanted, texts[id])
		}
	}
	for _, id := range slices.Sorted(maps.Keys(reported)) {
		if m, ok := c.truth[id]; !ok || m.Error == "" {
			c.note("false alarm", id, "%sbut go-pg takes it", texts[id])
		}
	}
}

// warningRules are the rules about what go-pg logs, and what the oracle calls that.
var warningRules = map[string]string{
	"tag-unknown-option": "unknown option", "tag-option-misplaced": "option as name", "relation-guessed": "guessed",
}

// compareWarnings compares what go-pg logs of the fields of a model with what rells warns
// of. Of a model that go-pg refuses, the guesses are only half known.
func (c *comparison) compareWarnings() {
	reported := map[string]map[string]bool{}
	for _, p := range c.check.Problems {
		what, ok := warningRules[p.Rule]
		if !ok || strings.Contains(p.Field, ".") {
			continue
		}
		if reported[p.Model] == nil {
			reported[p.Model] = map[string]bool{}
		}
		reported[p.Model][p.Field+": "+what] = true
	}
	for _, id := range slices.Sorted(maps.Keys(c.truth)) {
		m := c.truth[id]
		for _, w := range m.Warnings {
			if !reported[id][w] {
				c.note("not warned of", id, "%s: go-pg: %s", id, w)
			}
			delete(reported[id], w)
		}
		for _, w := range slices.Sorted(maps.Keys(reported[id])) {
			field, what, _ := strings.Cut(w, ": ")
			if !slices.Contains(m.Own, field) || m.Inherits || m.Error != "" && what == "guessed" {
				continue // of a struct that the model embeds; under another's name; not reached
			}
			c.note("false warning", id, "%s: rells: %s", id, w)
		}
	}
}
