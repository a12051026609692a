package gopg

import (
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// guess makes a relation of a field that does not say what it is, if a key is found for
// it; what it reports is whether one was. Such relations are deprecated. Where nothing is
// found the field stays a column, in silence (tryRelation, tryRelationSlice,
// tryRelationStruct).
func (r *reader) guess(d *declaration) bool {
	t := indirect(d.field.typ)
	if t == nil || d.value("type") != "" || d.scans(t) {
		return false
	}
	many := t.Shape() == facts.Slice
	if many {
		t = indirect(t.Elem())
	}
	if t == nil || t.Shape() != facts.Struct || t.Ref().IsZero() || d.value("fk") == "-" {
		return false
	}
	if !r.aim(d, t, "") || len(d.target.all) == 0 {
		return false
	}
	found := false
	if many {
		found = r.guessMany(d)
	} else {
		found = r.guessOne(d)
	}
	return (found || len(d.Mistakes) > 0) && !d.Unsure
}

// value is that of an option, "" where there is none.
func (d *declaration) value(option string) string {
	item, _ := d.field.tag.Last(option)
	return unquoted(item.Value).Text
}

// scans reports whether a type reads itself (isScanner), or may do so.
func (d *declaration) scans(t facts.Type) bool {
	m, ok := t.Method("Scan")
	if !ok {
		d.Unsure = d.Unsure || t.Opaque()
		return t.Opaque()
	}
	return m.Params == 1 && len(m.Results) == 1
}

// guessOne looks for a key here, then for one there (tryHasOne, tryBelongsToOne).
func (r *reader) guessOne(d *declaration) bool {
	prefix, given := r.prefixOf(d, dialect.Underscore(d.field.goName))
	if fks := d.foreignKeys(d.target, r.sch, prefix, given); len(fks) > 0 {
		var pairs []columns
		for i, fk := range fks {
			pairs = append(pairs, columns{fk, d.target.primary[i]})
		}
		r.keepGuess(d, relation.BelongsTo, pairs)
		return true
	}
	prefix, given = r.prefixOf(d, dialect.Underscore(r.sch.typeName))
	if fks := d.foreignKeys(r.sch, d.target, prefix, given); len(fks) > 0 {
		r.keepGuess(d, relation.HasOne, pairsThere(r.sch.primary, fks))
		return true
	}
	return false
}

// guessMany looks for a key there (tryHasManyRelation). fk_value names the column that
// it holds, in place of the primary key.
func (r *reader) guessMany(d *declaration) bool {
	prefix, given := r.prefixOf(d, r.sch.modelName)
	option, polymorphic := d.field.tag.Last("polymorphic")
	typeColumn := ""
	if polymorphic {
		prefix = asPrefix(option.Value.Text)
		if typeColumn = prefix + "type"; d.column(d.target, typeColumn) == nil {
			return false
		}
	}
	fks := d.foreignKeys(r.sch, d.target, prefix, given || polymorphic)
	if len(fks) == 0 {
		return false
	}
	values := r.sch.primary
	if item, ok := d.field.tag.Last("fk_value"); ok {
		if len(fks) > 1 {
			d.Add(r.tooManyKeys(d, item, fks))
			return false
		}
		value := d.column(r.sch, item.Value.Text)
		if value == nil {
			d.Add(r.columnUnknown(d, r.sch, item, relation.ReferencesUnknown, "pg20"))
			return false
		}
		values = []*field{value}
	}
	r.keepGuess(d, relation.HasMany, pairsThere(values, fks))
	if polymorphic {
		r.polymorphic(d, typeColumn)
	}
	return true
}

// prefixOf is what the columns of a guessed key begin with, as fk says or by convention.
func (r *reader) prefixOf(d *declaration, convention string) (prefix string, given bool) {
	if item, ok := d.field.tag.Last("fk"); ok {
		return asPrefix(item.Value.Text), true
	}
	return convention + "_", false
}

func pairsThere(base, join []*field) []columns {
	var pairs []columns
	for i := range join {
		pairs = append(pairs, columns{base[i], join[i]})
	}
	return pairs
}

// keepGuess keeps the columns, and remarks that nothing says so.
func (r *reader) keepGuess(d *declaration, kind relation.Kind, pairs []columns) {
	r.keep(d, kind, pairs)
	d.Remark(r.guessed(d, kind))
}

// foreignKeys finds the columns of join that hold the primary key of base, each of the
// same type (foreignKeys): called as the prefix and the key say, or as the key itself
// where its name has an underscore; or by the names pk_x and fk_x; or, of a single key, as
// the prefix says alone, or with id or uuid behind it.
func (d *declaration) foreignKeys(base, join *schema, prefix string, given bool) []*field {
	primary := base.primary
	d.Unsure = d.Unsure || base.open || join.open
	fks := d.all(primary, func(pk *field) *field {
		if f := d.typed(join, prefix+pk.column, pk); f != nil || !strings.Contains(pk.column, "_") {
			return f
		}
		return d.typed(join, pk.column, pk)
	})
	if fks != nil {
		return fks
	}
	fks = d.all(primary, func(pk *field) *field {
		name, ok := strings.CutPrefix(pk.column, "pk_")
		if !ok {
			return nil
		}
		return d.typed(join, "fk_"+name, pk)
	})
	if fks != nil || prefix == "" || len(primary) != 1 {
		return fks
	}
	names := []string{prefix + "id", prefix + "uuid"}
	if given {
		names = append([]string{prefix}, names...)
	}
	for _, name := range names {
		if f := d.typed(join, name, primary[0]); f != nil {
			return []*field{f}
		}
	}
	return nil
}

// all are what find finds for each key; nil unless it finds something for all of them.
func (d *declaration) all(primary []*field, find func(pk *field) *field) []*field {
	var fks []*field
	for _, pk := range primary {
		if f := find(pk); f != nil {
			fks = append(fks, f)
		}
	}
	if len(fks) != len(primary) {
		return nil
	}
	return fks
}

// typed finds a column that has the type of a key; nil where it has another.
func (d *declaration) typed(sch *schema, name string, pk *field) *field {
	f := sch.byColumn[name]
	if f == nil {
		return nil
	}
	a, b := f.sqlType(), pk.sqlType()
	if a == "" || b == "" {
		d.Unsure = true
		return nil
	}
	if a != b {
		return nil
	}
	return f
}
