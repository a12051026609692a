package diagnostics

import (
	"cmp"
	"iter"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// Checker keeps the problems of a workspace up to date, at the cost of what has
// changed. It belongs to one goroutine at a time.
type Checker struct {
	rules      func(file string) []*Rule          // for the nodes that the file declares
	generation uint64                             // of the snapshot last taken in, 0 for none
	found      map[facts.Ref][]Problem            // node -> its problems, in order; none for a clean one
	reads      map[facts.Ref][]facts.Ref          // node -> the other nodes that its problems follow from, sorted
	readers    map[facts.Ref]map[facts.Ref]bool   // the inverse of reads
	in         map[string]map[facts.Ref][]Problem // file -> node -> its problems there, in order
	room       []facts.Ref                        // for what the problems of the next node follow from
}

// NewChecker makes a checker of the given rules, without problems.
func NewChecker(rules []*Rule) *Checker {
	c := &Checker{}
	c.reset()
	c.Configure(func(string) []*Rule { return rules })
	return c
}

// Configure replaces the rules: those that the function gives for a file look at
// the nodes that the file declares. The next Update asks every node again.
func (c *Checker) Configure(rules func(file string) []*Rule) {
	c.rules = rules
	c.generation = 0
}

// Update takes a snapshot in and lists, sorted, the files whose problems are not
// the ones they were before. A snapshot of another index, or an older one, is
// taken in as a whole.
func (c *Checker) Update(s *index.Snapshot) []string { return c.UpdateFirst(s, nil, nil) }

// UpdateFirst is Update that looks first at what has a part in the given files, one file
// after the other, those in which the fewest have a part before the rest. It tells settled
// of each that has other problems now, which are final, before it goes on.
func (c *Checker) UpdateFirst(s *index.Snapshot, files []string, settled func(changed string)) []string {
	touched, all := s.TouchedSince(c.generation)
	if c.generation == 0 || s.Generation() < c.generation {
		all = true
	}
	c.generation = s.Generation()
	if all {
		return c.start(s)
	}
	changed := map[string]bool{}
	affected := c.affected(touched)
	for _, part := range c.partsIn(s, files, affected) {
		for ref := range part.nodes {
			if affected[ref] { // has not been looked at for another file
				c.replace(s, ref, changed)
				delete(affected, ref)
			}
		}
		if changed[part.file] {
			settled(part.file)
		}
	}
	for ref := range affected {
		c.replace(s, ref, changed)
	}
	return slices.Sorted(maps.Keys(changed))
}

// part are nodes that may have, or have had, problems in a file.
type part struct {
	file  string
	nodes map[facts.Ref]bool
}

// partsIn lists which of the affected nodes have a part in each of the files, the fewest
// first. The file that declares what many refer to is likely to be the one that is edited,
// and all of them have a part in it: whoever looks at another one is not to wait for these.
func (c *Checker) partsIn(s *index.Snapshot, files []string, affected map[facts.Ref]bool) []part {
	parts := make([]part, len(files))
	for i, file := range files {
		parts[i] = part{file, map[facts.Ref]bool{}}
		for _, node := range s.NodesIn(file) {
			if affected[node.Ref] {
				parts[i].nodes[node.Ref] = true
			}
		}
		for ref := range c.in[file] {
			if affected[ref] {
				parts[i].nodes[ref] = true
			}
		}
	}
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(len(a.nodes), len(b.nodes)) })
	return parts
}

// start asks every node.
func (c *Checker) start(s *index.Snapshot) []string {
	before := c.in
	c.reset()
	for node := range s.Nodes() {
		c.replace(s, node.Ref, map[string]bool{})
	}
	changed := map[string]bool{}
	for file := range before {
		changed[file] = !reflect.DeepEqual(before[file], c.in[file])
	}
	for file := range c.in {
		changed[file] = !reflect.DeepEqual(before[file], c.in[file])
	}
	maps.DeleteFunc(changed, func(_ string, differs bool) bool { return !differs })
	return slices.Sorted(maps.Keys(changed))
}

func (c *Checker) reset() {
	c.found = map[facts.Ref][]Problem{}
	c.reads = map[facts.Ref][]facts.Ref{}
	c.readers = map[facts.Ref]map[facts.Ref]bool{}
	c.in = map[string]map[facts.Ref][]Problem{}
}

// affected adds to the touched nodes those whose problems follow from them.
func (c *Checker) affected(touched []facts.Ref) map[facts.Ref]bool {
	refs := make(map[facts.Ref]bool, len(touched))
	for _, ref := range touched {
		refs[ref] = true
		maps.Copy(refs, c.readers[ref])
	}
	return refs
}

