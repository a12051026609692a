package dialect

import (
	"testing"

	"github.com/rells-dev/rells/index/relation"
)

func TestStoredBasic(t *testing.T) {
	for name, want := range map[string]relation.Stored{
		"bool": relation.StoredBool, "string": relation.StoredText, "float32": relation.StoredFloat, "float64": relation.StoredFloat,
		"int": relation.StoredInteger, "int8": relation.StoredInteger, "uint64": relation.StoredInteger,
		"complex128": relation.StoredUnknown, "": relation.StoredUnknown,
	} {
		if got := StoredBasic(name); got != want {
			t.Errorf("StoredBasic(%q) = %v, want %v", name, got, want)
		}
	}
}
