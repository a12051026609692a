package oracle

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/oracle/ask"
	"github.com/rells-dev/rells/index/oracle/gorm/truth"
)

// Difference is one thing that rells and GORM do not agree on.
type Difference struct {
	Kind  string // what they disagree on, as "missing relation" or "keys"
	Model string // id of the model
	ID    string // id of the relation, or of the model again
	Text  string // both views
}

// comparison is one batch's two views: GORM's and rells'.
type comparison struct {
	verdicts map[string]truth.Model // by id
	bases    map[string]bool        // ids of structs that are only ever embedded
	index    ask.Index
	check    ask.Check

	differences []Difference
	compared    int // relation fields held against each other, extra ones included
}

func (c *comparison) note(kind, model, id, format string, args ...any) {
	c.differences = append(c.differences, Difference{kind, model, id, fmt.Sprintf(format, args...)})
}

// run compares everything and returns the differences, sorted by kind.
func (c *comparison) run() []Difference {
	c.compareModels()
	c.compareRelations()
	c.compareRefusals()
	slices.SortStableFunc(c.differences, func(a, b Difference) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID))
	})
	return c.differences
}

func (c *comparison) compareModels() {
	models := map[string]ask.Model{}
	for _, m := range c.index.Models {
		models[m.ID] = m
	}
	for _, id := range slices.Sorted(maps.Keys(c.verdicts)) {
		v := c.verdicts[id]
		m, ok := models[id]
		switch {
		case v.Found && !ok:
		case !ok || !slices.Contains(m.Dialects, "gorm"):
			c.note("missing model", id, id, "not listed as a model of gorm")
		case v.Table != "" && m.Table != v.Table:
			c.note("table", id, id, "rells %q, GORM %q", m.Table, v.Table)
		}
	}
}

func (c *comparison) compareRelations() {
	read := map[string]map[string]ask.Relation{} // rells' relations by model and id
	for _, r := range c.index.Relations {
		if r.Dialect != "gorm" {
			continue
		}
		if read[r.Model] == nil {
			read[r.Model] = map[string]ask.Relation{}
		}
		if _, twice := read[r.Model][r.ID]; twice {
			c.note("listed twice", r.Model, r.ID, "rells lists it twice")
		}
		read[r.Model][r.ID] = r
	}
	for _, id := range slices.Sorted(maps.Keys(read)) {
		if _, ok := c.verdicts[id]; !ok && !c.bases[id] { // a base is no model, but may be read as one
			c.note("unknown model", id, id, "rells lists relations of it, but it is no model")
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.verdicts)) {
		if v := c.verdicts[id]; !v.Found || read[id] != nil {
			c.compareRelationsOf(v, read[id])
		}
	}
}

