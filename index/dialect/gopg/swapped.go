package gopg

import (
	"fmt"
	"slices"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/relation"
)

// A model that was written for another ORM says has-one where go-pg wants belongs-to, and
// belongs-to where it wants has-one. go-pg then looks for the key on the wrong side, and
// either finds none, or joins the primary keys of both, which are called alike.

// checkSwapped tells of a relation to one for which no key is found, or none but the
// primary keys, while the other word would find one.
func (r *reader) checkSwapped(d *declaration) {
	word := d.word()
	other, ok := map[string]string{hasOne: belongsTo, belongsTo: hasOne}[word]
	if !ok || d.guessed || d.Unsure || d.target == nil {
		return
	}
	found := d.Remarks
	if len(d.Mistakes) > 0 {
		found = d.Mistakes
	}
	at := slices.IndexFunc(found, func(m relation.Mistake) bool {
		return m.Kind == relation.ForeignKeyMissing || m.Kind == relation.JoinFallback
	})
	if at < 0 {
		return
	}
	keys, ok := r.otherwise(d, other)
	if !ok {
		return
	}
	rel, _ := d.field.tag.Last("rel")
	holder := map[string]string{hasOne: r.sch.label(), belongsTo: d.target.label()}
	text := fmt.Sprintf("in go-pg a %s has its key on %s, and with %s it is a %s", word, holder[word], keys[0].ForeignKey.Short(), other)
	if len(d.Mistakes) > 0 {
		found[at].Text += "; " + text
		return
	}
	m := d.mistake(relation.WordSwapped, "silent13", rel.Value)
	m.Role, m.Meant = relation.ValueRole, other
	m.Text = fmt.Sprintf("joins %s: %s", equalities(d.pairs, r.sch, d.target), text)
	found[at] = m
}

// otherwise are the keys of a relation if its tag said the other word; false where go-pg
// would not find any for certain.
func (r *reader) otherwise(d *declaration, word string) ([]relation.Key, bool) {
	swapped := &declaration{field: d.field, target: d.target}
	swapped.Relation.ID = d.Relation.ID
	switch {
	case word == hasOne && r.needKey(swapped, d.target):
		r.hasOne(swapped)
	case word == belongsTo && r.needKey(swapped, r.sch):
		r.belongsTo(swapped)
	}
	ok := !swapped.Unsure && !swapped.fallen && len(swapped.Mistakes) == 0
	return swapped.Relation.Keys, ok && len(swapped.Relation.Keys) > 0
}

// checkIdle finds options of a relation that have no effect beside its word.
func (r *reader) checkIdle(d *declaration) {
	swapped := func(m relation.Mistake) bool { return m.Kind == relation.WordSwapped }
	if len(d.Mistakes) > 0 || d.Unsure || d.target == nil || slices.ContainsFunc(d.Remarks, swapped) {
		return
	}
	for _, item := range d.field.tag.Options() {
		if why := r.idle(d, item); why != "" {
			m := d.mistake(relation.OptionIdle, "", item.Name)
			m.Text = why
			d.Remark(m)
		}
	}
}

// idle says why an option of a relation has no effect, "" where it has one.
func (r *reader) idle(d *declaration, item dialect.Item) string {
	word := d.word()
	if d.guessed {
		word = ""
	}
	switch option := item.Name.Text; {
	case option == "fk" && word == belongsTo, option == "fk" && word == hasMany:
		return fmt.Sprintf("fk has no effect with rel:%s: join_fk names the key, which is on %s", word, d.target.label())
	case option == "join_fk" && d.guessed:
		return "join_fk has no effect without rel: go-pg guesses the key by fk alone"
	case option == "polymorphic" && word == hasMany && item.Value.Text != "" && item.Value.Text != r.prefixThere(d):
		return fmt.Sprintf("the value of polymorphic has no effect with rel: join_fk says what the columns begin with, which is %s here", r.prefixThere(d))
	case option == "polymorphic" && (word == hasOne || word == belongsTo || word == many2many):
		return fmt.Sprintf("polymorphic has no effect with rel:%s", word)
	case option == many2many && word != many2many:
		return fmt.Sprintf("many2many has no effect with rel:%s", word)
	case option == "on_delete", option == "on_update":
		return fmt.Sprintf("%s has no effect on a relation: it belongs to the column of the foreign key", option)
	}
	return ""
}

// checkColumn finds options of relations on a field that is none: nothing says that it is
// one, and go-pg finds no key by which it could be.
func (r *reader) checkColumn(d *declaration) {
	for _, item := range d.field.tag.Options() {
		switch item.Name.Text {
		case "fk", "join_fk", "polymorphic", "fk_value":
			if item.Value.Text == "-" || d.Unsure {
				continue
			}
			m := d.mistake(relation.OptionIdle, "silent12", item.Name)
			m.Text = item.Name.Text + " has no effect without rel: go-pg finds no key for the relation, and keeps the field in a column"
			r.model.Mistakes = append(r.model.Mistakes, m)
			return
		}
	}
}
