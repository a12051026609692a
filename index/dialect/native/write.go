package native

import (
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// write gives the inverse of a relation that the native tag alone declares.
func write(s dialect.Scope, side dialect.Side) *dialect.Addition {
	owner, ok := s.Schema(side.Owner).(*schema)
	target, ok2 := s.Schema(side.Target).(*schema)
	r := side.Relation
	if !ok || !ok2 || r.Foreign || owner.open || target.open {
		return nil
	}
	kind := inverseKind(r.Kind)
	many := kind == relation.HasMany || kind == relation.ManyToMany
	byKey := ""
	if kind == relation.BelongsTo && len(r.Keys) == 1 {
		byKey = strings.TrimSuffix(r.Keys[0].ForeignKey.Name(), "ID")
	}
	names := dialect.InverseNames(side, many, owner.leadsOnce(side.Target), byKey)
	name := dialect.FreeName(func(n string) bool { return target.lookUp(n) != nil }, names...)
	if name == "" {
		return nil
	}
	add := &dialect.Addition{}
	if len(r.Keys) == 0 && kind != relation.ManyToMany && !addKey(add, side, name, owner, target) {
		return nil
	}
	add.Fields = append(add.Fields, dialect.NewField{
		Name: name,
		Type: dialect.TypeSpec{Ref: side.Owner.Ref(), Slice: many, Pointer: !many},
		Tags: []dialect.TagSpec{{Key: relation.NativeDialect, Value: inverseTag(r, kind, name)}},
	})
	if r.Stated == nil || r.Stated.BackPopulates == nil || r.Stated.BackPopulates.Text != name {
		add.Back = backPopulates + ":" + name
	}
	return add
}

func inverseKind(k relation.Kind) relation.Kind {
	switch k {
	case relation.BelongsTo:
		return relation.HasMany
	case relation.ManyToMany:
		return relation.ManyToMany
	}
	return relation.BelongsTo
}

// inverseTag says no more than the reader would not find by itself.
func inverseTag(r *relation.Relation, kind relation.Kind, name string) string {
	parts := []string{kind.String(), backPopulates + ":" + r.ID.Field}
	if kind == relation.BelongsTo {
		var foreign, primary []string
		for _, k := range r.Keys {
			foreign = append(foreign, k.ForeignKey.Field)
			primary = append(primary, k.References.Field)
		}
		if k := strings.Join(foreign, "+"); k != "" && k != name+"ID" && k != name+"Id" {
			parts = append(parts, foreignKey+":"+k)
		}
		if k := strings.Join(primary, "+"); k != "" && k != "ID" && k != "Id" {
			parts = append(parts, references+":"+k)
		}
	}
	if kind == relation.ManyToMany && r.Stated != nil && r.Stated.Through != nil {
		parts = append(parts, through+":"+r.Stated.Through.Text)
	}
	return strings.Join(parts, ",")
}

// addKey adds the foreign key that the relation lacks, to the side that belongs to
// the other.
func addKey(add *dialect.Addition, side dialect.Side, inverse string, owner, target *schema) bool {
	holder, primary, name := target, owner.primary(), inverse+"ID"
	if side.Relation.Kind == relation.BelongsTo {
		holder, primary, name = owner, target.primary(), side.Relation.ID.Name()+"ID"
	}
	if primary == nil || holder.lookUp(name) != nil {
		return false
	}
	spec, ok := dialect.SpecOf(primary.Type)
	if !ok {
		return false
	}
	spec.Pointer = owner.typ.Ref() == target.typ.Ref() // the first row refers to none
	field := dialect.NewField{Name: name, Type: spec}
	add.Key(side.Relation, field)
	return true
}

// leadsOnce reports whether no more than one field leads to the type.
func (sch *schema) leadsOnce(t facts.Type) bool {
	n := 0
	for _, f := range sch.fields {
		if f.target != nil && f.target.Ref() == t.Ref() {
			n++
		}
	}
	return n <= 1
}
