package pop

import (
	"reflect"
	"strconv"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/relation"
)

// align gives the tags with which an existing relation of the target, whose tags are the
// given ones, becomes the inverse of the side's relation. Tags that say nothing about
// columns and join tables stay as they are.
func align(s dialect.Scope, side dialect.Side, inverse *relation.Relation, tag string) (string, bool) {
	w := newWriter(s, side)
	if w == nil {
		return "", false
	}
	wanted := dialect.Inverted(side.Relation, false)
	wanted.Kind = inverse.Kind
	if wanted.Kind == relation.NoKind || wanted.Kind != relation.ManyToMany && !w.keyed(&wanted) {
		return "", false
	}
	tags := w.retagged(inverse.ID.Name(), reflect.StructTag(tag), wanted)
	if aligned := written(tags); aligned != tag && w.reads(inverse.ID.Name(), tags, wanted) {
		return aligned, true
	}
	return "", false
}

// retagged are the tags of a field as they have to be for what is wanted. None is taken
// away: what would be right without a tag is said by it.
func (w *writer) retagged(name string, old reflect.StructTag, wanted relation.Relation) []dialect.TagSpec {
	explicit := map[string]string{}
	switch wanted.Kind {
	case relation.BelongsTo:
		explicit[foreignKey] = wanted.Keys[0].ForeignKey.Name()
	case relation.ManyToMany:
		explicit[manyToManyKey] = wanted.JoinTable
		explicit[primaryKey], explicit[foreignKey] = wanted.JoinKeys[0].Column, wanted.JoinKeys[1].Column
	default:
		if f := w.fieldOf(wanted.Keys[0].ForeignKey); f != nil {
			explicit[foreignKey] = columnName(f.column)
		}
	}
	needed := map[string]bool{manyToManyKey: wanted.Kind == relation.ManyToMany}
	for _, tag := range w.tags(name, wanted) {
		needed[tag.Key] = needed[tag.Key] || tag.Key == foreignKey || tag.Key == primaryKey
	}
	var tags []dialect.TagSpec
	for _, key := range keys {
		value, there := old.Lookup(key)
		if said, ok := explicit[key]; ok && (there || needed[key]) {
			value, there = said, true
		}
		if there {
			tags = append(tags, dialect.TagSpec{Key: key, Value: value})
		}
	}
	return tags
}

// written are tags as they stand in a field's.
func written(tags []dialect.TagSpec) string {
	pairs := make([]string, len(tags))
	for i, t := range tags {
		pairs[i] = t.Key + ":" + strconv.Quote(t.Value)
	}
	return strings.Join(pairs, " ")
}
