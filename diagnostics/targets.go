package diagnostics

import "github.com/rells-dev/rells/index/relation"

// The rules about what a relation leads to.
var targetRules = []*Rule{targetNotModel, targetUnknown, targetTableMismatch, relationUnknown, embeddedInvalid, relationShape, relationRepeated, creationUnfit}

// targetNotModel reports a field whose type the ORM can take neither for a column
// nor for a relation.
var targetNotModel = &Rule{
	Name:     "target-not-model",
	Severity: Error,
	Summary:  "the type of the field can be neither a column nor a relation",
	Claims:   []relation.MistakeKind{relation.TargetNotModel},
}

// targetUnknown reports a model that is named by a string and does not exist.
var targetUnknown = &Rule{
	Name:     "target-unknown",
	Severity: Error,
	Summary:  "no model has the given name",
	Claims:   []relation.MistakeKind{relation.TargetUnknown},
	Fix:      changeToNearest,
}

// targetTableMismatch reports a tag that names the table of the target, and names another.
var targetTableMismatch = &Rule{
	Name:     "target-table-mismatch",
	Severity: Warning,
	Summary:  "the tag names another table than that of the target",
	Claims:   []relation.MistakeKind{relation.TableUnlike},
	Fix:      changeToNearest,
}

// relationUnknown reports the name of a relation that the model itself does not have.
var relationUnknown = &Rule{
	Name:     "relation-unknown",
	Severity: Error,
	Summary:  "the model has no relation of the given name",
	Claims:   []relation.MistakeKind{relation.RelationUnknown},
	Fix:      changeToNearest,
}

// embeddedInvalid reports a field that is to be embedded and is no struct.
var embeddedInvalid = &Rule{
	Name:     "embedded-invalid",
	Severity: Error,
	Summary:  "the field is to be embedded, but its type is no struct",
	Claims:   []relation.MistakeKind{relation.EmbeddedInvalid},
}

// relationShape reports a field whose type holds one where the relation leads to many,
// or the other way round.
var relationShape = &Rule{
	Name:     "relation-shape",
	Severity: Error,
	Summary:  "the type of the field cannot hold what the relation leads to",
	Claims:   []relation.MistakeKind{relation.ShapeUnfit},
}

// relationRepeated reports a model that has two relations of one name, from structs
// that it embeds.
var relationRepeated = &Rule{
	Name:     "relation-repeated",
	Severity: Error,
	Summary:  "two relations of the model have one name",
	Claims:   []relation.MistakeKind{relation.RelationRepeated},
}

// creationUnfit points out a relation that the ORM loads, but cannot create together with
// its model: many a program never wants that.
var creationUnfit = &Rule{
	Name:     "creation-unfit",
	Severity: Hint,
	Summary:  "the relation can be loaded, but not created together with its model",
	Claims:   []relation.MistakeKind{relation.CreationUnfit},
}
