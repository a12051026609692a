package diagnostics

import (
	"slices"

	"github.com/aymanbagabas/go-udiff"

	"github.com/rells-dev/rells/index"
)

// Repaired is what preferred fixes make of a workspace.
type Repaired struct {
	Fixed []Fixed           // in the order in which they were applied
	Texts map[string][]byte // the files that change, by path, as they shall be
}

// Fixed is a problem that is gone, and the title of the fix that did it.
type Fixed struct {
	Problem Problem // its place is that in the text before the fix
	Title   string
}

// RepairAll applies the preferred fixes of the wanted problems, several at once,
// and looks again, until no fix makes the checker find less: fewer errors or, with as
// many errors, fewer warnings, and so on. The
// files on disk stay as they are: the index holds what changes as texts of open
// documents, its newest snapshot and the checker show what is left.
func RepairAll(x *index.Index, checker *Checker, wanted func(Problem) bool) Repaired {
	r := repairing{index: x, checker: checker, repaired: Repaired{Texts: map[string][]byte{}}}
	r.checker.Update(x.Snapshot())
	hopeless := map[Data]bool{}
	for {
		problems := slices.DeleteFunc(r.checker.All(), func(p Problem) bool { return hopeless[p.Data] || !wanted(p) })
		all := FixAll(x.Snapshot(), problems, anyFix)
		if len(all.Edits) == 0 {
			return r.repaired
		}
		if r.try(all) {
			continue
		}
		// Together they did not help; one by one some may.
		for _, p := range all.Problems {
			if one := FixAll(x.Snapshot(), []Problem{p}, anyFix); len(one.Edits) > 0 && !r.try(one) {
				hopeless[p.Data] = true
			}
		}
	}
}

func anyFix(Fix) bool { return true }

// repairing is a repair under way.
type repairing struct {
	index    *index.Index
	checker  *Checker
	repaired Repaired
}

// try applies a repair for good if there is less to find afterwards.
func (r *repairing) try(all Repair) bool {
	before := bySeverity(r.checker.All())
	old, texts := applied(r.index.Snapshot(), all.Edits)
	if texts == nil {
		return false
	}
	r.show(texts)
	if slices.Compare(bySeverity(r.checker.All()), before) >= 0 {
		r.show(old)
		return false
	}
	for path, text := range texts {
		r.repaired.Texts[path] = text
	}
	for i, p := range all.Problems {
		r.repaired.Fixed = append(r.repaired.Fixed, Fixed{p, all.Titles[i]})
	}
	return true
}

// bySeverity counts problems, the gravest first.
func bySeverity(problems []Problem) []int {
	counts := make([]int, Error-Hint+1)
	for _, p := range problems {
		counts[Error-p.Severity]++
	}
	return counts
}

// show gives the index other texts and looks for problems again.
func (r *repairing) show(texts map[string][]byte) {
	var changes []index.Change
	for path, text := range texts {
		changes = append(changes, index.Change{Path: path, Kind: index.Edited, Text: text})
	}
	r.checker.Update(r.index.Update(changes...))
}

// applied are the texts of the files that edits change, before and after; nil where
// the edits do not fit.
func applied(s *index.Snapshot, edits []Edit) (before, after map[string][]byte) {
	byPath := map[string][]udiff.Edit{}
	for _, e := range edits {
		byPath[e.Path] = append(byPath[e.Path], udiff.Edit{Start: int(e.Span.Start), End: int(e.Span.End), New: e.NewText})
	}
	before, after = map[string][]byte{}, map[string][]byte{}
	for path, edits := range byPath {
		file, ok := s.File(path)
		if !ok {
			return nil, nil
		}
		text, err := udiff.ApplyBytes(file.Source, edits)
		if err != nil {
			return nil, nil
		}
		before[path], after[path] = file.Source, text
	}
	return before, after
}
