package gorm

import (
	"go/token"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// writer makes the inverse of a relation: it adds a field to a copy of the
// target's schema and lets the reader say what GORM would make of it, tag by tag,
// until that is the inverse. So a tag is written only where convention does not do.
type writer struct {
	scope  dialect.Scope
	side   dialect.Side
	owner  *schema // has the relation
	target *schema // a copy, gets the inverse
}

// write gives the inverse for v2 models. A polymorphic relation has none, nor has
// one whose target cannot import the model. For v1 models nothing is certain: v1 does
// not refuse a field that it cannot make a relation of, it loads and saves nothing, and
// what is read of v1 here is held against its source alone, not against its runs.
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
	if !w.addInverse(add, wanted) {
		return nil
	}
	return add
}

// newWriter prepares writing the inverse of a relation, nil where there is none.
func newWriter(s dialect.Scope, side dialect.Side) *writer {
	owner, ok := s.Schema(side.Owner).(*schema)
	target, ok2 := s.Schema(side.Target).(*schema)
	r := side.Relation
	if !ok || !ok2 || r.Polymorphic != nil || r.Foreign || target.open || owner.open {
		return nil
	}
	w := &writer{scope: s, side: side, owner: owner.copied(), target: target.copied()}
	if side.Owner.Ref() == side.Target.Ref() {
		w.owner = w.target
	}
	return w
}

// unique reports whether no two rows may hold the same foreign key.
func (w *writer) unique() bool {
	keys := w.side.Relation.Keys
	if len(keys) != 1 {
		return false
	}
	f := w.owner.lookUp(keys[0].ForeignKey.Name())
	return f != nil && (f.settings.truth("UNIQUE") || f.settings.has("UNIQUEINDEX") && !strings.Contains(f.settings.of("UNIQUEINDEX").value, ","))
}

// addKeys adds the foreign key that the relation lacks, or that part of a composite
// one that it lacks, under the names that its tag gives: to the owner where the
// relation belongs to the target, else to the target.
func (w *writer) addKeys(add *dialect.Addition, wanted *relation.Relation) bool {
	r := w.side.Relation
	holder, primary, prefix := w.target, w.owner, w.owner.name
	if r.Kind == relation.BelongsTo {
		holder, primary, prefix = w.owner, w.target, r.ID.Name()
	}
	pointed := primary.primary
	var named, refers []string
	if f := w.owner.byName.of(r.ID.Name()); f != nil {
		named, refers = f.settings.names("FOREIGNKEY"), f.settings.names("REFERENCES")
	}
	if len(refers) > 0 {
		pointed = nil
	}
	for _, name := range refers {
		f := primary.lookUp(name)
		if f == nil {
			return false
		}
		pointed = append(pointed, f)
	}
	for i, p := range pointed {
		name := prefix + p.name
		if len(named) == len(pointed) {
			name = goName(named[i])
		}
		if f := holder.lookUp(name); f != nil && len(r.Unmatched) > 0 {
			wanted.Keys = append(wanted.Keys, relation.Key{ForeignKey: holder.id(f), References: primary.id(p)})
			continue
		}
		spec, ok := keySpec(p)
		if !ok || holder.lookUp(name) != nil || !token.IsExported(name) || !token.IsIdentifier(name) {
			return false
		}
		spec.Pointer = r.Target == r.ID.Model // the first row refers to none
		key := dialect.NewField{Name: name, Type: spec}
		add.Key(r, key)
		f := newColumn(name, nil, p.dataType)
		holder.add(f)
		wanted.Keys = append(wanted.Keys, relation.Key{ForeignKey: holder.id(f), References: primary.id(p)})
	}
	return len(wanted.Keys) > 0
}

// keySpec is the type of a foreign key that points to the field.
func keySpec(p *field) (dialect.TypeSpec, bool) {
	if p.typ == nil { // of gorm.Model, whose source is not at hand
		return dialect.TypeSpec{Ref: facts.Ref{Name: "uint"}}, p.name == "ID"
	}
	return dialect.SpecOf(p.typ)
}

// addInverse adds the field, with the first tag that makes GORM read it as wanted.
func (w *writer) addInverse(add *dialect.Addition, wanted relation.Relation) bool {
	many := wanted.Kind.ToMany()
	byKey := ""
	if wanted.Kind == relation.BelongsTo && len(wanted.Keys) == 1 {
		byKey = w.nameOfKey(wanted.Keys[0])
	}
	taken := func(n string) bool { return w.target.byName.of(n) != nil }
	name := dialect.InverseName(w.side, many, dialect.LeadOnce(w.owner.relationTypes(), w.side.Target.Ref()), byKey, taken)
	if name == "" {
		return false
	}
	for _, tag := range w.tags(wanted) {
		if w.reads(name, tag, many, wanted) {
			field := dialect.NewField{Name: name, Type: dialect.TypeSpec{Ref: w.side.Owner.Ref(), Slice: many, Pointer: !many || w.pointers()}}
			if tag != "" {
				field.Tags = append(field.Tags, dialect.TagSpec{Key: "gorm", Value: tag})
			}
			add.Inverse(w.side, field)
			return true
		}
	}
	return false
}

