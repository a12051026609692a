package gopg

import (
	"strings"
)

// why says what the columns were taken from, and which side holds the key where the word
// of the tag says otherwise to whoever knows another ORM.
func (r *reader) why(d *declaration) string {
	columns := make([]string, len(d.Relation.Keys))
	for i, k := range d.Relation.Keys {
		columns[i] = k.ForeignKey.Short()
	}
	key := strings.Join(columns, " and ")
	word := d.word()
	if d.guessed {
		return "nothing says that it is a relation: go-pg guesses it by " + key + ", which is deprecated in favour of rel:" + wordOf[d.Relation.Kind]
	}
	var why string
	switch {
	case d.fallen:
		why = "no column is called after the field or the model, so that go-pg takes the one called like the key"
	case word == hasOne && d.field.tag.Has("fk"):
		why = "fk names the key"
	case word != hasOne && d.field.tag.Has("join_fk"):
		why = "join_fk names the key"
	default:
		why = "by convention the key is " + key
	}
	if d.Relation.Kind.String() != word {
		why += "; go-pg calls it " + word + ", but " + d.KeyHolder() + " holds the key"
	}
	return why
}

// whyThrough says by which columns of the join model the sides are found.
func (r *reader) whyThrough(d *declaration) string {
	columns := make([]string, len(d.Relation.JoinKeys))
	for i, k := range d.Relation.JoinKeys {
		columns[i] = k.Column
	}
	return "many2many names the table of " + d.join.label() + ", whose " + strings.Join(columns, " and ") + " lead to the sides"
}
