package diagnostics

import (
	"slices"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// Ignore proposes to silence the problem that data identifies by a comment: the rule
// is added to the one that is about the line already, or gets one above it. That is
// never preferred, and none of [Fixes]: what is silenced is not mended. There is none
// where the snapshot does not show the problem any more, and where no comment can be
// written.
func Ignore(s *index.Snapshot, data Data) []Fix {
	rule := RuleNamed(data.Rule)
	if rule == nil || rule.Name == ignoreUnusedName {
		return nil
	}
	p, problem, ok := find(s, rule, data)
	if !ok {
		return nil
	}
	file := problem.Place.File
	line, ok := s.CommentedLine(problem.Place)
	if !ok {
		return nil
	}
	fix := Fix{Title: "Ignore " + rule.Name + p.reach(file, line)}
	if i, ok := p.commentOn(file, line); ok {
		last := i.names[len(i.names)-1].Span.End
		fix.Edits = []Edit{{Path: file, Span: facts.Span{Start: last, End: last}, NewText: "," + rule.Name}}
	} else {
		fix.Edits, _ = s.Annotate(problem.Place, ignoreWord+" "+rule.Name)
	}
	return applicableOf(s, []Fix{fix})
}

// commentOn is the comment in the notation of rells that is about the line which
// starts at the given offset.
func (p *Pass) commentOn(file string, line int32) (ignore, bool) {
	list := p.ignores(file)
	i := slices.IndexFunc(list, func(i ignore) bool {
		return !i.nolint && len(i.names) > 0 && i.directive.About.Start == line
	})
	if i < 0 {
		return ignore{}, false
	}
	return list[i], true
}

// reach says for what a comment about a line holds: for all of a type that begins
// there.
func (p *Pass) reach(path string, line int32) string {
	if file, ok := p.snapshot.File(path); ok {
		for _, d := range file.Facts.Decls {
			if start, ok := p.snapshot.CommentedLine(relation.Place{File: path, Span: d.Name.Span}); ok && start == line {
				return " in all of " + d.Name.Text
			}
		}
	}
	return " here"
}
