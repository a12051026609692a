package server_test

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"go.lsp.dev/protocol"
)

// expectations are what marks other than diag and loc check.
var expectations = map[string]func(*player, mark){
	"def":      (*player).expectDefinition,
	"refs":     (*player).expectReferences,
	"same":     (*player).expectHighlights,
	"symbols":  (*player).expectSymbols,
	"rename":   (*player).expectRename,
	"norename": (*player).expectNoRename,
	"lens":     (*player).expectLenses,
	"hint":     (*player).expectHints,
	"tokens":   (*player).expectTokens,
	"complete": (*player).expectCandidates,
	"lacks":    (*player).expectLacking,
	"create":   (*player).expectCreated,
	"accept":   (*player).expectAccepted,
	"hover":    (*player).expectHover,
	"inverse":  (*player).expectInverse,
	"fix":      (*player).expectFix,
	"nofix":    (*player).expectNoFix,
	"prefers":  (*player).expectPreferred,
	"fixall":   (*player).expectFixAll,
	"nofixall": (*player).expectNoFixAll,
	"action":   (*player).expectAction,
	"noaction": (*player).expectNoAction,
	"source":   (*player).expectSource,
}

// places are the labelled places that a mark lists, sorted.
func (p *player) places(m mark) []string {
	p.t.Helper()
	var places []string
	for _, label := range m.args[1:] {
		at, ok := p.labels[label]
		if !ok {
			p.t.Fatalf("%s: no place is called %s", m.at, label)
		}
		places = append(places, fmt.Sprintf("%s-%d", at, at.end+1))
	}
	slices.Sort(places)
	return places
}

func (p *player) expectPlaces(m mark, got []string) {
	p.t.Helper()
	slices.Sort(got)
	if want := p.places(m); !slices.Equal(got, want) {
		p.t.Errorf("%s: %s of %q: %q, want %q", m.at, m.name, m.args[0], got, want)
	}
}

func (p *player) place(address string, r protocol.Range) string {
	p.t.Helper()
	at := p.location(p.name(address), r)
	return fmt.Sprintf("%s-%d", at, at.end+1)
}

func (p *player) expectDefinition(m mark) {
	var links []protocol.LocationLink
	p.ask(protocol.MethodTextDocumentDefinition, m.at, m.at.start, nil, &links)
	var got []string
	for _, l := range links {
		got = append(got, p.place(string(l.TargetURI), l.TargetSelectionRange))
		if l.OriginSelectionRange == nil {
			p.t.Errorf("%s: a link without origin", m.at)
		} else if origin := p.location(m.at.file, *l.OriginSelectionRange); m.at.start != m.at.end && origin != m.at {
			p.t.Errorf("%s: the link starts at %s to %d, want %q", m.at, origin, origin.end+1, m.args[0])
		}
		whole, name := l.TargetRange, l.TargetSelectionRange
		if whole.Start.Line > name.Start.Line || whole.End.Line < name.End.Line {
			p.t.Errorf("%s: the target's range %v does not hold its name %v", m.at, whole, name)
		}
	}
	p.expectPlaces(m, got)
}

func (p *player) expectReferences(m mark) {
	var locations []protocol.Location
	context := map[string]any{"context": map[string]any{"includeDeclaration": false}}
	p.ask(protocol.MethodTextDocumentReferences, m.at, m.at.start, context, &locations)
	var got []string
	for _, l := range locations {
		got = append(got, p.place(string(l.URI), l.Range))
	}
	p.expectPlaces(m, got)
}

func (p *player) candidates(m mark) []protocol.CompletionItem {
	p.t.Helper()
	var list protocol.CompletionList
	p.ask(protocol.MethodTextDocumentCompletion, m.at, m.at.end, nil, &list)
	slices.SortStableFunc(list.Items, func(a, b protocol.CompletionItem) int {
		x, _ := a.SortText.Get()
		y, _ := b.SortText.Get()
		return strings.Compare(x, y)
	})
	return list.Items
}

func labels(items []protocol.CompletionItem) []string {
	var names []string
	for _, item := range items {
		names = append(names, item.Label)
	}
	return names
}

func (p *player) expectCandidates(m mark) {
	got, want := labels(p.candidates(m)), m.args[1:]
	if len(want) == 0 && len(got) > 0 || len(got) < len(want) || !slices.Equal(got[:len(want)], want) {
		p.t.Errorf("%s: completion at %q: %q, want %q first", m.at, m.args[0], got, want)
	}
}

func (p *player) expectLacking(m mark) {
	for _, name := range labels(p.candidates(m)) {
		if slices.Contains(m.args[1:], name) {
			p.t.Errorf("%s: completion at %q offers %s", m.at, m.args[0], name)
		}
	}
}

