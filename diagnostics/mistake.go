package diagnostics

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// reportMistakes reports the mistakes of the node's models that the pass's rule
// claims. Several dialects may stumble over one field; the ORM's own words come
// first and the native dialect repeats nothing.
func (p *Pass) reportMistakes() {
	for _, m := range p.Node.Models {
		if m.Evidence.Certainty < relation.Certain {
			continue
		}
		for i := range m.Mistakes {
			mistake := &m.Mistakes[i]
			if !p.rule.claims(mistake.Kind) || follows(m.Mistakes[:i], mistake) || p.saidByORM(m, mistake) || p.comesWithSide(mistake) {
				continue
			}
			near, ok := p.intended(m, mistake)
			switch {
			case !ok && p.rule.NearOnly && !mistake.Sure:
				continue
			case ok && p.repeats(m, mistake, near), mistake.Literal.Code != "":
				near = ""
			}
			text := mistake.Text + p.explain(mistake.Place, near)
			p.report(mistake.Field, mistake.Place, p.offending(mistake), text, relatedOf(mistake)...)
		}
	}
}

// follows reports whether something else is wrong with the same text before: what
// a dialect says first is the fault, and the rest comes of it.
func follows(before []relation.Mistake, mistake *relation.Mistake) bool {
	return slices.ContainsFunc(before, func(m relation.Mistake) bool {
		return m.Field == mistake.Field && m.Place == mistake.Place
	})
}

// comesWithSide reports whether the foreign key that a mistake lacks would come with
// the inverse that back_populates names and that is not there either. Both are one
// fault, and it is the inverse that somebody has asked for: back-populates-unknown
// tells of it, if it is on, and its fix adds both.
func (p *Pass) comesWithSide(mistake *relation.Mistake) bool {
	if mistake.Kind != relation.ForeignKeyMissing || !p.looks(backPopulatesUnknownName) {
		return false
	}
	return slices.ContainsFunc(p.backPopulatesFaults(unknownName), func(f fault) bool {
		return f.from.id == mistake.Field && slices.ContainsFunc(fixUnknown(p, Problem{Field: mistake.Field.Field}), addsKey)
	})
}

// addsKey reports whether a fix is preferred and adds fields besides the one side.
func addsKey(f Fix) bool {
	added := 0
	for _, m := range f.rewrite {
		added += len(m.Fields)
	}
	return f.Preferred && added > 1
}

// intended is what should stand in place of the name of a mistake of m, false where
// nothing is near enough.
func (p *Pass) intended(m *relation.Model, mistake *relation.Mistake) (string, bool) {
	if mistake.Meant != "" {
		return mistake.Meant, true
	}
	return dialect.Nearest(mistake.Name, p.candidates(p.snapshot.Dialect(m.Dialect), mistake))
}

// repeats reports whether the option that was most likely meant in place of a wrong
// one, "type:int" say, stands in the tag already: it would be there twice. Of the kinds
// of relations there can be only one.
func (p *Pass) repeats(m *relation.Model, mistake *relation.Mistake, meant string) bool {
	d, file := p.snapshot.Dialect(m.Dialect), p.fileOf(mistake.Place)
	if mistake.Role != relation.OptionRole && mistake.Role != relation.KindRole || d == nil || file == nil {
		return false
	}
	_, field := file.Facts.FieldAt(int(mistake.Place.Span.Start))
	if field == nil {
		return false
	}
	name, _, _ := strings.Cut(meant, ":")
	same := func(o *dialect.Option) bool {
		return o.Name == name || relation.ParseKind(o.Name) != relation.NoKind && relation.ParseKind(name) != relation.NoKind
	}
	return slices.ContainsFunc(field.Tags, func(tag facts.Tag) bool {
		return starts(tag.Span, mistake.Place.Span) &&
			slices.ContainsFunc(d.Items(&tag), func(i dialect.Item) bool { return i.Option != nil && same(i.Option) })
	})
}

// fileOf is the file that holds a place, nil where the snapshot does not.
func (p *Pass) fileOf(place relation.Place) *index.File {
	file, _ := p.snapshot.File(place.File)
	return file
}

// offending is the name that the mistake is about, else the text where it stands.
func (p *Pass) offending(mistake *relation.Mistake) string {
	file, ok := p.snapshot.File(mistake.Place.File)
	if mistake.Name != "" || !ok || !within(mistake.Place.Span, file.Source) {
		return mistake.Name
	}
	return string(file.Source[mistake.Place.Span.Start:mistake.Place.Span.End])
}

// saidByORM reports whether m is the native model and an ORM's model before it finds
// something of the same kind wrong with the same field, or anything with the same text:
// what the ORM cannot resolve, the native tag cannot either. Each tag is written wrongly
// for itself, though.
func (p *Pass) saidByORM(m *relation.Model, mistake *relation.Mistake) bool {
	if m.Dialect != relation.NativeDialect || mistake.Kind == relation.TagMalformed {
		return false
	}
	for _, other := range p.Node.Models {
		if other == m {
			return false
		}
		if slices.ContainsFunc(other.Mistakes, func(o relation.Mistake) bool {
			return o.Field == mistake.Field && (p.rule.claims(o.Kind) || o.Place == mistake.Place)
		}) {
			return true
		}
	}
	return false
}

func relatedOf(mistake *relation.Mistake) []Related {
	related := make([]Related, len(mistake.Related))
	for i, r := range mistake.Related {
		related[i] = Related(r)
	}
	return related
}
