package python

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// Session resolves names over one state of a Program. Its types stay valid until the
// program changes. It may read modules, and like its program it has one user at a time.
type Session struct {
	p     *Program
	types map[*facts.Decl]*typ
	asked []lookup // names that are being resolved, each by way of the next
	round int      // the first of those that a resolution came back to
}

// lookup is a name in a module.
type lookup struct{ path, name string }

// binding is what a name stands for: one of the three, or nothing. It holds for as long as
// the outlines of all modules stay the same.
type binding struct {
	declared lookup // a class, by its qualified name, or a variable
	module   place
	external string // dotted name of something that is not in the workspace
	guessed  bool   // the external module may have it: a module takes all there is of it
}

func (b binding) found() bool { return b != binding{} }

// Session starts a session over the program as it is now.
func (p *Program) Session() *Session {
	return &Session{p: p, types: map[*facts.Decl]*typ{}, round: notRound}
}

// Naming is a number that changes when names may have come to stand for something else.
func (s *Session) Naming() uint64 { return s.p.naming }

// Type finds a class or a variable of a module by its identity.
func (s *Session) Type(ref facts.Ref) (facts.Type, bool) {
	m := s.p.ofName(ref.Package)
	if m == nil || m.decls[ref.Name] == nil {
		return nil, false
	}
	return s.typeOf(m, m.decls[ref.Name]), true
}

func (s *Session) typeOf(m *module, d *facts.Decl) *typ {
	t := s.types[d]
	if t == nil {
		t = &typ{s: s, module: m, decl: d, ref: facts.Ref{Package: m.name, Name: qualify(d.Within, d.Name.Text)}}
		s.types[d] = t
	}
	return t
}

// Declared lists the classes and variables that a file declares, in source order. Of
// several of one name, and of several modules of one name, one counts. A file that declares
// nothing, and adds to what others declare, is listed as a variable without a name.
func (s *Session) Declared(f *facts.File) []facts.Type {
	m := s.p.modules[f.Path]
	if m == nil || m.facts != f || s.p.ofName(m.name) != m {
		return nil
	}
	var out []facts.Type
	for i := range f.Decls {
		d := &f.Decls[i]
		if m.decls[qualify(d.Within, d.Name.Text)] == d {
			out = append(out, s.typeOf(m, d))
		}
	}
	if len(out) == 0 && len(f.Extensions)+len(f.Statements) > 0 {
		out = append(out, s.typeOf(m, &facts.Decl{Value: &facts.Value{}}))
	}
	return out
}

// Lookup finds what code of a module would get by a name ("Post", "models.Post"): a class,
// a variable, or, as a type of which nothing but the Ref is known, something that is not
// in the workspace. It is false for a module, and for what resolves to nothing.
func (s *Session) Lookup(from *facts.File, name string) (facts.Type, bool) {
	m := s.p.read(from.Path)
	if m == nil {
		return nil, false
	}
	b := s.dotted(m, name)
	switch {
	case b.declared != lookup{}:
		return s.declared(b), true
	case b.external != "":
		return &typ{s: s, ref: refOf(b.external)}, true
	}
	return nil, false
}

func refOf(dotted string) facts.Ref {
	i := strings.LastIndexByte(dotted, '.')
	return facts.Ref{Package: dotted[:max(i, 0)], Name: dotted[i+1:]}
}

// dotted resolves a name with dots in a module.
func (s *Session) dotted(m *module, name string) binding {
	parts := strings.Split(name, ".")
	b := s.name(m, parts[0])
	for i := 1; i < len(parts) && b.found(); i++ {
		part := parts[i]
		switch {
		case b.external != "":
			b.external += "." + part
		case b.module.found():
			b = s.member(b.module, part)
		default: // a class in a class; of variables nothing is known
			b.declared.name = qualify(b.declared.name, part)
			if s.p.modules[b.declared.path].decls[b.declared.name] == nil {
				return binding{}
			}
		}
	}
	return b
}

