package diagnostics

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// The rules about what stands in tags.
var tagRules = slices.Concat(
	[]*Rule{tagSyntax, tagConflict, tagValueInvalid, tagUnknownOption, tagUnknownKey},
	optionRules,
)

// tagSyntax reports a tag that cannot be read as it is written.
var tagSyntax = &Rule{
	Name:     "tag-syntax",
	Severity: Error,
	Summary:  "the tag cannot be read as it is written",
	Claims:   []relation.MistakeKind{relation.TagMalformed},
	Fix:      changeToNearest,
}

// tagValueInvalid reports an option whose value the ORM refuses.
var tagValueInvalid = &Rule{
	Name:     "tag-value-invalid",
	Severity: Error,
	Summary:  "the ORM refuses the value of the option",
	Claims:   []relation.MistakeKind{relation.ValueInvalid},
	Fix:      changeToNearest,
}

// tagUnknownOption reports an option that the ORM passes over, and that is nearly
// one which it knows.
var tagUnknownOption = &Rule{
	Name:     "tag-unknown-option",
	Severity: Warning,
	Summary:  "the ORM does not know the option and ignores it",
	Claims:   []relation.MistakeKind{relation.OptionUnknown},
	NearOnly: true,
	Fix:      changeToNearest,
}

// tagConflict reports a native tag that says something else than the ORM's tag or
// the Go type: the ORM never sees the native tag, so what that says is not so.
var tagConflict = &Rule{
	Name:     "tag-conflict",
	Severity: Error,
	Summary:  "the native tag contradicts the ORM's tag or the Go type",
	Claims:   []relation.MistakeKind{relation.TagContradiction},
	Once:     true,
	Check: func(p *Pass) {
		for _, x := range p.sides(p.Node) {
			if x.stated == nil || x.relation == nil || x.relation.Dialect == relation.NativeDialect || !p.certain(x.relation.Dialect) {
				continue
			}
			if !p.kindConflict(&x) && x.relation.Polymorphic == nil {
				p.keyConflict(&x, "foreign_key", x.stated.ForeignKey, func(k relation.Key) relation.FieldID { return k.ForeignKey })
				p.keyConflict(&x, "references", x.stated.References, func(k relation.Key) relation.FieldID { return k.References })
				p.joinConflict(&x)
			}
		}
	},
	Fix: fixConflict,
}

// kindConflict reports a kind that is not the one the ORM makes of the field.
func (p *Pass) kindConflict(x *side) bool {
	s, r := x.stated, x.relation
	if s.Kind == relation.NoKind || r.Kind == relation.NoKind || s.Kind == r.Kind {
		return false
	}
	place := relation.Place{File: s.File, Span: s.KindSlot.Span}
	p.report(x.id, place, s.KindSlot.Text, "the tag says "+s.Kind.String()+", but "+r.Dialect+" makes it a "+r.Kind.String())
	return true
}

// keyConflict reports the first key of a list that is not the one the ORM uses.
func (p *Pass) keyConflict(x *side, option string, stated []facts.Slot, of func(relation.Key) relation.FieldID) {
	r := x.relation
	if len(r.Keys) == 0 {
		return
	}
	for i, slot := range stated {
		if slot.Text == "" {
			return
		}
		place := relation.Place{File: x.stated.File, Span: slot.Span}
		if i >= len(r.Keys) {
			p.report(x.id, place, slot.Text, option+" names "+slot.Text+" too, but "+r.Dialect+" uses "+of(r.Keys[0]).Short()+" alone")
			return
		}
		if used := of(r.Keys[i]); !p.means(slot.Text, used) {
			p.report(x.id, place, slot.Text, option+" names "+used.Model.Name+"."+slot.Text+", but "+r.Dialect+" uses "+used.Short(),
				p.relatedField(used, r.Dialect+" uses "+used.Short()))
			return
		}
	}
}

// means reports whether a name in a tag can stand for the field: its selector, the
// end of it inside an embedded struct, or its column.
func (p *Pass) means(name string, id relation.FieldID) bool {
	if name == id.Field || strings.HasSuffix(id.Field, "."+name) {
		return true
	}
	n := p.other(id.Model)
	if n == nil {
		return false
	}
	for _, m := range n.Models {
		if f, ok := m.FieldBySelector(id.Field); ok && f.Column == name {
			return true
		}
	}
	return false
}

func (p *Pass) relatedField(id relation.FieldID, text string) Related {
	if n := p.other(id.Model); n != nil {
		for _, m := range n.Models {
			if f, ok := m.FieldBySelector(id.Field); ok {
				return Related{f.Place, text}
			}
		}
	}
	return Related{}
}

// joinConflict reports a `through` that names another join table than the ORM's.
func (p *Pass) joinConflict(x *side) {
	r, through := x.relation, x.stated.Through
	if through == nil || through.Text == "" || r.JoinTable == "" {
		return
	}
	_, name, qualified := strings.Cut(through.Text, ".")
	if !qualified {
		name = through.Text
	}
	if through.Text == r.JoinTable || name == r.JoinModel.Name || p.tableOfModel(x) == r.JoinTable {
		return
	}
	place := relation.Place{File: x.stated.File, Span: through.Span}
	p.report(x.id, place, through.Text, "through names "+through.Text+", but "+r.Dialect+" uses the join table "+r.JoinTable)
}

// tableOfModel is the table of the model that `through` names, "" where it names
// none.
func (p *Pass) tableOfModel(x *side) string {
	for _, m := range p.Node.Models {
		for i := range m.Mentions {
			mention := &m.Mentions[i]
			if mention.Place.File != x.stated.File || mention.Place.Span != x.stated.Through.Span || mention.Model.IsZero() {
				continue
			}
			if join := p.other(mention.Model).Model(x.relation.Dialect); join != nil {
				return join.Table
			}
		}
	}
	return ""
}
