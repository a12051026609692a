package sqlalchemy

import (
	"slices"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// join finds out how a relationship joins the tables of its sides, and so what it is
// (orm/relationships.py, JoinCondition).
func (r *relationship) join() {
	if r.target == nil || r.owner.table == nil || r.target.table == nil {
		return
	}
	switch {
	case r.given("secondary"):
		r.joinBySecondary()
	case r.unsure:
	case r.given("primaryjoin"):
		r.joinByCondition()
	default:
		r.joinByKeys()
	}
	r.countTargets()
}

// countTargets tells whether the relationship holds many: by what it says, else by its
// annotation, else by its direction.
func (r *relationship) countTargets() {
	_, annotated := r.g().annotated(r.attribute)
	if !annotated {
		r.uselist = r.direction != manyToOne
	}
	if v := r.arg("uselist"); v != nil && !annotated {
		r.uselist = v.Dotted() != "False"
	} else if v != nil && v.Dotted() == "False" {
		r.uselist = false
	}
}

// tables are those that rows of the class are made of: its own first.
func (c *class) tables() []*table {
	var list []*table
	for range mostBases {
		if c == nil {
			break
		}
		if c.table != nil && !slices.Contains(list, c.table) {
			list = append(list, c.table)
		}
		c = c.parent
	}
	return list
}

// link is a constraint that leads from one side of a relationship to the other.
type link struct {
	*constraint
	to *table
}

// linksBetween lists the constraints from some tables to others.
func linksBetween(from, to []*table) []link {
	var links []link
	for _, t := range from {
		for _, c := range t.constraints {
			for _, other := range to {
				if c.leadsTo(other) {
					links = append(links, link{c, other})
				}
			}
		}
	}
	return links
}

// joinByKeys joins by the one foreign key between the tables (sql/util.py, join_condition).
func (r *relationship) joinByKeys() {
	own, others := r.owner.tables(), r.target.tables()
	links := between(own[:1], others)
	if len(links) == 0 {
		links = between(own[1:], others)
	}
	sure := !slices.ContainsFunc(slices.Concat(own, others), func(t *table) bool { return t.unsure })
	named, known := r.namedColumns("foreign_keys")
	if known && len(named) > 0 {
		links = filtered(links, named)
	}
	switch {
	case !known:
		return
	case len(links) == 1:
		r.joinBy(links[0], own, others)
	case !sure:
	case len(links) == 0 && len(named) > 0:
		r.noKey("foreign_keys names no foreign key between "+own[0].name+" and "+others[0].name, "sa35")
	case len(links) == 0:
		r.noKey("there is no foreign key between "+own[0].name+" and "+others[0].name, "sa35")
	default:
		r.noKey("there are several foreign keys between "+own[0].name+" and "+others[0].name+", and foreign_keys does not say which", "sa37")
	}
}

// between lists the constraints between two sides, in either direction, each once.
func between(own, others []*table) []link {
	links := linksBetween(own, others)
	for _, l := range linksBetween(others, own) {
		if !slices.ContainsFunc(links, func(have link) bool { return have.constraint == l.constraint }) {
			links = append(links, l)
		}
	}
	return links
}

// noKey reports that the tables cannot be joined.
func (r *relationship) noKey(text, row string) {
	r.wrong(relation.Mistake{Kind: relation.ForeignKeyMissing, Row: row, Place: r.place(), Text: text, Target: r.target.ref})
}

// filtered keeps the links whose columns are named; of several, those of which no column
// is left out (sql/util.py, _joincond_trim_constraints).
func filtered(links []link, named []namedColumn) []link {
	var some, whole []link
	for _, l := range links {
		hits := 0
		for _, column := range l.columns {
			if slices.ContainsFunc(named, func(n namedColumn) bool { return n.table == l.table && n.column == column }) {
				hits++
			}
		}
		if hits > 0 {
			some = append(some, l)
		}
		if hits == len(l.columns) && hits == len(named) {
			whole = append(whole, l)
		}
	}
	if len(some) > 1 && len(whole) > 0 {
		return whole
	}
	return some
}

// joinBy joins by a constraint, and finds the direction by which side holds it.
func (r *relationship) joinBy(l link, own, others []*table) {
	holds, led := slices.Contains(own, l.table), slices.Contains(own, l.to)
	theirs := slices.Contains(others, l.table)
	switch {
	case holds && !theirs:
		r.direction = manyToOne
	case theirs && !holds:
		r.direction = oneToMany
	case len(own) == 1 && len(others) == 1 && led:
		r.direction = r.selfReference(l)
	}
	for i := range l.columns {
		reference := l.to.field(l.references[i])
		if l.toClass != nil {
			reference = relation.FieldID{Model: l.toClass.ref, Field: l.references[i]}
		}
		r.keys = append(r.keys, relation.Key{ForeignKey: l.table.field(l.columns[i]), References: reference})
	}
}

// selfReference is the direction of a relationship within one table: the side that
// remote_side names is the other one, and by default the key is there.
func (r *relationship) selfReference(l link) direction {
	named, known := r.namedColumns("remote_side")
	switch {
	case !known:
		return undirected
	case len(named) == 0:
		return oneToMany
	}
	for _, n := range named {
		if !slices.Contains(l.columns, n.column) {
			return manyToOne
		}
	}
	return oneToMany
}

// joinBySecondary joins by an association table.
func (r *relationship) joinBySecondary() {
	v := r.arg("secondary")
	if v.Kind == facts.FuncValue {
		v = v.Of
	}
	if r.secondary = r.secondaryOf(v); r.secondary == nil {
		return
	}
	r.direction = manyToMany
	if r.unsure || r.given("primaryjoin") || r.given("secondaryjoin") || r.given("foreign_keys") {
		return
	}
	association := []*table{r.secondary}
	own, others := linksBetween(association, r.owner.tables()), linksBetween(association, r.target.tables())
	sure := !r.secondary.unsure && !slices.ContainsFunc(slices.Concat(r.owner.tables(), r.target.tables()), func(t *table) bool { return t.unsure })
	switch {
	case len(own) == 1 && len(others) == 1:
		r.addJoinKeys(own[0])
		r.ownJoinKeys = len(r.joinKeys)
		r.addJoinKeys(others[0])
	case !sure:
	case len(own) == 0:
		r.noKey("there is no foreign key from "+r.secondary.name+" to "+r.owner.table.name, "sa34")
	case len(others) == 0:
		r.noKey("there is no foreign key from "+r.secondary.name+" to "+r.target.table.name, "sa34")
	default:
		r.noKey("there are several foreign keys from "+r.secondary.name+" to one side, and primaryjoin does not say which", "sa36")
	}
}

func (r *relationship) addJoinKeys(l link) {
	for i, column := range l.columns {
		r.joinKeys = append(r.joinKeys, relation.JoinKey{Column: column, References: l.to.field(l.references[i])})
	}
}

// secondaryOf is the association table that a value means; nil where that cannot be told,
// or is a mistake.
func (r *relationship) secondaryOf(v *facts.Value) *table {
	if v == nil {
		return nil
	}
	if v.Kind == facts.TextValue {
		if t := r.owner.tableNamed(v.Name.Text); t != nil {
			return t
		}
		if c := r.inRegistry(v.Name.Text); c != nil && len(r.g().tables[v.Name.Text]) == 0 {
			r.classAsTable(v.Name.Span, c)
		}
		return nil
	}
	if v.Kind == facts.SelectedValue && v.Name.Text == "__table__" {
		if c := r.g().lookup(r.file, v.Of); c != nil {
			return c.table
		}
		return nil
	}
	if c := r.g().lookup(r.file, v); c != nil && c.kind == mapped {
		r.classAsTable(v.Span, c)
		return nil
	}
	return r.g().tableOf(r.file, v)
}

// classAsTable reports a mapped class where a table belongs.
func (r *relationship) classAsTable(at facts.Span, c *class) {
	r.wrong(relation.Mistake{Kind: relation.JoinModelInvalid, Row: "sa22", Place: r.at(at),
		Text: "secondary must be a table, and " + c.decl.Name.Text + " is a mapped class: " + c.decl.Name.Text + ".__table__ is its table"})
}
