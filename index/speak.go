package index

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// Several ORMs have functions of one name, and methods that models must have. What
// tells them apart is the module: one that requires an ORM, and not another, speaks
// the language of the first.

// speech is what a file tells of the dialects that its code may speak.
type speech struct {
	spoken  dialectSet
	imports facts.Symbol
}

// speaks reports whether the code of a file may speak the dialect.
func (r *reader) speaks(d int, f *facts.File) bool { return f == nil || r.speech(f).spoken.has(d) }

func (r *reader) speech(f *facts.File) speech {
	known, ok := r.speeches[f]
	if !ok {
		path := r.session.PackagePath(f)
		known = speech{r.spokenIn(f, path), facts.Symbol{Package: path, Name: "import " + filepath.Base(f.Path)}}
		r.speeches[f] = known
	}
	return known
}

// spokenIn is the set of the dialects that a file of a package may speak: they are of its
// language, and its module requires the ORM, or none at all; and of several that it
// requires, the file does not import only others. A file of the ORM itself, of its tests
// most likely, need not import what it is part of.
func (r *reader) spokenIn(f *facts.File, path string) dialectSet {
	var free, bound dialectSet // without an ORM, and with one
	imported := r.batch.ofORM(path)
	for _, i := range f.Imports {
		imported |= r.batch.ofORM(i.Path.Text)
	}
	for d, dialect := range r.batch.dialects {
		switch {
		case dialect.Language != f.Language:
		case len(dialect.Modules) == 0:
			free.add(d)
		default:
			bound.add(d)
		}
	}
	if imported &= bound; imported != 0 {
		return free | imported
	}
	if required := r.required(f, bound); required != 0 {
		return free | required
	}
	return free | bound
}

// required are those of the dialects whose ORM the module of the file requires.
func (r *reader) required(f *facts.File, of dialectSet) dialectSet {
	var required dialectSet
	for d := range of.all() {
		for _, module := range r.batch.dialects[d].Modules {
			if _, ok := r.session.Requires(f, module); ok {
				required.add(d)
			}
		}
	}
	return required
}

// ofORM are the dialects in one of whose modules an import path lies.
func (l *linker) ofORM(path string) dialectSet {
	var set dialectSet
	for d, dialect := range l.dialects {
		for _, module := range dialect.Modules {
			if rest, ok := strings.CutPrefix(path, module); ok && (rest == "" || rest[0] == '/') {
				set.add(d)
			}
		}
	}
	return set
}

// concerned are the dialects of which a struct may be a model by itself: its file may
// speak them, or the struct carries their tags.
func (r *reader) concerned(t facts.Type) dialectSet {
	file, _ := t.Decl()
	if file == nil {
		return 1<<len(r.batch.dialects) - 1
	}
	r.session.Note([]facts.Symbol{r.speech(file).imports})
	concerned := r.speech(file).spoken
	for _, f := range t.Fields() {
		for i := range f.Tags {
			if f.Tags[i].Visible {
				concerned |= r.batch.tagOwners[f.Tags[i].Key.Text]
			}
		}
	}
	return concerned
}

// usesFor lists the uses of a type that hand it to the dialect's ORM.
func (r *reader) usesFor(d int, ref facts.Ref) []facts.Use {
	return r.batch.uses.of(ref, func(path string, use facts.Use) bool {
		return slices.Contains(r.batch.dialects[d].Calls, use.Call) && r.speaks(d, r.batch.program.File(path))
	})
}
