package index

import (
	"cmp"
	"maps"
	"slices"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// usage knows which types the code hands to an ORM, file by file: the call that
// registers a model may stand in any package.
type usage struct {
	byFile  map[string]fileUses
	byType  map[facts.Ref]map[string][]facts.Use // type -> file -> uses
	wrong   map[facts.Ref]map[string][]misuse    // what is handed over wrongly, or can be no model -> file -> uses
	readers map[facts.Symbol]map[string]struct{} // symbol -> files whose uses looked at it
	callers map[string]map[string]struct{}       // called name -> files that call it
	obscure map[string]map[string]struct{}       // called name -> files in which it is handed something unknown
}

// misuse is a use that an ORM refuses.
type misuse struct {
	dialect int
	mistake relation.Mistake
}

// calledSymbol stands, among what a reading looked at, for whether anybody calls
// a function of the name.
func calledSymbol(name string) facts.Symbol { return facts.Symbol{Name: "call " + name} }

// obscureSymbol stands likewise for whether a function is handed something unknown.
func obscureSymbol(name string) facts.Symbol { return facts.Symbol{Name: "obscure " + name} }

// usesSymbol stands likewise for the calls that a type is handed to.
func usesSymbol(ref facts.Ref) facts.Symbol {
	return facts.Symbol{Package: ref.Package, Name: usesPrefix + ref.Name}
}

const usesPrefix = "uses of "

// fileUses is what the uses of one file lead to.
type fileUses struct {
	types []facts.Ref
	wrong []facts.Ref // of what is handed over wrongly, or can be no model
	calls []string
	deps  []facts.Symbol
	dark  []string // calls that are handed something unknown
}

func newUsage() usage {
	return usage{
		byFile:  map[string]fileUses{},
		byType:  map[facts.Ref]map[string][]facts.Use{},
		wrong:   map[facts.Ref]map[string][]misuse{},
		readers: map[facts.Symbol]map[string]struct{}{},
		callers: map[string]map[string]struct{}{},
		obscure: map[string]map[string]struct{}{},
	}
}

// of lists the uses of a type that are accepted, in the order of files and places.
func (u *usage) of(ref facts.Ref, accept func(path string, use facts.Use) bool) []facts.Use {
	byFile := u.byType[ref]
	if len(byFile) == 0 {
		return nil
	}
	var uses []facts.Use
	for _, path := range slices.Sorted(maps.Keys(byFile)) {
		for _, use := range byFile[path] {
			if accept(path, use) {
				uses = append(uses, use)
			}
		}
	}
	return uses
}

// use replaces what the uses of a file lead to; f is nil for a file that is gone.
// Types that gained or lost a use are read again.
func (b *batch) use(path string, f *facts.File) {
	u := &b.uses
	b.forgetUses(path)
	if f == nil || len(f.Calls) == 0 || !f.Included {
		return
	}
	b.session.Begin()
	found := map[facts.Ref][]facts.Use{}
	dark := slices.Clone(f.Obscure)
	for _, use := range f.Uses {
		switch t := behind(b.session.Expr(f, use.Within, use.Arg)); {
		case t == nil || t.Shape() == facts.Interface:
			dark = append(dark, use.Call)
		case t.Shape() == facts.Struct && !t.Ref().IsZero():
			found[t.Ref()] = append(found[t.Ref()], use)
			b.misuse(path, f, use, t)
		case t.Shape() != facts.Struct:
			b.misuse(path, f, use, t)
		}
	}
	now := fileUses{deps: b.session.End().Symbols, calls: f.Calls, wrong: u.byFile[path].wrong, dark: dark}
	for ref, uses := range found {
		slices.SortFunc(uses, func(a, b facts.Use) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
		now.types = append(now.types, ref)
		if u.byType[ref] == nil {
			u.byType[ref] = map[string][]facts.Use{}
		}
		u.byType[ref][path] = uses
		b.hand(ref, 1)
		b.reread(usesSymbol(ref))
	}
	for _, name := range now.calls {
		b.note(u.callers, calledSymbol(name), name, path, true)
	}
	for _, name := range now.dark {
		b.note(u.obscure, obscureSymbol(name), name, path, true)
	}
	u.byFile[path] = now
	for _, s := range now.deps {
		if u.readers[s] == nil {
			u.readers[s] = map[string]struct{}{}
		}
		u.readers[s][path] = struct{}{}
	}
}

// hand notes that so many files more hand a type to an ORM, in whichever way.
func (b *batch) hand(ref facts.Ref, more int) {
	e := b.entry(ref)
	e.handed += more
	e.handings++
	b.enqueue(ref)
}

// note notes that a file calls a function, or no longer does. Whoever asked, by the
// symbol, whether any does is read again when the answer changes.
func (b *batch) note(files map[string]map[string]struct{}, symbol facts.Symbol, name, path string, calls bool) {
	before := len(files[name]) > 0
	if calls {
		add(files, name, path)
	} else {
		remove(files, name, path)
	}
	if before != (len(files[name]) > 0) {
		b.reread(symbol)
	}
}

func (b *batch) forgetUses(path string) {
	u := &b.uses
	before, ok := u.byFile[path]
	if !ok {
		return
	}
	delete(u.byFile, path)
	for _, name := range before.calls {
		b.note(u.callers, calledSymbol(name), name, path, false)
	}
	for _, name := range before.dark {
		b.note(u.obscure, obscureSymbol(name), name, path, false)
	}
	for _, s := range before.deps {
		delete(u.readers[s], path)
		if len(u.readers[s]) == 0 {
			delete(u.readers, s)
		}
	}
	for _, ref := range before.wrong {
		delete(u.wrong[ref], path)
		if len(u.wrong[ref]) == 0 {
			delete(u.wrong, ref)
		}
		b.enqueue(ref)
	}
	for _, ref := range before.types {
		delete(u.byType[ref], path)
		if len(u.byType[ref]) == 0 {
			delete(u.byType, ref)
		}
		b.hand(ref, -1)
		b.reread(usesSymbol(ref))
	}
}

// misuse asks the dialects about a use. What they refuse is a mistake of the struct; what
// is none becomes an entry of its own, which is nothing but that mistake. A type without
// a name goes by its spelling, in the package that uses it.
func (b *batch) misuse(path string, f *facts.File, use facts.Use, t facts.Type) {
	ref := t.Ref()
	if ref.IsZero() {
		ref = facts.Ref{Package: b.program.PackagePath(path), Name: t.String()}
	}
	for d, dialect := range b.dialects {
		if dialect.Refuse == nil || !slices.Contains(dialect.Calls, use.Call) || !b.speaks(d, f) {
			continue
		}
		mistake := dialect.Refuse(b.scope(d), f, use, t)
		if mistake == nil {
			continue
		}
		mistake.Field = relation.FieldID{Model: ref}
		if b.uses.wrong[ref] == nil {
			b.uses.wrong[ref] = map[string][]misuse{}
		}
		b.uses.wrong[ref][path] = append(b.uses.wrong[ref][path], misuse{d, *mistake})
		now := b.uses.byFile[path]
		now.wrong = append(now.wrong, ref)
		b.uses.byFile[path] = now
		b.enqueue(ref)
	}
}

// misused lists what a dialect refuses of the uses of a type, in the order of files.
func (u *usage) misused(ref facts.Ref, d int) []relation.Mistake {
	if len(u.wrong[ref]) == 0 {
		return nil // as nearly always, for each dialect
	}
	var mistakes []relation.Mistake
	for _, path := range slices.Sorted(maps.Keys(u.wrong[ref])) {
		for _, m := range u.wrong[ref][path] {
			if m.dialect == d {
				mistakes = append(mistakes, m.mistake)
			}
		}
	}
	return mistakes
}

// behind takes pointers, slices and arrays off what a use hands over; nil where
// that cannot be told.
func behind(t facts.Type) facts.Type {
	for depth := 0; t != nil && depth < 8; depth++ {
		switch t.Shape() {
		case facts.Pointer, facts.Slice, facts.Array:
			t = t.Elem()
		case facts.Unknown:
			return nil
		default:
			return t
		}
	}
	return nil
}
