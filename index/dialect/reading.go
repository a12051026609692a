package dialect

import (
	"strings"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// NewModel is a model of a dialect, as far as its declaration tells. Open says that a struct
// is embedded that could not be resolved.
func NewModel(dialect string, t facts.Type, table string, open bool) *relation.Model {
	m := &relation.Model{Ref: t.Ref(), Dialect: dialect, Table: table, Open: open}
	m.Place, m.Body = Declaration(t)
	return m
}

// NewRelation is a relation of a dialect, as far as the place of its field tells: path holds
// the names from the model to the field. The field is nil for one that no source declares.
func NewRelation(dialect string, id relation.FieldID, path []string, file *facts.File, f *facts.Field) relation.Relation {
	r := relation.Relation{
		ID: id, Dialect: dialect, Place: NamePlace(file, f), Tag: TagPlace(file, f), Embedded: len(path) > 1,
	}
	if all := strings.Join(path, "."); all != id.Field {
		r.Path = all
	}
	return r
}

// Aim has a relation of a model lead to a struct, whose package may be unable to import
// that of the model.
func Aim(s Scope, r *relation.Relation, model, target facts.Type) {
	r.Target = target.Ref()
	own := model.Ref().Package
	if there := r.Target.Package; there != own && there != "" {
		r.Foreign = !s.Reaches(there, own)
	}
}

// Outcome is what comes of a field that declares a relation. Dialects embed it in what
// they keep of such a field while they resolve it.
type Outcome struct {
	Relation relation.Relation
	Mistakes []relation.Mistake // what the ORM refuses: no relation comes of the field
	Remarks  []relation.Mistake // what the ORM takes as it is: the relation stands
	// Unsure: it depends on what cannot be seen. Neither a relation nor a mistake comes
	// of the field.
	Unsure bool
}

// Add adds a mistake.
func (o *Outcome) Add(m relation.Mistake) { o.Mistakes = append(o.Mistakes, m) }

// Remark adds a remark.
func (o *Outcome) Remark(m relation.Mistake) { o.Remarks = append(o.Remarks, m) }

// KeyHolder is the name of the model that holds the foreign key.
func (o *Outcome) KeyHolder() string {
	if o.Relation.Kind == relation.BelongsTo {
		return o.Relation.ID.Model.Name
	}
	return o.Relation.Target.Name
}

// Enter adds to the model what has come of the field.
func (o *Outcome) Enter(m *relation.Model) {
	switch {
	case o.Unsure:
	case len(o.Mistakes) > 0:
		m.Mistakes = append(m.Mistakes, o.Mistakes...)
	default:
		m.Relations = append(m.Relations, o.Relation)
		m.Mistakes = append(m.Mistakes, o.Remarks...)
	}
}
