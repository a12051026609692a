package pop

import (
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// manyToMany resolves a many_to_many (many_to_many_association.go): both columns of the
// join table go by the names of the models where no tag names them.
func (r *reader) manyToMany(a *association) {
	id, ok := r.identified(a)
	if !ok || !r.fillable(a) {
		return
	}
	switch s := a.shape; {
	case !s.model:
		a.Add(r.notModel(a))
		return
	case !s.many || s.pointer || s.array:
		a.Add(r.wantsSlice(a))
		return
	}
	table, own := joinTable(a.value)
	if named := a.named(primaryKey); named != nil {
		own = *named
	} else if own.Text == "" {
		own.Text, ok = r.conventional(a, r.sch)
	}
	theirs := a.named(foreignKey)
	if theirs == nil && ok {
		column := ""
		column, ok = r.conventional(a, a.target)
		theirs = &facts.Slot{Text: column}
	}
	if !ok {
		return
	}
	a.Relation.Kind, a.Relation.JoinTable = relation.ManyToMany, table.Text
	a.Relation.JoinKeys = []relation.JoinKey{
		{Column: own.Text, References: r.sch.id(id)},
		{Column: theirs.Text, References: a.target.columnID("id")},
	}
	a.Relation.OwnJoinKeys = 1
	a.Relation.Reason = "many_to_many names the join table; its columns are " + own.Text + " and " + theirs.Text
	if model := dialect.Chosen(r.scope.Tabled(table.Text), r.sch.typ); model != nil {
		a.Relation.JoinModel, a.Relation.JoinByTable = model.Ref(), true
	}
}

// joinTable splits the value of many_to_many: behind a colon EagerPreload, and nothing
// else, looks for the column that points to the model.
func joinTable(value facts.Slot) (table, own facts.Slot) {
	if at := strings.IndexByte(value.Text, ':'); at >= 0 {
		return value.Sub(0, at), value.Sub(at+1, len(value.Text))
	}
	return value, facts.Slot{}
}
