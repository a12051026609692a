package index

import (
	"cmp"
	"slices"

	"github.com/rells-dev/rells/index/relation"
)

// In code a text names a field behind its model, or a column behind its table:
// foreign_keys="Post.author_id", ForeignKey("user.id").

// behindModels are candidates for fields, by names with their models.
func (q *completion) behindModels(list []Candidate) []Candidate {
	if q.owner == nil {
		return nil
	}
	models := []*relation.Model{q.target, q.owner}
	if q.kind() == relation.BelongsTo {
		models = []*relation.Model{q.owner, q.target}
	}
	var out []Candidate
	for _, m := range models {
		for _, c := range list {
			if m == nil {
				continue
			}
			if f, ok := m.FieldBySelector(c.Name); ok && c.Detail == detailOf(m, f) {
				c.Name = m.Ref.Name + "." + c.Name
				c.Text = c.Name
				out = append(out, c)
			}
		}
	}
	return out
}

// tabled yields the models of the cursor's dialect whose tables are known, by table.
func (q *completion) tabled() []*relation.Model {
	list := slices.DeleteFunc(q.models(), func(m *relation.Model) bool { return m.Table == "" })
	slices.SortStableFunc(list, func(a, b *relation.Model) int { return cmp.Compare(a.Table, b.Table) })
	return list
}

// tables lists the tables of models, by name.
func (q *completion) tables() []Candidate {
	var list []Candidate
	for _, m := range q.tabled() {
		list = append(list, Candidate{Name: m.Table, Text: m.Table, Kind: TableCandidate, Detail: "table of " + m.Ref.Name})
	}
	return list
}

// columnPaths lists what a foreign key may lead to: the primary keys of all tables, then
// their other columns.
func (q *completion) columnPaths() []Candidate {
	var first, rest []Candidate
	for _, m := range q.tabled() {
		for i := range m.Fields {
			f := &m.Fields[i]
			if f.Column == "" || f.Ignored {
				continue
			}
			path := m.Table + "." + f.Column
			c := Candidate{Name: path, Text: path, Kind: FieldCandidate, Detail: detailOf(m, f)}
			if f.Primary {
				first = append(first, c)
			} else {
				rest = append(rest, c)
			}
		}
	}
	return slices.Concat(first, rest)
}

// columnsOfTable lists the columns of the table that stands before the cursor.
func (q *completion) columnsOfTable() []Candidate {
	ref := q.Mention.Model
	if ref.IsZero() {
		ref = q.Mention.Field.Model
	}
	n := q.snapshot.Node(ref)
	if n == nil || q.owner == nil {
		return nil
	}
	m := n.Model(q.owner.Dialect)
	return byColumn(m, q.columns(m, primaryFirst))
}

// associations lists the tables that are no model's: those that stand between the sides of
// other relations, and then all that are declared.
func (q *completion) associations() []Candidate {
	if q.owner == nil {
		return nil
	}
	models := map[string]bool{}
	for _, m := range q.tabled() {
		models[m.Table] = true
	}
	var used, declared []Candidate
	for _, m := range q.models() {
		for i := range m.Relations {
			if r := &m.Relations[i]; r.JoinTable != "" && r.ID != q.Mention.Relation {
				used = append(used, Candidate{Name: r.JoinTable, Text: r.JoinTable, Kind: TableCandidate, Detail: "join table of " + r.ID.Short()})
			}
		}
		for i := range m.Mentions {
			if mention := &m.Mentions[i]; mention.Role == relation.TableRole && !models[mention.Table] {
				declared = append(declared, Candidate{Name: mention.Table, Text: mention.Table, Kind: TableCandidate})
			}
		}
	}
	return slices.Concat(used, declared)
}
