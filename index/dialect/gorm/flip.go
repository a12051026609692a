package gorm

import (
	"strings"

	"github.com/rells-dev/rells/index/relation"
)

// passOver notes the keys by which a has-one could as well have been a belongs-to.
// GORM looks on the target first, so that a field there which happens to have the
// name of the foreign key turns the relation round.
func (r *reader) passOver(d *declaration, found step) {
	if found != has || d.many() || d.field.settings.of("BELONGSTO").value != "" {
		return
	}
	g := r.newGuess(d)
	pairs := g.try(belongs)
	if pairs == nil || g.unsure || !meantHere(d, pairs[0].foreign.name) {
		return
	}
	for _, p := range pairs {
		d.Relation.PassedOver = append(d.Relation.PassedOver,
			relation.Key{ForeignKey: r.id(p.foreign), References: d.idOnTarget(p.primary)})
	}
}

// meantHere reports whether a foreign key of the model is, by its name, one that
// points to the target: UserID for User, or for a field Owner OwnerID. A name that
// the model gives its own key on other tables says the opposite.
func meantHere(d *declaration, key string) bool {
	own := d.Relation.ID.Model.Name
	for _, prefix := range []string{d.field.name, d.target.name} {
		if prefix != "" && strings.HasPrefix(key, prefix) {
			return !strings.HasPrefix(key, own) || len(own) <= len(prefix)
		}
	}
	return false
}
