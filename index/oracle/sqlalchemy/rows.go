package oracle

import "strings"

// rowOfMessage are the rows of testdata/rows by words of their messages, in all versions.
var rowOfMessage = []struct{ words, row string }{
	{"Only 'None' is accepted as dataclass default", "sa1"},
	{"sync_backref and viewonly cannot both be True", "sa2"},
	{"'cascade_backrefs' parameter passed to", "sa3"},
	{"setting omit_join to True is not supported", "sa4"},
	{"mutually exclusive", "sa5"},
	{"while also setting viewonly=True does not make sense", "sa6"},
	{"cannot specify sync_backref=True since", "sa18"},
	{"that is not a relationship", "sa19"},
	{"which does not reference mapper", "sa20"},
	{"both of the same direction", "sa21"},
	{"must be a Table object or other FROM clause", "sa22"},
	{"cannot be instantiated; please provide an explicit", "sa23"},
	{"AttributeError: __args__", "sa24"},
	{"Class 'builtins.list' is not mapped", "sa24"},
	{"locate a name ('List')", "sa24"}, // of an annotation that is a text to Python
	{"default_factory must be exactly", "sa25"},
	{"is not list-like", "sa25"},
	{"expects a class or a mapper argument", "sa26"},
	{"is normally configured only on the \"one\" side", "sa27"},
	{"can't set passive_deletes='all' in conjunction", "sa28"},
	{"Error creating backref", "sa29"},
	{"Can't assign 'secondaryjoin' on a backref", "sa30"},
	{"Invalid back_populates value", "sa31"},
	{"has no property '1'", "sa31"},
	{"has no property 'True'", "sa31"},
	{"TypeError: unhashable type: 'list'", "sa31"},
	{"the dataclass default for relationship may only be set", "sa32"},
	{"secondary join condition but no secondary", "sa33"},
	{"no foreign keys linking these tables via secondary", "sa34"},
	{"no foreign keys linking these tables.", "sa35"},
	{"multiple foreign key paths linking the tables via secondary", "sa36"},
	{"multiple foreign key paths linking the tables.", "sa37"},
	{"remote_side argument is redundant", "sa38"},
	{"could not determine any unambiguous local/remote column pairs", "sa40"},
	{"is marked as 'remote', but these column(s) are local", "sa41"},
	{"Could not locate any simple equality expressions", "sa42"},
	{"Could not locate any relevant foreign key columns", "sa43"},
	{"present in both the parent and the child's mapped tables", "sa44"},
	{"are present in neither the parent nor the child's", "sa45"},
	{"Multiple classes found for path", "sa47"},
	{"seems to be using a generic class", "sa48"},
	{"failed to locate a name ('List[", "sa48"}, // 1.4
	{"failed to locate a name", "sa49"},
	{"has no property", "sa50"},
	{"Can't build a DependencyProcessor", "sa51"},
	{"must be declared as @declared_attr callables on declarative mixin classes.", "sa52"},
}

// rulesOfMessage are rules for messages that are about relationships and no row.
var rulesOfMessage = []struct{ words, rule string }{
	{"Cascade settings", "tag-option-idle"}, // 1.4 refuses what 2.0 passes over
	{"Invalid cascade option(s)", "tag-value-invalid"},
	{"does not have a mapped column named", "references-unknown"},
	{"is not an instance of ColumnProperty", "references-unknown"},
	{"missing 1 required positional argument: 'argument'", "target-unknown"}, // 1.4
	{"typing annotation is required for attribute", "target-unknown"},
	{"Column expression expected for argument", "tag-value-invalid"},
	{"has no mapped classes registered under the name", "target-unknown"},
	{"Class 'sqlalchemy.sql.schema.Table' is not mapped", "target-unknown"},
	{"AttributeError: entity", "target-not-model"}, // 1.4
	{"'Table' object has no attribute", "target-not-model"},
	{"Can't determine the inherit condition", "foreign-key-missing"},
	{"is already defined for this MetaData instance", "name-duplicate"},
	{"could not assemble any primary key columns", "primary-key-missing"},
	{"can't be correctly interpreted for Annotated Declarative Table form", "relation-shape"},
	{"' has no column named '", "references-unknown"},
	{"with which to generate a foreign key to target column", "target-unknown"},
}

// rowOf is the row that a message stands for; "" for none.
func rowOf(message string) string {
	for _, m := range rowOfMessage {
		if strings.Contains(message, m.words) {
			if m.row == "sa52" && strings.Contains(message, "foreign keys to") {
				return "sa53"
			}
			return m.row
		}
	}
	return ""
}

// rulesOf are the rules of which rells must have a problem for a message.
func rulesOf(message string, rules map[string][]string) []string {
	if row := rowOf(message); row != "" {
		return rules[row]
	}
	for _, m := range rulesOfMessage {
		if strings.Contains(message, m.words) {
			return []string{m.rule}
		}
	}
	return nil
}
