package gorm

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// readerV1 reads one v1 model. GORM v1 refuses next to nothing: where it finds no
// keys, it silently has no relation. So nothing is reported but what it reports.
type readerV1 struct {
	scope dialect.Scope
	sch   *schemaV1
	model *relation.Model
}

// declarationV1 is one relation field while it is resolved.
type declarationV1 struct {
	*fieldV1
	relation relation.Relation
	target   *schemaV1
	// all are the fields among which v1 looks for what a key points to.
	all []*fieldV1
	// prefix is what a conventional key on the target begins with: the model's name,
	// or the value of polymorphic.
	prefix                 string
	foreignKeys, refersTo  []string
	polyType               *fieldV1
	found                  []pairV1 // by the last search
	lengthsDiffer, tooFewR bool
}

func readV1(s dialect.Scope, sch *schemaV1) *relation.Model {
	r := &readerV1{scope: s, sch: sch, model: dialect.NewModel(name, sch.typ, sch.table, sch.open)}
	for _, f := range sch.fields {
		r.model.Fields = append(r.model.Fields, r.modelField(f))
		if f.home != nil {
			r.declared(f)
		}
	}
	return r.model
}

func (sch *schemaV1) id(f *fieldV1) relation.FieldID {
	return relation.FieldID{Model: sch.typ.Ref(), Field: dialect.Selector(sch.typ, f.path)}
}

func (r *readerV1) modelField(f *fieldV1) relation.Field {
	out := relation.Field{Selector: r.sch.id(f).Field, Column: f.column, Primary: f.primary, Ignored: f.ignored}
	if f.decl != nil {
		out.Place = dialect.NamePlace(f.file, f.decl)
		out.Type = f.written.String()
		out.Target, out.Many = dialect.Target(f.written)
	}
	if f.ignored {
		out.Column = ""
	}
	return out
}

// declared reads a struct or slice that is no column.
func (r *readerV1) declared(f *fieldV1) {
	elem, _ := dialect.Element(f.typ)
	if elem == nil || elem.Shape() != facts.Struct {
		return
	}
	d := r.declaration(f, elem)
	var ok bool
	if d.target, ok = r.targetSchema(elem); !ok || d.target.open || r.sch.open {
		r.mentions(d)
		return
	}
	if table := f.settings.of("MANY2MANY").value; table != "" && f.typ.Shape() == facts.Slice {
		r.manyToMany(d, table)
	} else {
		r.keyed(d)
	}
	switch {
	case d.lengthsDiffer || d.tooFewR:
		r.model.Mistakes = append(r.model.Mistakes, d.keyCount())
	case d.relation.Kind != relation.NoKind:
		if index := r.modelFieldOf(f); index >= 0 {
			r.model.Fields[index].Column = ""
		}
		r.model.Relations = append(r.model.Relations, d.relation)
	}
	r.mentions(d)
}

func (r *readerV1) declaration(f *fieldV1, elem facts.Type) *declarationV1 {
	d := &declarationV1{fieldV1: f, prefix: f.home.name}
	d.relation = dialect.NewRelation(name, r.sch.id(f), f.path, f.file, f.decl)
	dialect.Aim(r.scope, &d.relation, r.sch.typ, elem)
	d.all = r.sch.fields
	if f.home != r.sch {
		d.all = append(r.sch.fields[:f.before:f.before], f.home.fields...)
	}
	d.foreignKeys = listV1(f.settings.of("FOREIGNKEY").value)
	d.refersTo = listV1(f.settings.of("ASSOCIATION_FOREIGNKEY").value)
	if d.refersTo == nil {
		d.refersTo = listV1(f.settings.of("ASSOCIATIONFOREIGNKEY").value)
	}
	return d
}

// listV1 splits a list at its commas; v1 trims nothing.
func listV1(value string) []string {
	if value == "" {
		return nil
	}
	return strings.Split(value, ",")
}

func (r *readerV1) modelFieldOf(f *fieldV1) int {
	for i, other := range r.sch.fields {
		if other == f {
			return i
		}
	}
	return -1
}

func (r *readerV1) targetSchema(t facts.Type) (*schemaV1, bool) {
	if !t.Ref().IsZero() && t.Ref() == r.sch.typ.Ref() {
		return r.sch, true
	}
	sch, ok := r.scope.Schema(t).(*schemaV1)
	return sch, ok
}