// mostHops bounds how many modules a name is followed through.
const mostHops = 40

// notRound is the round of a resolution that did not come back to where it was before.
const notRound = mostHops + 1

// declared is the type of what a module of the workspace declares.
func (s *Session) declared(b binding) *typ {
	m := s.p.modules[b.declared.path]
	return s.typeOf(m, m.decls[b.declared.name])
}

// name resolves a name of a module: what it declares or imports. What is found on the way
// round, where modules import each other, is not all there is, and so is not remembered.
func (s *Session) name(m *module, name string) binding {
	key := lookup{m.path, name}
	if b, ok := s.p.known[key]; ok {
		return b
	}
	if at := slices.Index(s.asked, key); at >= 0 || len(s.asked) == mostHops {
		s.round = min(s.round, max(at, 0))
		return binding{}
	}
	s.asked = append(s.asked, key)
	misses := s.p.misses
	b := s.find(m, name)
	s.asked = s.asked[:len(s.asked)-1]
	if s.round >= len(s.asked) {
		s.round = notRound
		if s.p.misses == misses {
			s.p.known[key] = b
		}
	}
	return b
}

func (s *Session) find(m *module, name string) binding {
	d := m.decls[name]
	if d != nil && d.Value == nil {
		return binding{declared: lookup{m.path, name}}
	}
	var stars []*facts.Import
	misses := s.p.misses
	for i := range slices.Backward(m.facts.Imports) {
		imp := &m.facts.Imports[i]
		switch {
		case imp.Member.Text == "*":
			stars = append(stars, imp)
		case localName(imp) == name:
			if b := s.imported(m, imp); b.found() || s.p.misses > misses {
				return b
			}
		}
	}
	switch {
	case d != nil:
		return binding{declared: lookup{m.path, name}}
	case slices.ContainsFunc(m.facts.Defined, func(f facts.Definition) bool { return f.Name == name }):
		return binding{external: m.name + "." + name} // no more is known of functions
	}
	return s.starred(m, stars, name)
}

// localName is the name that an import binds.
func localName(imp *facts.Import) string {
	switch {
	case imp.Name.Text != "":
		return imp.Name.Text
	case imp.Member.Text != "":
		return imp.Member.Text
	}
	first, _, _ := strings.Cut(imp.Path.Text, ".")
	return first
}

// imported is what an import binds its name to.
func (s *Session) imported(m *module, imp *facts.Import) binding {
	path := imp.Path.Text
	if imp.Member.Text == "" && imp.Name.Text == "" {
		path, _, _ = strings.Cut(path, ".")
	}
	from := s.p.find(m.path, path)
	switch {
	case imp.Member.Text == "" && from.found():
		return binding{module: from}
	case imp.Member.Text == "":
		return binding{external: path}
	case from.found():
		return s.member(from, imp.Member.Text)
	case strings.HasPrefix(path, "."):
		return binding{}
	}
	return binding{external: path + "." + imp.Member.Text}
}

// member is what a module holds under a name, or a module of that name in it.
func (s *Session) member(of place, name string) binding {
	misses := s.p.misses
	if of.file != "" {
		if m := s.p.read(of.file); m != nil {
			if b := s.name(m, name); b.found() {
				return b
			}
		}
	}
	if s.p.misses > misses {
		return binding{} // where else it may be is asked once that is read
	}
	if of.dir != "" {
		if inner := s.p.module(of.dir, name); inner.found() {
			return binding{module: inner}
		}
	}
	return binding{}
}

// Imports reports whether a file imports the module, or something out of it.
func (s *Session) Imports(from *facts.File, path string) bool {
	return slices.ContainsFunc(from.Imports, func(imp facts.Import) bool {
		return imp.Path.Text == path || strings.HasPrefix(imp.Path.Text, path+".")
	})
}

// PackagePath is the name of the module that a file is.
func (s *Session) PackagePath(f *facts.File) string { return s.p.PackagePath(f.Path) }
