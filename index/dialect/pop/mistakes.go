package pop

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// mistake is a mistake of a field at a stretch of its tags, or at its name where there is
// none.
func (r *reader) mistake(f *field, kind relation.MistakeKind, row string, at *facts.Slot) relation.Mistake {
	m := relation.Mistake{Kind: kind, Row: row, Place: f.place(), Field: r.sch.id(f)}
	if at != nil {
		m.Place.Span, m.Name = at.Span, at.Text
	}
	return m
}

// about is a mistake of an association, which leads to where its target is declared.
func (r *reader) about(a *association, kind relation.MistakeKind, row string, at *facts.Slot) relation.Mistake {
	m := r.mistake(a.field, kind, row, at)
	m.Target = a.Relation.Target
	if a.target != nil {
		m.Related = append(m.Related, dialect.DeclaredHere(a.target.typ, a.target.label())...)
	}
	return m
}

// has is a field or column of the model as messages call it.
func (sch *schema) has(name string) string { return sch.label() + "." + name }

// keyMissing: no tag names the key of a belongs_to, and none is called like the field.
func (r *reader) keyMissing(a *association) relation.Mistake {
	m := r.about(a, relation.ForeignKeyMissing, "pop4", nil)
	m.Wanted = relation.BelongsTo
	m.Text = fmt.Sprintf("no foreign key: %s has no field %s; name another with fk_id", r.sch.label(), a.field.name+"ID")
	return m
}

// keyUnknown: fk_id names neither a field nor a column of the model.
func (r *reader) keyUnknown(a *association, named facts.Slot) relation.Mistake {
	m := r.about(a, relation.ForeignKeyUnknown, "pop4", &named)
	m.Wanted = relation.BelongsTo
	m.Role, m.Choices = relation.ForeignKeyRole, r.keyNames(named.Text)
	m.Text = fmt.Sprintf("fk_id names %s, but %s has no such field or column, nor a field %s", r.sch.has(named.Text), r.sch.label(), a.field.name+"ID")
	return m
}

// keyPassedOver: fk_id names nothing, so that the key is another one.
func (r *reader) keyPassedOver(a *association, named facts.Slot) relation.Mistake {
	m := r.about(a, relation.OptionIdle, "", &named)
	m.Role, m.Choices = relation.ForeignKeyRole, r.keyNames(named.Text)
	m.Text = fmt.Sprintf("fk_id names %s, which %s does not have: pop passes it over and takes %s",
		r.sch.has(named.Text), r.sch.label(), r.sch.id(a.key).Short())
	return m
}

// keyNames are the names that fk_id can give the key of a belongs_to, fields and columns,
// those first that look like what is written.
func (r *reader) keyNames(written string) []string {
	var names, columns []string
	for _, f := range r.sch.fields {
		if f.decl.Embedded || len(kindsOf(f.decl)) > 0 || !f.decl.Exported {
			continue
		}
		names = append(names, f.name)
		if tag := tagged(f.decl, dbKey); tag != nil && len(f.path) == 1 && tag.Text != "-" {
			columns = append(columns, tag.Text)
		}
	}
	if strings.ToLower(written) == written {
		return append(columns, names...)
	}
	return append(names, columns...)
}

// keyUnexported: the key cannot be looked at from outside of its package.
func (r *reader) keyUnexported(a *association) relation.Mistake {
	m := r.about(a, relation.ForeignKeyUnknown, "pop6", a.named(foreignKey))
	m.Name = ""
	m.Text = fmt.Sprintf("the foreign key %s is not exported: pop can neither read nor set it", r.sch.id(a.key).Short())
	return m
}

// unexported: the field itself cannot be set.
func (r *reader) unexported(a *association) relation.Mistake {
	m := r.about(a, relation.ShapeUnfit, "pop6", nil)
	m.Text = "the field is not exported: pop cannot set it"
	return m
}