// keyed resolves a relation by its keys: has-many for a slice; has-one, then
// belongs-to, for a struct.
func (r *readerV1) keyed(d *declarationV1) {
	r.polymorphic(d)
	many := d.typ.Shape() == facts.Slice
	if d.search(d.prefix, d.home.primary, d.all, r.sch.mainKey(), d.target.fields, d.all) {
		d.relation.Kind = relation.HasOne
		if many {
			d.relation.Kind = relation.HasMany
		}
		d.setKeys(d.target, r.sch)
		d.setPolymorphic(r.sch.table)
		return
	}
	if many || d.lengthsDiffer || d.tooFewR {
		return
	}
	if d.search(d.name, d.target.primary, d.target.fields, d.target.mainKey(), d.home.fields, d.target.fields) {
		d.relation.Kind = relation.BelongsTo
		d.setKeys(r.sch, d.target)
	}
}

// pairV1 is a foreign key field and the field it points to.
type pairV1 struct{ foreign, primary *fieldV1 }

// search looks for the keys of one side: their names from the tag, else prefix and
// key name; what they point to from the tag, else from what follows the prefix,
// else the main key.
func (d *declarationV1) search(prefix string, primary, named []*fieldV1, mainKey string, foreignSide, primarySide []*fieldV1) bool {
	foreign, refers := d.foreignKeys, d.refersTo
	switch {
	case len(foreign) == 0 && len(refers) == 0:
		for _, p := range primary {
			foreign = append(foreign, prefix+p.name)
			refers = append(refers, p.name)
		}
	case len(foreign) == 0:
		for _, name := range d.refersTo {
			if p := lookUpV1(name, named); p != nil {
				foreign = append(foreign, prefix+p.name)
				refers = append(refers[:len(refers):len(refers)], p.name)
			}
		}
	case len(refers) == 0:
		for _, name := range foreign {
			if rest, ok := strings.CutPrefix(name, prefix); ok && lookUpV1(rest, named) != nil {
				refers = append(refers, rest)
			}
		}
		if len(refers) == 0 && len(foreign) == 1 {
			refers = []string{mainKey}
		}
	case len(foreign) != len(refers):
		d.lengthsDiffer = true
		return false
	}
	d.found = d.found[:0]
	for i, name := range foreign {
		f := lookUpV1(name, foreignSide)
		if f == nil {
			continue
		}
		if i >= len(refers) {
			d.tooFewR = true // v1 indexes past the end
			return false
		}
		if p := lookUpV1(refers[i], primarySide); p != nil {
			d.found = append(d.found, pairV1{f, p})
		}
	}
	return len(d.found) > 0
}

func (d *declarationV1) setKeys(foreign, primary *schemaV1) {
	for _, p := range d.found {
		d.relation.Keys = append(d.relation.Keys, relation.Key{ForeignKey: foreign.id(p.foreign), References: primary.id(p.primary)})
	}
}

// polymorphic takes the option in, if the target has the type field: v1 ignores
// one that does not fit.
func (r *readerV1) polymorphic(d *declarationV1) {
	prefix := d.settings.of("POLYMORPHIC").value
	if prefix == "" {
		return
	}
	if d.polyType = lookUpV1(prefix+"Type", d.target.fields); d.polyType != nil {
		d.prefix = prefix
	}
}

func (d *declarationV1) setPolymorphic(table string) {
	if d.polyType == nil || len(d.relation.Keys) == 0 {
		return
	}
	if value, ok := d.settings.find("POLYMORPHIC_VALUE"); ok {
		table = value.value
	}
	d.relation.Polymorphic = &relation.Polymorphic{
		Type: d.target.id(d.polyType), ID: d.relation.Keys[0].ForeignKey, Value: table,
	}
}

// manyToMany resolves a relation over a join table.
func (r *readerV1) manyToMany(d *declarationV1, table string) {
	d.relation.Kind = relation.ManyToMany
	d.relation.JoinTable = table
	columns := listV1(d.settings.of("JOINTABLE_FOREIGNKEY").value)
	for i, f := range namedV1(d.foreignKeys, d.home.primary, d.home.fields, lookUpV1) {
		d.addJoinKey(columns, i, d.home.name, f, r.sch)
	}
	d.relation.OwnJoinKeys = len(d.relation.JoinKeys)
	columns = listV1(d.settings.of("ASSOCIATION_JOINTABLE_FOREIGNKEY").value)
	for i, f := range namedV1(d.refersTo, d.target.primary, d.target.fields, byNameV1) {
		d.addJoinKey(columns, i, d.target.name, f, d.target)
	}
}

