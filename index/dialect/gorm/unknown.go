package gorm

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// checkOptions finds the options that GORM v2 passes over: those that it does not
// know, and those that only v1 knew. Plugins may read options of their own, so an
// unknown one is wrong only where it is nearly one of GORM's; that is for the rule
// to find out. And types may.
func (p *parser) checkOptions(sch *schema, f *field, items []dialect.Item) {
	var troubles []trouble
	for _, item := range items {
		if freeText[upper(item.Name.Text)] {
			break
		}
		t := trouble{kind: relation.OptionUnknown, field: f, path: []string{f.name}, name: item.Name}
		switch o := item.Option; {
		case o == nil:
			t.text = "gorm has no option " + item.Name.Text
			if columnType, _, _ := strings.Cut(strings.ToLower(item.Name.Text), "("); bareTypes[columnType] {
				t.meant = "type:" + item.Name.Text
			}
		case p.outdated(f, o):
			t.text = "gorm v2 has no option " + item.Name.Text + ", only v1 had"
			t.meant = o.Deprecated
		default:
			continue
		}
		troubles = append(troubles, t)
	}
	if len(troubles) > 0 && !readsOptions(f) {
		sch.troubles = append(sch.troubles, troubles...)
	}
}

// readsOptions reports whether the type or the serializer of a field may look for
// options of its own: GORM hands the field, with all that its tag says, to some of
// their methods (migrator.GormDataTypeInterface, the interfaces of
// schema/interfaces.go, gorm.io/gorm v1.31). Those of a type whose source is not at
// hand cannot be known.
func readsOptions(f *field) bool {
	_, serializer := f.serializer()
	switch {
	case serializer != "" && !slices.Contains(ownSerializers, strings.ToLower(serializer)):
		return true
	case columnTypes[f.typ.Ref()]:
		return false
	case f.typ.Shape() == facts.Unknown, isSerializer(f.typ):
		return true
	}
	for name, params := range fieldMethods {
		if m, ok := method(f.typ, name); ok && m.Params == params {
			return true
		}
	}
	return false
}

// fieldMethods are the methods of types that get the field, and how many parameters
// they have.
var fieldMethods = map[string]int{
	"GormDBDataType": 2, "QueryClauses": 1, "CreateClauses": 1, "UpdateClauses": 1, "DeleteClauses": 1,
}

// freeText are the options whose value is prose or an expression. A semicolon there
// that nobody escaped ends it, and what follows is no option that anybody meant.
var freeText = map[string]bool{"COMMENT": true, "DEFAULT": true, "CHECK": true}

// bareTypes are types of databases that stand in tags without the option type.
var bareTypes = map[string]bool{
	"char": true, "varchar": true, "nvarchar": true, "text": true, "tinytext": true, "mediumtext": true, "longtext": true,
	"tinyint": true, "smallint": true, "mediumint": true, "bigint": true, "decimal": true, "numeric": true,
	"datetime": true, "timestamp": true, "timestamptz": true, "blob": true, "longblob": true, "bytea": true, "jsonb": true,
}

// outdated reports whether an option of v1 is lost in v2. Where a module requires
// both, or neither, the struct may be v1's; and an integer key is counted up by v2
// without being asked.
func (p *parser) outdated(f *field, o *dialect.Option) bool {
	if o.Module != moduleV1 || o.Deprecated == "" {
		return false
	}
	_, v1 := p.scope.Requires(f.file, moduleV1)
	_, v2 := p.scope.Requires(f.file, moduleV2)
	counted := (f.primary || strings.EqualFold(f.name, "id")) && (f.gormType == intType || f.gormType == uintType)
	return v2 && !v1 && !(o.Deprecated == "autoIncrement" && counted)
}

// checkSpelling remarks on the names of an option that find their field only as the
// column that the name would have (LookUpField). GORM before v1.31.1 refuses them.
func (d *declaration) checkSpelling(option string, names []string, fields []*field) {
	for i, name := range names {
		if i >= len(fields) || name == fields[i].name || name == fields[i].column {
			continue
		}
		m := d.newMistake(relation.KeySpelling, "", option, i)
		m.Meant = fields[i].name
		m.Text = "the field is spelt " + fields[i].name + ": gorm before v1.31.1 does not find " + name
		d.Remark(m)
	}
}
