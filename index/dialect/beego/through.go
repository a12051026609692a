package beego

import (
	"strings"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// manyToMany resolves rel(m2m): over a table that Beego makes, or over a model.
func (r *reader) manyToMany(d *declaration) {
	d.Relation.Kind = relation.ManyToMany
	switch _, through := d.field.joins(); {
	case through != "":
		r.overModel(d, d.field.tag.values["rel_through"].Value)
	default:
		r.overTable(d)
	}
}

// overTable resolves a rel(m2m) over a table that Beego makes (NewM2MModelInfo): its
// columns are called after the tables of both sides.
func (r *reader) overTable(d *declaration) {
	table, known := joinTable(d.field, r.sch, d.target)
	d.Relation.JoinTable, d.Relation.JoinOpen = table, !known || r.sch.renamed || d.target.renamed
	for _, side := range []*schema{r.sch, d.target} {
		if side.primary == nil {
			d.Unsure = d.Unsure || side.open
			d.Add(r.noPrimaryKey(d, side))
			return
		}
		key := relation.JoinKey{Column: side.table + "_id", References: side.keyID(side.primary)}
		d.Relation.JoinKeys = append(d.Relation.JoinKeys, key)
	}
	d.Relation.OwnJoinKeys = 1
	d.Relation.Reason = whyTable(d)
	if d.target == r.sch {
		d.Remark(r.oneColumn(d))
	}
	if clash := r.clash(d); clash != nil && known {
		d.Remark(*clash)
	}
}

// overModel resolves a rel(m2m) over the model that rel_through names: of its fields
// rel(fk) and rel(one), the last that leads to each side.
func (r *reader) overModel(d *declaration, named facts.Slot) {
	if !r.findThrough(d, named) {
		return
	}
	own, theirs := lastLeading(d.through, r.sch), lastLeading(d.through, d.target)
	for _, side := range []struct {
		key *field
		to  *schema
	}{{theirs, d.target}, {own, r.sch}} {
		if side.key == nil {
			d.Unsure = d.Unsure || d.through.open
			d.Add(r.throughLacks(d, side.to))
			return
		}
	}
	for _, side := range []struct {
		key *field
		to  *schema
	}{{own, r.sch}, {theirs, d.target}} {
		if side.to.primary == nil {
			d.Unsure = d.Unsure || side.to.open
			d.Add(r.noPrimaryKey(d, side.to))
			return
		}
		key := relation.JoinKey{Column: side.key.column, References: side.to.keyID(side.to.primary)}
		d.Relation.JoinKeys = append(d.Relation.JoinKeys, key)
	}
	d.Relation.OwnJoinKeys = 1
	d.Relation.Reason = "rel_through names " + d.through.label() + ", whose " + own.name() + " and " + theirs.name() + " lead to the sides"
	if own == theirs {
		d.Remark(r.oneColumn(d))
	}
}

// lastLeading is the last field of a model that holds a key to another, nil for none.
func lastLeading(sch, to *schema) *field {
	var last *field
	for _, f := range sch.fields {
		if f.holdsKey() && f.leadsTo(to) {
			last = f
		}
	}
	return last
}

// findThrough finds the model that rel_through names by the import path of its package
// and its name.
func (r *reader) findThrough(d *declaration, named facts.Slot) bool {
	dot := strings.LastIndexByte(named.Text, '.')
	if dot < 0 || dot+1 == len(named.Text) {
		d.Add(r.throughWithoutPath(d, named))
		return false
	}
	path, typ := named.Text[:dot], named.Text[dot+1:]
	if path == "main" && d.field.file.Package.Text == "main" {
		path = r.sch.typ.Ref().Package
	}
	t, ok := r.scope.Declared(facts.Ref{Package: path, Name: typ})
	if !ok {
		t, ok = r.besides(d, path, typ)
	}
	if !ok || t.Shape() != facts.Struct {
		d.Unsure = d.Unsure || !ok && path != r.sch.typ.Ref().Package && path != d.Relation.Target.Package
		d.Add(r.throughUnknown(d, named, nil))
		return false
	}
	ref := t.Ref()
	if d.field.file.Package.Text != "main" && ref.Package != path && !strings.HasSuffix(path, "/"+ref.Package) {
		d.Add(r.throughUnknown(d, named, t))
		return false
	}
	d.through = r.schemaOf(t)
	d.Relation.JoinModel = ref
	d.Relation.JoinTable, d.Relation.JoinOpen = d.through.table, d.through.renamed
	if !isRegistered(r.scope, t) && isRegistered(r.scope, r.sch.typ) {
		d.Remark(r.throughUnregistered(d, named))
	}
	return true
}

// besides finds a type by a path that is wrong, or that cannot be told without a go.mod:
// what code in the file calls by the name.
func (r *reader) besides(d *declaration, path, typ string) (facts.Type, bool) {
	if t, ok := r.scope.Lookup(d.field.file, typ); ok && t.Shape() == facts.Struct {
		return t, true
	}
	t, ok := r.scope.Lookup(d.field.file, path[strings.LastIndexByte(path, '/')+1:]+"."+typ)
	return t, ok && t.Shape() == facts.Struct
}