// namedV1 are the fields that the names find, nil for a name that finds none; the
// primary key without names.
func namedV1(names []string, primary, side []*fieldV1, find func(string, []*fieldV1) *fieldV1) []*fieldV1 {
	if len(names) == 0 {
		for _, p := range primary {
			names = append(names, p.column)
		}
	}
	found := make([]*fieldV1, len(names))
	for i, name := range names {
		found[i] = find(name, side)
	}
	return found
}

// addJoinKey adds the i-th column of one side. v1 leaves out what it did not find.
func (d *declarationV1) addJoinKey(columns []string, i int, typeName string, f *fieldV1, side *schemaV1) {
	if f == nil {
		return
	}
	column := columnV1(typeName) + "_" + f.column
	if i < len(columns) {
		column = columns[i]
	}
	d.relation.JoinKeys = append(d.relation.JoinKeys, relation.JoinKey{Column: column, References: side.id(f)})
}

// keyCount is the one thing about relations that v1 refuses: two lists of
// different lengths, or one that it cannot complete.
func (d *declarationV1) keyCount() relation.Mistake {
	m := relation.Mistake{
		Kind: relation.KeyCount, Field: d.relation.ID, Place: d.relation.Place,
		Role: relation.ForeignKeyRole, Target: d.relation.Target,
	}
	if set := d.settings.of("FOREIGNKEY"); set.item.Sep {
		m.Place = relation.Place{File: set.file.Path, Span: set.item.Value.Span}
	}
	m.Text = fmt.Sprintf("foreignkey names %s, but association_foreignkey %d", counted(len(d.foreignKeys)), len(d.refersTo))
	return m
}

// mentions adds every name in the declaration of a relation.
func (r *readerV1) mentions(d *declarationV1) {
	r.model.Mentions = declared(r.model.Mentions, d.decl, d.file, d.relation.ID)
	many := d.settings.of("MANY2MANY").value != ""
	sorted := slices.SortedFunc(slices.Values(d.settings), func(a, b setting) int { return strings.Compare(a.name, b.name) })
	for _, set := range sorted {
		if o := set.item.Option; o == nil || !o.Relation || o.Role == relation.ValueRole || !set.item.Sep || set.file == nil {
			continue
		}
		for i, slot := range set.item.Values {
			m := dialect.MentionAt(set.file, slot, d.relation.ID, relation.Mention{Role: set.item.Option.Role})
			r.name(d, &m, i, many)
			r.model.Mentions = append(r.model.Mentions, m)
		}
	}
}

// name finds what a mention names.
func (r *readerV1) name(d *declarationV1, m *relation.Mention, i int, many bool) {
	keys := d.relation.Keys
	switch {
	case m.Role == relation.JoinTableRole:
		m.Table = m.Text
	case m.Role == relation.JoinForeignKeyRole, m.Role == relation.JoinReferencesRole:
		m.Table = d.relation.JoinTable
	case m.Role == relation.ForeignKeyRole && many:
		m.Role, m.Field = relation.OwnKeyRole, r.named(r.sch, m.Text)
	case m.Role == relation.ReferencesRole && many:
		m.Role, m.Field = relation.TargetKeyRole, r.named(d.target, m.Text)
	case m.Role == relation.ForeignKeyRole && i < len(keys):
		m.Field = keys[i].ForeignKey
	case m.Role == relation.ReferencesRole && i < len(keys):
		m.Field = keys[i].References
	case m.Role == relation.ForeignKeyRole:
		if m.Field = r.named(d.target, m.Text); m.Field.IsZero() && d.typ.Shape() == facts.Struct {
			m.Field = r.named(r.sch, m.Text)
		}
	case m.Role == relation.PolymorphicRole && d.relation.Polymorphic != nil:
		m.Field = d.relation.Polymorphic.ID
	}
}

func (r *readerV1) named(sch *schemaV1, text string) relation.FieldID {
	if sch == nil {
		return relation.FieldID{}
	}
	if f := lookUpV1(text, sch.fields); f != nil {
		return sch.id(f)
	}
	return relation.FieldID{}
}
