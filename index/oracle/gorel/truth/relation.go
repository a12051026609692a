package truth

import (
	"reflect"
	"slices"
	_ "unsafe" // for go:linkname

	"github.com/go-rel/rel"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// What go-rel exports tells of a model only once all of it is legal. These are the
// functions behind that.

//go:linkname documentMeta github.com/go-rel/rel.getDocumentMeta
func documentMeta(rt reflect.Type, skipAssoc bool) rel.DocumentMeta

//go:linkname associationMeta github.com/go-rel/rel.getAssociationMeta
func associationMeta(rt reflect.Type, index []int) rel.AssociationMeta

//go:linkname primaryFields github.com/go-rel/rel.searchPrimary
func primaryFields(rt reflect.Type) ([]string, [][]int)

// relation tells a relation in the words of rells' output; false for one that goes through
// what cannot be asked for.
func (m *model) relation(index []int, f reflect.StructField, a rel.AssociationMeta) (out Relation, ok bool) {
	target := behind(f.Type)
	out = Relation{ID: ask.FieldID(m.typ, index), Target: ask.TypeID(target)}
	own := ask.FieldID(m.typ, documentMeta(m.typ, true).Index()[a.ReferenceField()])
	theirs := ask.FieldID(target, documentMeta(target, true).Index()[a.ForeignField()])
	switch a.Type() {
	case rel.BelongsTo:
		out.Kind, out.Keys = "belongs-to", []string{own + " = " + theirs}
	case rel.HasOne:
		out.Kind, out.Keys = "has-one", []string{theirs + " = " + own}
	case rel.HasMany:
		out.Kind, out.Keys = "has-many", []string{theirs + " = " + own}
	}
	m.checkHeeded(out.ID, f, a)
	return out, a.Through() == "" || m.through(&out, index, a.Through())
}

// through tells what a relation goes through, if that is a relation to what holds the
// keys of both sides; false where that cannot be asked for. That go-rel itself does not
// follow it, nobody can ask.
func (m *model) through(out *Relation, own []int, name string) bool {
	meta := documentMeta(m.typ, true)
	index, ok := meta.Index()[name]
	if !ok || slices.Equal(index, own) || !isRelation(m.typ.FieldByIndex(index)) {
		m.told.Unknown = append(m.told.Unknown, out.ID)
		return true
	}
	way := m.typ.FieldByIndex(index)
	if panics(func() { documentMeta(behind(way.Type), true) }) != "" {
		return false
	}
	var join rel.AssociationMeta
	if way.Tag.Get("through") != "" || panics(func() { join = associationMeta(m.typ, index) }) != "" || join.Type() == rel.BelongsTo {
		return true
	}
	out.Kind = "many-to-many"
	out.JoinTable = documentMeta(behind(way.Type), true).Table()
	out.OwnKey = join.ForeignField() + " = " + ask.FieldID(m.typ, meta.Index()[join.ReferenceField()])
	out.Keys, out.Unfollowed = nil, true
	return true
}

// checkHeeded notes a relation that says ref without fk, or fk without ref, and goes by
// another column.
func (m *model) checkHeeded(id string, f reflect.StructField, a rel.AssociationMeta) {
	ref, fk := f.Tag.Get("ref"), f.Tag.Get("fk")
	if ref != "" && fk == "" && ref != a.ReferenceField() || fk != "" && ref == "" && fk != a.ForeignField() {
		m.told.Idle = append(m.told.Idle, id)
	}
}
