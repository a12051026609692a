package server_test

import (
	"context"
	"slices"
	"strings"

	"go.lsp.dev/protocol"
)

// expectFix applies a quick fix: it makes its golden parts, its problem goes away
// and no other comes.
func (p *player) expectFix(m mark) {
	p.apply(m, protocol.CodeActionKindQuickFix, func(before, after []string) {
		if len(after) >= len(before) {
			p.t.Errorf("%s: %s does not help: the problems are\n%s\nbefore they were\n%s",
				m.at, m.args[1], strings.Join(after, "\n"), strings.Join(before, "\n"))
		}
	})
}

// expectFixAll fixes all problems of a file that can be fixed without asking: it
// makes its golden parts. A client may ask for it by several names, and does not
// get it without asking.
func (p *player) expectFixAll(m mark) {
	p.t.Helper()
	const title = "Fix all problems with relations"
	for _, kind := range []protocol.CodeActionKind{"source", "source.fixAll", "source.fixAll.rells"} {
		if got := titles(p.actions(m, kind)); !slices.Equal(got, []string{title}) {
			p.t.Errorf("%s: actions of the kind %s: %q", m.at, kind, got)
		}
	}
	if got := titles(p.actions(m, "")); slices.Contains(got, title) {
		p.t.Errorf("%s: fixing all is offered among %q", m.at, got)
	}
	p.apply(mark{name: m.name, at: m.at, args: []string{m.args[0], title, m.args[1]}}, "source.fixAll", func(before, after []string) {
		if len(after) >= len(before) {
			p.t.Errorf("%s: the problems are\n%s\nbefore they were\n%s", m.at, strings.Join(after, "\n"), strings.Join(before, "\n"))
		}
	})
}

func (p *player) expectNoFixAll(m mark) {
	if got := p.actions(m, "source.fixAll"); len(got) > 0 {
		p.t.Errorf("%s: %q, want nothing", m.at, titles(got))
	}
}

// expectAction applies a refactoring: it makes its golden parts, and no problem.
func (p *player) expectAction(m mark) {
	p.apply(m, protocol.CodeActionKindRefactorRewrite, func(before, after []string) {
		if len(after) > len(before) {
			p.t.Errorf("%s: %s makes problems: they are\n%s\nbefore they were\n%s",
				m.at, m.args[1], strings.Join(after, "\n"), strings.Join(before, "\n"))
		}
	})
}

// expectSource applies an action for the whole document: it makes its golden parts, and no
// problem.
func (p *player) expectSource(m mark) {
	if got := titles(p.actions(m, "")); slices.Contains(got, m.args[1]) {
		p.t.Errorf("%s: %s is offered among %q", m.at, m.args[1], got)
	}
	p.apply(m, "source.backPopulates", func(before, after []string) {
		if len(after) > len(before) {
			p.t.Errorf("%s: %s makes problems: they are\n%s\nbefore they were\n%s",
				m.at, m.args[1], strings.Join(after, "\n"), strings.Join(before, "\n"))
		}
	})
}

// apply chooses a code action, edits the open documents by it, lets check compare
// the problems before and after, and takes the edits back.
func (p *player) apply(m mark, kind protocol.CodeActionKind, check func(before, after []string)) {
	p.t.Helper()
	actions := p.actions(m, kind)
	i := slices.IndexFunc(actions, func(a protocol.CodeAction) bool { return a.Title == m.args[1] })
	if i < 0 {
		p.t.Errorf("%s: actions at %q: %q, want %q", m.at, m.args[0], titles(actions), m.args[1])
		return
	}
	var chosen protocol.CodeAction
	if err := p.Call(context.Background(), protocol.MethodCodeActionResolve, &actions[i], &chosen); err != nil {
		p.t.Errorf("%s: %s cannot be resolved: %v", m.at, m.args[1], err)
		return
	}
	p.edit(m, chosen.Edit, check)
}

// edit does as a workspace edit says, and then as apply does.
func (p *player) edit(m mark, workspaceEdit *protocol.WorkspaceEdit, check func(before, after []string)) {
	p.t.Helper()
	before := p.shown()
	changed := map[string]string{} // the texts before
	for _, change := range workspaceEdit.DocumentChanges {
		edit := change.(*protocol.TextDocumentEdit)
		name := p.name(string(edit.TextDocument.URI))
		if v := edit.TextDocument.Version; v == nil || *v != p.versions[name] {
			p.t.Errorf("%s: %s edits version %v of %s, want %d", m.at, m.args[1], v, name, p.versions[name])
		}
		var edits []protocol.TextEdit
		for _, e := range edit.Edits {
			edits = append(edits, *e.(*protocol.TextEdit))
		}
		changed[name] = p.texts[name]
		p.set(name, p.edited(p.texts[name], edits))
		p.made["@"+m.args[2]+"/"+name] = withoutMarks(p.texts[name])
	}
	if len(changed) == 0 {
		p.t.Errorf("%s: %s edits nothing", m.at, m.args[1])
	}
	p.settle()
	check(before, p.shown())
	for name, text := range changed {
		p.set(name, text)
	}
	p.settle()
	if again := p.shown(); !slices.Equal(before, again) {
		p.t.Errorf("%s: with %s taken back the problems are\n%s\nwant\n%s",
			m.at, m.args[1], strings.Join(again, "\n"), strings.Join(before, "\n"))
	}
}

// shown are the problems that the client shows, as text.
func (p *player) shown() []string {
	p.t.Helper()
	var list []string
	for _, f := range p.problems() {
		list = append(list, f.String())
	}
	return list
}

// withoutMarks is a text without the comments that are marks.
func withoutMarks(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if source, _, found := cutMarks(line); found {
			lines[i] = strings.TrimRight(source, " \t")
			if strings.HasSuffix(line, "\r") {
				lines[i] += "\r"
			}
		}
	}
	return strings.Join(lines, "\n")
}
