package dialect

import (
	"fmt"
	"go/token"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/jinzhu/inflection"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// InverseNames are names for the inverse of a relation, the most natural first:
// the one that the relation's own tag states, then what the model and the field
// are called. alone says that the model has no other relation to the target, byKey is
// what the foreign key suggests, "" for nothing.
func InverseNames(s Side, many, alone bool, byKey string) []string {
	r := s.Relation
	field := r.ID.Name()
	owner, target := exported(TypeName(s.Owner)), TypeName(s.Target)
	var names []string
	if r.Stated != nil && r.Stated.BackPopulates != nil {
		names = append(names, r.Stated.BackPopulates.Text)
	}
	if many {
		owner = plural(owner)
	}
	switch {
	case r.Target == r.ID.Model && r.Kind == relation.ManyToMany:
		names = append(names, singular(field)+"Of")
	case r.Target == r.ID.Model && field == "Parent" && many:
		names = append(names, "Children")
	case r.Target == r.ID.Model && field == "Children" && !many:
		names = append(names, "Parent")
	case !alone && field != target && singular(field) != target:
		return append(names, byKey, singular(field)+owner, owner)
	}
	return append(names, byKey, owner, singular(field)+owner)
}

// InverseName is the first of the InverseNames that can name a field, and that neither is
// taken nor hides what the target declares or its embedded structs promote; "" for none.
func InverseName(s Side, many, alone bool, byKey string, taken func(string) bool) string {
	declares := Declares(s.Target)
	return FreeName(func(n string) bool { return taken(n) || declares(n) }, InverseNames(s, many, alone, byKey)...)
}

// NameByKey is what the foreign key of a belongs-to suggests as its name, which ends as
// the key that it points to: Author for AuthorID. It is "" where nothing is suggested.
func NameByKey(r relation.Relation) string {
	if r.Kind != relation.BelongsTo || len(r.Keys) != 1 {
		return ""
	}
	name, ok := strings.CutSuffix(r.Keys[0].ForeignKey.Name(), r.Keys[0].References.Name())
	if !ok {
		return ""
	}
	return name
}

// plural is the name of many of what one is called.
func plural(name string) string {
	switch one := inflection.Singular(name); {
	case !ordinary(name) && strings.HasSuffix(name, "S") && len(name) > 1:
		return name + "es"
	case !ordinary(name):
		return name + "s"
	case one != name && inflection.Plural(one) == name:
		return name // is the plural already: People
	}
	return inflection.Plural(name)
}

// singular is the name of one of what many are called.
func singular(name string) string {
	if !ordinary(name) {
		return name
	}
	return inflection.Singular(name)
}

// ordinary reports whether a name ends as words do, in a small letter. Of an
// initialism, a single letter or a number the plural is made with a small s, which
// the library does not know: DTOs, Xs, OAuth2s.
func ordinary(name string) bool {
	last, _ := utf8.DecodeLastRuneInString(name)
	return unicode.IsLower(last)
}

// exported is the name as others see it.
func exported(name string) string {
	first, size := utf8.DecodeRuneInString(name)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + name[size:]
}

// FreeName is the first of the names that can name a field and is not taken; where
// all are, the last that can, with a number behind it.
func FreeName(taken func(string) bool, names ...string) string {
	last := ""
	for _, name := range names {
		if !token.IsIdentifier(name) || !token.IsExported(name) {
			continue
		}
		if !taken(name) {
			return name
		}
		last = name
	}
	for i := 2; last != ""; i++ {
		if name := fmt.Sprint(last, i); !taken(name) {
			return name
		}
	}
	return ""
}

// Declares reports which names a struct has taken, those of promoted fields
// included: a new field must not hide one.
func Declares(t facts.Type) func(string) bool {
	return func(name string) bool { return len(promoted(t, name)) > 0 }
}

// SpecOf is the type of a key as a new field would declare it; false for a type
// that has no name.
func SpecOf(t facts.Type) (TypeSpec, bool) {
	base := Indirect(t)
	switch {
	case base == nil || base.Shape() == facts.Unknown:
		return TypeSpec{}, false
	case !base.Ref().IsZero():
		return TypeSpec{Ref: base.Ref()}, true
	case base.Shape() == facts.Basic:
		return TypeSpec{Ref: facts.Ref{Name: base.Basic()}}, true
	}
	return TypeSpec{}, false
}
