package oracle

import (
	"fmt"
	"maps"
	"slices"

	"github.com/rells-dev/rells/index/oracle/ask"
	"github.com/rells-dev/rells/index/oracle/ask/trial"
	"github.com/rells-dev/rells/index/oracle/gorel/truth"
)

// comparison is the two views of some worlds: go-rel's and rells'.
type comparison struct {
	trial.Findings

	truth map[string]truth.Model // by id
	index ask.Index
	check ask.Check
}

// run compares everything.
func (c *comparison) run() {
	c.compareModels()
	relations := trial.Read(&c.Findings, c.index, "go-rel", read)
	for _, id := range slices.Sorted(maps.Keys(c.truth)) {
		c.compareRelations(c.truth[id], relations[id])
	}
	c.compareRefusals()
	c.compareWarnings()
	c.Sort()
}

func (c *comparison) compareModels() {
	tables := c.index.Tables("go-rel")
	for _, id := range slices.Sorted(maps.Keys(c.truth)) {
		table, ok := tables[id]
		switch want := c.truth[id].Table; {
		case !ok && c.truth[id].Part:
			delete(c.truth, id)
		case !ok:
			c.Note("missing model", id, "%s is not listed", id)
		case want != "" && table != want:
			c.Note("table", id, "rells %q, go-rel %q", table, want)
		}
	}
}

// read is a relation of rells in the form of go-rel's. Which column of a join table leads
// to the target, go-rel does not know.
func read(r ask.Relation) truth.Relation {
	out := truth.Relation{ID: r.ID, Target: r.Target, Kind: r.Kind, JoinTable: r.JoinTable}
	for _, k := range r.Keys {
		out.Keys = append(out.Keys, k.String())
	}
	if len(r.JoinKeys) > 0 {
		out.OwnKey = r.JoinKeys[0].String()
	}
	return out
}

// compareRelations compares the relations of one model. Of one without a table nothing
// more is known than that go-rel refuses it.
func (c *comparison) compareRelations(want truth.Model, read map[string]truth.Relation) {
	if want.Table == "" {
		c.Compared++
		return
	}
	known := map[string]bool{}
	for _, id := range want.Lost {
		c.Compared++
		known[id] = true
	}
	for _, r := range want.Relations {
		c.Compared++
		known[r.ID] = true
		got, ok := read[r.ID]
		if !ok {
			c.Note("missing relation", want.ID, "go-rel: %v", r)
		} else if aspect := firstDifference(got, r); aspect != "" {
			c.Note(aspect, want.ID, "rells:  %v\ngo-rel: %v", got, r)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(read)) {
		if !known[id] {
			c.Compared++
			c.Note("extra relation", want.ID, "rells: %v", read[id])
		}
	}
	if want.Error != "" {
		c.Compared++
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
	case got.OwnKey != want.OwnKey:
		return "join key"
	}
	return ""
}

// compareRefusals compares the models that go-rel refuses for their own sake with those
// that rells reports.
func (c *comparison) compareRefusals() {
	reported := map[string]string{}
	for _, p := range c.check.Problems {
		if p.Severity == "error" {
			reported[p.Model] = fmt.Sprintf("%s [%s]", p.Message, p.Rule)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.truth)) {
		if m := c.truth[id]; m.Error != "" && !m.Spread && !m.Part && reported[id] == "" {
			c.Note("not reported", id, "%s: go-rel: %s", id, m.Error)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(reported)) {
		if m, ok := c.truth[id]; !ok || m.Error == "" {
			c.Note("false alarm", id, "%s, but go-rel takes it", reported[id])
		}
	}
}

// compareWarnings compares the fields of whose tags nothing comes with those of which
// rells warns.
func (c *comparison) compareWarnings() {
	reported := map[string][]string{}
	for _, p := range c.check.Problems {
		reported[p.Model+" "+p.Rule] = append(reported[p.Model+" "+p.Rule], p.Model+"."+p.Field)
	}
	for _, id := range slices.Sorted(maps.Keys(c.truth)) {
		m := c.truth[id]
		if m.Table == "" || m.Part {
			continue
		}
		var unfollowed []string
		for _, r := range m.Relations {
			if r.Unfollowed {
				unfollowed = append(unfollowed, r.ID)
			}
		}
		for rule, want := range map[string][]string{
			"tag-option-idle": m.Idle, "tag-value-unknown": m.Unknown, "join-falls-back-to-id": unfollowed,
		} {
			got := slices.DeleteFunc(reported[id+" "+rule], func(field string) bool { return slices.Contains(m.Lost, field) })
			slices.Sort(got)
			if !slices.Equal(got, want) {
				c.Note(rule, id, "rells: %v, go-rel: %v", got, want)
			}
		}
	}
}
