package diagnostics

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/relation"
)

// Fixes that put another name where one stands.

// changeName replaces the text at a place, which must be exactly what is expected
// there; a name that is spelt with escapes is left alone.
func (p *Pass) changeName(place relation.Place, from, to, title string) (Fix, bool) {
	file, ok := p.snapshot.File(place.File)
	if !ok || !within(place.Span, file.Source) {
		return Fix{}, false
	}
	if string(file.Source[place.Span.Start:place.Span.End]) != from || from == "" || from == to {
		return Fix{}, false
	}
	return Fix{
		Title:   title,
		Edits:   []Edit{{Path: place.File, Span: place.Span, NewText: to}},
		rewrite: index.Rewrite{{Model: p.Node.Ref, Names: []index.NewName{{Place: place, Text: to}}}},
	}, true
}

// changeToNearest offers the nearest valid name for that of a dialect's mistake.
func changeToNearest(p *Pass, problem Problem) []Fix {
	for _, m := range p.Node.Models {
		for i := range m.Mistakes {
			mistake := &m.Mistakes[i]
			if mistake.Field.Field != problem.Field || mistake.Place != problem.Place {
				continue
			}
			near, ok := p.intended(m, mistake)
			if !ok || p.repeats(m, mistake, near) {
				continue
			}
			if mistake.Literal.Code != "" {
				name := index.NewName{Place: mistake.Literal.Place, Text: mistake.Literal.Code, Literal: true}
				return written(p.snapshot, index.Rewrite{{Model: p.Node.Ref, Names: []index.NewName{name}}}, "Change to "+mistake.Literal.Code)
			}
			if fix, ok := p.changeName(mistake.Place, mistake.Name, near, "Change to "+near); ok {
				fix.Preferred = !strings.Contains(near, ":") // a column's type is not chosen without asking
				return []Fix{fix}
			}
		}
	}
	return nil
}

// either makes the fixes of the first that has some: a rule may be about mistakes of
// dialects and about native tags.
func either(makers ...func(*Pass, Problem) []Fix) func(*Pass, Problem) []Fix {
	return func(p *Pass, problem Problem) []Fix {
		for _, fixes := range makers {
			if made := fixes(p, problem); len(made) > 0 {
				return made
			}
		}
		return nil
	}
}

// inverseChoices is how many relations a fix offers in place of a wrong inverse.
const inverseChoices = 3

// fixInverse offers the relations that could be the inverse instead: the nearest
// by name, then those that already name this side, then the others.
func fixInverse(p *Pass, problem Problem) []Fix {
	x := p.side(problem.Field)
	if x == nil || x.names() == nil {
		return nil
	}
	written := x.names().Text
	back := slices.DeleteFunc(p.proposable(x), func(y side) bool {
		return y.named(written) || y.names() != nil && !y.namesBack(x)
	})
	near, isNear := dialect.Nearest(written, fieldsOf(back))
	slices.SortStableFunc(back, func(a, b side) int { return rank(&a, x, near) - rank(&b, x, near) })

	var fixes []Fix
	for _, y := range back {
		if fix, ok := p.changeName(x.backPopulatesPlace(), written, y.id.Field, "Change to "+y.id.Field); ok {
			fix.Preferred = len(fixes) == 0 && (isNear || y.namesBack(x))
			fixes = append(fixes, fix)
		}
	}
	return fixes[:min(len(fixes), inverseChoices)]
}

// rank orders the relations that could be the inverse of x.
func rank(y, x *side, near string) int {
	switch {
	case y.id.Field == near:
		return 0
	case y.namesBack(x):
		return 1
	}
	return 2
}

// fixAsymmetric offers to make either side agree with the other.
func fixAsymmetric(p *Pass, problem Problem) []Fix {
	x := p.side(problem.Field)
	if x == nil || x.names() == nil {
		return nil
	}
	var fixes []Fix
	for _, y := range p.sides(p.other(x.target)) {
		if slot := y.names(); slot != nil && y.named(x.names().Text) {
			title := "Make " + y.id.Short() + " name " + x.id.Field
			if fix, ok := p.changeName(y.backPopulatesPlace(), slot.Text, x.id.Field, title); ok {
				fix.Preferred = true
				fixes = append(fixes, fix)
			}
		}
	}
	others := fixInverse(p, problem)
	for i := range others {
		others[i].Preferred = false
	}
	return append(fixes, others...)
}

// fixConflict offers to say in the native tag what the ORM makes of the field.
func fixConflict(p *Pass, problem Problem) []Fix {
	x := p.side(problem.Field)
	if x == nil || x.stated == nil || x.relation == nil {
		return nil
	}
	to := p.agreeing(x, problem.Place)
	if to == "" {
		return nil
	}
	fix, ok := p.changeName(problem.Place, problem.Data.Name, to, "Change to "+to)
	if !ok {
		return nil
	}
	fix.Preferred = true
	return []Fix{fix}
}

// agreeing is what would have to stand at a place of the native tag for it to
// agree with the ORM, "" where nothing single would.
func (p *Pass) agreeing(x *side, place relation.Place) string {
	s, r := x.stated, x.relation
	switch {
	case place.File != s.File:
		return ""
	case place.Span == s.KindSlot.Span:
		return r.Kind.String()
	case s.Through != nil && place.Span == s.Through.Span:
		return r.JoinTable
	}
	for i, slot := range s.ForeignKey {
		if slot.Span == place.Span && i < len(r.Keys) {
			return r.Keys[i].ForeignKey.Field
		}
	}
	for i, slot := range s.References {
		if slot.Span == place.Span && i < len(r.Keys) {
			return r.Keys[i].References.Field
		}
	}
	return ""
}

// fixTag offers the tag with which nothing would be wrong, where a mistake knows it.
func fixTag(p *Pass, problem Problem) []Fix {
	for _, m := range p.Node.Models {
		for i := range m.Mistakes {
			mistake := &m.Mistakes[i]
			if mistake.Tag == "" || mistake.Field.Field != problem.Field || mistake.Place != problem.Place {
				continue
			}
			tag := index.NewTag{Field: problem.Field, Dialect: m.Dialect, Value: mistake.Tag}
			rewrite := index.Rewrite{{Model: m.Ref, Tags: []index.NewTag{tag}}}
			return written(p.snapshot, rewrite, "Say "+mistake.Tag+" on "+mistake.Field.Short())
		}
	}
	return nil
}
