package dialect

import "github.com/rells-dev/rells/index/facts"

// OptionsByName are the options of a table by their names.
func OptionsByName(table []Option) map[string]*Option {
	byName := make(map[string]*Option, len(table))
	for i := range table {
		byName[table[i].Name] = &table[i]
	}
	return byName
}

// OfferedNames are the names of the options of a table that have their place in the tag of
// the field, as Dialect.Offers says, for the search of the nearest one.
func OfferedNames(table []Option, offers func(*facts.Field, *Option) bool, f *facts.Field) []string {
	var names []string
	for i := range table {
		if o := &table[i]; o.Deprecated == "" && offers(f, o) {
			names = append(names, o.Name)
		}
	}
	return names
}
