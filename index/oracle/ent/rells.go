package oracle

import (
	"strings"

	"github.com/rells-dev/rells/index/oracle/ask"
	"github.com/rells-dev/rells/index/oracle/ent/truth"
)

// reported is what rells says of a package, in names without their package.
type reported struct {
	relations map[string]truth.Relation
	tables    map[string]string
	problems  []ask.Problem
}

// read asks rells about a folder.
func read(rells ask.Rells, dir string) (*reported, error) {
	index, err := rells.Index(dir)
	if err != nil {
		return nil, err
	}
	check, err := rells.Check(dir)
	if err != nil {
		return nil, err
	}
	out := &reported{relations: map[string]truth.Relation{}, tables: map[string]string{}}
	for _, m := range index.Models {
		out.tables[m.Name] = m.Table
	}
	for _, j := range index.Relations {
		rel := truth.Relation{Kind: j.Kind, Target: bare(j.Target), JoinTable: j.JoinTable, Inverse: bare(j.Inverse)}
		for _, k := range j.Keys {
			rel.Key = bare(k.ForeignKey) + " -> " + bare(k.References)
		}
		var columns []string
		for _, k := range j.JoinKeys {
			columns = append(columns, k.Column+" -> "+bare(k.References))
		}
		rel.JoinKeys = strings.Join(columns, ", ")
		out.relations[bare(j.Model)+"."+j.Field] = rel
	}
	for i := range check.Problems {
		check.Problems[i].Model = bare(check.Problems[i].Model)
	}
	out.problems = check.Problems
	return out, nil
}

// bare is an id without its package.
func bare(id string) string {
	_, name, _ := strings.Cut(id[strings.LastIndexByte(id, '/')+1:], ".")
	return name
}
