package bun

import (
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// stored is what the column of a field holds, as far as its type tells: a type that
// writes itself, or that the tag gives, may hold anything.
func (f *field) stored() relation.Stored {
	t := dialect.Indirect(f.typ)
	if t == nil || f.tag.Has("array") || f.tag.Has("msgpack") || f.tag.Has("hstore") {
		return relation.StoredUnknown
	}
	if item, ok := f.tag.Last("type"); ok {
		name, _, _ := strings.Cut(strings.ToLower(item.Value.Text), "(")
		return storedTypes[strings.TrimSpace(name)]
	}
	if t.Ref() == (facts.Ref{Package: "time", Name: "Time"}) {
		return relation.StoredTime
	}
	if t.Shape() != facts.Basic || t.Opaque() {
		return relation.StoredUnknown
	}
	for _, own := range []string{"Value", "AppendQuery"} { // driver.Valuer, schema.QueryAppender
		if _, ok := t.Method(own); ok {
			return relation.StoredUnknown
		}
	}
	return dialect.StoredBasic(t.Basic())
}

// storedTypes is what types of databases that are common for keys hold.
var storedTypes = map[string]relation.Stored{
	"smallint": relation.StoredInteger, "integer": relation.StoredInteger, "int": relation.StoredInteger,
	"bigint": relation.StoredInteger, "serial": relation.StoredInteger, "bigserial": relation.StoredInteger,
	"char": relation.StoredText, "varchar": relation.StoredText, "text": relation.StoredText, "uuid": relation.StoredText,
	"character varying": relation.StoredText,
}
