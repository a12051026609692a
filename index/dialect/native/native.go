// Package native is rells' own tag, which speaks of relations in the words of no
// ORM:
//
//	rel:"[kind]{,option}"
//
// Alone it declares a relation; beside an ORM's tag it states the pairing and is
// checked against it, which is the index's work: here every tag is read as if it
// stood alone.
//
// The tag is read by lex.go and statement.go, the fields of structs by schema.go;
// read.go and keys.go make relations of them, write.go makes their inverses.
package native

import (
	"slices"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

const defaultKey = "rel"

// Dialect is that of the native tag.
var Dialect = &dialect.Dialect{
	Name:      relation.NativeDialect,
	Native:    true,
	Keys:      []string{defaultKey},
	Options:   options,
	Separator: ",",
	Lex:       lex,
	Evidence:  evidence,
	Schema:    func(s dialect.Scope, t facts.Type) any { return newSchema(s, t) },
	Read:      read,
	Write:     write,
}

// key is the tag's key in a file, which a setting can change.
func key(s dialect.Scope, from *facts.File) string {
	if k := s.Setting(from, dialect.KeySetting); k != "" {
		return k
	}
	return defaultKey
}

// evidence: a tag with a kind or an option of ours makes a model. A tag under our
// key that merely looks like one is a weak sign, so that a misspelt one is seen
// beside an ORM's, and so is one of ours that is still being typed; anything else,
// like rel:"self" on an API payload, is somebody else's.
func evidence(s dialect.Scope, t facts.Type, _ []facts.Use) relation.Evidence {
	best := relation.Evidence{}
	if t.Shape() != facts.Struct {
		return best
	}
	for _, f := range t.Fields() {
		key := key(s, f.File)
		tag, ok := f.Tag(key)
		if !ok {
			if halfTyped(f.Field, key) {
				best = relation.Evidence{Certainty: relation.Probable, Reason: f.Name.Text + " carries the beginning of " + key}
			}
			continue
		}
		items := lex(tag.Value)
		if ours(items) {
			return relation.Evidence{Certainty: relation.Certain, Reason: f.Name.Text + " states a relation with " + key}
		}
		if resembles(items) {
			best = relation.Evidence{Certainty: relation.Probable, Reason: f.Name.Text + " carries a tag that looks like " + key}
		}
	}
	return best
}

// halfTyped reports whether the field has a tag of ours that reflection does not
// find yet.
func halfTyped(f *facts.Field, key string) bool {
	return slices.ContainsFunc(f.Tags, func(t facts.Tag) bool {
		return t.Key.Text == key && t.Defect != facts.TagOK && ours(lex(t.Value))
	})
}
