package inject

import (
	"go/ast"
	"math/rand/v2"
	"slices"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// Structs are the models of an ORM that reads the tags of structs, by reflection.
type Structs struct {
	Modules []string // the ORM's, with versions: "gorm.io/gorm@v1.31.2"
	// Files are the files of the package that asks the ORM, by their names below
	// index/oracle. The package is called truth and has a function Verdicts, which writes
	// a list of ask.Verdict as JSON.
	Files     []string
	Methods   []string              // that the ORM calls while it reads a model
	Tag       string                // key of its tags
	Separator string                // of the options of a tag
	Marks     func(*ast.Field) bool // whether a field without such a tag makes its struct a model; nil: none does
	// LoadsImports says that the ORM may need what imported packages do as they are loaded.
	LoadsImports bool
	Kinds        []Kind

	asked *asked // of Draw, for Ask
}

// Kind is one kind of mistakes. Make returns the edit that makes one of its kind of a
// relation, or nil where that cannot be.
type Kind struct {
	Name string
	Make func(*Breaker) *Mistake
}

// asked is a module about whose models an ORM is asked.
type asked struct {
	*Module
	orm      *Structs
	packages []*modelPackage
}

// in is the package of a folder.
func (m *asked) in(folder string) *modelPackage {
	return m.packages[slices.IndexFunc(m.packages, func(p *modelPackage) bool { return p.dir == folder })]
}

// Ask implements Models.
func (orm *Structs) Ask(_ *Module, mistakes []*Mistake) (map[*Mistake]map[string]ask.Verdict, error) {
	return orm.asked.askAll(mistakes)
}

// Draw implements Models. It asks the ORM which relations there are.
func (orm *Structs) Draw(m *Module, n int, rnd *rand.Rand) ([]*Mistake, error) {
	orm.asked = &asked{Module: m, orm: orm}
	var err error
	if orm.asked.packages, err = orm.asked.modelPackages(); err != nil {
		return nil, err
	}
	verdicts, err := orm.asked.askAll([]*Mistake{nil})
	if err != nil {
		return nil, err
	}
	breakers := orm.asked.breakers(verdicts[nil], rnd)
	kinds, make := []string{}, map[string]func(*Breaker) *Mistake{}
	for _, k := range orm.Kinds {
		kinds, make[k.Name] = append(kinds, k.Name), k.Make
	}
	return Draw(n, kinds, func(kind string, accept func(*Mistake) bool) {
		rnd.Shuffle(len(breakers), func(i, j int) { breakers[i], breakers[j] = breakers[j], breakers[i] })
		for _, b := range breakers {
			if accept(make[kind](b)) {
				return
			}
		}
	}), nil
}

// breakers are those of the relations that structs of the packages declare themselves.
func (m *asked) breakers(verdicts map[string]ask.Verdict, rnd *rand.Rand) []*Breaker {
	var breakers []*Breaker
	for _, p := range m.packages {
		for _, name := range p.models {
			v := verdicts[p.path+"."+name]
			if v.Error != "" || v.OwnError != "" {
				continue
			}
			for _, r := range v.Relations {
				if file, field, _ := p.field(name, r.Field); field != nil && r.ID == r.Model+"."+r.Field {
					breakers = append(breakers, &Breaker{Rand: rnd, Relation: r, Field: field, orm: m.orm, pkg: p, file: file})
				}
			}
		}
	}
	return breakers
}
