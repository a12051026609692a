package diagnostics

import (
	"slices"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

const ignoreUnusedName = "ignore-unused"

// The rules about what is said to rells itself.
var directiveRules = []*Rule{ignoreUnused}

// ignoreUnused reports a comment that is to silence problems and has none to
// silence. It looks at everything that the other rules find in the file, whether or
// not they are turned on: a comment does not become wrong when a rule is turned off.
var ignoreUnused = &Rule{
	Name:     ignoreUnusedName,
	Severity: Warning,
	Summary:  "the comment silences nothing, or names no rule",
	Check: func(p *Pass) {
		for _, file := range p.files() {
			for _, i := range p.ignores(file) {
				if n, field := p.owner(file, i.directive); n != nil && n.Ref == p.Node.Ref {
					p.judgeIgnore(file, &i, field)
				}
			}
		}
	},
	Fix: fixIgnore,
}

// files are the files in which the pass's node has a declaration or a field.
func (p *Pass) files() []string {
	var files []string
	add := func(file string) {
		if !slices.Contains(files, file) {
			files = append(files, file)
		}
	}
	for _, m := range p.Node.Models {
		add(m.Place.File)
		for i := range m.Fields {
			add(m.Fields[i].Place.File)
		}
	}
	return files
}

// owner is the node that tells about a comment, and the field that this is about, ""
// for none: the struct around or behind the comment, else the first of the file.
func (p *Pass) owner(path string, d *facts.Directive) (n *index.Node, field string) {
	nodes := p.snapshot.NodesIn(path)
	for _, n := range nodes {
		for _, m := range n.Models {
			if m.Place.File == path && starts(d.About, m.Place.Span) {
				return n, ""
			}
			for i := range m.Fields {
				if f := &m.Fields[i]; f.Place.File == path && starts(d.About, f.Place.Span) {
					return n, f.Selector
				}
			}
			if m.Body.File == path && starts(m.Body.Span, d.Span) {
				return n, ""
			}
		}
	}
	if len(nodes) == 0 {
		return nil, ""
	}
	return nodes[0], ""
}

// starts reports whether a span starts inside of another.
func starts(outer, inner facts.Span) bool {
	return outer.Start <= inner.Start && inner.Start < outer.End
}

// judgeIgnore reports what is wrong with a comment.
func (p *Pass) judgeIgnore(file string, i *ignore, field string) {
	id := relation.FieldID{Model: p.Node.Ref, Field: field}
	at := func(name facts.Slot) relation.Place { return relation.Place{File: file, Span: name.Span} }
	if len(i.names) == 0 && !i.nolint {
		p.report(id, at(i.directive.Text), i.directive.Text.Text, ignoreWord+" names no rule")
		return
	}
	for _, name := range i.names {
		switch {
		case i.nolint && !i.silences(name.Text, ""):
			continue // somebody else's affair
		case !i.nolint && !slices.Contains(namesOf(p.rules), name.Text):
			text := ignoreWord + " names " + name.Text + ", but there is no such rule"
			if near, ok := dialect.Nearest(name.Text, namesOf(p.rules)); ok {
				text += " (did you mean " + near + "?)"
			}
			p.report(id, at(name), name.Text, text)
		case !p.used(file, i, name.Text) && p.decided(file):
			p.report(id, at(name), name.Text, i.word()+" names "+name.Text+", which finds nothing here")
		}
	}
}

// used reports whether a name in a comment silences a problem of any node.
func (p *Pass) used(file string, i *ignore, name string) bool {
	return slices.ContainsFunc(p.problemsIn(file), func(problem Problem) bool {
		return i.covers(problem.Place) && i.silences(name, problem.Rule)
	})
}

// problemsIn are the problems in a file of all nodes, silenced or not. What they
// follow from, this pass follows from.
func (p *Pass) problemsIn(file string) []Problem {
	if found, ok := p.inFile[file]; ok {
		return found
	}
	var found []Problem
	for _, n := range p.snapshot.NodesIn(file) {
		q := &Pass{Node: n, snapshot: p.snapshot, rules: p.rules, read: append(p.read, n.Ref)}
		for _, r := range p.rules {
			if r.Name != ignoreUnusedName {
				q.run(r)
			}
		}
		found = append(found, q.problems...)
		p.read = q.read
	}
	found = slices.DeleteFunc(found, func(problem Problem) bool { return problem.Place.File != file })
	if p.inFile == nil {
		p.inFile = map[string][]Problem{}
	}
	p.inFile[file] = found
	return found
}

// decided reports whether all is known that problems in the file follow from: where
// source cannot be read or a type cannot be found, rules are silent, and a comment
// may well have something to silence elsewhere.
func (p *Pass) decided(path string) bool {
	if file, ok := p.snapshot.File(path); !ok || len(file.Facts.Defects) > 0 {
		return false
	}
	for _, n := range p.snapshot.NodesIn(path) {
		for _, m := range n.Models {
			if m.Open || slices.ContainsFunc(m.Fields, func(f relation.Field) bool { return unread(m, &f) }) {
				return false
			}
		}
	}
	return true
}

// unread reports whether the dialect made nothing of the field, neither a column nor
// a relation nor a mistake.
func unread(m *relation.Model, f *relation.Field) bool {
	return m.Dialect != relation.NativeDialect && f.Column == "" && !f.Ignored &&
		!slices.ContainsFunc(m.Relations, func(r relation.Relation) bool { return r.ID.Field == f.Selector }) &&
		!slices.ContainsFunc(m.Mistakes, func(x relation.Mistake) bool { return x.Field.Field == f.Selector })
}

// fixIgnore offers the rule that may be meant, and to remove the name, with the
// comment if it is the only one. What people have written for people is not changed
// without asking.
func fixIgnore(p *Pass, problem Problem) []Fix {
	var fixes []Fix
	for _, i := range p.ignores(problem.Place.File) {
		at := slices.IndexFunc(i.names, func(name facts.Slot) bool { return name.Span == problem.Place.Span })
		if at < 0 && (len(i.names) > 0 || i.directive.Text.Span != problem.Place.Span) {
			continue
		}
		near, ok := dialect.Nearest(problem.Data.Name, namesOf(p.rules))
		if ok && at >= 0 && !i.nolint && !slices.Contains(namesOf(p.rules), problem.Data.Name) {
			if fix, ok := p.changeName(problem.Place, problem.Data.Name, near, "Change to "+near); ok {
				fixes = append(fixes, fix)
			}
		}
		if span, ok := p.removal(problem.Place.File, &i, at); ok {
			title := "Remove the comment"
			if len(i.names) > 1 {
				title = "Remove " + problem.Data.Name + " from the comment"
			}
			edit := Edit{Path: problem.Place.File, Span: span}
			fixes = append(fixes, Fix{Title: title, Edits: []Edit{edit}})
		}
	}
	return fixes
}

// removal is what to delete for a name of a comment to be gone: the name and a
// comma, or, with the last name, the comment and the space or the line around it.
func (p *Pass) removal(path string, i *ignore, at int) (facts.Span, bool) {
	switch {
	case len(i.names) > 1 && at == 0:
		return facts.Span{Start: i.names[0].Span.Start, End: i.names[1].Span.Start}, true
	case len(i.names) > 1:
		return facts.Span{Start: i.names[at-1].Span.End, End: i.names[at].Span.End}, true
	}
	file, ok := p.snapshot.File(path)
	span := i.directive.Span
	if !ok || !within(span, file.Source) {
		return facts.Span{}, false
	}
	if span.End > span.Start && file.Source[span.End-1] == '\r' {
		span.End-- // of the line break
	}
	for span.Start > 0 && isSpace(file.Source[span.Start-1]) {
		span.Start--
	}
	if span.Start > 0 && file.Source[span.Start-1] != '\n' {
		return span, true
	}
	for int(span.End) < len(file.Source) {
		span.End++
		if file.Source[span.End-1] == '\n' {
			break
		}
	}
	return span, true
}