// unset: what pop looks at lies behind a pointer that it has not set yet.
func (r *reader) unset(a *association, f *field) relation.Mistake {
	m := r.about(a, relation.EmbeddedInvalid, "", nil)
	at := slices.IndexFunc(f.through, func(pointer []int) bool { return slices.Compare(pointer, a.field.index) > 0 })
	base := f.path[len(f.through[at])-1]
	m.Text = fmt.Sprintf("pop needs %s here, but sets the embedded %s only when it comes to it: embed %s before this field, or without a pointer",
		r.sch.id(f).Short(), base, base)
	return m
}

// primaryUnknown: primary_id names no field of the target.
func (r *reader) primaryUnknown(a *association, named facts.Slot) relation.Mistake {
	m := r.about(a, relation.ReferencesUnknown, "pop5", &named)
	m.Role = relation.ReferencesRole
	for _, f := range a.target.fields {
		m.Choices = append(m.Choices, f.name)
	}
	m.Text = fmt.Sprintf("primary_id names %s, but %s has no such field", a.target.has(named.Text), a.target.label())
	if f := a.target.byColumn(named.Text); f != nil {
		m.Meant = f.name
		m.Text += ": primary_id wants a Go name, not a column"
	}
	return m
}

// primaryBehindPointer: pop looks into the value for the field that primary_id names.
func (r *reader) primaryBehindPointer(a *association, named facts.Slot) relation.Mistake {
	m := r.about(a, relation.ShapeUnfit, "", &named)
	m.Name = ""
	m.Text = fmt.Sprintf("beside primary_id the field has to hold a struct: pop looks into %s for %s, and panics where there is none", a.field.typ, named.Text)
	return m
}

// noID: a model lacks the field that pop leads from.
func (r *reader) noID(a *association, sch *schema) relation.Mistake {
	m := r.about(a, relation.PrimaryKeyMissing, "pop13", nil)
	m.Text = fmt.Sprintf("%s has no field ID, which pop wants of every model", sch.label())
	return m
}

// notModel: the type leads to nothing that could be a model.
func (r *reader) notModel(a *association) relation.Mistake {
	m := r.about(a, relation.TargetNotModel, "", nil)
	m.Text = fmt.Sprintf("%s leads to %s, which is no struct", a.kind, a.field.typ)
	return m
}

// loadsNothing: neither does it here, but pop passes that over.
func (r *reader) loadsNothing(a *association) relation.Mistake {
	m := r.idleTag(a.field, a.kind)
	m.Text = fmt.Sprintf("%s has no effect on %s, which is no struct: pop loads nothing", a.kind, a.field.typ)
	return m
}

// whenCreating says when pop panics on a type that does not fit.
var whenCreating = map[string]string{hasManyKey: " when it creates the model", hasOneKey: " when it creates the model"}

// wantsSlice: what leads to many is held by no slice.
func (r *reader) wantsSlice(a *association) relation.Mistake {
	m := r.about(a, relation.ShapeUnfit, "", nil)
	m.Text = fmt.Sprintf("%s wants a slice, but the type is %s: pop panics%s", a.kind, a.field.typ, whenCreating[a.kind])
	return m
}

// wantsStruct: what leads to one is held by a slice.
func (r *reader) wantsStruct(a *association) relation.Mistake {
	m := r.about(a, relation.ShapeUnfit, "", nil)
	m.Text = fmt.Sprintf("has_one wants a struct or a pointer to one, but the type is %s: pop panics%s", a.field.typ, whenCreating[a.kind])
	return m
}

// severalKinds: pop takes one of the tags at random.
func (r *reader) severalKinds(a *association, kinds []string) relation.Mistake {
	m := r.about(a, relation.OptionConflict, "", nil)
	m.Text = fmt.Sprintf("%s stand together: pop takes one of them at random", strings.Join(kinds, " and "))
	return m
}

// keyUnseen: no field of the target holds the column that points to the model.
func (r *reader) keyUnseen(a *association, column string) relation.Mistake {
	m := r.about(a, relation.ForeignKeyUnseen, "", a.named(foreignKey))
	m.Role, m.Choices = relation.TargetColumnRole, a.target.columnNames()
	if a.named(foreignKey) == nil {
		m.Wanted = a.Relation.Kind
	}
	m.Text = fmt.Sprintf("is kept by the column %s, which no field of %s holds", a.target.has(column), a.target.label())
	if f := a.target.byName(column); f != nil && f.column != "" {
		m.Meant = columnName(f.column)
		m.Text += ": fk_id wants a column here, not a Go name"
	}
	return m
}

