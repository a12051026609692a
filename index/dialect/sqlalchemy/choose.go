package sqlalchemy

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// Which of several foreign keys joins a relationship can be said by an argument.

// mostKeys is how many foreign keys are offered to choose from.
const mostKeys = 5

// byEachKey is, for each foreign key between the sides, what says that it is the one. The
// one that is called as the relationship is comes first, and is certain.
func (j *joining) byEachKey(found []*path) []relation.Remedy {
	r := j.relationship
	if r.g().trying || r.class != r.owner || r.maker != nil || r.call != r.value || r.unsure || len(found) > mostKeys {
		return nil
	}
	var fits, others []relation.Remedy
	for _, p := range found {
		arguments := r.joinedBy(p)
		if arguments == nil {
			continue
		}
		remedy := relation.Remedy{}
		for i := range arguments {
			remedy.Arguments = append(remedy.Arguments, relation.Argument{Relation: r.id(), Name: arguments[i].Key.Text, Code: source(&arguments[i])})
		}
		if r.isCalledAs(p) {
			fits = append(fits, remedy)
		} else {
			others = append(others, remedy)
		}
	}
	if len(fits) == 1 {
		fits[0].Sure = true
	}
	return append(fits, others...)
}

// joinedBy are the arguments with which a foreign key joins the relationship, and makes of
// it what its annotation or its name says; nil for none.
func (r *relationship) joinedBy(p *path) []facts.Value {
	var keys, references []relation.FieldID
	for _, l := range p.links {
		keys, references = append(keys, l.to.field()), append(references, l.from.field())
	}
	v := r.columnsArgument("foreign_keys", keys)
	if v == nil {
		return nil
	}
	arguments := []facts.Value{*v}
	if r.owner == r.target && r.holdsOneAsIs() && !r.given("remote_side") {
		if v = r.columnsArgument("remote_side", references); v == nil {
			return nil
		}
		arguments = append(arguments, *v)
	}
	with := r.with(arguments...)
	_, annotated := r.g().annotated(r.attribute)
	if with.refused || with.direction == undirected || annotated && !r.one && with.direction == manyToOne || with.clashes() {
		return nil
	}
	return arguments
}

// clashes reports whether the relationship names an inverse of its own direction.
func (r *relationship) clashes() (same bool) {
	v := r.text("back_populates")
	if v == nil {
		return false
	}
	for _, other := range r.target.relationships {
		if other.name.Text != v.Name.Text || other.maker != nil || other.target == nil {
			continue
		}
		r.g().untold(func() {
			alone := other.tried().withoutInverse()
			same = !alone.refused && alone.direction == r.direction
		})
	}
	return same
}

// holdsOneAsIs is holdsOne before it is known how the relationship joins.
func (r *relationship) holdsOneAsIs() bool {
	if _, ok := r.g().annotated(r.attribute); ok {
		return r.one
	}
	return r.holdsOne()
}

// isCalledAs reports whether the column of a foreign key is called as the relationship is,
// or as its inverse, author_id for author, or the inverse says that it is the one.
func (r *relationship) isCalledAs(p *path) bool {
	if len(p.links) != 1 {
		return false
	}
	key := p.links[0].to
	names := []string{r.name.Text}
	if v := r.text("back_populates"); v != nil {
		names = append(names, v.Name.Text)
		for _, other := range r.target.relationships {
			if other.name.Text == v.Name.Text && other.maker == nil && other.given("foreign_keys") {
				var named []namedColumn
				known := false
				r.g().untold(func() { named, known = other.tried().namedColumns("foreign_keys") })
				return known && len(named) == 1 && named[0].cell == key
			}
		}
	}
	name := strings.ToLower(key.field().Field)
	name = strings.TrimSuffix(strings.TrimSuffix(name, "_fk"), "_id")
	return slices.ContainsFunc(names, func(other string) bool { return strings.ToLower(other) == name })
}

// tried is a copy of the relationship of which nobody is told what is wrong with it.
func (r *relationship) tried() *relationship {
	alone := *r
	alone.mistakes = nil
	return &alone
}

// untold does something of whose mistakes nobody is told, so that nothing is looked for that
// would put them right.
func (g *mappers) untold(do func()) {
	told, trying := g.told, g.trying
	g.told, g.trying = map[mistakeAt]bool{}, true
	defer func() { g.told, g.trying = told, trying }()
	do()
}

// byEachWay is what says of a relationship within one table which of the two foreign keys of
// the association table leads to which side, either way round.
func (j *joining) byEachWay(found []*path) []relation.Remedy {
	r := j.relationship
	if r.g().trying || r.class != r.owner || r.maker != nil || r.call != r.value || r.unsure || r.owner != r.target || len(found) != 2 ||
		r.given("primaryjoin") || r.given("secondaryjoin") || r.given("foreign_keys") {
		return nil
	}
	table := r.owner.tableText(j.secondary)
	condition := func(p *path, argument string) *facts.Value {
		if table == "" || len(p.links) != 1 || p.links[0].from.field().Model != r.owner.ref || r.owner.registryName() == "" {
			return nil
		}
		v := asTextOf(&facts.Value{Kind: facts.OperatorValue, Name: facts.Slot{Text: "=="}, Args: []facts.Value{
			*selected(r.owner.registryName(), p.links[0].from.field().Field), *selected(table, "c."+p.links[0].to.column),
		}})
		v.Key.Text = argument
		return v
	}
	var remedies []relation.Remedy
	for i := range found {
		primary, secondary := condition(found[i], "primaryjoin"), condition(found[1-i], "secondaryjoin")
		if primary == nil || secondary == nil || r.with(*primary, *secondary).refused {
			return nil
		}
		remedies = append(remedies, relation.Remedy{Arguments: []relation.Argument{
			{Relation: r.id(), Name: "primaryjoin", Code: source(primary)},
			{Relation: r.id(), Name: "secondaryjoin", Code: source(secondary)},
		}})
	}
	return remedies
}
