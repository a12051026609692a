package gopg

import (
	"maps"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// writer makes the inverse of a relation: it adds a field to a copy of the target's
// schema and lets the reader say what go-pg would make of it, tag by tag, until that is
// the inverse. So columns are named only where convention does not do.
type writer struct {
	scope  dialect.Scope
	side   dialect.Side
	owner  *schema // has the relation; a copy
	target *schema // gets the inverse; a copy
}

// write gives the inverse of a relation. A polymorphic one has none, nor has one whose
// target cannot import the model, or that joins one primary key with the other.
func write(s dialect.Scope, side dialect.Side) *dialect.Addition {
	w := newWriter(s, side)
	if w == nil {
		return nil
	}
	add := &dialect.Addition{}
	wanted := dialect.Inverted(w.side.Relation, w.unique())
	if side.Relation.Kind != relation.ManyToMany && len(side.Relation.Keys) == 0 && !w.addKeys(add, &wanted) {
		return nil
	}
	if w.joinsPrimaryKeys(wanted.Keys) || !w.addInverse(add, wanted) {
		return nil
	}
	return add
}

// newWriter prepares writing the inverse of a relation, nil where there is none.
func newWriter(s dialect.Scope, side dialect.Side) *writer {
	owner, target := s.Schema(side.Owner).(*schema), s.Schema(side.Target).(*schema)
	if side.Relation.Polymorphic != nil || side.Relation.Foreign || target.open || owner.open {
		return nil
	}
	w := &writer{scope: s, side: side, owner: owner.copied(), target: target.copied()}
	if side.Owner.Ref() == side.Target.Ref() {
		w.owner = w.target
	}
	return w
}

// copied is a schema to which fields can be added.
func (sch *schema) copied() *schema {
	c := *sch
	c.fields, c.byColumn = slices.Clone(sch.fields), maps.Clone(sch.byColumn)
	return &c
}

// unique reports whether no two rows may hold the same foreign key.
func (w *writer) unique() bool {
	keys := w.side.Relation.Keys
	if len(keys) != 1 {
		return false
	}
	f := w.owner.byGoName(keys[0].ForeignKey.Name())
	if f == nil {
		return false
	}
	item, ok := f.tag.Last("unique")
	return ok && item.Value.Text == ""
}

// joinsPrimaryKeys reports whether each key is the primary key on both sides.
func (w *writer) joinsPrimaryKeys(keys []relation.Key) bool {
	primary := func(id relation.FieldID) bool {
		for _, sch := range []*schema{w.owner, w.target} {
			if slices.ContainsFunc(sch.primary, func(f *field) bool { return sch.id(f) == id }) {
				return true
			}
		}
		return false
	}
	return dialect.JoinsPrimaryKeys(keys, primary)
}

// addKeys adds the foreign key that the relation lacks, by the names that go-pg looks
// for: to the owner where the relation belongs to the target, else to the target.
func (w *writer) addKeys(add *dialect.Addition, wanted *relation.Relation) bool {
	r := w.side.Relation
	holder, primary, prefix, column := w.target, w.owner, w.owner.typeName, dialect.Underscore(w.owner.modelName)
	if r.Kind == relation.BelongsTo {
		holder, primary, prefix, column = w.owner, w.target, r.ID.Name(), dialect.Underscore(r.ID.Name())
	}
	for _, key := range primary.primary {
		f := &field{goName: prefix + key.goName, column: column + "_" + key.column, typ: key.typ}
		f.path = []string{f.goName}
		spec, ok := dialect.SpecOf(key.typ)
		if !ok || holder.byGoName(f.goName) != nil || holder.byColumn[f.column] != nil {
			return false
		}
		spec.Pointer = r.Target == r.ID.Model // the first row refers to none
		declared := dialect.NewField{Name: f.goName, Type: spec}
		if tags := f.keyTag(key); tags != "" {
			declared.Tags = []dialect.TagSpec{{Key: tagKey, Value: tags}}
		}
		add.Key(r, declared)
		holder.fields = append(holder.fields, f)
		holder.byColumn[f.column] = f
		wanted.Keys = append(wanted.Keys, relation.Key{ForeignKey: holder.id(f), References: primary.id(key)})
	}
	return len(wanted.Keys) > 0
}

// keyTag is the tag of a new foreign key: its column, where that does not go by the
// field, and the type of the key, where a tag gives that.
func (f *field) keyTag(key *field) string {
	tag := ""
	if dialect.Underscore(f.goName) != f.column {
		tag = f.column
	}
	if item, ok := key.tag.Last("type"); ok && !strings.Contains(item.Value.Text, "serial") {
		tag += ",type:" + item.Value.Text
	}
	return strings.TrimPrefix(tag, ",")
}

// addInverse adds the field, with the first tag that makes go-pg read it as wanted.
func (w *writer) addInverse(add *dialect.Addition, wanted relation.Relation) bool {
	many := wanted.Kind.ToMany()
	taken := func(n string) bool { return w.target.byGoName(n) != nil }
	free := dialect.InverseName(w.side, many, dialect.LeadOnce(w.owner.relationTypes(), w.side.Target.Ref()), dialect.NameByKey(wanted), taken)
	if free == "" {
		return false
	}
	for _, tag := range w.tags(wanted) {
		if !w.reads(free, tag, wanted) {
			continue
		}
		f := dialect.NewField{Name: free, Tags: []dialect.TagSpec{{Key: tagKey, Value: tag}}}
		f.Type = dialect.TypeSpec{Ref: w.side.Owner.Ref(), Slice: many, Pointer: !many || dialect.HoldPointers(w.target.relationTypes())}
		add.Inverse(w.side, f)
		return true
	}
	return false
}

// tags are the pg tags that may make the inverse, the shortest first.
func (w *writer) tags(wanted relation.Relation) []string {
	table := ""
	if wanted.Kind == relation.ManyToMany {
		table = many2many + ":" + wanted.JoinTable
		if f := w.owner.byGoName(w.side.Relation.ID.Name()); f != nil && f.tag.Has("rel") {
			table = "rel:many2many," + table
		}
	}
	here, there := w.keyColumns(wanted)
	return tagsOf(wanted.Kind, table, here, there)
}

// keyColumn is a column of a foreign key, and the one that it points to.
type keyColumn struct{ key, references string }

// keyColumns are the columns of a relation's keys: those that fk can name, and those that
// join_fk can.
func (w *writer) keyColumns(wanted relation.Relation) (here, there []keyColumn) {
	column := func(id relation.FieldID) string {
		for _, sch := range []*schema{w.owner, w.target} {
			for _, f := range sch.fields {
				if sch.id(f) == id {
					return f.column
				}
			}
		}
		return ""
	}
	for i, k := range wanted.JoinKeys {
		pair := keyColumn{k.Column, column(k.References)}
		if i < wanted.OwnJoinKeys {
			here = append(here, pair)
		} else {
			there = append(there, pair)
		}
	}
	for _, k := range wanted.Keys {
		pair := keyColumn{column(k.ForeignKey), column(k.References)}
		if wanted.Kind == relation.BelongsTo {
			here = append(here, pair)
		} else {
			there = append(there, pair)
		}
	}
	return here, there
}

// tagsOf are the tags that may make a relation with the given keys, the shortest first. A
// many-to-many begins as table says.
func tagsOf(kind relation.Kind, table string, here, there []keyColumn) []string {
	base := "rel:" + wordOf[kind]
	fk, joinFK := option("fk", here), option("join_fk", there)
	switch {
	case kind == relation.ManyToMany:
		base = table
	case kind != relation.BelongsTo:
		return []string{base, base + joinFK}
	case len(here) == 1:
		joinFK = ",join_fk:" + here[0].references
	}
	return []string{base, base + fk, base + joinFK, base + fk + joinFK}
}

// option is an option that names the one column of a key, or what the columns of several
// begin with; "" where they begin with nothing in common.
func option(name string, keys []keyColumn) string {
	if len(keys) == 1 {
		return "," + name + ":" + keys[0].key
	}
	prefix := ""
	for i, k := range keys {
		begins, ok := strings.CutSuffix(k.key, k.references)
		if !ok || i > 0 && begins != prefix {
			return ""
		}
		prefix = begins
	}
	if prefix == "" {
		return ""
	}
	return "," + name + ":" + prefix
}

// reads reports whether go-pg would read a field of the target as wanted.
func (w *writer) reads(goName, tag string, wanted relation.Relation) bool {
	if len(w.owner.primary) == 0 || wanted.Kind != relation.BelongsTo && len(w.target.primary) == 0 {
		return false
	}
	f := &field{goName: goName, path: []string{goName}, tag: splitTag(facts.Slot{Text: tag})}
	d := &declaration{field: f, target: w.owner}
	r := &reader{scope: w.scope, sch: w.target, model: &relation.Model{}}
	d.Relation.ID = w.target.id(f)
	r.attempt(d)
	return d.Is(wanted)
}

// attempt resolves a declaration whose target is known.
func (r *reader) attempt(d *declaration) {
	switch d.word() {
	case hasOne:
		r.hasOne(d)
	case belongsTo:
		r.belongsTo(d)
	case hasMany:
		r.hasMany(d)
	case many2many:
		table, _ := d.field.tag.Last(many2many)
		d.Relation.Kind, d.Relation.JoinTable = relation.ManyToMany, table.Value.Text
		r.through(d, table)
	}
}
