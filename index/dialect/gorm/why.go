package gorm

import (
	"strings"

	"github.com/rells-dev/rells/index/relation"
)

// whyGuessed says which guess won, and which came before it (schema/relationship.go,
// guessRelation).
func (r *reader) whyGuessed(d *declaration, g *guess, pairs []pair, found step) string {
	names := make([]string, len(pairs))
	for i, p := range pairs {
		names[i] = p.foreign.name
	}
	key := strings.Join(names, " and ")
	named, refers := "no tag names the foreign key, by convention it is ", ""
	if len(g.foreignKeys) > 0 {
		named = "foreignKey names "
	}
	if len(g.references) > 0 {
		refers = ", references "
	}
	return named + key + refers + strings.Join(g.references, " and ") + "; " + g.wherefore(d, found)
}

// wherefore says where GORM looked.
func (g *guess) wherefore(d *declaration, found step) string {
	own, target := d.Relation.ID.Model.Name, d.Relation.Target.Name
	first := g.steps(d.many())[0]
	switch {
	case found == embeddedBelongs || found == embeddedHas:
		return "gorm finds nothing on " + own + " and " + target + " as such, but in the embedded struct"
	case found == has && first == has && d.many():
		return "for a slice gorm looks on " + target + " alone"
	case found == has && first == has && len(d.Relation.PassedOver) > 0:
		return "gorm looks on " + target + " first and finds it there, so that " +
			d.Relation.PassedOver[0].ForeignKey.Short() + " does not count"
	case found == has && first == has:
		return "gorm looks on " + target + " first and finds it there"
	case found == has:
		return "gorm tries a belongs-to first and finds no key for it"
	case first == has:
		return "gorm looks on " + target + " first, finds none there, and then on " + own
	case g.field.settings.of("BELONGSTO").value != "":
		return "belongsTo makes gorm try a belongs-to first"
	}
	return "gorm tries a belongs-to first, since the relation leads to its own model"
}

// whyJoined says what makes a many-to-many.
func whyJoined(s settings, table string) string {
	why := "many2many names the join table " + table
	if s.has("JOINFOREIGNKEY") || s.has("JOINREFERENCES") {
		return why + ", and the tag some of its columns"
	}
	return why + ", whose columns are called by convention"
}

func whyPolymorphic(p *relation.Polymorphic) string {
	return "the tag makes it polymorphic: " + p.Type.Short() + " and " + p.ID.Short() + " say whose it is"
}
