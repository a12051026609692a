package gorm

import (
	"strings"

	"github.com/rells-dev/rells/index/relation"
)

// isPolymorphic reports whether the tag makes a polymorphic relation: type and ID
// alone do so only together (hasPolymorphicRelation).
func (r release) isPolymorphic(s settings) bool {
	if r.onlyPolymorphic {
		return s.of("POLYMORPHIC").value != ""
	}
	return s.has("POLYMORPHIC") || s.has("POLYMORPHICTYPE") && s.has("POLYMORPHICID")
}

// polymorphicNames are the names of the target's type and ID fields. They are Go
// names: columns do not count here.
func (r release) polymorphicNames(s settings) (typeName, idName string) {
	prefix := s.of("POLYMORPHIC").value
	typeName, idName = prefix+"Type", prefix+"ID"
	if r.onlyPolymorphic {
		return typeName, idName
	}
	if t, ok := s.find("POLYMORPHICTYPE"); ok {
		typeName = strings.TrimSpace(t.value)
	}
	if id, ok := s.find("POLYMORPHICID"); ok {
		idName = strings.TrimSpace(id.value)
	}
	return typeName, idName
}

// polymorphic resolves a relation whose target says in two fields whose it is
// (schema/relationship.go, buildPolymorphicRelation).
func (r *reader) polymorphic(d *declaration) {
	f := d.field
	typeName, idName := r.release.polymorphicNames(f.settings)
	typeField, idField := d.target.byName.of(typeName), d.target.byName.of(idName)
	if typeField == nil || idField == nil {
		d.Unsure = d.target.open
		for _, m := range r.polymorphicMissing(d, typeName, typeField, idName, idField) {
			d.Add(m)
		}
		return
	}
	key := r.sch.mainKey
	foreignKeys := f.settings.names("FOREIGNKEY")
	switch {
	case len(foreignKeys) > 1:
		d.Add(r.polymorphicKeyCount(d, foreignKeys))
		return
	case len(foreignKeys) == 1:
		if key = r.release.lookUp(r.sch, foreignKeys[0]); key == nil {
			d.Unsure = r.sch.open
			d.Add(r.polymorphicKeyUnknown(d, foreignKeys[0]))
			return
		}
	case key == nil || r.sch.keysUnsure():
		d.Unsure = r.sch.keysUnsure()
		d.Add(r.polymorphicNoKey(d))
		return
	}
	value := r.sch.table
	if v, ok := f.settings.find("POLYMORPHICVALUE"); ok {
		value = strings.TrimSpace(v.value)
	}
	d.Relation.Kind = d.hasKind()
	d.Relation.Polymorphic = &relation.Polymorphic{
		Type: d.idOnTarget(typeField), ID: d.idOnTarget(idField), Value: value,
	}
	d.Relation.Reason = whyPolymorphic(d.Relation.Polymorphic)
	d.addKey(d.idOnTarget(idField), r.id(key))
}
