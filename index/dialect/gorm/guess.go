package gorm

import "github.com/rells-dev/rells/index/relation"

// step is one place where GORM looks for the foreign key of a relation
// (schema/relationship.go, guessRelation).
type step uint8

const (
	has             step = iota // on the target, pointing to the model
	belongs                     // on the model, pointing to the target
	embeddedBelongs             // in the embedded struct that declares the relation
	embeddedHas                 // on the target, pointing to that embedded struct
)

// pair is a foreign key field and the field it points to.
type pair struct{ foreign, primary *field }

// failure says why a step found nothing.
type failure struct {
	step  step
	why   reason
	index int // of the name in foreignKey or references
}

type reason uint8

const (
	keyUnknown       reason = iota // a name of foreignKey is not there
	nothingFound                   // no convention finds a key
	referenceUnknown               // a name of references is not there
	countsDiffer                   // there are not as many keys as fields to point to
	outOfRange                     // GORM panics: more foreign keys than references
)

// guess looks for the keys of one relation without a join table.
type guess struct {
	field       *field
	own, target *schema
	release     release
	foreignKeys []string
	references  []string

	// unsure: something was not found where not all can be seen.
	unsure   bool
	failures []failure
	room     [4]failure // for failures, of which each step has one at most
	// unmatched are the fields for which the last convention found no foreign key.
	unmatched []*field
}

// steps are the places where GORM looks, in its order. A field that is no slice is
// looked up on the target first, unless the target is the model itself or the tag
// says belongsTo; a slice never belongs to anything, unless the tag says so.
func (g *guess) steps(many bool) []step {
	switch {
	case g.field.settings.of("BELONGSTO").value != "", !many && g.own == g.target:
		return []step{belongs, embeddedBelongs, has, embeddedHas}
	case many:
		return []step{has, embeddedHas}
	}
	return []step{has, belongs, embeddedBelongs, embeddedHas}
}

// find returns the pairs of the first step that has them and the step; no pairs
// where none has, or where GORM panics on the way.
func (g *guess) find(many bool) ([]pair, step) {
	for _, s := range g.steps(many) {
		if (s == embeddedBelongs || s == embeddedHas) && g.field.owner == nil {
			continue
		}
		if pairs := g.try(s); pairs != nil {
			return pairs, s
		}
		if g.failures[len(g.failures)-1].why == outOfRange {
			break
		}
	}
	return nil, 0
}

// sides are the schema that is pointed to and the one that holds the key.
func (g *guess) sides(s step) (primary, foreign *schema) {
	switch s {
	case belongs:
		return g.target, g.own
	case embeddedBelongs:
		return g.target, g.field.owner
	case embeddedHas:
		return g.field.owner, g.target
	}
	return g.own, g.target
}

// fail notes why a step has no pairs.
func (g *guess) fail(s step, why reason, index int) []pair {
	if g.failures == nil {
		g.failures = g.room[:0]
	}
	g.failures = append(g.failures, failure{s, why, index})
	return nil
}

// try returns the pairs of one step; nil where it fails, with one more failure.
func (g *guess) try(s step) []pair {
	primarySide, foreignSide := g.sides(s)
	var foreign, primary []*field
	g.unmatched = nil
	if len(g.foreignKeys) > 0 {
		for i, name := range g.foreignKeys {
			f := g.lookUp(foreignSide, name)
			if f == nil {
				return g.fail(s, keyUnknown, i)
			}
			foreign = append(foreign, f)
		}
	} else {
		foreign, primary = g.byConvention(s)
	}
	if len(foreign) == 0 {
		return g.fail(s, nothingFound, 0)
	}
	switch {
	case len(g.references) > 0:
		for i, name := range g.references {
			f := g.lookUp(primarySide, name)
			switch {
			case f == nil:
				return g.fail(s, referenceUnknown, i)
			case i >= len(primary):
				primary = append(primary, f)
			case f != primary[i]:
				return g.fail(s, referenceUnknown, i)
			}
		}
	case len(primary) == 0:
		g.unsure = g.unsure || primarySide.keysUnsure()
		if len(foreign) == 1 && primarySide.mainKey != nil {
			primary = []*field{primarySide.mainKey}
		} else if len(primarySide.primary) == len(foreign) {
			primary = primarySide.primary
		} else {
			return g.fail(s, countsDiffer, 0)
		}
	}
	if len(foreign) > len(primary) {
		return g.fail(s, outOfRange, 0)
	}
	pairs := make([]pair, len(foreign))
	for i := range foreign {
		pairs[i] = pair{foreign[i], primary[i]}
	}
	return pairs
}

