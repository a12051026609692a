package pop

import (
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/relation"
)

// has resolves has_one and has_many (hasOneAssociationBuilder, hasManyAssociationBuilder).
func (r *reader) has(a *association) {
	id, ok := r.identified(a)
	if !ok || !r.fillable(a) || !r.holds(a) {
		return
	}
	column, ok := r.ownerColumn(a)
	if !ok {
		return
	}
	a.Relation.Kind = relation.HasMany
	if a.kind == hasOneKey {
		a.Relation.Kind = relation.HasOne
	}
	a.Relation.Keys = []relation.Key{{ForeignKey: a.target.columnID(column), References: r.sch.id(id)}}
	a.Relation.Reason = r.whyColumn(a, column)
	if a.target.byColumn(column) == nil && !a.target.open {
		a.Remark(r.keyUnseen(a, column))
	} else {
		r.creatable(a)
	}
	r.checkTable(a)
}

// holds reports whether the field can hold what is loaded, and what every creation of the
// model looks into, be it empty (AfterProcess).
func (r *reader) holds(a *association) bool {
	s := a.shape
	switch {
	case !s.model && a.kind == hasOneKey && s.pointer:
		a.Add(r.loadsNothing(a))
	case !s.model:
		a.Add(r.notModel(a))
	case a.kind == hasManyKey && (!s.many || s.array):
		a.Add(r.wantsSlice(a))
	case a.kind == hasOneKey && s.many && !s.pointer:
		a.Add(r.wantsStruct(a))
	case a.kind == hasOneKey && !s.many && !s.pointer && a.target.byName("ID") == nil:
		a.Unsure = a.target.open
		a.Add(r.noID(a, a.target))
	default:
		return true
	}
	return false
}

// ownerColumn is the column of the target that points to the model; false where the
// model has no name of which one could be made.
func (r *reader) ownerColumn(a *association) (string, bool) {
	if named := a.named(foreignKey); named != nil {
		return named.Text, true
	}
	return r.conventional(a, r.sch)
}

// conventional is the column that is called after a model.
func (r *reader) conventional(a *association, sch *schema) (string, bool) {
	if sch.typeName == "" || strings.Contains(sch.typeName, "[") {
		a.Unsure = true
		return "", false
	}
	return underscore(sch.typeName) + "_id", true
}

// checkTable compares the table that the tag names with the target's: pop keeps rows in
// the target's, and attaches them to a new owner in the one that is named.
func (r *reader) checkTable(a *association) {
	table := a.value.Text
	if a.kind == hasOneKey {
		table = plural(table)
	}
	if own := a.target.table; own != "" && !a.target.pointerTable && !sameTable(table, own) {
		a.Remark(r.tableUnlike(a, table))
	}
}

// sameTable compares two tables, of which one may name a schema.
func sameTable(a, b string) bool {
	if !strings.Contains(a, ".") || !strings.Contains(b, ".") {
		a, b = a[strings.LastIndexByte(a, '.')+1:], b[strings.LastIndexByte(b, '.')+1:]
	}
	return strings.EqualFold(strings.Trim(a, "\"`"), strings.Trim(b, "\"`"))
}

// creatable looks for what pop needs besides where the code creates the model: elements
// with an ID that are no pointers (AfterProcess), and, to create these together with the model
// (AfterSetup), the Go field that holds the owner's ID, whatever fk_id says.
func (r *reader) creatable(a *association) {
	if a.target.open || r.sch.typeName == "" || !r.created() {
		return
	}
	f := a.target.byName(r.sch.typeName + "ID")
	switch {
	case a.kind == hasManyKey && (a.shape.inner || a.shape.pointer):
		a.Remark(r.pointersUncreatable(a))
	case a.target.byName("ID") == nil:
		a.Remark(r.targetUnidentified(a))
	case (f == nil || !f.decl.Exported) && r.scope.Called(a.field.file, eager):
		a.Remark(r.ownerFieldMissing(a))
	}
}

// created reports whether some call hands the model to pop to be created.
func (r *reader) created() bool {
	return dialect.Called(r.scope.Uses(r.sch.typ), creatingCalls) != ""
}
