package index

import (
	"slices"
	"strings"
	"unicode"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// joinTables lists the join tables that the field may share: those between its
// two models, then the name that one would give it, then every other known one.
func (q *completion) joinTables() []Candidate {
	if q.owner == nil {
		return nil
	}
	var near, far []Candidate
	for n := range q.snapshot.Nodes() {
		for r := range n.relations {
			if r.JoinTable == "" || r.Place.File == q.Path && r.Place.Span == q.Cursor.Field.Name.Span {
				continue
			}
			c := Candidate{
				Name: r.JoinTable, Text: r.JoinTable, Kind: TableCandidate,
				Detail: "join table of " + r.ID.Short(),
			}
			if q.field != nil && r.ID.Model == q.field.Target && r.Target == q.owner.Ref {
				near = append(near, c)
			} else {
				far = append(far, c)
			}
		}
	}
	if q.target != nil && q.target.Table != "" {
		name := words(q.owner.Ref.Name) + "_" + q.target.Table
		near = append(near, Candidate{Name: name, Text: name, Kind: TableCandidate, Detail: "new join table"})
	}
	return slices.Concat(near, far)
}

// words is a type's name in lower case, its words parted by underscores.
func words(name string) string {
	var b strings.Builder
	runes := []rune(name)
	for i, r := range runes {
		if i > 0 && unicode.IsUpper(r) && (!unicode.IsUpper(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1])) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// joinModels lists the models that lead to both sides, and so can stand between
// them.
func (q *completion) joinModels() []Candidate {
	if q.owner == nil || q.field == nil {
		return nil
	}
	var list []Candidate
	for _, n := range q.snapshot.NodesLeadingTo(q.owner.Ref) {
		if n.Ref == q.owner.Ref || n.Ref == q.field.Target || !n.belongsTo(q.owner.Ref) || !n.belongsTo(q.field.Target) {
			continue
		}
		name := n.Ref.Name
		if q.Item.Option.Located {
			name = n.Ref.String()
		}
		list = append(list, Candidate{
			Name: name, Text: name, Kind: ModelCandidate,
			Detail: "belongs to " + q.owner.Ref.Name + " and " + q.field.Target.Name,
		})
	}
	return list
}

// belongsTo reports whether the node holds a key to the target.
func (n *Node) belongsTo(target facts.Ref) bool {
	for r := range n.relations {
		if r.Kind == relation.BelongsTo && r.Target == target {
			return true
		}
	}
	return false
}

// joinColumns lists the columns of the join table that may point to a side: the
// fields of the join model, if there is one, and the names that one would give
// them.
func (q *completion) joinColumns(side *relation.Model) []Candidate {
	var list []Candidate
	if join := q.snapshot.joinModelOf(q.relation); join != nil {
		list = q.columns(join, func(f *relation.Field) int {
			if side != nil && strings.HasPrefix(f.Selector, side.Ref.Name) {
				return 0
			}
			return 1
		})
	}
	byColumns := q.Item != nil && q.Item.Option != nil && q.Item.Option.Columns
	if byColumns {
		list = byColumn(q.snapshot.joinModelOf(q.relation), list)
	}
	if side == nil {
		return list
	}
	for i := range side.Fields {
		if f := &side.Fields[i]; f.Primary {
			name := side.Ref.Name + f.Selector
			if byColumns {
				name = words(side.Ref.Name) + "_" + f.Column
			}
			list = append(list, Candidate{
				Name: name, Text: name, Kind: FieldCandidate, Detail: "key of " + side.Ref.Name,
			})
		}
	}
	return list
}

// joinModelOf is the model behind the join table of a relation, nil for none.
func (s *Snapshot) joinModelOf(r *relation.Relation) *relation.Model {
	if r == nil || r.JoinModel.IsZero() {
		return nil
	}
	return s.Node(r.JoinModel).Model(r.Dialect)
}

// joinModelTables lists the tables of models that may stand between the sides: those
// that belong to both first.
func (q *completion) joinModelTables() []Candidate {
	if q.owner == nil || q.field == nil {
		return nil
	}
	var near, far []Candidate
	for n := range q.snapshot.Nodes() {
		m := n.Model(q.Dialect.Name)
		if m == nil || m.Dialect != q.Dialect.Name || m.Table == "" || n.Ref == q.owner.Ref || n.Ref == q.field.Target {
			continue
		}
		c := Candidate{Name: m.Table, Text: m.Table, Kind: TableCandidate, Detail: "table of " + n.Ref.Name}
		if n.belongsTo(q.owner.Ref) && n.belongsTo(q.field.Target) {
			near = append(near, c)
		} else {
			far = append(far, c)
		}
	}
	return slices.Concat(near, far)
}

// targetTable is the table of the model that the field leads to.
func (q *completion) targetTable() []Candidate {
	if q.target == nil || q.target.Table == "" {
		return nil
	}
	return []Candidate{{Name: q.target.Table, Text: q.target.Table, Kind: TableCandidate, Detail: "table of " + q.target.Ref.Name}}
}

// joinFields lists the fields of the join model that lead to a side.
func (q *completion) joinFields(side *relation.Model) []Candidate {
	join := q.joinModel()
	if join == nil || side == nil {
		return nil
	}
	var list []Candidate
	for i := range join.Fields {
		if f := &join.Fields[i]; f.Target == side.Ref {
			list = append(list, Candidate{
				Name: f.Selector, Text: f.Selector, Kind: RelationCandidate, Detail: join.Ref.Name + "." + f.Selector + " " + f.Type,
			})
		}
	}
	return list
}

// joinModelColumns lists the columns of the join model, those first that are called
// after a side.
func (q *completion) joinModelColumns(side *relation.Model) []Candidate {
	join := q.joinModel()
	if join == nil || side == nil {
		return nil
	}
	return byColumn(join, q.columns(join, func(f *relation.Field) int {
		if strings.HasPrefix(f.Selector, side.Ref.Name) {
			return 0
		}
		return 1
	}))
}

// joinModel is the model whose table the tag names, nil where it names none.
func (q *completion) joinModel() *relation.Model {
	item := q.item(relation.JoinModelTableRole)
	if item == nil || item.Value.Text == "" {
		return nil
	}
	for n := range q.snapshot.Nodes() {
		if m := n.Model(q.Dialect.Name); m != nil && m.Dialect == q.Dialect.Name && m.Table == item.Value.Text {
			return m
		}
	}
	return nil
}
