package sqlalchemy

import (
	"github.com/rells-dev/rells/index/facts"
)

// module is what a file with a marker declares: classes, and variables that may hold
// tables.
type module struct {
	file      *facts.File
	classes   []declaration
	variables []*facts.Decl
}

// declaration is a class as it is declared.
type declaration struct {
	ref  facts.Ref
	decl *facts.Decl
}

// findModules lists the files that declare something, or say something of what others do.
func (g *mappers) findModules() {
	files := g.scope.Marked(facts.Python)
	g.modules = make([]*module, 0, len(files))
	g.current = make(map[*facts.File]bool, len(files))
	var before map[*facts.File]*module
	if g.before != nil {
		before = make(map[*facts.File]*module, len(g.before.modules))
		for _, s := range g.before.modules {
			before[s.file] = s
		}
	}
	for _, file := range files {
		s := before[file]
		if s == nil {
			s = g.findModule(file)
		}
		if s != nil {
			g.modules = append(g.modules, s)
			g.current[file] = true
		}
	}
}

func (g *mappers) findModule(file *facts.File) *module {
	types := g.scope.Types(file)
	if len(types) == 0 {
		return nil
	}
	s := &module{file: file}
	for _, t := range types {
		switch _, d := t.Decl(); {
		case t.Shape() == facts.Struct:
			s.classes = append(s.classes, declaration{t.Ref(), d})
		case d.Value.Kind == facts.CallValue || d.Value.Dotted() != "":
			s.variables = append(s.variables, d)
		}
	}
	return s
}
