package inject

import (
	"math/rand/v2"
	"slices"
)

// Mistake is one edit that breaks one relation.
type Mistake struct {
	kind     string
	pkg      *modelPackage
	relation string // id of the relation that it breaks
	file     string // base name
	start    int    // byte offsets in the file
	end      int
	text     string // what stands there afterwards
	was      string
}

// apply makes a mistake's change of its file.
func (m *Mistake) apply(src []byte) []byte {
	return slices.Concat(src[:m.start], []byte(m.text), src[m.end:])
}

// Kind is one kind of mistakes. Make returns the edit that makes one of its kind of a
// relation, or nil where that cannot be.
type Kind struct {
	Name string
	Make func(*Breaker) *Mistake
}

// draw makes n different mistakes, all kinds as evenly as the relations of the
// packages allow.
func (orm *ORM) draw(packages []*modelPackage, verdicts map[string]Verdict, n int, rnd *rand.Rand) []*Mistake {
	var breakers []*Breaker
	for _, p := range packages {
		for _, name := range p.models {
			v := verdicts[p.path+"."+name]
			if v.Error != "" || v.OwnError != "" {
				continue
			}
			for _, r := range v.Relations {
				if file, field, _ := p.field(name, r.Field); field != nil && r.ID == r.Model+"."+r.Field {
					breakers = append(breakers, &Breaker{Rand: rnd, Relation: r, orm: orm, pkg: p, file: file, field: field})
				}
			}
		}
	}
	var mistakes []*Mistake
	for round := 0; len(mistakes) < n && round < 10*n; round++ {
		kind := orm.Kinds[round%len(orm.Kinds)]
		rnd.Shuffle(len(breakers), func(i, j int) { breakers[i], breakers[j] = breakers[j], breakers[i] })
		for _, b := range breakers {
			if m := kind.Make(b); m != nil && !slices.ContainsFunc(mistakes, m.same) {
				m.kind = kind.Name
				mistakes = append(mistakes, m)
				break
			}
		}
	}
	return mistakes
}

func (m *Mistake) same(other *Mistake) bool {
	return m.pkg == other.pkg && m.file == other.file && m.start == other.start && m.text == other.text
}
