package beego

import (
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/relation"
)

// optionOf finds the table's entry for an option; case counts for nothing.
func optionOf(name string) *dialect.Option { return optionsByName[strings.ToLower(name)] }

func unknownOption(name string) bool { return optionOf(name) == nil }

var optionsByName = dialect.OptionsByName(options)

// The values of rel, of reverse and of on_delete.
var (
	rels      = []string{"fk", "one", "m2m"}
	reverses  = []string{"one", "many"}
	deletions = []string{"cascade", "set_null", "set_default", "do_nothing"}
)

// options are what Beego reads in its tag (beego v2.3.8 models_utils.go, supportTag,
// and models_info_f.go, NewFieldInfo).
var options = []dialect.Option{
	// relations
	{Name: "rel", Role: relation.ValueRole, Values: rels, Relation: true,
		Doc: "Makes a relation: fk and one keep a key here, m2m a join table."},
	{Name: "reverse", Role: relation.ValueRole, Values: reverses, Relation: true,
		Doc: "Makes the other side of the first rel of the target that leads back: one of rel(one), many of rel(fk), else of rel(m2m)."},
	{Name: "rel_table", Role: relation.JoinTableRole, Relation: true,
		Doc: "Name of the join table of a rel(m2m); on a reverse(many), of the one that is meant."},
	{Name: "rel_through", Role: relation.JoinModelRole, Located: true, Relation: true,
		Doc: "The model between the sides of a rel(m2m), with the import path of its package: example.com/blog/models.PostTag."},
	{Name: "on_delete", Role: relation.ValueRole, Values: deletions, Relation: true,
		Doc: "What is done with this row when the one that it points to is deleted; cascade unless said."},

	// columns
	{Name: "column", Role: relation.ColumnRole, Doc: "Name of the column."},
	{Name: "pk", Doc: "Makes the column the primary key. Without it an integer field called Id is."},
	{Name: "auto", Doc: "Makes an integer column the primary key, which counts up."},
	{Name: "null", Doc: "Lets the column be NULL."},
	{Name: "index", Doc: "Makes an index over the column."},
	{Name: "unique", Doc: "Makes the column unique."},
	{Name: "default", Role: relation.ValueRole, Doc: "Default value of the column."},
	{Name: "size", Role: relation.ValueRole, Doc: "Length of a varchar; 255 unless said."},
	{Name: "type", Role: relation.ValueRole, Values: []string{"char", "text", "json", "jsonb", "date"},
		Doc: "Another type of column: char, text, json or jsonb for a string, date for a time.Time."},
	{Name: "digits", Role: relation.ValueRole, Doc: "Makes a float a decimal of so many digits, together with decimals."},
	{Name: "decimals", Role: relation.ValueRole, Doc: "Of the digits, how many stand behind the point."},
	{Name: "auto_now", Doc: "Sets the time whenever the row is saved."},
	{Name: "auto_now_add", Doc: "Sets the time when the row is made."},
	{Name: "precision", Role: relation.ValueRole, Module: moduleV2, Doc: "Digits of a time.Time behind the second."},
	{Name: "db_type", Role: relation.ValueRole, Module: moduleV2, Doc: "Type of the column in the database, as it is."},
	{Name: "description", Role: relation.ValueRole, Doc: "Comment of the column."},
	{Name: "-", Doc: "Leaves the field out."},
}

// offered lists the names of all options.
func offered() []string {
	names := make([]string, len(options))
	for i := range options {
		names[i] = options[i].Name
	}
	return names
}
