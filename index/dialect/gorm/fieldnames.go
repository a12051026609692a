package gorm

import "slices"

// fieldNames finds the fields of a schema by one kind of name. It is a list for as
// long as comparing is quicker than making a map, as it is for nearly all models.
type fieldNames struct {
	list []namedField
	many map[string]*field // in place of list once that is long
}

type namedField struct {
	name  string
	field *field
}

// mostListed is how many names are compared one by one.
const mostListed = 24

// of is the field of the name, nil for none.
func (n *fieldNames) of(name string) *field {
	for i := range n.list {
		if n.list[i].name == name {
			return n.list[i].field
		}
	}
	return n.many[name]
}

// set gives a name to a field, whichever had it before.
func (n *fieldNames) set(name string, f *field) {
	if n.many != nil {
		n.many[name] = f
		return
	}
	for i := range n.list {
		if n.list[i].name == name {
			n.list[i].field = f
			return
		}
	}
	n.list = append(n.list, namedField{name, f})
	if len(n.list) > mostListed {
		n.many = make(map[string]*field, 2*len(n.list))
		for _, known := range n.list {
			n.many[known.name] = known.field
		}
		n.list = nil
	}
}

// grow makes room for so many more names.
func (n *fieldNames) grow(count int) {
	if n.many == nil && len(n.list)+count <= mostListed {
		n.list = slices.Grow(n.list, count)
	}
}

// clone is a copy to which names can be added.
func (n *fieldNames) clone() fieldNames {
	var c fieldNames
	for _, known := range n.list {
		c.set(known.name, known.field)
	}
	for name, f := range n.many {
		c.set(name, f)
	}
	return c
}
