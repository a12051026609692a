package diagnostics

import (
	"slices"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// Pass is the look of the rules at one node of a snapshot.
type Pass struct {
	Node *index.Node

	snapshot *index.Snapshot
	rules    []*Rule     // all there are
	on       []*Rule     // those that look one after the other, and some that are off; none where a single one does
	rule     *Rule       // that looks
	read     []facts.Ref // other nodes that a rule asked for, present or not; some more than once
	asked    neighbour   // the other node that a rule asked for last
	known    [2]struct { // the sides of the pass's node, and of the other one that a rule asked about last
		node  *index.Node
		sides []side
	}
	faults   []fault // of back_populates, once somebody asked
	judged   bool
	halves   []counterparts // of the pass's node, once somebody asked
	paired   bool
	problems []Problem
	inFile   map[string][]Problem // those of all nodes in a file, silenced or not, once somebody asked
}

// neighbour is another node, nil where there is none.
type neighbour struct {
	ref  facts.Ref
	node *index.Node
}

// newPass prepares a look at a node, nil where there is none.
func newPass(s *index.Snapshot, ref facts.Ref) *Pass {
	node := s.Node(ref)
	if node == nil {
		return nil
	}
	return &Pass{Node: node, snapshot: s, rules: rules}
}

// run lets one rule look.
func (p *Pass) run(r *Rule) {
	p.rule = r
	if len(r.Claims) > 0 {
		p.reportMistakes()
	}
	if r.Check != nil {
		r.Check(p)
	}
}

// check lets rules look at a node. It returns the problems that no comment silences,
// in order, and which other nodes they follow from, in some order and in the given room
// where that is enough.
func check(s *index.Snapshot, ref facts.Ref, rules []*Rule, room []facts.Ref) ([]Problem, []facts.Ref) {
	p := newPass(s, ref)
	if p == nil {
		return nil, room[:0]
	}
	p.on, p.read = rules, room[:0]
	for _, r := range rules {
		if r.Severity != Off {
			p.run(r)
		}
	}
	p.hide()
	slices.SortFunc(p.problems, compareProblems)
	return p.problems, p.read
}

// looks reports whether the rule of that name is one of those that look at the node.
func (p *Pass) looks(name string) bool {
	return slices.ContainsFunc(p.on, func(r *Rule) bool { return r.Name == name && r.Severity != Off })
}

// other is the node of another struct, nil where there is none. It is the only
// way in which rules read beyond their node.
func (p *Pass) other(ref facts.Ref) *index.Node {
	if ref == p.Node.Ref {
		return p.Node
	}
	if p.asked.ref != ref {
		p.read = append(p.read, ref)
		p.asked = neighbour{ref, p.snapshot.Node(ref)}
	}
	return p.asked.node
}

// reportable reports whether the place is in a file of the workspace that people
// write.
func (p *Pass) reportable(place relation.Place) bool {
	file, ok := p.snapshot.File(place.File)
	return ok && !file.Outside && !file.Facts.Generated
}

// certain reports whether the dialect is sure to read the node's struct.
func (p *Pass) certain(dialect string) bool { return certainIn(p.Node, dialect) }

func certainIn(n *index.Node, dialect string) bool {
	return n != nil && slices.ContainsFunc(n.Models, func(m *relation.Model) bool {
		return m.Dialect == dialect && m.Evidence.Certainty == relation.Certain
	})
}

// report adds a problem of the pass's rule, unless it is there already. Text is the
// message behind "Model.Field: ", name the offending name. What stands in a file
// about which nothing may be said, as the fields of an embedded struct may, is said
// at the name of the model.
func (p *Pass) report(field relation.FieldID, place relation.Place, name, text string, related ...Related) {
	if !p.reportable(place) {
		place = p.Node.Models[0].Place
	}
	if !p.reportable(place) {
		return
	}
	data := Data{Rule: p.rule.Name, Model: p.Node.Ref, Field: field.Field, Name: name}
	if slices.ContainsFunc(p.problems, func(q Problem) bool { return q.Data == data }) {
		return
	}
	problem := Problem{
		Rule:     p.rule.Name,
		Severity: p.rule.Severity,
		Message:  field.Short() + ": " + text,
		Place:    place,
		Model:    p.Node.Ref,
		Field:    field.Field,
		Related:  slices.DeleteFunc(related, func(r Related) bool { return r.Place.File == "" }),
		Data:     data,
	}
	problem.Fixable = p.rule.Fix != nil && p.renamedTags(place) || len(p.fixes(p.rule, problem)) > 0
	p.problems = append(p.problems, problem)
}
