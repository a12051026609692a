package oracle

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/rells-dev/rells/index/oracle/ask"
	"github.com/rells-dev/rells/index/oracle/ask/trial"
	"github.com/rells-dev/rells/index/oracle/pop/truth"
)

// comparison is the two views of some worlds: pop's and rells'.
type comparison struct {
	trial.Findings

	models   []truth.Model
	index    ask.Index
	problems map[string]map[string]bool // "model.field" -> "error", or what is warned of
	created  func(model string) bool
	refused  int
}

func compare(t *testing.T, sources map[string][]byte) *comparison {
	t.Helper()
	c := &comparison{problems: map[string]map[string]bool{}}
	index, check := trial.Ask(t, sources, program, &c.models, rells)
	c.index = index
	c.take(check)
	c.created = func(model string) bool {
		world, name, _ := strings.Cut(strings.TrimPrefix(model, ask.ModulePath+"/"), ".")
		return strings.Contains(string(sources[world]), "Create(&"+name+"{})")
	}
	c.run()
	return c
}

// warned are the rules about what pop takes, and what the truth calls that.
var warned = map[string]string{
	"foreign-key-unseen": "unseen", "target-table-mismatch": "table", "tag-option-idle": "idle", "creation-unfit": "creation",
}

func (c *comparison) take(check ask.Check) {
	for _, p := range check.Problems {
		what := warned[p.Rule]
		if p.Severity == "error" {
			what = "error"
		}
		id := p.Model + "." + p.Field
		if c.problems[id] == nil {
			c.problems[id] = map[string]bool{}
		}
		c.problems[id][what] = true
	}
}

// run compares everything.
func (c *comparison) run() {
	tables := map[string]string{}
	for _, m := range c.index.Models {
		tables[m.ID] = m.Table
	}
	read := map[string]ask.Relation{}
	for _, r := range c.index.Relations {
		if r.Dialect == "pop" {
			read[r.ID] = r
		}
	}
	for i := range c.models {
		m := &c.models[i]
		if table, ok := tables[m.ID]; ok && table != m.Table {
			c.Note("table", m.ID, "rells %q, pop %q", table, m.Table)
		} else if !ok && len(m.Associations) > 0 {
			c.Note("missing model", m.ID, "%s is not listed", m.ID)
		}
		c.compareModel(m, read)
	}
	c.Sort()
}

// compareModel compares one model. Where pop refuses it as a whole, it is not known which
// of its associations are to blame.
func (c *comparison) compareModel(m *truth.Model, read map[string]ask.Relation) {
	if m.Error != "" {
		c.Compared++
		c.refused++
		if !c.reported(m.ID) {
			c.Note("not reported", m.ID, "pop: %s", m.Error)
		}
		return
	}
	known := map[string]bool{}
	for i := range m.Associations {
		a := &m.Associations[i]
		id := m.ID + "." + a.Field
		known[id] = true
		c.Compared++
		c.compareAssociation(m, a, id, read)
	}
	for _, id := range slices.Sorted(maps.Keys(read)) {
		if strings.HasPrefix(id, m.ID+".") && !known[id] {
			c.Compared++
			c.Note("extra relation", m.ID, "rells: %v", read[id])
		}
	}
	for id, what := range c.problems {
		if strings.HasPrefix(id, m.ID+".") && !known[id] && what["error"] {
			c.Note("false alarm", m.ID, "%s, but pop takes it", id)
		}
	}
}

// reported reports whether some problem of the model is an error.
func (c *comparison) reported(model string) bool {
	for id, what := range c.problems {
		if strings.HasPrefix(id, model+".") && what["error"] {
			return true
		}
	}
	return false
}

func (c *comparison) compareAssociation(m *truth.Model, a *truth.Association, id string, read map[string]ask.Relation) {
	got, ok := read[id]
	problems := c.problems[id]
	switch {
	case a.Error != "":
		c.refused++
		if !problems["error"] {
			c.Note("not reported", m.ID, "%s: pop: %s", id, a.Error)
		}
		return
	case problems["error"]:
		c.Note("false alarm", m.ID, "%s, but pop takes it", id)
		return
	case a.Nothing:
		if ok || !problems["idle"] {
			c.Note("nothing", m.ID, "%s: pop loads nothing", id)
		}
		return
	case !ok:
		c.Note("missing relation", m.ID, "%s: pop: %v", id, a.Relation)
		return
	}
	if mine := relationOf(got); mine != a.Relation {
		c.Note("relation", m.ID, "%s\nrells: %+v\npop:   %+v", id, mine, a.Relation)
	}
	c.compareWarnings(m, a, id, problems)
}

func (c *comparison) compareWarnings(m *truth.Model, a *truth.Association, id string, problems map[string]bool) {
	want := map[string]bool{}
	for _, w := range a.Warnings {
		want[w] = true
	}
	if a.Uncreated && c.created(m.ID) && !want["unseen"] {
		want["creation"] = true
	}
	for _, what := range []string{"unseen", "table", "idle", "creation"} {
		if want[what] != problems[what] {
			c.Note("warning "+what, m.ID, "%s: rells %v, pop %v", id, problems[what], want[what])
		}
	}
}

// relationOf is a relation of rells' in the form of pop's.
func relationOf(r ask.Relation) truth.Relation {
	out := truth.Relation{Target: r.Target, Kind: r.Kind, JoinTable: r.JoinTable}
	for _, k := range r.Keys {
		out.Key = k.String()
	}
	if len(r.JoinKeys) == 2 {
		out.OwnKey = r.JoinKeys[0].String()
		out.TargetKey = r.JoinKeys[1].String()
	}
	return out
}
