package gorm

import (
	"golang.org/x/mod/semver"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
)

// release is what the version of GORM v2 with which a model is built does unlike
// today's. Where the version is not known that is nothing.
type release struct {
	// exactNames: a field is found by its column and its Go name alone, not by the
	// column that a name would have (LookUpField before v1.31.1).
	exactNames bool
	// onlyPolymorphic: there are no options polymorphicType and polymorphicId, and a
	// polymorphic without a name says nothing (parseRelation before v1.25.6).
	onlyPolymorphic bool
}

func releaseOf(s dialect.Scope, t facts.Type) release {
	file, _ := t.Decl()
	if file == nil {
		return release{}
	}
	version, _ := s.Requires(file, moduleV2)
	return release{
		exactNames:      before(version, "v1.31.1"),
		onlyPolymorphic: before(version, "v1.25.6"),
	}
}

// before reports whether a version is known to be older than another, of which
// versions between two releases count as part: v1.31.1-0.20251024 of v1.31.1.
func before(version, other string) bool {
	return semver.IsValid(version) && semver.Compare(version, other+"-0") < 0
}

// lookUp finds a field by one of the names that GORM takes for it (LookUpField); nil
// for none.
func (r release) lookUp(sch *schema, name string) *field {
	if r.exactNames {
		return sch.lookUpExactly(name)
	}
	return sch.lookUp(name)
}
