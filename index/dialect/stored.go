package dialect

import (
	"strings"

	"github.com/rells-dev/rells/index/relation"
)

// StoredBasic is what the column of a predeclared Go type holds, where nothing but the type
// decides about it.
func StoredBasic(name string) relation.Stored {
	switch {
	case name == "bool":
		return relation.StoredBool
	case name == "string":
		return relation.StoredText
	case strings.HasPrefix(name, "float"):
		return relation.StoredFloat
	case strings.HasPrefix(name, "int"), strings.HasPrefix(name, "uint"):
		return relation.StoredInteger
	}
	return relation.StoredUnknown
}
