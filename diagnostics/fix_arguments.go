package diagnostics

import (
	"slices"
	"strings"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/relation"
)

// Fixes of relations that are declared by calls.

// fixArguments offers the arguments with which nothing would be wrong, where a mistake
// knows them.
func fixArguments(p *Pass, problem Problem) []Fix {
	for _, m := range p.Node.Models {
		for i := range m.Mistakes {
			mistake := &m.Mistakes[i]
			if len(mistake.Remedies) > 0 && mistake.Field.Field == problem.Field && mistake.Place == problem.Place {
				return p.remedy(m, mistake.Remedies)
			}
		}
	}
	return nil
}

// remedy makes a fix of each remedy.
func (p *Pass) remedy(m *relation.Model, remedies []relation.Remedy) []Fix {
	var fixes []Fix
	for _, remedy := range remedies {
		rewrite := index.Rewrite{{Model: m.Ref, Arguments: remedy.Arguments}}
		made := written(p.snapshot, rewrite, titleOf(remedy, remedies))
		for i := range made {
			made[i].Preferred = remedy.Sure
		}
		fixes = append(fixes, made...)
	}
	return fixes
}

// titleOf says which arguments a remedy gives, and what they are where another one gives
// the same call the same arguments.
func titleOf(remedy relation.Remedy, all []relation.Remedy) string {
	first := remedy.Arguments[0]
	alike := slices.ContainsFunc(all, func(o relation.Remedy) bool {
		return !remedy.Same(o) && o.Arguments[0].Name == first.Name && o.Arguments[0].Relation == first.Relation
	})
	var names, relations []string
	for _, a := range remedy.Arguments {
		name := a.Name
		if alike {
			name += "=" + a.Code
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
		if of := a.Relation.Short(); !slices.Contains(relations, of) {
			relations = append(relations, of)
		}
	}
	return "Add " + strings.Join(names, " and ") + " to " + strings.Join(relations, " and ")
}
