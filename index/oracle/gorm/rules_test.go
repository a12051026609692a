package oracle

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/rells-dev/rells/index/oracle/ask"
	"github.com/rells-dev/rells/index/oracle/gorm/generate"
	"github.com/rells-dev/rells/index/oracle/gorm/truth"
)

// TestRules asks the real GORM about each case of testdata/rules, filled with
// plain names, and holds the answer against what the case wants.
func TestRules(t *testing.T) {
	cases, err := generate.Cases("testdata/rules")
	if err != nil {
		t.Fatal(err)
	}
	b, instances := fillPlainly(t, cases)
	verdicts, err := b.askGORM()
	if err != nil {
		t.Fatal(err)
	}
	for i, inst := range instances {
		t.Run(inst.Case, func(t *testing.T) {
			for _, d := range contradictions(inst, b.worlds[i].packages, verdicts) {
				t.Error(d)
			}
		})
	}
}

// fillPlainly makes a batch of the cases, each filled with plain names in a world of
// its own.
func fillPlainly(t *testing.T, cases []generate.Case) (*batch, []generate.Instance) {
	t.Helper()
	b := &batch{}
	var packages []generate.Package
	var instances []generate.Instance
	for i, c := range cases {
		inst, err := c.Fill(generate.Plain)
		if err != nil {
			t.Fatal(err)
		}
		world := &generate.World{Types: inst.Types}
		rendered, err := world.Render(generate.Layout{
			Module: ask.ModulePath, Dir: fmt.Sprintf("c%03d", i), Rand: rand.New(rand.NewPCG(1, 1)), Plain: true,
		})
		if err != nil {
			t.Fatal(err)
		}
		b.worlds = append(b.worlds, renderedWorld{generate.Grown{World: world}, rendered})
		packages = append(packages, rendered...)
		instances = append(instances, inst)
	}
	var err error
	if b.scratch, err = newScratch(t.TempDir(), packages); err != nil {
		t.Fatal(err)
	}
	return b, instances
}

// contradictions lists where GORM's verdicts on an instance are not what its
// case wants. The packages are those that the instance was rendered to.
func contradictions(inst generate.Instance, packages []generate.Package, verdicts map[string]truth.Model) []string {
	var found []string
	note := func(format string, args ...any) { found = append(found, fmt.Sprintf(format, args...)) }

	path := map[string]string{} // of a type's package, by the type's name
	models := map[string]truth.Model{}
	for _, t := range (&generate.World{Types: inst.Types}).Models() {
		for _, p := range packages {
			if v, ok := verdicts[p.Path+"."+t.Name]; ok {
				models[t.Name], path[t.Name] = v, p.Path
			}
		}
	}
	full := func(id string) string {
		model, _, _ := strings.Cut(id, ".")
		return path[model] + "." + id
	}

	relations, accepted := map[string]ask.Relation{}, map[string]bool{}
	for name, m := range models {
		accepted[name] = true
		for _, r := range m.Relations {
			relations[r.ID] = r
		}
	}
	for _, w := range inst.Want {
		name, _, _ := strings.Cut(w.ID, ".")
		model, ok := models[name]
		if !ok {
			note("%s: no model of that name", w.ID)
			continue
		}
		switch w.Verdict {
		case "refused":
			accepted[name] = false
			if !strings.Contains(model.OwnError, w.Text) || model.OwnError == "" || model.Error == "" {
				note("%s: refused with %q, want %q", w.ID, model.OwnError, w.Text)
			}
		case "spread":
			accepted[name] = false
			if model.OwnError != "" || !strings.Contains(model.Error, w.Text) || model.Error == "" {
				note("%s: own error %q, error %q; want only a spread %q", w.ID, model.OwnError, model.Error, w.Text)
			}
		case "table":
			if model.Table != w.Text {
				note("%s: table %q, want %q", w.ID, model.Table, w.Text)
			}
		case "no-relation":
			if !slices.Contains(model.NoRelations, full(w.ID)) {
				note("%s: want no relation, but GORM reads no column there", w.ID)
			}
		default:
			got, ok := relations[full(w.ID)]
			if !ok {
				note("%s: no relation, want %s %s", w.ID, w.Verdict, w.Text)
				continue
			}
			delete(relations, full(w.ID))
			got.Target = "" // no case names it
			if want := qualified(w.Relation, full); describe(got) != describe(want) {
				note("%s:\n got %s\nwant %s", w.ID, describe(got), describe(want))
			}
		}
	}
	for id, r := range relations {
		note("%s: a relation that is not wanted: %s", id, describe(r))
	}
	for name, ok := range accepted {
		if m := models[name]; ok && m.Error != "" {
			note("%s: refused: %s (own: %s)", name, m.Error, m.OwnError)
		}
	}
	return found
}

// qualified fills in the import paths of the ids of a wanted relation.
func qualified(r ask.Relation, full func(string) string) ask.Relation {
	r.ID = full(r.ID)
	keys := r.Keys
	r.Keys = nil
	for _, k := range keys {
		r.Keys = append(r.Keys, ask.Key{ForeignKey: full(k.ForeignKey), References: full(k.References)})
	}
	joinKeys := r.JoinKeys
	r.JoinKeys = nil
	for _, k := range joinKeys {
		r.JoinKeys = append(r.JoinKeys, ask.JoinKey{Column: k.Column, References: full(k.References)})
	}
	if p := r.Polymorphic; p != nil {
		r.Polymorphic = &ask.Polymorphic{Type: full(p.Type), ID: full(p.ID), Value: p.Value}
	}
	return r
}
