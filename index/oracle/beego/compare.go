package oracle

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/beego/beego/v2/client/orm/oracle/truth"
	"github.com/rells-dev/rells/index/oracle/ask"
	"github.com/rells-dev/rells/index/oracle/ask/trial"
)

// comparison is the two views of some worlds: Beego's and rells'.
type comparison struct {
	trial.Findings

	truth  truth.Answer
	index  ask.Index
	check  ask.Check
	rules  map[string][]string // by row of testdata/rows/beego.txt
	untold int                 // errors of rells of which Beego cannot be asked
}

func (c *comparison) run() {
	c.compareModels()
	c.compareFaults()
	c.compareRelations()
	c.Sort()
}

func (c *comparison) compareModels() {
	tables := c.index.Tables("beego")
	for _, m := range c.truth.Models {
		if table, ok := tables[m.ID]; !ok {
			c.Note("missing model", m.ID, "not listed")
		} else if m.Refused == nil && table != m.Table {
			c.Note("table", m.ID, "rells %q, Beego %q", table, m.Table)
		}
	}
}

// refusals are all faults, those of models that are refused among them.
func (c *comparison) refusals() []truth.Fault {
	faults := slices.Clone(c.truth.Faults)
	for _, m := range c.truth.Models {
		if m.Refused != nil {
			faults = append(faults, *m.Refused)
		}
	}
	return faults
}

