package diagnostics

import (
	"slices"

	"github.com/rells-dev/rells/index"
)

// Repair is one fix for several problems.
type Repair struct {
	Fix
	Problems []Problem // that the fix is for, in the order given
	Titles   []string  // of the fix of each: "Change to Author"
}

// FixAll makes one fix of the preferred fixes of several problems. Left out are
// problems without a preferred fix, those whose fix accept refuses, and those whose
// fix contradicts that of a problem before: they may have another one once this is
// applied. Where nothing is left there are no edits.
func FixAll(s *index.Snapshot, problems []Problem, accept func(Fix) bool) Repair {
	var r Repair
	for _, problem := range problems {
		r.add(s, problem, accept)
	}
	if !r.render(s) {
		// Together they cannot be written: as many as can, one after the other.
		r = Repair{}
		for _, problem := range problems {
			if with := r.clone(); with.add(s, problem, accept) && with.render(s) {
				r = with
			}
		}
	}
	r.Title, r.Preferred = "Fix all problems with relations", true
	return r
}

// add takes the preferred fix of a problem in, false where there is none that goes
// together with those before.
func (r *Repair) add(s *index.Snapshot, problem Problem, accept func(Fix) bool) bool {
	if slices.ContainsFunc(r.Problems, func(p Problem) bool { return p.Data == problem.Data }) {
		return false
	}
	fixes := Fixes(s, problem.Data)
	i := slices.IndexFunc(fixes, func(f Fix) bool { return f.Preferred })
	if i < 0 || !accept(fixes[i]) {
		return false
	}
	merged, ok := s.Merge(r.rewrite, fixes[i].rewrite)
	if ok {
		r.rewrite = merged
		r.Problems = append(r.Problems, problem)
		r.Titles = append(r.Titles, fixes[i].Title)
	}
	return ok
}

func (r *Repair) render(s *index.Snapshot) (ok bool) {
	if len(r.rewrite) > 0 {
		r.Edits, ok = s.Rewrite(r.rewrite)
		return ok
	}
	return true
}

func (r *Repair) clone() Repair {
	return Repair{Fix: r.Fix, Problems: slices.Clone(r.Problems), Titles: slices.Clone(r.Titles)}
}
