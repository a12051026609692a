package gopg

import (
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// sqlType is the type of a field's column (fieldSQLType), by which guesses compare; ""
// where it cannot be told.
func (f *field) sqlType() string {
	if item, ok := f.tag.Last("type"); ok {
		given := unquoted(item.Value).Text
		if short := shortTypes[given]; short != "" {
			return short
		}
		return given
	}
	if item, ok := f.tag.Last("composite"); ok {
		return unquoted(item.Value).Text
	}
	if f.tag.Has("hstore") {
		return "hstore"
	}
	t := indirect(f.typ)
	if t != nil && f.tag.Has("array") && (t.Shape() == facts.Slice || t.Shape() == facts.Array) {
		if elem := sqlTypeOf(t.Elem()); elem != "" {
			return elem + "[]"
		}
		return ""
	}
	return sqlTypeOf(t)
}

// shortTypes are the names that go-pg takes for others (normalizeSQLType).
var shortTypes = map[string]string{
	"int2": "smallint", "int4": "integer", "int": "integer", "serial": "integer",
	"int8": "bigint", "bigserial": "bigint", "float4": "real", "float8": "double precision",
}

// knownTypes are the types that have a column of their own kind (sqlType).
var knownTypes = map[facts.Ref]string{
	{Package: "time", Name: "Time"}:                "timestamptz",
	{Package: module + "/types", Name: "NullTime"}: "timestamptz",
	{Package: "database/sql", Name: "NullTime"}:    "timestamptz",
	{Package: "net", Name: "IP"}:                   "inet",
	{Package: "net", Name: "IPNet"}:                "cidr",
	{Package: "database/sql", Name: "NullBool"}:    "boolean",
	{Package: "database/sql", Name: "NullFloat64"}: "double precision",
	{Package: "database/sql", Name: "NullInt64"}:   "bigint",
	{Package: "database/sql", Name: "NullString"}:  "text",
	{Package: "encoding/json", Name: "RawMessage"}: "jsonb",
}

// basicTypes are the columns of types by what stands behind them.
var basicTypes = map[string]string{
	"int8": "smallint", "uint8": "smallint", "int16": "smallint",
	"uint16": "integer", "int32": "integer",
	"uint32": "bigint", "int64": "bigint", "int": "bigint", "uint": "bigint", "uint64": "bigint",
	"float32": "real", "float64": "double precision", "bool": "boolean", "string": "text",
}

// sqlTypeOf is the column of a type (sqlType).
func sqlTypeOf(t facts.Type) string {
	if t == nil {
		return ""
	}
	if known := knownTypes[t.Ref()]; known != "" {
		return known
	}
	switch t.Shape() {
	case facts.Basic:
		if known := basicTypes[t.Basic()]; known != "" {
			return known
		}
		return t.Basic() // the name of its kind
	case facts.Map, facts.Struct:
		return "jsonb"
	case facts.Slice, facts.Array:
		elem := t.Elem()
		switch {
		case elem == nil || elem.Shape() == facts.Unknown:
			return ""
		case elem.Shape() == facts.Basic && elem.Basic() == "uint8":
			return "bytea"
		}
		return "jsonb"
	case facts.Pointer:
		return "ptr"
	case facts.Interface:
		return "interface"
	case facts.Func:
		return "func"
	case facts.Chan:
		return "chan"
	}
	return ""
}

// stored is what the column of a field holds, as far as its type tells: a type that
// writes itself may hold anything.
func (f *field) stored() relation.Stored {
	t := dialect.Indirect(f.typ)
	if t == nil || f.tag.Has("array") || f.tag.Has("msgpack") || f.tag.Has("hstore") || f.tag.Has("composite") {
		return relation.StoredUnknown
	}
	if !f.tag.Has("type") && t.Shape() == facts.Basic {
		for _, own := range []string{"Value", "AppendValue"} { // driver.Valuer, types.ValueAppender
			if _, ok := t.Method(own); ok || t.Opaque() {
				return relation.StoredUnknown
			}
		}
	}
	column, _, _ := strings.Cut(strings.ToLower(f.sqlType()), "(")
	return storedTypes[strings.TrimSpace(column)]
}

// storedTypes is what types of PostgreSQL that are common for keys hold.
var storedTypes = map[string]relation.Stored{
	"smallint": relation.StoredInteger, "integer": relation.StoredInteger, "bigint": relation.StoredInteger,
	"real": relation.StoredFloat, "double precision": relation.StoredFloat, "boolean": relation.StoredBool,
	"text": relation.StoredText, "char": relation.StoredText, "varchar": relation.StoredText, "uuid": relation.StoredText,
	"character varying": relation.StoredText, "timestamptz": relation.StoredTime, "timestamp": relation.StoredTime,
}
