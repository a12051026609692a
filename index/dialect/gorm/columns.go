package gorm

import (
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// dataType is what a field is stored as (schema/field.go, DataType): "" for what
// is no column, else one of the names below or one of the database's own.
type dataType string

const (
	boolType    dataType = "bool"
	intType     dataType = "int"
	uintType    dataType = "uint"
	floatType   dataType = "float"
	stringType  dataType = "string"
	timeType    dataType = "time"
	bytesType   dataType = "bytes"
	customType  dataType = "custom" // a column of a type that the source does not tell
	unknownType dataType = "?"      // a column or not: the source does not tell
)

// sample stands for the value by which GORM judges a field: a zero value of the
// field's type, or what its Value method returns for that.
type sample struct {
	typ  facts.Type // nil where only the kind is known
	kind dataType
}

// classify finds out whether the field is a column, and of which kind, and
// returns the value that this was judged by (ParseField).
func (p *parser) classify(sch *schema, f *field) sample {
	value := sample{typ: f.typ}
	if isValuer(f.typ) && !hasDataType(f.typ) {
		value = p.valueOf(f)
	}
	p.applySerializer(sch, f, value)
	kind := kindOf(value, f.dataType != "")
	if kind != "" {
		f.dataType = kind
	}
	p.checkDefault(sch, f, kind)
	if value.typ != nil && hasDataType(value.typ) {
		f.dataType = customType
	}
	if f.gormType == "" {
		f.gormType = f.dataType
	}
	if t, ok := f.settings.find("TYPE"); ok {
		f.dataType = dataType(t.value)
		if lower := dataType(strings.ToLower(t.value)); isPlain(lower) {
			f.dataType = lower
		}
		if f.gormType == unknownType {
			f.gormType = customType
		}
	}
	return value
}

func isPlain(t dataType) bool {
	switch t {
	case boolType, intType, uintType, floatType, stringType, timeType, bytesType:
		return true
	}
	return false
}

// valueOf is what a driver.Valuer is judged by: what Value returns when called on
// the zero value; where that is nil, the type, and of a struct its first field,
// and so on. On the way the struct's own tags become settings of the field.
func (p *parser) valueOf(f *field) sample {
	m, _ := f.typ.Method("Value")
	switch m.Zero {
	case facts.ZeroNil:
		return firstOf(f.typ, &f.settings)
	case facts.ZeroUnknown:
		if kind := kindOf(firstOf(f.typ, &settings{}), false); kind != "" && kind != unknownType {
			return sample{kind: customType}
		}
		return sample{kind: unknownType}
	}
	return sample{kind: zeroKinds[m.Zero]}
}

var zeroKinds = map[facts.ZeroResult]dataType{
	facts.ZeroString: stringType, facts.ZeroBytes: bytesType, facts.ZeroInt: intType, facts.ZeroUint: uintType,
	facts.ZeroFloat: floatType, facts.ZeroBool: boolType, facts.ZeroTime: timeType,
}

// firstOf follows the first fields of structs down to what is no struct, a time
// or empty (getRealFieldValue).
func firstOf(t facts.Type, into *settings) sample {
	for range maxEmbedding {
		if t == nil || t.Shape() != facts.Struct || isTime(t) || len(t.Fields()) == 0 {
			break
		}
		for _, sf := range t.Fields() {
			for _, set := range settingsOf(sf) {
				if !into.has(set.name) {
					*into = append(*into, set)
				}
			}
		}
		t = dialect.Indirect(t.Fields()[0].Type)
	}
	return sample{typ: t}
}

// kindOf is the column type of a value by its Go kind; "" for what Go kinds alone
// make no column.
func kindOf(v sample, serialized bool) dataType {
	if v.typ == nil {
		return v.kind
	}
	switch v.typ.Shape() {
	case facts.Basic:
		return basicKind(v.typ.Basic())
	case facts.Struct:
		if isTime(v.typ) {
			return timeType
		}
		if hidden(v.typ) && !serialized {
			return unknownType
		}
	case facts.Slice, facts.Array:
		if e := v.typ.Elem(); e != nil && !serialized {
			if e.Shape() == facts.Basic && e.Basic() == "uint8" && e.Ref().IsZero() {
				return bytesType
			}
		}
	case facts.Unknown:
		if columnTypes[v.typ.Ref()] {
			return customType
		}
		if !serialized {
			return unknownType
		}
	}
	return ""
}

func basicKind(basic string) dataType {
	switch {
	case basic == "bool":
		return boolType
	case basic == "string":
		return stringType
	case basic == "rune", strings.HasPrefix(basic, "int"):
		return intType
	case basic == "uintptr":
		return ""
	case basic == "byte", strings.HasPrefix(basic, "uint"):
		return uintType
	case strings.HasPrefix(basic, "float"):
		return floatType
	}
	return ""
}

// stored is what the column holds: what its type option says, else what Go's type
// and its Value method make of it. A serializer may make anything of it.
func (f *field) stored() relation.Stored {
	switch {
	case f.settings.has("SERIALIZER") || f.settings.has("JSON"):
		return relation.StoredUnknown
	case f.settings.has("TYPE"):
		name, _, _ := strings.Cut(strings.ToLower(f.settings.of("TYPE").value), "(")
		return storedAs[dataType(strings.TrimSpace(name))]
	}
	return storedAs[f.gormType]
}

// storedAs is what GORM's own types, and those of databases that are common for
// keys, hold.
var storedAs = map[dataType]relation.Stored{
	boolType: relation.StoredBool, floatType: relation.StoredFloat, timeType: relation.StoredTime,
	intType: relation.StoredInteger, uintType: relation.StoredInteger,
	stringType: relation.StoredText, bytesType: relation.StoredText,

	"tinyint": relation.StoredInteger, "smallint": relation.StoredInteger, "mediumint": relation.StoredInteger,
	"integer": relation.StoredInteger, "bigint": relation.StoredInteger, "serial": relation.StoredInteger,
	"bigserial": relation.StoredInteger, "int unsigned": relation.StoredInteger, "bigint unsigned": relation.StoredInteger,
	"char": relation.StoredText, "varchar": relation.StoredText, "nvarchar": relation.StoredText,
	"character varying": relation.StoredText, "text": relation.StoredText, "uuid": relation.StoredText,
}

// columnTypes are columns whatever else is known of them: the types of GORM's own
// modules, whose source may not be at hand.
var columnTypes = map[facts.Ref]bool{
	{Package: moduleV2, Name: "DeletedAt"}:                     true,
	{Package: "gorm.io/plugin/soft_delete", Name: "DeletedAt"}: true,
	{Package: "gorm.io/datatypes", Name: "JSON"}:               true,
	{Package: "gorm.io/datatypes", Name: "JSONMap"}:            true,
	{Package: "gorm.io/datatypes", Name: "Date"}:               true,
	{Package: "gorm.io/datatypes", Name: "Time"}:               true,
	{Package: "gorm.io/datatypes", Name: "URL"}:                true,
	{Package: "gorm.io/datatypes", Name: "UUID"}:               true,
	{Package: "gorm.io/datatypes", Name: "BinUUID"}:            true,
	{Package: "github.com/google/uuid", Name: "UUID"}:          true,
}

var timeRef = facts.Ref{Package: "time", Name: "Time"}

func isTime(t facts.Type) bool { return t.Ref() == timeRef || t.Origin() == timeRef }

// isValuer reports whether a pointer to the type is a driver.Valuer.
func isValuer(t facts.Type) bool {
	m, ok := method(t, "Value")
	return ok && m.Params == 0 && len(m.Results) == 2 &&
		m.Results[0].Kind == facts.NamedExpr && m.Results[0].Name == "Value" && m.Results[1].Name == "error"
}

// hasDataType reports whether the type says itself what it is stored as.
func hasDataType(t facts.Type) bool {
	m, ok := method(t, "GormDataType")
	return ok && m.Params == 0 && len(m.Results) == 1
}

// isSerializer reports whether the type reads and writes itself
// (schema/serializer.go, SerializerInterface).
func isSerializer(t facts.Type) bool {
	scan, ok := method(t, "Scan")
	value, ok2 := method(t, "Value")
	return ok && ok2 && scan.Params == 4 && value.Params == 4 && len(scan.Results) == 1 && len(value.Results) == 2
}

// method finds a method that a value of the type would have; a pointer to an
// interface has none.
func method(t facts.Type, name string) (facts.Method, bool) {
	if t == nil || t.Shape() == facts.Interface {
		return facts.Method{}, false
	}
	return t.Method(name)
}

// hidden reports whether the type may have methods that cannot be seen. What
// gorm.Model has is known without its source.
func hidden(t facts.Type) bool { return t.Opaque() && !onlyBasesHidden(t, maxEmbedding) }

func onlyBasesHidden(t facts.Type, depth int) bool {
	for _, sf := range t.Fields() {
		if !sf.Embedded {
			continue
		}
		base := dialect.Indirect(sf.Type)
		switch {
		case base == nil || depth == 0:
			return false
		case base.Shape() == facts.Unknown && base.Ref() != gormModel:
			return false
		case base.Shape() == facts.Struct && base.Opaque() && !onlyBasesHidden(base, depth-1):
			return false
		}
	}
	return true
}
