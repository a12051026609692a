package beego

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// kindOf is what the tag makes of a field, before anything is known of its type
// (NewFieldInfo): of rel and reverse, rel decides.
func kindOf(f *field) fieldKind {
	if isFielder(f.typ) {
		return columnField
	}
	switch f.tag.value("rel") {
	case "fk":
		return foreignKey
	case "one":
		return oneToOne
	case "m2m":
		return manyToMany
	case "":
	default:
		return unknownField
	}
	switch f.tag.value("reverse") {
	case "one":
		return reverseOne
	case "many":
		return reverseMany
	case "":
		return columnField
	}
	return unknownField
}

// fielderMethods are what a type has that says itself how it is kept (Fielder).
var fielderMethods = []string{"String", "FieldType", "SetRaw", "RawValue"}

// isFielder reports whether Beego asks the type itself how it is kept: it, or a pointer
// to it, is a Fielder.
func isFielder(t facts.Type) bool {
	if t != nil && t.Shape() == facts.Pointer && t.Ref().IsZero() {
		t = t.Elem()
	}
	if t == nil || t.Shape() == facts.Pointer || t.Shape() == facts.Interface {
		return false
	}
	return !slices.ContainsFunc(fielderMethods, func(name string) bool {
		_, ok := t.Method(name)
		return !ok
	})
}

// relatingTypes are the types of relations, which no Fielder can claim.
var relatingTypes = []string{"RelForeignKey", "RelOneToOne", "RelManyToMany", "RelReverseOne", "RelReverseMany"}

// holding says whether a type can be a column (getFieldType).
type holding uint8

const (
	holdsUnknown holding = iota // cannot be told
	holds
	holdsNothing // it ends the program, for want of a tag
	panics       // likewise, since it is nil
)

// columnType tells whether a type that is no Fielder can be a column. Of pointers only
// those to types that Go predeclares, and to time.Time, can; of defined types those of
// simple kinds, and four of database/sql.
func columnType(t facts.Type) holding {
	if t == nil {
		return holdsUnknown
	}
	switch t.Shape() {
	case facts.Unknown:
		return holdsUnknown
	case facts.Basic:
		return simple(t)
	case facts.Struct:
		if isTime(t) || isNull(t) {
			return holds
		}
		if t.Opaque() { // it may be a Fielder
			return holdsUnknown
		}
		return holdsNothing
	case facts.Interface:
		return panics
	case facts.Pointer:
		return pointerType(t)
	}
	return holdsNothing
}

func pointerType(t facts.Type) holding {
	elem := t.Elem()
	switch {
	case elem == nil || elem.Shape() == facts.Unknown || elem.Shape() == facts.Struct && elem.Opaque() && !isTime(elem):
		return holdsUnknown
	case !t.Ref().IsZero():
		return panics
	case isTime(elem), elem.Shape() == facts.Basic && elem.Ref().IsZero() && simple(elem) == holds:
		return holds
	}
	return panics
}

// simple tells of a type of a predeclared kind whether it can be a column.
func simple(t facts.Type) holding {
	switch b := t.Basic(); {
	case b == "string", b == "bool", b == "float32", b == "float64", integerBits[b] > 0:
		return holds
	}
	return holdsNothing
}

// integerBits are the sizes in which Beego reads the integer types.
var integerBits = map[string]int{
	"int8": 8, "int16": 16, "int32": 32, "int": 32, "int64": 64,
	"uint8": 8, "uint16": 16, "uint32": 32, "uint": 32, "uint64": 64,
}

func isTime(t facts.Type) bool { return t.Ref() == facts.Ref{Package: "time", Name: "Time"} }

func isNull(t facts.Type) bool {
	switch ref := t.Ref(); ref.Name {
	case "NullInt64", "NullFloat64", "NullBool", "NullString":
		return ref.Package == "database/sql"
	}
	return false
}

// basicBehind is the predeclared type that a column holds, "" for others.
func basicBehind(t facts.Type) string {
	if t != nil && t.Shape() == facts.Pointer {
		t = t.Elem()
	}
	if t == nil || t.Shape() != facts.Basic {
		return ""
	}
	return t.Basic()
}

// counts reports whether a field of the type can be a key that counts up.
func counts(t facts.Type) bool {
	if t == nil || t.Shape() != facts.Basic {
		return false
	}
	switch t.Basic() {
	case "int", "int32", "int64", "uint", "uint32", "uint64":
		return true
	}
	return false
}

// stored is what a column holds, as far as its type tells.
func stored(t facts.Type) relation.Stored {
	if isFielder(t) {
		return relation.StoredUnknown
	}
	switch b := basicBehind(t); {
	case b == "bool":
		return relation.StoredBool
	case b == "string":
		return relation.StoredText
	case strings.HasPrefix(b, "float"):
		return relation.StoredFloat
	case integerBits[b] > 0:
		return relation.StoredInteger
	case t != nil && isTime(t):
		return relation.StoredTime
	}
	return relation.StoredUnknown
}