// compareRelationsOf compares the relations of one model. Of a model that GORM
// refuses only those are known that come before the refusal.
func (c *comparison) compareRelationsOf(v truth.Model, read map[string]ask.Relation) {
	for _, want := range v.Relations {
		c.compared++
		got, ok := read[want.ID]
		if !ok {
			c.note("missing relation", v.ID, want.ID, "GORM: %s", describe(want))
			continue
		}
		delete(read, want.ID)
		if aspect := firstDifference(got, want); aspect != "" {
			c.note(aspect, v.ID, want.ID, "rells: %s\nGORM:  %s", describe(got), describe(want))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(read)) {
		if v.OwnError == "" || slices.Contains(v.NoRelations, id) {
			c.compared++
			c.note("extra relation", v.ID, id, "rells: %s", describe(read[id]))
		}
	}
}

// firstDifference names the first aspect in which two readings of a relation
// differ, or is empty.
func firstDifference(got, want ask.Relation) string {
	switch {
	case got.Kind != want.Kind:
		return "kind"
	case withoutTypeArguments(got.Target) != want.Target:
		return "target"
	case !slices.Equal(got.Keys, want.Keys):
		return "keys"
	case got.JoinTable != want.JoinTable:
		return "join table"
	case !sameJoinKeys(got.JoinKeys, want.JoinKeys, want.OwnJoinKeys):
		return "join keys"
	case describePolymorphic(got) != describePolymorphic(want):
		return "polymorphic"
	}
	return ""
}

// sameJoinKeys says whether two lists of join columns, the own side's first, hold
// the same columns for each side. The order within a side says nothing.
func sameJoinKeys(got, want []ask.JoinKey, own int) bool {
	if len(got) != len(want) {
		return false
	}
	same := func(got, want []ask.JoinKey) bool {
		byColumn := func(a, b ask.JoinKey) int {
			return cmp.Or(cmp.Compare(a.Column, b.Column), cmp.Compare(a.References, b.References))
		}
		return slices.Equal(slices.SortedFunc(slices.Values(got), byColumn), slices.SortedFunc(slices.Values(want), byColumn))
	}
	return same(got[:own], want[:own]) && same(got[own:], want[own:])
}

func withoutTypeArguments(id string) string {
	id, _, _ = strings.Cut(id, "[")
	return id
}

// compareRefusals compares the models that GORM refuses for their own sake with
// those that rells reports.
func (c *comparison) compareRefusals() {
	reported := map[string][]ask.Problem{}
	for _, p := range c.check.Problems {
		if p.Severity == "error" {
			reported[p.Model] = append(reported[p.Model], p)
		}
	}
	excused := map[string]bool{} // bases whose problem a refused model has
	for _, id := range slices.Sorted(maps.Keys(c.verdicts)) {
		v := c.verdicts[id]
		if v.OwnError == "" {
			continue
		}
		isReported := func(id string) bool { return len(reported[id]) > 0 }
		if !isReported(id) && !slices.ContainsFunc(v.Embeds, isReported) && !(v.Found && slices.ContainsFunc(c.leadingTo(id), isReported)) {
			c.note("not reported", id, id, "GORM: %s", v.OwnError)
		}
		for _, base := range v.Embeds {
			excused[base] = true
		}
	}
	for _, id := range slices.Sorted(maps.Keys(reported)) {
		p := reported[id][0]
		switch v, ok := c.verdicts[id]; {
		case !ok && !excused[id]:
			c.note("false alarm", id, id, "%s [%s] of what is no model", p.Message, p.Rule)
		case ok && v.Error != "" && v.OwnError == "":
			c.note("reported at a spread", id, id, "%s [%s]\nGORM: %s", p.Message, p.Rule, v.Error)
		case ok && v.OwnError == "":
			c.note("false alarm", id, id, "%s [%s], but GORM accepts it", p.Message, p.Rule)
		}
	}
}

// leadingTo lists the models with a relation to a struct. A struct that nobody
// calls a model may as well be reported there: the relation is the mistake.
func (c *comparison) leadingTo(id string) []string {
	var from []string
	for _, v := range c.verdicts {
		if slices.Contains(v.Targets, id) {
			from = append(from, v.ID)
		}
	}
	return from
}

// describe writes what is compared of a relation on one line.
func describe(r ask.Relation) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s", r.ID, r.Kind)
	if r.Target != "" {
		fmt.Fprintf(&b, " of %s", r.Target)
	}
	for _, k := range r.Keys {
		fmt.Fprintf(&b, " %s=%s", k.ForeignKey, k.References)
	}
	if r.Kind == ask.ManyToMany {
		fmt.Fprintf(&b, " %q", r.JoinTable)
	}
	for _, k := range r.JoinKeys {
		fmt.Fprintf(&b, " %s=%s", k.Column, k.References)
	}
	return b.String() + describePolymorphic(r)
}

func describePolymorphic(r ask.Relation) string {
	if r.Polymorphic == nil {
		return ""
	}
	return fmt.Sprintf(" poly(%s, %s=%s)", r.Polymorphic.ID, r.Polymorphic.Type, r.Polymorphic.Value)
}
