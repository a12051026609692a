package python

import (
	"maps"
	"runtime"
	"slices"
	"sync"

	"github.com/rells-dev/rells/index/facts"
)

// Follow reads the modules that the bases of classes lead to, and those that their bases
// lead to, several at a time: whoever looks at the classes of the files would read them one
// by one.
func (p *Program) Follow(paths ...string) {
	var open []*typ // classes whose bases are to be looked at
	s := p.Session()
	for _, path := range paths {
		if m := p.modules[path]; m != nil {
			open = append(open, s.classesOf(m)...)
		}
	}
	seen := map[*facts.Decl]bool{}
	for len(open) > 0 {
		p.missing = map[string]struct{}{}
		open = s.follow(open, seen)
		missing := slices.Sorted(maps.Keys(p.missing))
		p.missing = nil
		if !p.readAll(missing) {
			return
		}
	}
}

func (s *Session) classesOf(m *module) []*typ {
	var classes []*typ
	for i := range m.facts.Decls {
		if d := &m.facts.Decls[i]; d.Value == nil {
			classes = append(classes, s.typeOf(m, d))
		}
	}
	return classes
}

// follow looks at the bases of classes and of those that they lead to, and returns the
// classes for which that wants modules that have not been read.
func (s *Session) follow(open []*typ, seen map[*facts.Decl]bool) (waiting []*typ) {
	looked := map[*facts.Decl]bool{} // by now, waiting or not: classes may come to inherit from themselves
	for len(open) > 0 {
		t := open[len(open)-1]
		open = open[:len(open)-1]
		if seen[t.decl] || looked[t.decl] {
			continue
		}
		looked[t.decl] = true
		before := s.p.misses
		for i := range t.decl.Type.Fields {
			f := &t.decl.Type.Fields[i]
			if !f.Embedded {
				continue
			}
			if base := t.base(f.Value); base != nil && base.decl != nil && base.decl.Value == nil {
				open = append(open, base)
			}
		}
		if s.p.misses > before {
			waiting = append(waiting, t)
		} else {
			seen[t.decl] = true
		}
	}
	return waiting
}

// readAll reads modules, as many at a time as there are processors, and reports whether any
// could be read.
func (p *Program) readAll(paths []string) (any bool) {
	read := make([]*facts.File, len(paths))
	var working sync.WaitGroup
	next := make(chan int, len(paths))
	for i := range paths {
		next <- i
	}
	close(next)
	for range min(runtime.GOMAXPROCS(0), len(paths)) {
		working.Go(func() {
			for i := range next {
				if src, err := p.src.ReadFile(paths[i]); err == nil {
					read[i] = p.Extract(paths[i], src)
				}
			}
		})
	}
	working.Wait()
	for i, f := range read {
		if f != nil {
			p.add(paths[i], f)
			any = true
		}
	}
	return any
}