// byConvention looks for a foreign key by its name: for each field that is pointed
// to, what prefix and field name make. Keys are then paired by position with all
// of these fields, even where a key was found for only some of them.
func (g *guess) byConvention(s step) (foreign, primary []*field) {
	primarySide, foreignSide := g.sides(s)
	if len(g.references) > 0 {
		for _, name := range g.references {
			if f := g.lookUp(primarySide, name); f != nil {
				primary = append(primary, f)
			}
		}
	} else {
		g.unsure = g.unsure || primarySide.keysUnsure()
		primary = primarySide.primary
	}
	var matched []*field
	for _, p := range primary {
		if f := g.candidate(foreignSide, g.candidates(s, p, len(primary) == 1)); f != nil {
			foreign = append(foreign, f)
			matched = append(matched, p)
		} else {
			g.unmatched = append(g.unmatched, p)
		}
	}
	return foreign, append(primary[:len(primary):len(primary)], matched...)
}

// prefix is what stands before the referenced field's name in a foreign key: the
// relation's name on the model, the name of the type that is pointed to elsewhere.
func (g *guess) prefix(s step) string {
	if s == belongs {
		return g.field.name
	}
	primarySide, _ := g.sides(s)
	if primarySide.name == "" {
		return g.target.name
	}
	return primarySide.name
}

// candidates are the names under which a key that points to p is looked for.
func (g *guess) candidates(s step, p *field, single bool) []string {
	prefix := g.prefix(s)
	names := []string{prefix + p.name}
	if single {
		names = append(names, prefix+"ID", prefix+"Id", g.own.naming.column(prefix+"ID"))
	}
	return names
}

// candidate finds the first of the names, in the structs that enclose the relation
// before the model as a whole.
func (g *guess) candidate(side *schema, names []string) *field {
	for _, name := range names {
		if f := side.lookUpNear(g.field.path, name); f != nil {
			return f
		}
	}
	for _, name := range names {
		if f := g.release.lookUp(side, name); f != nil {
			return f
		}
	}
	g.unsure = g.unsure || side.open
	return nil
}

func (g *guess) lookUp(side *schema, name string) *field {
	f := g.release.lookUp(side, name)
	g.unsure = g.unsure || f == nil && side.open
	return f
}

// newGuess prepares the search for the keys of a declaration.
func (r *reader) newGuess(d *declaration) *guess {
	return &guess{
		field:       d.field,
		own:         r.sch,
		target:      d.target,
		release:     r.release,
		foreignKeys: d.field.settings.names("FOREIGNKEY"),
		references:  d.field.settings.names("REFERENCES"),
	}
}

// guessed resolves a relation without a join table by its keys.
func (r *reader) guessed(d *declaration) {
	g := r.newGuess(d)
	pairs, s := g.find(d.many())
	d.Unsure = g.unsure
	switch {
	case g.unsure:
	case pairs == nil:
		d.Add(r.explain(d, g))
	case s == belongs || s == embeddedBelongs:
		d.Relation.Kind = relation.BelongsTo
		for _, p := range pairs {
			d.addKey(r.id(p.foreign), d.idOnTarget(p.primary))
		}
		for _, f := range g.unmatched {
			d.Relation.Unmatched = append(d.Relation.Unmatched, d.idOnTarget(f))
		}
	default:
		d.Relation.Kind = d.hasKind()
		for _, p := range pairs {
			d.addKey(d.idOnTarget(p.foreign), r.id(p.primary))
		}
		for _, f := range g.unmatched {
			d.Relation.Unmatched = append(d.Relation.Unmatched, r.id(f))
		}
		r.passOver(d, s)
	}
	var foreign, primary []*field
	for _, p := range pairs {
		foreign, primary = append(foreign, p.foreign), append(primary, p.primary)
	}
	d.checkSpelling("FOREIGNKEY", g.foreignKeys, foreign)
	d.checkSpelling("REFERENCES", g.references, primary)
	if d.Relation.Kind != relation.NoKind {
		d.Relation.Reason = r.whyGuessed(d, g, pairs, s)
	}
}