// nameOfKey is what the foreign key suggests: Author for AuthorID.
func (w *writer) nameOfKey(k relation.Key) string {
	key, primary := k.ForeignKey.Name(), k.References.Name()
	for _, suffix := range []string{primary, "ID", "Id"} {
		if name, ok := strings.CutSuffix(key, suffix); ok && name != "" {
			return name
		}
	}
	return ""
}

// relationTypes are the types of the fields that are relations.
func (sch *schema) relationTypes() []facts.Type {
	var types []facts.Type
	for _, f := range sch.fields {
		if f.isRelation() {
			types = append(types, f.written)
		}
	}
	return types
}

// pointers reports whether the target's slices hold pointers.
func (w *writer) pointers() bool {
	values, pointers := 0, 0
	for _, f := range w.target.fields {
		if f.typ == nil || f.typ.Shape() != facts.Slice || !f.isRelation() {
			continue
		}
		if e := f.typ.Elem(); e != nil && e.Shape() == facts.Pointer {
			pointers++
		} else {
			values++
		}
	}
	return pointers > values
}

// tags are the gorm tags that may make the inverse, the shortest first.
func (w *writer) tags(wanted relation.Relation) []string {
	var foreign, primary []string
	for _, k := range wanted.Keys {
		foreign = append(foreign, k.ForeignKey.Name())
		primary = append(primary, k.References.Name())
	}
	if wanted.Kind == relation.ManyToMany {
		return w.joinTags(wanted)
	}
	key := "foreignKey:" + strings.Join(foreign, ",")
	both := key + ";references:" + strings.Join(primary, ",")
	tags := []string{"", key, both}
	if wanted.Kind == relation.BelongsTo {
		tags = append(tags, key+";belongsTo:true", both+";belongsTo:true")
	}
	return tags
}

func (w *writer) joinTags(wanted relation.Relation) []string {
	table := strings.TrimPrefix(wanted.JoinTable, w.owner.naming.prefix)
	if f := w.owner.byName.of(w.side.Relation.ID.Name()); f != nil && f.settings.of("MANY2MANY").value != "" {
		table = f.settings.of("MANY2MANY").value
	}
	base := "many2many:" + table
	var own, target, ownColumns, targetColumns []string
	for i, k := range wanted.JoinKeys {
		if i < wanted.OwnJoinKeys {
			own, ownColumns = append(own, k.References.Name()), append(ownColumns, goName(k.Column))
		} else {
			target, targetColumns = append(target, k.References.Name()), append(targetColumns, goName(k.Column))
		}
	}
	keys := ";foreignKey:" + strings.Join(own, ",") + ";references:" + strings.Join(target, ",")
	ownJoin, targetJoin := ";joinForeignKey:"+strings.Join(ownColumns, ","), ";joinReferences:"+strings.Join(targetColumns, ",")
	joins := ownJoin + targetJoin
	return []string{base, base + ownJoin, base + targetJoin, base + joins, base + keys, base + keys + joins}
}

// goName is a Go name for a column: UserID for user_id.
func goName(column string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(column, "_") {
		if strings.EqualFold(word, "id") {
			word = "ID"
		}
		b.WriteString(title(word))
	}
	return b.String()
}

// reads reports whether GORM would read the new field as wanted: with any columns of a
// join table, where none are given.
func (w *writer) reads(name, tag string, many bool, wanted relation.Relation) bool {
	set := settings(nil).add(nil, lex(facts.Slot{Text: tag}))
	sch := w.target.copied()
	f := newColumn(name, set, "")
	sch.add(f)
	d := &declaration{field: f, shape: facts.Struct, target: w.owner}
	if many {
		d.shape = facts.Slice
	}
	if w.owner == w.target {
		d.target = sch
	}
	(&reader{scope: w.scope, sch: sch, model: &relation.Model{}, release: releaseOf(w.scope, sch.typ)}).resolve(d)
	got := d.Relation
	return !d.Unsure && len(d.Mistakes) == 0 && got.Kind == wanted.Kind && slices.Equal(got.Keys, wanted.Keys) &&
		got.JoinTable == wanted.JoinTable && (wanted.JoinKeys == nil || slices.Equal(got.JoinKeys, wanted.JoinKeys))
}

// copied is a schema to which fields can be added.
func (sch *schema) copied() *schema {
	c := *sch
	c.fields = slices.Clone(sch.fields)
	c.byName, c.byPath, c.byColumn = sch.byName.clone(), sch.byPath.clone(), sch.byColumn.clone()
	return &c
}
