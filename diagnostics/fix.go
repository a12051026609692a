package diagnostics

import (
	"slices"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/facts"
)

// Fix is a set of edits that belong together.
type Fix struct {
	Title     string // imperative, as an editor's menu shows it: "Change to Author"
	Edits     []Edit // at least one; those of one file do not overlap
	Preferred bool   // the one to apply without asking

	rewrite index.Rewrite // that the edits render
}

// Same says whether another fix, of the same snapshot, does the same by the same name.
func (f Fix) Same(other Fix) bool {
	return f.Title == other.Title && slices.Equal(f.Edits, other.Edits)
}

// Edit replaces a stretch of a file, in the offsets of the snapshot that the fix
// was made from.
type Edit = index.Edit

// Fixes makes the fixes of the problem that data identifies, the best first. It
// returns none where the snapshot does not show that problem any more, and leaves
// out every fix that would touch a generated file, one that is not valid UTF-8,
// or one outside of the workspace.
func Fixes(s *index.Snapshot, data Data) []Fix {
	rule := RuleNamed(data.Rule)
	if rule == nil || rule.Fix == nil {
		return nil
	}
	p, problem, ok := find(s, rule, data)
	if !ok {
		return nil
	}
	fixes := p.fixes(rule, problem)
	for i := range fixes {
		fixes[i].format(s)
	}
	return fixes
}

// find looks for a problem of a rule.
func find(s *index.Snapshot, rule *Rule, data Data) (*Pass, Problem, bool) {
	p := newPass(s, data.Model)
	if p == nil {
		return nil, Problem{}, false
	}
	p.run(rule)
	i := slices.IndexFunc(p.problems, func(q Problem) bool { return q.Data == data })
	if i < 0 {
		return nil, Problem{}, false
	}
	return p, p.problems[i], true
}

// fixes are the fixes of a problem that may be applied.
func (p *Pass) fixes(rule *Rule, problem Problem) []Fix {
	if rule.Fix == nil {
		return nil
	}
	return p.preferUpdate(problem.Place, applicableOf(p.snapshot, rule.Fix(p, problem)))
}

// applicableOf leaves out the fixes that must not be applied.
func applicableOf(s *index.Snapshot, fixes []Fix) []Fix {
	return slices.DeleteFunc(fixes, func(f Fix) bool { return !applicable(s, f) })
}

// applicable reports whether every edit of the fix may be made.
func applicable(s *index.Snapshot, f Fix) bool {
	return len(f.Edits) > 0 && !slices.ContainsFunc(f.Edits, func(e Edit) bool {
		file, ok := s.File(e.Path)
		return !ok || file.Outside || file.Facts.Generated || !file.Facts.ValidUTF8 || !within(e.Span, file.Source)
	})
}

// format makes the edits of a fix again, so that they leave the file as well
// formatted as it was. Fixes that only change names come without that, since most
// of them are looked at only for whether there is one.
func (f *Fix) format(s *index.Snapshot) {
	for _, m := range f.rewrite {
		if len(m.Fields)+len(m.Elements)+len(m.Attributes)+len(m.Arguments)+len(m.Options)+len(m.Tags)+len(m.Types) > 0 {
			return
		}
	}
	if edits, ok := s.Rewrite(f.rewrite); ok {
		f.Edits = edits
	}
}

// within reports whether the span lies in the text.
func within(s facts.Span, text []byte) bool {
	return 0 <= s.Start && s.Start <= s.End && int(s.End) <= len(text)
}
