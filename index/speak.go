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

// speaks reports whether the code of a file may speak the dialect: its module requires
// the ORM, or none at all; and of several that it requires, the file does not import
// only others.
func (b *batch) speaks(d int, f *facts.File) bool {
	if f == nil || len(b.dialects[d].Modules) == 0 {
		return true
	}
	spoken, ok := b.spoken[f]
	if !ok {
		spoken = b.spokenIn(f)
		b.spoken[f] = spoken
	}
	return spoken[d]
}

// spokenIn tells for each dialect whether the file may speak it.
func (b *batch) spokenIn(f *facts.File) []bool {
	required, imported := make([]bool, len(b.dialects)), make([]bool, len(b.dialects))
	for i, d := range b.dialects {
		required[i] = slices.ContainsFunc(d.Modules, func(module string) bool {
			_, ok := b.session.Requires(f, module)
			return ok
		})
		imported[i] = imports(f, d)
	}
	switch {
	case slices.Contains(imported, true):
		return imported
	case slices.Contains(required, true):
		return required
	}
	return slices.Repeat([]bool{true}, len(b.dialects))
}

// imports reports whether the file imports a package of the dialect's ORM.
func imports(f *facts.File, d *dialect.Dialect) bool {
	return slices.ContainsFunc(f.Imports, func(i facts.Import) bool {
		return slices.ContainsFunc(d.Modules, func(module string) bool {
			rest, ok := strings.CutPrefix(i.Path.Text, module)
			return ok && (rest == "" || rest[0] == '/')
		})
	})
}

// concerns reports whether a struct may be a model of the dialect by itself: its file
// may speak the dialect, or the struct carries its tags.
func (b *batch) concerns(d int, t facts.Type) bool {
	file, _ := t.Decl()
	if file != nil {
		imports := "import " + filepath.Base(file.Path)
		b.session.Note([]facts.Symbol{{Package: b.program.PackagePath(file.Path), Name: imports}})
	}
	return b.speaks(d, file) || slices.ContainsFunc(t.Fields(), func(f facts.StructField) bool {
		return slices.ContainsFunc(b.dialects[d].Keys, func(key string) bool {
			_, ok := f.Tag(key)
			return ok
		})
	})
}

// usesFor lists the uses of a type that hand it to the dialect's ORM.
func (b *batch) usesFor(d int, ref facts.Ref) []facts.Use {
	return b.uses.of(ref, func(path string, use facts.Use) bool {
		return slices.Contains(b.dialects[d].Calls, use.Call) && b.speaks(d, b.program.File(path))
	})
}
