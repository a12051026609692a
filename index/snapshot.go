package index

import (
	"iter"
	"sync"

	"github.com/tidwall/btree"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// Snapshot is the graph of a workspace at one moment. All its methods may be
// called from any goroutine.
type Snapshot struct {
	index      *Index // that made it, for what only the writer can tell
	dialects   []*dialect.Dialect
	settings   settings
	generation uint64
	nodes      refMap[*Node]
	files      *btree.Map[string, *File]       // files of the workspace that hold models or mentions, by path
	nodesIn    *btree.Map[string, []facts.Ref] // file -> nodes with a place in it, sorted
	leadingTo  refMap[[]facts.Ref]             // node -> nodes whose relations or mentions lead to it, sorted
	touched    *touchLog
	former     []formerName // the oldest first; not of the graph, see renameMemory
	renamings  *sync.Map    // renaming -> Renamed, as far as somebody has asked
}

// Node is one struct with all that every dialect says of it. Nodes are shared
// between snapshots for as long as nothing they depend on changes.
type Node struct {
	Ref    facts.Ref
	Models []*relation.Model // one for each dialect that reads the struct; the native one last
	sides  []side            // of the relations of Models that have a pair or claims
}

// side is a relation of a node, and what it is paired with. Nodes have few, and are
// many: a map would take more than all else that a node holds.
type side struct {
	field, dialect string
	Pair
}

// Pair is the inverse that a relation has, and why.
type Pair struct {
	Inverse relation.FieldID // zero: none
	Dialect string           // of the inverse
	Pairing relation.Pairing
	// Claims are all relations that could be the inverse by their keys, sorted:
	// more than one makes the inverse ambiguous or, inside embedded structs, several.
	Claims []relation.FieldID
}

// File is one file of a snapshot.
type File struct {
	Facts   *facts.File
	Source  []byte // never modified
	Open    bool   // the editor's text, not the disk's
	Version int32  // of the open document; 0 for a closed one
	// Outside is a file that is never edited and never reported: it is closed and of
	// no folder of the workspace, or what is ignored or excluded in one.
	Outside bool
}

// Generation numbers the snapshots of one index, from 1.
func (s *Snapshot) Generation() uint64 { return s.generation }

// Dialect finds a dialect in which the workspace was read, nil for none of that
// name.
func (s *Snapshot) Dialect(name string) *dialect.Dialect {
	for _, d := range s.dialects {
		if d.Name == name {
			return d
		}
	}
	return nil
}

// Nodes yields every node, ordered by Ref.
func (s *Snapshot) Nodes() iter.Seq[*Node] {
	return s.nodes.from(facts.Ref{})
}

// Node finds the node of a struct, nil where there is none.
func (s *Snapshot) Node(ref facts.Ref) *Node {
	return s.nodes.get(ref)
}

// NodesIn lists the nodes that have a place (declaration, field, mention) in the
// file, ordered by Ref.
func (s *Snapshot) NodesIn(path string) []*Node {
	refs, _ := s.nodesIn.Get(path)
	return s.nodesOf(refs)
}

// NodesLeadingTo lists the nodes with a relation or a mention that leads to ref.
func (s *Snapshot) NodesLeadingTo(ref facts.Ref) []*Node { return s.nodesOf(s.leadingTo.get(ref)) }

// nodesOf finds the nodes of structs, of those that have one.
func (s *Snapshot) nodesOf(refs []facts.Ref) []*Node {
	nodes := make([]*Node, 0, len(refs))
	for _, ref := range refs {
		if n := s.Node(ref); n != nil {
			nodes = append(nodes, n)
		}
	}
	return nodes
}

// Files yields the files that hold models or mentions, ordered by path.
func (s *Snapshot) Files() iter.Seq2[string, *File] {
	return func(yield func(string, *File) bool) {
		s.files.Scan(func(path string, f *File) bool { return yield(path, f) })
	}
}

// paths yields the paths of those files.
func (s *Snapshot) paths(yield func(string) bool) {
	s.files.Scan(func(path string, _ *File) bool { return yield(path) })
}

// File finds a file that holds models or mentions, or that is open.
func (s *Snapshot) File(path string) (*File, bool) { return s.files.Get(path) }

// TouchedSince lists the nodes whose problems may differ from those of the
// snapshot of the given generation: changed, gone, beside one that is, or in a file
// that has been read anew and holds directives. all is true when so much happened
// that every node must be asked again.
func (s *Snapshot) TouchedSince(generation uint64) (refs []facts.Ref, all bool) {
	return s.touched.since(generation, s.generation)
}

// Relation finds a relation by its field. Of several dialects that read the
// field the preferred one wins, then the first.
func (s *Snapshot) Relation(id relation.FieldID, dialect string) *relation.Relation {
	n := s.Node(id.Model)
	if n == nil {
		return nil
	}
	var found *relation.Relation
	for _, m := range n.Models {
		for i := range m.Relations {
			r := &m.Relations[i]
			if r.ID.Field != id.Field {
				continue
			}
			if r.Dialect == dialect {
				return r
			}
			if found == nil {
				found = r
			}
		}
	}
	return found
}

// Pair tells the inverse of a relation.
func (s *Snapshot) Pair(r *relation.Relation) Pair {
	n := s.Node(r.ID.Model)
	if n == nil {
		return Pair{}
	}
	for i := range n.sides {
		if x := &n.sides[i]; x.field == r.ID.Field && x.dialect == r.Dialect {
			return x.Pair
		}
	}
	return Pair{}
}

// Inverse is the relation on the other side, nil where there is none.
func (s *Snapshot) Inverse(r *relation.Relation) *relation.Relation {
	p := s.Pair(r)
	if p.Inverse.IsZero() {
		return nil
	}
	return s.Relation(p.Inverse, p.Dialect)
}

// Model is the node's model in the given dialect, else its first; nil for a nil
// node.
func (n *Node) Model(dialect string) *relation.Model {
	if n == nil {
		return nil
	}
	for _, m := range n.Models {
		if m.Dialect == dialect {
			return m
		}
	}
	if len(n.Models) == 0 {
		return nil
	}
	return n.Models[0]
}
