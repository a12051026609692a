package oracle

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/oracle/ask"
	"github.com/rells-dev/rells/index/oracle/bun/truth"
)

// Difference is one thing that rells and Bun do not agree on.
type Difference struct {
	Kind  string // what they disagree on: "missing relation", "keys"
	Model string // id of the model
	Text  string // both views
}

// comparison is the two views of some worlds: Bun's and rells'.
type comparison struct {
	truth map[string]truth.Model // by id
	index ask.Index
	check ask.Check

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
		if slices.Contains(m.Dialects, "bun") {
			tables[m.ID] = m.Table
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.truth)) {
		table, ok := tables[id]
		switch want := c.truth[id].Table; {
		case !ok:
			c.note("missing model", id, "%s is not listed", id)
		case want != "" && table != want:
			c.note("table", id, "rells %q, Bun %q", table, want)
		}
	}
}

// relations are rells' relations in the form of Bun's, by model and id.
func (c *comparison) relations() map[string]map[string]truth.Relation {
	owns := map[string]int{} // how many columns of a join table are the model's own
	for _, m := range c.truth {
		for _, r := range m.Relations {
			owns[r.ID] = len(r.OwnKeys)
		}
	}
	read := map[string]map[string]truth.Relation{}
	for _, r := range c.index.Relations {
		if r.Dialect != "bun" {
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

// compareRelations compares the relations of one model. Of a model that Bun refuses
// only those are known that come before the refusal.
func (c *comparison) compareRelations(want truth.Model, read map[string]truth.Relation) {
	known := map[string]bool{}
	for _, r := range want.Relations {
		c.compared++
		known[r.ID] = true
		got, ok := read[r.ID]
		if !ok {
			c.note("missing relation", want.ID, "Bun: %v", r)
		} else if aspect := firstDifference(got, r); aspect != "" {
			c.note(aspect, want.ID, "rells: %v\nBun:   %v", got, r)
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

// unknownJoinModel is the rule about what Bun refuses and the source cannot quite tell:
// a model may be made known by other code.
const unknownJoinModel = "join-model-unregistered"

// compareRefusals compares the models that Bun refuses for their own sake with those
// that rells reports.
func (c *comparison) compareRefusals() {
	reported := map[string]string{}
	for _, p := range c.check.Problems {
		if p.Severity == "error" || p.Rule == unknownJoinModel {
			reported[p.Model] = fmt.Sprintf("%s [%s]", p.Message, p.Rule)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.truth)) {
		if m := c.truth[id]; m.Error != "" && !m.Spread && reported[id] == "" {
			c.note("not reported", id, "%s: Bun: %s", id, m.Error)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(reported)) {
		if m, ok := c.truth[id]; !ok || m.Error == "" {
			c.note("false alarm", id, "%s, but Bun takes it", reported[id])
		}
	}
}

// warningRules are the rules about what Bun logs, and what the oracle calls that.
var warningRules = map[string]string{
	"tag-unknown-option": "unknown option", "tag-option-idle": "join alone",
	"tag-option-misplaced": "option as name", "tag-value-unknown": "unknown rule",
}

// compareWarnings compares what Bun logs of the fields of a model with what rells warns
// of. Of a model that Bun refuses, the rules of foreign keys are only half known.
func (c *comparison) compareWarnings() {
	reported := map[string]map[string]bool{}
	for _, p := range c.check.Problems {
		what, ok := warningRules[p.Rule]
		if m := c.truth[p.Model]; !ok || what == "unknown rule" && m.Error != "" || strings.Contains(p.Field, ".") {
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
			if m.Error != "" && strings.HasSuffix(w, "unknown rule") {
				continue
			}
			if !reported[id][w] {
				c.note("not warned of", id, "%s: Bun: %s", id, w)
			}
			delete(reported[id], w)
		}
		for _, w := range slices.Sorted(maps.Keys(reported[id])) {
			field, _, _ := strings.Cut(w, ":")
			if !slices.Contains(m.Own, field) || m.Extends || strings.HasPrefix(m.Error, "bun: embed ") {
				continue // of a struct that the model embeds; under another's name; not reached
			}
			c.note("false warning", id, "%s: rells: %s", id, w)
		}
	}
}
