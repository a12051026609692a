package truth

import (
	"slices"
	"strings"

	"github.com/beego/beego/v2/client/orm/internal/models"
)

// describe writes down what the models have come to.
func (a *asking) describe() {
	for _, h := range a.world.Handed {
		id := a.world.Path + "." + h.Name
		model := Model{ID: id}
		if fault, ok := a.refused[id]; ok {
			model.Refused = &fault
		} else if mi, ok := a.cache.GetByFullName(id); ok {
			model.Table = mi.Table
			a.relations(&model, mi)
		}
		a.answer.Models = append(a.answer.Models, model)
	}
}

func (a *asking) relations(model *Model, mi *models.ModelInfo) {
	bound := map[*models.FieldInfo]bool{}
	for _, fi := range a.all() {
		if fi.Mi != mi || !fi.Rel && !fi.Reverse {
			continue
		}
		if a.between[pair(fi)] { // it may be bound otherwise than with what was taken out
			fault := Fault{Fields: []string{fieldID(fi)}, Text: "beside a field that was taken out", Spread: true}
			a.answer.Faults = append(a.answer.Faults, fault)
			continue
		}
		r := Relation{ID: fieldID(fi), Target: fi.RelModelInfo.FullName}
		switch {
		case fi.Reverse && fi.ReverseFieldInfoM2M == nil:
			other := fi.ReverseFieldInfo
			a.boundTwice(bound, fi, other)
			if !reversed(&r, fi, other) {
				continue
			}
		case fi.Reverse:
			a.boundTwice(bound, fi, fi.ReverseFieldInfoM2M)
			if fi.ReverseFieldInfo == nil || fi.ReverseFieldInfoTwo == nil || keyless(fi) {
				continue
			}
			r.Inverse = fieldID(fi.ReverseFieldInfoM2M)
			joined(&r, fi, fi.ReverseFieldInfo.Column, fi.ReverseFieldInfoTwo.Column)
		case fi.FieldType == models.RelManyToMany:
			if !a.manyToMany(&r, fi) {
				continue
			}
		case fi.RelModelInfo.Fields.Pk == nil:
			a.keyless(fi)
			continue
		default:
			r.Kind, r.Key, r.References = "belongs-to", mi.FullName+"."+fi.Column, keyID(fi.RelModelInfo)
			if other := fi.ReverseFieldInfo; other != nil && other.InModel {
				r.Inverse = fieldID(other)
			}
		}
		model.Relations = append(model.Relations, r)
	}
}

// reversed describes a field that is bound to a foreign key on the other side.
func reversed(r *Relation, fi, other *models.FieldInfo) bool {
	if fi.Mi.Fields.Pk == nil {
		return false // the other side is at fault
	}
	r.Kind, r.Inverse = "has-many", fieldID(other)
	if fi.FieldType == models.RelReverseOne {
		r.Kind = "has-one"
	}
	r.Key, r.References = other.Mi.FullName+"."+other.Column, keyID(fi.Mi)
	return true
}

// manyToMany describes a rel(m2m), false where it is at fault.
func (a *asking) manyToMany(r *Relation, fi *models.FieldInfo) bool {
	own, target := fi.ReverseFieldInfo, fi.ReverseFieldInfoTwo
	switch {
	case own == nil:
		a.note("the model between the sides does not lead to the model itself", fi)
		return false
	case keyless(fi):
		a.keyless(fi)
		return false
	case own == target:
		a.note("one column for both sides", fi)
	}
	if other := fi.ReverseFieldInfoM2M; other != nil && other.InModel {
		r.Inverse = fieldID(other)
	}
	joined(r, fi, own.Column, target.Column)
	return true
}

func joined(r *Relation, fi *models.FieldInfo, own, target string) {
	r.Kind, r.JoinTable = "many-to-many", fi.RelThroughModelInfo.Table
	r.OwnKey, r.TargetKey = own+" = "+keyID(fi.Mi), target+" = "+keyID(fi.RelModelInfo)
}

// keyless reports whether a side of a many-to-many has no primary key.
func keyless(fi *models.FieldInfo) bool {
	return fi.Mi.Fields.Pk == nil || fi.RelModelInfo.Fields.Pk == nil
}

func (a *asking) keyless(fi *models.FieldInfo) { a.note("no primary key", fi) }

// boundTwice notes a reverse field whose other side has one already.
func (a *asking) boundTwice(bound map[*models.FieldInfo]bool, fi, other *models.FieldInfo) {
	if bound[other] {
		a.note("bound twice", fi)
	}
	bound[other] = true
}

func (a *asking) note(text string, fi *models.FieldInfo) {
	a.answer.Faults = append(a.answer.Faults, Fault{Fields: []string{fieldID(fi)}, Text: text})
}

// keyID is the primary key of a model: a field or, where that is a relation, its column.
func keyID(mi *models.ModelInfo) string {
	if mi.Fields.Pk.Rel {
		return mi.FullName + "." + mi.Fields.Pk.Column
	}
	return fieldID(mi.Fields.Pk)
}

// fieldID is the model and the field's own name: Beego takes no two of one name, so
// those of embedded structs are promoted.
func fieldID(fi *models.FieldInfo) string {
	return fi.Mi.FullName + "." + fi.FullName[strings.LastIndexByte(fi.FullName, '.')+1:]
}

func ids(fields []*models.FieldInfo) []string {
	var list []string
	for _, fi := range fields {
		list = append(list, fieldID(fi))
	}
	return slices.Compact(list)
}