// compareFaults holds what Beego refuses against rells' errors, field by field.
func (c *comparison) compareFaults() {
	errors := map[string]string{} // by field or model: the rule
	for _, p := range c.check.Problems {
		if p.Severity == "error" {
			errors[strings.TrimSuffix(p.Model+"."+p.Field, ".")] = p.Rule
		}
	}
	expected := map[string]bool{}
	for _, f := range c.refusals() {
		if f.Spread {
			continue
		}
		row, rules := c.rulesOf(f.Text)
		found := ""
		for _, id := range slices.Backward(f.Fields) {
			found = cmp.Or(found, c.errorAt(errors, expected, id, rules))
		}
		if found == "" {
			c.Note("missing error", f.Fields[0], "%s: %s (row %s, rules %v)", strings.Join(f.Fields, ", "), f.Text, row, rules)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(errors)) {
		switch {
		case expected[id]:
		case c.besideRefused(id):
			c.untold++
		default:
			c.Note("extra error", id, "%s", errors[id])
		}
	}
}

// besideRefused reports whether a field is one of a model that Beego refuses, or leads to
// one, or over one: Beego gets no further, and nobody knows what it would say.
func (c *comparison) besideRefused(id string) bool {
	if slices.ContainsFunc(c.truth.Faults, func(f truth.Fault) bool { return f.Spread && slices.Contains(f.Fields, id) }) {
		return true
	}
	refused := func(model string) bool {
		return slices.ContainsFunc(c.truth.Models, func(m truth.Model) bool { return m.ID == model && m.Refused != nil })
	}
	return refused(id[:strings.LastIndexByte(id, '.')]) || slices.ContainsFunc(c.index.Relations, func(r ask.Relation) bool {
		return r.ID == id && refused(r.Target)
	})
}

// errorAt takes an error at a field, or anywhere in a model, that has one of the rules.
func (c *comparison) errorAt(errors map[string]string, expected map[string]bool, id string, rules []string) string {
	if rule := errors[id]; !expected[id] && slices.Contains(rules, rule) {
		expected[id] = true
		return rule
	}
	if !c.isModel(id) {
		return ""
	}
	for _, at := range slices.Sorted(maps.Keys(errors)) {
		if strings.HasPrefix(at, id+".") && !expected[at] && slices.Contains(rules, errors[at]) {
			expected[at] = true
			return errors[at]
		}
	}
	return ""
}

func (c *comparison) isModel(id string) bool {
	return slices.ContainsFunc(c.truth.Models, func(m truth.Model) bool { return m.ID == id })
}

// rulesOf is the row of what Beego says, and the rules that claim it.
func (c *comparison) rulesOf(text string) (row string, rules []string) {
	for _, r := range rowTexts {
		if strings.Contains(text, r.text) {
			return r.row, append(slices.Clone(c.rules[r.row]), r.rules...)
		}
	}
	return "", nil
}

// rowTexts tells the rows of testdata/rows/beego.txt by the words of Beego. What has no
// row of its own has the rules that are written here.
var rowTexts = []struct {
	text, row string
	rules     []string
}{
	{"the model Fielder can not be use ptr", "beego1", nil},
	{"unsupport type custom field", "beego2", nil},
	{"rel only allow", "beego3", nil},
	{"reverse only allow", "beego4", nil},
	{"field must be *", "beego5", nil},
	{"field must be slice", "beego6", nil},
	{"slice must be []*", "beego7", nil},
	{"wrong field type", "beego8", nil},
	{"set_default need", "beego9", nil},
	{"set_null need", "beego10", nil},
	{"on_delete value expected", "beego11", nil},
	{"wrong tag format", "beego12", nil},
	{"duplicate column name", "beego13", nil},
	{"one pk field only", "beego14", nil},
	{"reflect.Value.Interface on zero Value", "beego16", []string{"tag-syntax"}},
	{"may be miss setting tag", "beego17", nil},
	{"NumField on ptr Value", "", []string{"embedded-invalid"}},
	{"may be miss Register", "beego18", nil},
	{"cannot find table", "beego19", nil},
	{"wrong rel_through value", "beego20", nil},
	{"already registered", "beego21", nil},
	{"cannot generate auto reverse", "beego22", nil},
	{"can not find m2m field", "beego23", nil},
	{"does not lead to the model itself", "beego23", nil},
	{"not found in model", "beego24", nil},
	{"cannot use non-ptr", "beego26", nil},
	{"wrong size value", "", []string{"tag-value-invalid"}},
	{"wrong digits/decimals", "", []string{"tag-value-invalid"}},
	{"cannot set auto", "", []string{"option-conflict"}},
	{"auto primary key only", "", []string{"option-conflict"}},
	{"no primary key", "", []string{"primary-key-missing"}},
	{"one column for both", "", []string{"join-model-invalid"}},
	{"bound twice", "", []string{"back-populates-duplicate"}},
}

// compareRelations compares the relations of the models that Beego takes, but for the
// fields that are at fault.
func (c *comparison) compareRelations() {
	faulty := map[string]bool{}
	for _, f := range c.truth.Faults {
		if f.Text == "one column for both sides" || f.Text == "bound twice" {
			continue // the relation stands
		}
		for _, id := range f.Fields {
			faulty[id] = true
		}
	}
	read := map[string]map[string]truth.Relation{}
	for _, r := range c.index.Relations {
		if read[r.Model] == nil {
			read[r.Model] = map[string]truth.Relation{}
		}
		read[r.Model][r.ID] = inWords(r)
	}
	for _, m := range c.truth.Models {
		if m.Refused != nil {
			continue
		}
		known := map[string]bool{}
		for _, want := range m.Relations {
			known[want.ID] = true
			if faulty[want.ID] {
				continue
			}
			c.Compared++
			if got, ok := read[m.ID][want.ID]; !ok {
				c.Note("missing relation", want.ID, "Beego: %v", want)
			} else if got != want {
				c.Note("relation", want.ID, "rells: %v\nBeego: %v", got, want)
			}
		}
		for id, got := range read[m.ID] {
			if !known[id] && !faulty[id] {
				c.Note("extra relation", id, "rells: %v", got)
			}
		}
	}
	c.Compared += len(c.truth.Faults)
}

// inWords is a relation of rells in the form of Beego's.
func inWords(r ask.Relation) truth.Relation {
	out := truth.Relation{ID: r.ID, Target: r.Target, Kind: r.Kind, Inverse: r.Inverse, JoinTable: r.JoinTable}
	if len(r.Keys) == 1 {
		out.Key, out.References = r.Keys[0].ForeignKey, r.Keys[0].References
	}
	if len(r.JoinKeys) == 2 {
		out.OwnKey = r.JoinKeys[0].String()
		out.TargetKey = r.JoinKeys[1].String()
	}
	return out
}
