package index

import (
	"cmp"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/relation"
)

// A text of code may be an expression over models, their columns and tables, or name a
// model by the end of its path: "and_(User.id == Post.author_id)", "models.User".

// targets lists the models of the cursor's dialect by name; behind a path those that are
// below it.
func (q *completion) targets() []Candidate {
	if q.Before != "" {
		return q.below(q.Before)
	}
	named := map[string]int{}
	for _, m := range q.models() {
		named[m.Ref.Name]++
	}
	var list []Candidate
	for _, m := range q.models() {
		name := m.Ref.Name
		if named[name] > 1 {
			name = modulePath(m) + "." + name // by its name alone it cannot be told from the others
		}
		list = append(list, Candidate{Name: name, Text: name, Kind: ModelCandidate, Detail: m.Ref.Package})
	}
	slices.SortStableFunc(list, func(a, b Candidate) int { return cmp.Compare(a.Name, b.Name) })
	return list
}

// models lists the models of the cursor's dialect that its text can name.
func (q *completion) models() []*relation.Model {
	if q.owner == nil {
		return nil
	}
	var list []*relation.Model
	for n := range q.snapshot.Nodes() {
		for _, m := range n.Models {
			if m.Dialect == q.owner.Dialect && (m.Registry == q.owner.Registry || m.Registry.IsZero() || q.owner.Registry.IsZero()) {
				list = append(list, m)
			}
		}
	}
	return list
}

// modulePath is the dotted path of the module that declares a model, without the folder
// in which the project is.
func modulePath(m *relation.Model) string {
	return m.Ref.Package[strings.LastIndexByte(m.Ref.Package, '/')+1:]
}

// below lists what comes next behind the end of a module's path: a module, or a model.
func (q *completion) below(path string) []Candidate {
	var modules, models []Candidate
	for _, m := range q.models() {
		whole := "." + modulePath(m) + "."
		for at := strings.Index(whole, "."+path+"."); at >= 0; {
			rest := whole[at+len(path)+2:]
			if next, _, more := strings.Cut(rest, "."); more {
				modules = append(modules, Candidate{Name: next, Text: next, Kind: ValueCandidate, Detail: "module"})
			} else {
				models = append(models, Candidate{Name: m.Ref.Name, Text: m.Ref.Name, Kind: ModelCandidate, Detail: m.Ref.Package})
			}
			further := strings.Index(whole[at+1:], "."+path+".")
			if further < 0 {
				break
			}
			at += 1 + further
		}
	}
	slices.SortStableFunc(models, func(a, b Candidate) int { return cmp.Compare(a.Name, b.Name) })
	return slices.Concat(models, modules)
}

// evaluated lists what may stand at the cursor in an expression: behind a name what that
// has, else the likely columns, each behind its model, then models and tables.
func (q *completion) evaluated(likely []Candidate) []Candidate {
	switch {
	case q.Before != "":
		return q.behind(q.Before, likely)
	case q.Behind != "":
		return q.targets()
	}
	return slices.Concat(likely, q.targets(), q.associations())
}

// behind lists what the model, the table or the module has that a path names: of a model
// the likely columns first.
func (q *completion) behind(path string, likely []Candidate) []Candidate {
	last := path[strings.LastIndexByte(path, '.')+1:]
	var list []Candidate
	for _, c := range likely {
		if model, column, ok := strings.Cut(c.Name, "."); ok && model == last {
			c.Name, c.Text = column, column
			list = append(list, c)
		}
	}
	for _, m := range q.models() {
		if m.Ref.Name == last && strings.HasSuffix("."+modulePath(m)+"."+last, "."+path) {
			list = append(list, q.columns(m, primaryFirst)...)
		}
	}
	if table, ok := strings.CutSuffix(path, ".c"); ok {
		list = append(list, q.columnsNamed(table)...)
	}
	if slices.ContainsFunc(slices.Concat(q.tables(), q.associations()), func(c Candidate) bool { return c.Name == path }) {
		list = append(list, Candidate{Name: "c", Text: "c", Kind: FieldCandidate, Detail: "columns of the table"})
	}
	return append(list, q.below(path)...)
}

// columnsNamed lists the columns of a table: a model's, or one by which relations join.
func (q *completion) columnsNamed(table string) []Candidate {
	var list []Candidate
	for _, m := range q.models() {
		if m.Table == table {
			list = append(list, byColumn(m, q.columns(m, primaryFirst))...)
		}
		for i := range m.Relations {
			r := &m.Relations[i]
			for _, key := range r.JoinKeys {
				if r.JoinTable == table {
					list = append(list, Candidate{Name: key.Column, Text: key.Column, Kind: FieldCandidate, Detail: "leads to " + key.References.Short()})
				}
			}
		}
	}
	return list
}
