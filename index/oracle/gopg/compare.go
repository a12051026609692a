package oracle

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/oracle/ask"
	"github.com/rells-dev/rells/index/oracle/ask/trial"
	"github.com/rells-dev/rells/index/oracle/gopg/truth"
)

// dialect is what rells calls go-pg.
const dialect = "go-pg"

// comparison is the two views of some worlds: go-pg's and rells'.
type comparison struct {
	trial.Findings

	truth map[string]truth.Model // by id
	index ask.Index
	check ask.Check
	rules map[string][]string // of rells, by the rows of what go-pg reports
}

// run compares everything.
func (c *comparison) run() {
	c.compareModels()
	c.compareRelations()
	c.compareRefusals()
	c.compareWarnings()
	c.Sort()
}

func (c *comparison) compareModels() {
	tables := c.index.Tables(dialect)
	for _, id := range slices.Sorted(maps.Keys(c.truth)) {
		table, ok := tables[id]
		switch want := c.truth[id].Table; {
		case !ok:
			c.Note("missing model", id, "%s is not listed", id)
		case table != want:
			c.Note("table", id, "rells %q, go-pg %q", table, want)
		}
	}
}

func (c *comparison) compareRelations() {
	models := map[string]trial.Truth{}
	for id, m := range c.truth {
		models[id] = trial.Truth{Relations: m.Relations, Refused: m.Error != ""}
	}
	c.Resolved("go-pg", models, c.index, dialect)
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
			c.Note("not reported", id, "%s: go-pg: %s", id, m.Error)
		case !slices.ContainsFunc(reported[id], func(rule string) bool { return slices.Contains(wanted, rule) }):
			c.Note("reported as something else", id, "%s: go-pg: %s, of the rules %v\n%s", id, m.Error, wanted, texts[id])
		}
	}
	for _, id := range slices.Sorted(maps.Keys(reported)) {
		if m, ok := c.truth[id]; !ok || m.Error == "" {
			c.Note("false alarm", id, "%sbut go-pg takes it", texts[id])
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
				c.Note("not warned of", id, "%s: go-pg: %s", id, w)
			}
			delete(reported[id], w)
		}
		for _, w := range slices.Sorted(maps.Keys(reported[id])) {
			field, what, _ := strings.Cut(w, ": ")
			if !slices.Contains(m.Own, field) || m.Inherits || m.Error != "" && what == "guessed" {
				continue // of a struct that the model embeds; under another's name; not reached
			}
			c.Note("false warning", id, "%s: rells: %s", id, w)
		}
	}
}
