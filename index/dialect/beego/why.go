package beego

import "github.com/rells-dev/rells/index/relation"

// whyKey says what the foreign key of a rel(fk) or rel(one) was taken from.
func whyKey(f *field) string {
	if f.tag.value("column") != "" {
		return f.says() + " makes the field the foreign key, whose column the tag names"
	}
	return f.says() + " makes the field the foreign key, whose column is called after it"
}

// whyTable says what the join table of a rel(m2m) was taken from.
func whyTable(d *declaration) string {
	if d.field.tag.value("rel_table") != "" {
		return "rel_table names the join table, whose columns are called after the tables of both sides"
	}
	return "the join table and its columns are called after the tables of both sides"
}

// whyReverse says to what a reverse field is bound.
func whyReverse(sch *schema, f *field, target *schema, g *field) string {
	why := f.says() + " is the other side of " + target.id(g).Short()
	if len(candidates(sch, f, target)) > 1 {
		why += ", the first declared that leads back"
	}
	if g.kind == manyToMany {
		return why
	}
	return why + ", which is the foreign key " + (relation.FieldID{Model: target.typ.Ref(), Field: g.column}).Short()
}
