package golang

import (
	"slices"

	"github.com/rells-dev/rells/index/facts"
)

// Most edits change the fields of a struct, or nothing but places. What a session has
// resolved holds through these, save for the types of the edited file itself: those
// are found out anew. For that the packages and types of the folder stay the same
// values, with new contents. After any other edit one starts afresh.

// Resume brings a session up to the program as it is now: its types stay valid, and
// tell what holds now. It is false where too much has changed: then the session, and
// whatever is left of it, must not be used any more.
func (s *Session) Resume() bool {
	if s.rebuilt != s.p.rebuilt || s.clock > maxClock {
		return false
	}
	clear(s.homes)
	for _, t := range s.named {
		if t.followed.done && t.decl != t.symbol.decl {
			t.next, t.decl = nil, nil
			t.followed = looked{}
		}
	}
	return true
}

// maxClock keeps numbers of recordings from coming around.
const maxClock = 1 << 31

// Size is how many declared types the session has met.
func (s *Session) Size() int { return len(s.named) }

// aliasFree reports whether there is such a file, and no alias is declared in it: what
// an alias leads to may be anything, and whoever uses it has that, not the alias.
func aliasFree(f *sourceFile) bool {
	return f != nil && !slices.ContainsFunc(f.facts.Decls, func(d facts.Decl) bool { return d.Alias })
}

// onlyFields reports whether all that has changed between two states of a folder is
// what stands inside of structs, and which embedded no other types before.
func onlyFields(before, after []*pkg, changed []facts.Symbol) bool {
	same := func(a, b *pkg) bool {
		return a.path == b.path && a.name == b.name && a.importable == b.importable
	}
	if !slices.EqualFunc(before, after, same) {
		return false
	}
	for _, symbol := range changed {
		old, now := packageAt(before, symbol.Package), packageAt(after, symbol.Package)
		if old.types[symbol.Name] == nil || now.types[symbol.Name] == nil {
			return false // the symbol of an outline, of imports, of what is there or not
		}
	}
	return true
}

// adopt takes over the contents of the packages that the folder has now.
func (fo *folder) adopt(now []*pkg) {
	for i, pk := range fo.packages {
		pk.become(now[i])
	}
}

// become gives the package, and the types that stay, the contents of another one.
func (pk *pkg) become(now *pkg) {
	for name, ts := range now.types {
		ts.pkg = pk
		if kept := pk.types[name]; kept != nil {
			ts.outlineName = kept.outlineName
			*kept = *ts
			now.types[name] = kept
		}
	}
	for _, same := range now.locals {
		for i, ts := range same {
			same[i] = now.types[ts.name]
		}
	}
	*pk = *now
}
