package pop

import "github.com/rells-dev/rells/index/relation"

// belongsTo resolves a belongs_to (belongsToAssociationBuilder).
func (r *reader) belongsTo(a *association) {
	if !r.findKey(a) || !r.fillable(a) {
		return
	}
	if !a.shape.model {
		a.Add(r.loadsNothing(a))
		return
	}
	references := a.target.columnID("id")
	if primary := a.named(primaryKey); primary != nil && primary.Text != "ID" {
		id, ok := r.referred(a)
		if !ok {
			return
		}
		references = id
	}
	a.Relation.Kind = relation.BelongsTo
	a.Relation.Keys = []relation.Key{{ForeignKey: r.sch.id(a.key), References: references}}
	a.Relation.Reason = r.whyKey(a)
}

// findKey finds the foreign key: the field that fk_id names, else the one that is called
// like the association with ID behind it.
func (r *reader) findKey(a *association) bool {
	named := a.named(foreignKey)
	if named != nil {
		a.key = r.sch.byName(named.Text)
		if a.key == nil {
			a.key = r.sch.tagged(named.Text)
		}
	}
	passed := named != nil && a.key == nil
	if a.key == nil {
		a.key = r.sch.byName(a.field.name + "ID")
	}
	switch {
	case a.key == nil:
		a.Unsure = r.sch.open
		if named != nil {
			a.Add(r.keyUnknown(a, *named))
		} else {
			a.Add(r.keyMissing(a))
		}
	case a.key.decl.Embedded:
		a.Unsure = true // a struct for a key
	case !a.key.decl.Exported:
		a.Add(r.keyUnexported(a))
	case !a.key.set(a.field.index):
		a.Add(r.unset(a, a.key))
	default:
		if passed && !r.sch.open {
			a.Remark(r.keyPassedOver(a, *named))
		}
		return true
	}
	return false
}

// tagged is the field of the struct itself, not of one that it embeds, whose db tag is
// just the text; nil for none.
func (sch *schema) tagged(db string) *field {
	for _, f := range sch.fields {
		if tag := tagged(f.decl, dbKey); len(f.path) == 1 && tag != nil && tag.Text == db {
			return f
		}
	}
	return nil
}

// referred is the field of the target that primary_id names. pop looks for it in the
// value of the field, so that it must be there.
func (r *reader) referred(a *association) (relation.FieldID, bool) {
	primary := a.named(primaryKey)
	if a.shape.pointer || a.shape.many {
		a.Add(r.primaryBehindPointer(a, *primary))
		return relation.FieldID{}, false
	}
	f := a.target.byName(primary.Text)
	if f == nil {
		a.Unsure = a.target.open
		a.Add(r.primaryUnknown(a, *primary))
		return relation.FieldID{}, false
	}
	return a.target.id(f), true
}
