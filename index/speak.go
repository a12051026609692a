package index

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
)

// Several ORMs have functions of one name, and methods that models must have. What
// tells them apart is the module: one that requires an ORM, and not another, speaks
// the language of the first.

// speech is what a file tells of the dialects that its code may speak.
type speech struct {
	spoken  []bool // by dialect
	imports facts.Symbol
}

// speaks reports whether the code of a file may speak the dialect: it is of its language,
// and its module requires the ORM, or none at all; and of several that it requires, the file does not import
// only others.
func (r *reader) speaks(d int, f *facts.File) bool {
	if f != nil && f.Language != r.batch.dialects[d].Language {
		return false
	}
	return f == nil || len(r.batch.dialects[d].Modules) == 0 || r.speech(f).spoken[d]
}

func (r *reader) speech(f *facts.File) speech {
	known, ok := r.speeches[f]
	if !ok {
		known = speech{r.spokenIn(f), facts.Symbol{Package: r.session.PackagePath(f), Name: "import " + filepath.Base(f.Path)}}
		r.speeches[f] = known
	}
	return known
}

// spokenIn tells for each dialect whether the file may speak it.
func (r *reader) spokenIn(f *facts.File) []bool {
	dialects := r.batch.dialects
	required, imported := make([]bool, len(dialects)), make([]bool, len(dialects))
	for i, d := range dialects {
		required[i] = slices.ContainsFunc(d.Modules, func(module string) bool {
			_, ok := r.session.Requires(f, module)
			return ok
		})
		imported[i] = imports(f, d) || r.belongsTo(f, d)
	}
	switch {
	case slices.Contains(imported, true):
		return imported
	case slices.Contains(required, true):
		return required
	}
	return slices.Repeat([]bool{true}, len(dialects))
}

// imports reports whether the file imports a package of the dialect's ORM.
func imports(f *facts.File, d *dialect.Dialect) bool {
	return slices.ContainsFunc(f.Imports, func(i facts.Import) bool { return ofORM(i.Path.Text, d) })
}

// belongsTo reports whether the file is one of the ORM itself, of its tests most likely,
// which need not import what they are part of.
func (r *reader) belongsTo(f *facts.File, d *dialect.Dialect) bool {
	return ofORM(r.session.PackagePath(f), d)
}

// ofORM reports whether an import path lies in one of the dialect's modules.
func ofORM(path string, d *dialect.Dialect) bool {
	return slices.ContainsFunc(d.Modules, func(module string) bool {
		rest, ok := strings.CutPrefix(path, module)
		return ok && (rest == "" || rest[0] == '/')
	})
}

// concerns reports whether a struct may be a model of the dialect by itself: its file
// may speak the dialect, or the struct carries its tags.
func (r *reader) concerns(d int, t facts.Type) bool {
	file, _ := t.Decl()
	if file != nil {
		r.session.Note([]facts.Symbol{r.speech(file).imports})
	}
	return r.speaks(d, file) || slices.ContainsFunc(t.Fields(), func(f facts.StructField) bool {
		return slices.ContainsFunc(r.batch.dialects[d].Keys, func(key string) bool {
			_, ok := f.Tag(key)
			return ok && !slices.Contains(r.batch.dialects[d].Shared, key)
		})
	})
}

// usesFor lists the uses of a type that hand it to the dialect's ORM.
func (r *reader) usesFor(d int, ref facts.Ref) []facts.Use {
	return r.batch.uses.of(ref, func(path string, use facts.Use) bool {
		return slices.Contains(r.batch.dialects[d].Calls, use.Call) && r.speaks(d, r.batch.program.File(path))
	})
}