func (p *player) expectAccepted(m mark) {
	items := p.candidates(m)
	i := slices.IndexFunc(items, func(item protocol.CompletionItem) bool { return item.Label == m.args[1] })
	if i < 0 {
		p.t.Errorf("%s: completion at %q: %q, want %q", m.at, m.args[0], labels(items), m.args[1])
		return
	}
	edit, ok := items[i].TextEdit.(*protocol.TextEdit)
	if !ok {
		p.t.Errorf("%s: %s comes with %T, want a text edit", m.at, m.args[1], items[i].TextEdit)
		return
	}
	after := p.edited(p.texts[m.at.file], []protocol.TextEdit{*edit})
	line := strings.Split(after, "\n")[m.at.line-1]
	if source, _, _ := cutMarks(line); !strings.Contains(source, m.args[2]) {
		p.t.Errorf("%s: with %s the line is %q, want %q in it", m.at, m.args[1], source, m.args[2])
	}
}

// hoverText is what the client shows at the place, "" for nothing.
func (p *player) hoverText(m mark) string {
	p.t.Helper()
	var hover *protocol.Hover
	p.ask(protocol.MethodTextDocumentHover, m.at, m.at.start, nil, &hover)
	if hover == nil {
		return ""
	}
	content, ok := hover.Contents.(*protocol.MarkupContent)
	if !ok || content.Kind != protocol.MarkupKindPlainText {
		p.t.Fatalf("%s: the hover is %#v, want plain text", m.at, hover.Contents)
	}
	return content.Value
}

func (p *player) expectHover(m mark) {
	text := p.hoverText(m)
	if len(m.args) == 1 && text != "" {
		p.t.Errorf("%s: hover on %q says %q, want nothing", m.at, m.args[0], text)
	}
	for _, part := range m.args[1:] {
		if !strings.Contains(text, part) {
			p.t.Errorf("%s: hover on %q says %q, want %q in it", m.at, m.args[0], text, part)
		}
	}
}

func (p *player) expectInverse(m mark) {
	lines := strings.Split(p.hoverText(m), "\n")
	if len(m.args) == 2 {
		if !slices.Contains(lines, "inverse "+m.args[1]) {
			p.t.Errorf("%s: hover on %q says %q, want the inverse %s", m.at, m.args[0], lines, m.args[1])
		}
		return
	}
	if !slices.ContainsFunc(lines, func(l string) bool {
		return strings.HasPrefix(l, "inverse none") || strings.HasPrefix(l, "inverse not certain")
	}) {
		p.t.Errorf("%s: hover on %q says %q, want no inverse", m.at, m.args[0], lines)
	}
}

// actions asks for the code actions of one kind, "" for whatever there is, at a
// place, as a client does: it brings along the diagnostics that it shows there.
func (p *player) actions(m mark, kind protocol.CodeActionKind) []protocol.CodeAction {
	p.t.Helper()
	brought := []protocol.Diagnostic{}
	for _, f := range p.problems() {
		if f.at.file == m.at.file && f.at.line == m.at.line && f.at.start <= m.at.end && m.at.start <= f.at.end {
			brought = append(brought, f.diagnostic)
		}
	}
	var only []protocol.CodeActionKind
	if kind != "" {
		only = []protocol.CodeActionKind{kind}
	}
	params := map[string]any{
		"textDocument": map[string]any{"uri": p.uri(m.at.file)},
		"range":        p.span(m.at),
		"context":      &protocol.CodeActionContext{Diagnostics: brought, Only: only},
	}
	var actions []protocol.CodeAction
	if err := p.Call(context.Background(), protocol.MethodTextDocumentCodeAction, params, &actions); err != nil {
		p.t.Fatalf("%s: code actions: %v", m.at, err)
	}
	return actions
}

func titles(actions []protocol.CodeAction) []string {
	var list []string
	for _, a := range actions {
		list = append(list, a.Title)
	}
	return list
}

// expectNoFix expects nothing but to silence the problem.
func (p *player) expectNoFix(m mark) {
	for _, title := range titles(p.actions(m, protocol.CodeActionKindQuickFix)) {
		if !strings.HasPrefix(title, "Ignore ") {
			p.t.Errorf("%s: a fix of %q: %q, want none", m.at, m.args[0], title)
		}
	}
}

func (p *player) expectPreferred(m mark) {
	actions := p.actions(m, protocol.CodeActionKindQuickFix)
	preferred := titles(slices.DeleteFunc(slices.Clone(actions), func(a protocol.CodeAction) bool {
		return a.IsPreferred == nil || !*a.IsPreferred
	}))
	if !slices.Equal(preferred, m.args[1:]) {
		p.t.Errorf("%s: of the fixes %q at %q %q are preferred, want %q", m.at, titles(actions), m.args[0], preferred, m.args[1:])
	}
}

func (p *player) expectNoAction(m mark) {
	if got := p.actions(m, protocol.CodeActionKindRefactorRewrite); len(got) > 0 {
		p.t.Errorf("%s: refactorings of %q: %q, want none", m.at, m.args[0], titles(got))
	}
}
