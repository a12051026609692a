package pop

import (
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// nulls are the types of what may be NULL, by name, in nulls of gobuffalo and in
// database/sql.
var nulls = map[string]relation.Stored{
	"Bool": relation.StoredBool, "NullBool": relation.StoredBool,
	"Int": relation.StoredInteger, "Int32": relation.StoredInteger, "Int64": relation.StoredInteger, "UInt32": relation.StoredInteger,
	"NullInt16": relation.StoredInteger, "NullInt32": relation.StoredInteger, "NullInt64": relation.StoredInteger,
	"Float32": relation.StoredFloat, "Float64": relation.StoredFloat, "NullFloat64": relation.StoredFloat,
	"String": relation.StoredText, "NullString": relation.StoredText,
	"Time": relation.StoredTime, "NullTime": relation.StoredTime,
}

// stored is what the column of a field holds, as far as its type tells.
func (f *field) stored() relation.Stored {
	t := dialect.Indirect(f.typ)
	if t == nil {
		return relation.StoredUnknown
	}
	switch ref := t.Ref(); {
	case ref == facts.Ref{Package: "time", Name: "Time"}:
		return relation.StoredTime
	case ref.Package == "github.com/gobuffalo/nulls", ref.Package == "database/sql":
		return nulls[ref.Name]
	}
	if _, own := t.Method("Value"); own || t.Shape() != facts.Basic || t.Opaque() {
		return relation.StoredUnknown
	}
	return dialect.StoredBasic(t.Basic())
}
