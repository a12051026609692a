package golang

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// Trace is what a recording saw. As long as none of the symbols changes, the same
// questions get the same answers; as long as the files are those of the program, these
// stand at the same places.
type Trace struct {
	Symbols []facts.Symbol // each once; look-ups that found nothing included
	Files   []*facts.File  // of which parts were handed out, each once
}

// Begin starts to record what is looked at. Recordings nest: what the inner one
// saw, the outer one saw too.
//
// A recording sees every question that is asked of the session and of its types.
// A type that was got before Begin counts from the first question asked of it.
func (s *Session) Begin() { s.push() }

// End ends the recording that the last Begin started and returns what was looked at.
func (s *Session) End() Trace {
	seen := s.pop()
	seen.compact()
	out := Trace{slices.Clone(seen.list), slices.Clone(seen.files)}
	s.release(seen)
	return out
}

// EndSame is End for who wants the symbols alone, and has what was looked at the last
// time: where that is the same, it is returned itself.
func (s *Session) EndSame(before []facts.Symbol) []facts.Symbol {
	seen := s.pop()
	seen.compact()
	out := before
	if !slices.Equal(seen.list, before) {
		out = slices.Clone(seen.list)
	}
	s.release(seen)
	return out
}

// Repeat records what an earlier recording saw, for one that uses its result.
func (s *Session) Repeat(t Trace) {
	s.Note(t.Symbols)
	for _, f := range t.Files {
		s.meet(f)
	}
}

// Note records symbols.
func (s *Session) Note(symbols []facts.Symbol) {
	if n := len(s.recorders); n > 0 {
		for _, symbol := range symbols {
			s.recorders[n-1].add(symbol)
		}
	}
}

// recorder collects symbols and files, each once.
type recorder struct {
	epoch  uint32
	files  []*facts.File
	list   []facts.Symbol
	filter [4]uint64                 // a bit for each that may be in list
	set    map[facts.Symbol]struct{} // filled once list is long
}

// listed is how many symbols a recorder compares one by one.
const listed = 32

func (r *recorder) add(symbol facts.Symbol) {
	if len(r.list) < listed {
		word, bit := bitOf(symbol)
		if r.filter[word]&bit != 0 && slices.Contains(r.list, symbol) {
			return
		}
		r.filter[word] |= bit
		r.list = append(r.list, symbol)
		return
	}
	if len(r.set) == 0 {
		if r.set == nil {
			r.set = make(map[facts.Symbol]struct{}, 4*listed)
		}
		for _, have := range r.list {
			r.set[have] = struct{}{}
		}
	}
	if _, have := r.set[symbol]; !have {
		r.set[symbol] = struct{}{}
		r.list = append(r.list, symbol)
	}
}

// compact leaves out the outlines of types that were looked at as a whole, which does not
// change without them.
func (r *recorder) compact() {
	r.list = slices.DeleteFunc(r.list, func(s facts.Symbol) bool {
		name, ok := strings.CutPrefix(s.Name, outlinePrefix)
		return ok && slices.Contains(r.list, facts.Symbol{Package: s.Package, Name: name})
	})
}

// bitOf is the place of a symbol in a recorder's filter.
func bitOf(symbol facts.Symbol) (word int, bit uint64) {
	h := uint(len(symbol.Name))*7 + uint(len(symbol.Package))*3
	if n := len(symbol.Name); n > 0 {
		h += uint(symbol.Name[n-1])*31 + uint(symbol.Name[n/2])*5
	}
	return int(h >> 6 & 3), 1 << (h & 63)
}

func (s *Session) push() {
	s.clock++
	var r *recorder
	if n := len(s.spare); n > 0 {
		r, s.spare = s.spare[n-1], s.spare[:n-1]
	} else {
		r = &recorder{}
	}
	r.epoch = s.clock
	s.recorders = append(s.recorders, r)
	s.epoch = r.epoch
}

func (s *Session) pop() *recorder {
	n := len(s.recorders) - 1
	r := s.recorders[n]
	s.recorders = s.recorders[:n]
	s.epoch = 0
	if n > 0 {
		s.epoch = s.recorders[n-1].epoch
		s.Note(r.list)
		for _, f := range r.files {
			s.meet(f)
		}
	}
	return r
}

func (s *Session) release(r *recorder) {
	r.list, r.files = r.list[:0], r.files[:0]
	r.filter = [4]uint64{}
	clear(r.set)
	s.spare = append(s.spare, r)
}

func (s *Session) record(pkg, name string) {
	if n := len(s.recorders); n > 0 {
		s.recorders[n-1].add(facts.Symbol{Package: pkg, Name: name})
	}
}

// recordOutline records that a type was looked at, but not at the fields that it does
// not embed.
func (s *Session) recordOutline(ts *typeSymbol) {
	if len(s.recorders) == 0 {
		return
	}
	if ts.outlineName == "" {
		ts.outlineName = outlineOf(ts.name)
	}
	s.record(ts.pkg.path, ts.outlineName)
}

// meet records that a part of a file is handed out.
func (s *Session) meet(f *facts.File) {
	if n := len(s.recorders); n > 0 {
		if r := s.recorders[n-1]; !slices.Contains(r.files, f) {
			r.files = append(r.files, f)
		}
	}
}

// collect does work and returns what it looked at, for the use of recordings that
// meet its result later on.
func (s *Session) collect(work func()) []facts.Symbol {
	s.push()
	work()
	r := s.pop()
	seen := slices.Clone(r.list)
	s.release(r)
	return seen
}
