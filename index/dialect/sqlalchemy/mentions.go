package sqlalchemy

import (
	"strings"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// mentions are the names in the declaration of the relationship.
func (r *relationship) mentions() []relation.Mention {
	id := r.id()
	mentions := []relation.Mention{{Place: r.place(), Text: r.name.Text, Role: relation.NameRole, Relation: id, Field: id}}
	if r.maker != nil {
		return mentions
	}
	note := func(slot facts.Slot, m relation.Mention) {
		m.Place, m.Text, m.Relation = r.at(slot.Span), slot.Text, id
		mentions = append(mentions, m)
	}
	r.nameTarget(note)
	if v := r.arg("back_populates"); v != nil && v.Kind == facts.TextValue {
		m := relation.Mention{Role: relation.BackPopulatesRole}
		if r.inverse != nil {
			m.Field = r.inverse.id()
		}
		note(v.Name, m)
	}
	if v := r.arg("backref"); v != nil {
		if _, v = r.backrefCall(v); v.Kind == facts.TextValue && v.Name.Text == "" {
			note(v.Name, relation.Mention{Role: relation.MadeRole})
		}
	}
	if v := r.arg("secondary"); v != nil && v.Kind == facts.TextValue {
		m := relation.Mention{Role: relation.JoinTableRole}
		if r.secondary != nil {
			m.Table = r.secondary.name
		}
		note(v.Name, m)
	}
	r.nameEvaluated(note)
	return mentions
}

// nameTarget notes the text that names the target, and of a path the class at its end.
func (r *relationship) nameTarget(note func(facts.Slot, relation.Mention)) {
	v := r.targetValue
	annotated := r.annotation != nil && r.arg("argument") != v
	if !namesClass(v) || annotated && r.g().annotates(r.file, v) {
		return
	}
	m := relation.Mention{Role: relation.TargetRole}
	if r.target != nil {
		m.Model = r.target.ref
	}
	last := strings.LastIndexByte(v.Name.Text, '.') + 1
	if last > 0 {
		note(v.Name, relation.Mention{Role: relation.TargetRole})
		m.Part = true
	}
	note(v.Name.Sub(last, len(v.Name.Text)), m)
}

// namesClass reports whether a value is a text that is the name or the path of a class, and
// no expression.
func namesClass(v *facts.Value) bool {
	return v != nil && v.Kind == facts.TextValue && (v.Of == nil || v.Of.Kind == facts.SelectedValue)
}

// annotates reports whether the text of an annotation means something to Python, too: the
// language's own server knows what it names.
func (g *mappers) annotates(file *facts.File, v *facts.Value) bool {
	first, _, _ := strings.Cut(v.Name.Text, ".")
	return first != "" && g.binds(file, first)
}

// annotation notes the class that is named by an annotation with nothing behind it, which
// may become a relationship.
func (n *namer) annotation(a *attribute) {
	v, ok := n.class.g.annotated(a)
	if !ok {
		return
	}
	if v = optional(v); v != nil && v.Kind == facts.IndexValue && len(v.Args) > 0 {
		v = &v.Args[len(v.Args)-1]
	}
	if namesClass(v) && !n.class.g.annotates(a.file, v) {
		n.note(v.Name, relation.Mention{Role: relation.TargetRole})
	}
}