// tableUnlike: the tag names another table than the target's.
func (r *reader) tableUnlike(a *association, table string) relation.Mistake {
	m := r.about(a, relation.TableUnlike, "silent16", &a.value)
	m.Role, m.Meant = relation.TargetTableRole, a.target.table
	m.Text = fmt.Sprintf("%s names the table %s, but %s is kept in %s: it is loaded from there and updated in the other", a.kind, table, a.target.label(), a.target.table)
	return m
}

// creationRows are the rows of what is found out only when the model is created with what
// it has.
var creationRows = map[string]string{hasManyKey: "pop7", hasOneKey: "pop8"}

// ownerFieldMissing: eager creation sets a Go field of the target by the model's name.
func (r *reader) ownerFieldMissing(a *association) relation.Mistake {
	m := r.about(a, relation.CreationUnfit, creationRows[a.kind], nil)
	field := a.target.has(r.sch.typeName + "ID")
	m.Text = fmt.Sprintf("eager creation fails: it sets %s, which is not there", field)
	if a.named(foreignKey) != nil {
		m.Row = "silent17"
		m.Text += ", whatever fk_id says"
	}
	return m
}

// targetUnidentified: creation asks what the relation holds for its ID.
func (r *reader) targetUnidentified(a *association) relation.Mistake {
	m := r.about(a, relation.CreationUnfit, "", nil)
	m.Text = fmt.Sprintf("creation panics where the field holds something: it wants %s, which is not there", a.target.has("ID"))
	return m
}

// pointersUncreatable: creation looks into the slice, and at the ID of each element, which
// must be no pointers.
func (r *reader) pointersUncreatable(a *association) relation.Mistake {
	m := r.about(a, relation.CreationUnfit, "", nil)
	m.Text = fmt.Sprintf("creation panics where the slice is not empty: it wants elements that are no pointers, but the type is %s", a.field.typ)
	if a.shape.pointer {
		m.Text = fmt.Sprintf("creation panics where the pointer is nil: it wants a slice, but the type is %s", a.field.typ)
	}
	return m
}

// idle finds tags that pop does not read beside the one that makes the association.
func (r *reader) idle(a *association) {
	for _, key := range []string{foreignKey, primaryKey, orderKey} {
		if a.heeds(key) || a.named(key) == nil {
			continue
		}
		m := r.idleTag(a.field, key)
		m.Target = a.Relation.Target
		m.Text = fmt.Sprintf("%s has no effect beside %s", key, a.kind)
		a.Remark(m)
	}
}

// alone finds tags of an association on a field that has none. One with a key that looks
// like an association's is another matter.
func (r *reader) alone(f *field) []relation.Mistake {
	for _, tag := range f.decl.Tags {
		if slices.Contains(keys, tag.Key.Text) {
			continue
		}
		if key := strings.ToLower(tag.Key.Text); strings.HasPrefix(key, "bel") || strings.HasPrefix(key, "has") || strings.HasPrefix(key, "man") {
			return nil
		}
	}
	for _, key := range kindKeys {
		if tag, ok := f.decl.Tag(key); ok && tag.Value.Text == "" {
			m := r.idleTag(f, key)
			m.Target, _ = dialect.Target(f.typ)
			m.Text = key + " has no effect without a value: pop makes no association of the field"
			return []relation.Mistake{m}
		}
	}
	var mistakes []relation.Mistake
	for _, key := range []string{foreignKey, primaryKey} {
		if tagged(f.decl, key) != nil {
			m := r.idleTag(f, key)
			m.Text = key + " has no effect without belongs_to, has_one, has_many or many_to_many"
			mistakes = append(mistakes, m)
		}
	}
	return mistakes
}

func (r *reader) idleTag(f *field, key string) relation.Mistake {
	tag, _ := f.decl.Tag(key)
	m := r.mistake(f, relation.OptionIdle, "", &tag.Key)
	m.Name = ""
	return m
}
