package gorm

import (
	"go/token"
	"slices"

	"github.com/jinzhu/inflection"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// joinField is one field of the struct that GORM makes for a join table: a column
// that points to a field of the model, to one of the target, or to both.
type joinField struct {
	name        string
	key         *field // from whose declaration the column is made
	own, target *field
	copied      *field // of the join struct
}

// setupJoinTable is the function that puts a model of its own, with a table of its
// own, in place of a join table.
const setupJoinTable = "SetupJoinTable"

// manyToMany resolves a relation over a join table (schema/relationship.go,
// buildMany2ManyRelation).
func (r *reader) manyToMany(d *declaration, table string) {
	d.Relation.Kind = relation.ManyToMany
	d.Relation.JoinTable = r.sch.naming.joinTable(table)
	d.Relation.Reason = whyJoined(d.field.settings, d.Relation.JoinTable)
	d.Relation.JoinOpen = r.scope.Called(d.field.file, setupJoinTable)
	own, ok := r.joinedFields(d, r.sch, "FOREIGNKEY")
	if !ok {
		return
	}
	target, ok := r.joinedFields(d, d.target, "REFERENCES")
	if !ok {
		return
	}
	fields, broken := r.joinFields(d, own, target)
	if broken == "" {
		broken = r.joinRelations(d, fields)
	}
	if broken != "" {
		d.Add(r.joinModelBroken(d, broken))
		return
	}
	var theirs []relation.JoinKey
	for _, j := range fields {
		if !j.key.visible() {
			continue // the column takes over the key's tag, "-" included
		}
		column := r.sch.naming.column(j.name)
		if j.key.isRelation() {
			column = "" // nor is it a column in the join table
		}
		if j.own != nil {
			d.Relation.JoinKeys = append(d.Relation.JoinKeys, relation.JoinKey{Column: column, References: r.id(j.own)})
		}
		if j.target != nil {
			theirs = append(theirs, relation.JoinKey{Column: column, References: d.idOnTarget(j.target)})
		}
	}
	d.Relation.OwnJoinKeys = len(d.Relation.JoinKeys)
	d.Relation.JoinKeys = append(d.Relation.JoinKeys, theirs...)
}

// joinedFields are the fields of one side that the join table points to: those
// that the option names, else the primary key.
func (r *reader) joinedFields(d *declaration, side *schema, option string) ([]*field, bool) {
	names := d.field.settings.names(option)
	if len(names) == 0 {
		d.Unsure = d.Unsure || side.keysUnsure()
		return side.primary, true
	}
	var fields []*field
	for i, name := range names {
		f := r.release.lookUp(side, name)
		if f == nil {
			d.Unsure = d.Unsure || side.open
			d.Add(r.joinedFieldUnknown(d, side, option, i, name))
			return nil, false
		}
		fields = append(fields, f)
	}
	d.checkSpelling(option, names, fields)
	return fields, true
}

// joinFields are the fields of the join struct: the model's, then those of the
// target that are not there yet. Broken says why Go refuses such a struct, "" where
// it does not.
func (r *reader) joinFields(d *declaration, own, target []*field) (fields []*joinField, broken string) {
	byName := map[string]*joinField{}
	add := func(name string, key *field) *joinField {
		j := &joinField{name: name, key: key}
		byName[name] = j
		fields = append(fields, j)
		if !token.IsIdentifier(name) || !token.IsExported(name) {
			broken = "the join table cannot have a field " + quote(name)
		}
		return j
	}
	columns := d.field.settings.names("JOINFOREIGNKEY")
	for i, key := range own {
		name := title(r.sch.name) + key.name
		if i < len(columns) {
			name = title(columns[i])
		}
		if byName[name] != nil {
			broken = "two fields of the join table are called " + name
		}
		add(name, key).own = key
	}
	columns = d.field.settings.names("JOINREFERENCES")
	for i, key := range target {
		name := r.targetJoinName(d, key, byName)
		if i < len(columns) {
			name = title(columns[i])
		}
		j := byName[name]
		if j == nil {
			j = add(name, key)
		}
		j.target = key
	}
	if own := title(r.sch.name) + d.field.name; byName[own] != nil {
		broken = "two fields of the join table are called " + own
	}
	return fields, broken
}

// targetJoinName is the name by which the join table points to a field of the
// target. Where the model's own columns have it already, the relation's name tells
// the sides apart.
func (r *reader) targetJoinName(d *declaration, key *field, taken map[string]*joinField) string {
	name := title(d.target.name) + key.name
	if j := taken[name]; j == nil || j.own == nil {
		return name
	}
	if d.field.name != d.target.name {
		return inflection.Singular(d.field.name) + key.name
	}
	return name + "Reference"
}

// joinRelations parses the join struct as far as that can fail: a key that is a
// relation itself becomes a relation of the join struct, and has to find its own
// keys there. It says which one does not, "" for none.
func (r *reader) joinRelations(d *declaration, fields []*joinField) string {
	join := newEmptySchema(r.sch.typ, r.sch.naming)
	for _, j := range fields {
		set := slices.DeleteFunc(slices.Clone(j.key.settings), func(s setting) bool { return s.name == "COLUMN" })
		set = set.with(flag("PRIMARYKEY"))
		j.copied = newColumn(j.name, set, j.key.dataType)
		j.copied.primary = true
		join.add(j.copied)
	}
	join.choosePrimary()
	for _, j := range fields {
		if !j.key.isRelation() {
			continue
		}
		elem, _ := dialect.Element(j.key.typ)
		if elem == nil || elem.Shape() != facts.Struct {
			continue // the model's own declaration of it is a mistake already
		}
		target, ok := r.targetSchema(elem)
		if !ok {
			d.Unsure = true
			continue
		}
		inner := &declaration{field: j.copied, shape: j.key.typ.Shape(), target: target}
		(&reader{scope: r.scope, sch: join, model: &relation.Model{}, release: r.release}).resolve(inner)
		d.Unsure = d.Unsure || inner.Unsure
		if len(inner.Mistakes) > 0 {
			return "the key " + j.key.name + " is itself a relation, which has no keys in the join table"
		}
	}
	return ""
}
