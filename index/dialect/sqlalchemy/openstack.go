package sqlalchemy

import (
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// elsewhere are bases that come from libraries and that whole families of programs share,
// so that their models can be read without the library at hand: those of OpenStack
// (oslo.db 17, oslo_db/sqlalchemy/models.py; neutron-lib 3, neutron_lib/db/model_base.py).
var elsewhere = map[facts.Ref]library{
	{Package: "oslo_db.sqlalchemy.models", Name: "ModelBase"}:       {},
	{Package: "oslo_db.sqlalchemy.models", Name: "TimestampMixin"}:  {columns: []string{"created_at", "updated_at"}},
	{Package: "oslo_db.sqlalchemy.models", Name: "SoftDeleteMixin"}: {columns: []string{"deleted_at", "deleted"}},

	{Package: "neutron_lib.db.model_base", Name: "BASEV2"}:                     {root: true, tableNames: plural},
	{Package: "neutron_lib.db.model_base", Name: "HasId"}:                      {columns: []string{"id"}},
	{Package: "neutron_lib.db.model_base", Name: "HasProject"}:                 {columns: []string{"project_id", "tenant_id"}},
	{Package: "neutron_lib.db.model_base", Name: "HasProjectNoIndex"}:          {columns: []string{"project_id", "tenant_id"}},
	{Package: "neutron_lib.db.model_base", Name: "HasProjectPrimaryKey"}:       {columns: []string{"project_id", "tenant_id"}},
	{Package: "neutron_lib.db.model_base", Name: "HasProjectPrimaryUniqueKey"}: {columns: []string{"project_id", "tenant_id"}},
	{Package: "neutron_lib.db.model_base", Name: "HasStatusDescription"}:       {columns: []string{"status", "status_description"}},
}

// library is a base of a library: a root, or a mixin with columns that hold no foreign key.
type library struct {
	root       bool
	tableNames func(class string) string
	columns    []string
}

// fromElsewhere is the class that stands for a base of a library; nil for an unknown one.
func (g *mappers) fromElsewhere(ref facts.Ref) *class {
	known, ok := elsewhere[ref]
	if !ok {
		return nil
	}
	c := &class{g: g, ref: ref, byName: map[string]*attribute{}, tableNames: known.tableNames, whole: true, told: true}
	if known.root {
		c.kind, c.registry = root, ref
	}
	for _, name := range known.columns {
		c.add(&attribute{kind: columnAttribute, name: facts.Slot{Text: name}, class: c})
	}
	return c
}

// plural is the name that neutron-lib gives to the table of a class.
func plural(class string) string { return strings.ToLower(class) + "s" }