// replace checks one node again and notes the files in which that makes a
// difference.
func (c *Checker) replace(s *index.Snapshot, ref facts.Ref, changed map[string]bool) {
	var rules []*Rule
	if node := s.Node(ref); node != nil {
		rules = c.rules(node.Models[0].Place.File)
	}
	var problems []Problem
	problems, c.room = check(s, ref, rules, c.room)
	slices.SortFunc(c.room, facts.Ref.Compare)
	c.remember(ref, slices.Compact(c.room))
	if len(problems) == 0 && c.found[ref] == nil || reflect.DeepEqual(c.found[ref], problems) {
		return
	}
	for file, list := range byFile(c.found[ref]) {
		if !reflect.DeepEqual(list, inFile(problems, file)) {
			changed[file] = true
		}
		delete(c.in[file], ref)
		if len(c.in[file]) == 0 {
			delete(c.in, file)
		}
	}
	for file, list := range byFile(problems) {
		if !reflect.DeepEqual(inFile(c.found[ref], file), list) {
			changed[file] = true
		}
		if c.in[file] == nil {
			c.in[file] = map[facts.Ref][]Problem{}
		}
		c.in[file][ref] = list
	}
	if len(problems) == 0 {
		delete(c.found, ref)
		return
	}
	c.found[ref] = problems
}

// remember replaces what the problems of a node follow from.
func (c *Checker) remember(ref facts.Ref, reads []facts.Ref) {
	if slices.Equal(c.reads[ref], reads) {
		return // as nearly always
	}
	for _, other := range c.reads[ref] {
		delete(c.readers[other], ref)
		if len(c.readers[other]) == 0 {
			delete(c.readers, other)
		}
	}
	if len(reads) == 0 {
		delete(c.reads, ref)
		return
	}
	c.reads[ref] = slices.Clone(reads)
	for _, other := range reads {
		if c.readers[other] == nil {
			c.readers[other] = map[facts.Ref]bool{}
		}
		c.readers[other][ref] = true
	}
}

// byFile yields those of problems in order that are in one file, file by file.
func byFile(problems []Problem) iter.Seq2[string, []Problem] {
	return func(yield func(string, []Problem) bool) {
		for len(problems) > 0 {
			file := problems[0].Place.File
			list := inFile(problems, file)
			problems = problems[len(list):]
			if !yield(file, list) {
				return
			}
		}
	}
}

// inFile are those of problems in order that are in a file.
func inFile(problems []Problem, file string) []Problem {
	start := slices.IndexFunc(problems, func(p Problem) bool { return p.Place.File == file })
	if start < 0 {
		return nil
	}
	end := start
	for end < len(problems) && problems[end].Place.File == file {
		end++
	}
	return problems[start:end:end]
}

// Problems lists the problems in a file, ordered by offset, then by rule.
func (c *Checker) Problems(file string) []Problem {
	return inOrder(maps.Values(c.in[file]))
}

// Files lists the files that have problems, sorted.
func (c *Checker) Files() []string { return slices.Sorted(maps.Keys(c.in)) }

// All lists every problem, ordered by file, offset, then rule.
func (c *Checker) All() []Problem {
	return inOrder(maps.Values(c.found))
}

func inOrder(lists func(func([]Problem) bool)) []Problem {
	problems := slices.Concat(slices.Collect(lists)...)
	slices.SortFunc(problems, compareProblems)
	return once(problems)
}

// once leaves out, of problems in order, what has been said of another model and is
// not to be repeated.
func once(problems []Problem) []Problem {
	kept := problems[:0]
	for _, p := range problems {
		if !slices.ContainsFunc(atPlace(kept, p.Place), func(q Problem) bool { return repeats(q, p) }) {
			kept = append(kept, p)
		}
	}
	return kept
}

// atPlace are those at the end of the list that stand at the place.
func atPlace(problems []Problem, place relation.Place) []Problem {
	start := len(problems)
	for start > 0 && problems[start-1].Place == place {
		start--
	}
	return problems[start:]
}

// repeats reports whether q says nothing but what p says, of another model.
func repeats(p, q Problem) bool {
	rule := RuleNamed(q.Rule)
	return rule != nil && rule.Once && p.Rule == q.Rule && p.said() == q.said()
}

// said is the message without the field that it is about.
func (p *Problem) said() string {
	return strings.TrimPrefix(p.Message, relation.FieldID{Model: p.Model, Field: p.Field}.Short())
}
