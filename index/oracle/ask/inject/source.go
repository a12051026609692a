package inject

import (
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// modelPackage is a package that declares models.
type modelPackage struct {
	dir    string // relative to the module, with slashes
	path   string // import path
	name   string
	fset   *token.FileSet
	files  map[string]*ast.File // by base name, the files of this platform without tests
	models []string             // names of the structs that the ORM is asked about
}

// modelPackages finds the packages of a module whose structs carry tags of the ORM.
func (m *asked) modelPackages() ([]*modelPackage, error) {
	var found []*modelPackage
	err := filepath.WalkDir(m.Dir, func(dir string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		if name := entry.Name(); dir != m.Dir && (name == "vendor" || name == "testdata" || strings.HasPrefix(name, ".")) {
			return filepath.SkipDir
		}
		if p := m.readPackage(dir); p != nil && len(p.models) > 0 && p.name != "main" {
			found = append(found, p)
		}
		return nil
	})
	return found, err
}

// readPackage parses the package in a folder; nil where there is none.
func (m *asked) readPackage(dir string) *modelPackage {
	names, _ := filepath.Glob(filepath.Join(dir, "*.go"))
	rel, _ := filepath.Rel(m.Dir, dir)
	p := &modelPackage{dir: filepath.ToSlash(rel), fset: token.NewFileSet(), files: map[string]*ast.File{}}
	p.path = path.Join(m.Path, p.dir)
	for _, name := range names {
		base := filepath.Base(name)
		if match, err := build.Default.MatchFile(dir, base); err != nil || !match || strings.HasSuffix(base, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(p.fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			continue
		}
		p.name = file.Name.Name
		p.files[base] = file
	}
	if len(p.files) == 0 {
		return nil
	}
	p.models = p.structsWithTags(m.orm)
	return p
}

// structsWithTags lists the package's structs that have a tag of the ORM, or are models
// by themselves, and those that a field of one of these names.
func (p *modelPackage) structsWithTags(orm *Structs) []string {
	structs := map[string]*ast.StructType{}
	for _, file := range p.files {
		for _, decl := range file.Decls {
			eachStruct(decl, func(name string, s *ast.StructType) { structs[name] = s })
		}
	}
	var models []string
	var add func(name string)
	add = func(name string) {
		s := structs[name]
		if s == nil || slices.Contains(models, name) {
			return
		}
		models = append(models, name)
		for _, f := range s.Fields.List {
			if len(f.Names) > 0 {
				add(elementName(f.Type))
			}
		}
	}
	for name, s := range structs {
		if orm.isModel(s) {
			add(name)
		}
	}
	slices.Sort(models)
	return models
}

func eachStruct(decl ast.Decl, visit func(name string, s *ast.StructType)) {
	gen, ok := decl.(*ast.GenDecl)
	if !ok {
		return
	}
	for _, spec := range gen.Specs {
		if t, ok := spec.(*ast.TypeSpec); ok && t.TypeParams == nil && !t.Assign.IsValid() {
			if s, ok := t.Type.(*ast.StructType); ok {
				visit(t.Name.Name, s)
			}
		}
	}
}

func (orm *Structs) isModel(s *ast.StructType) bool {
	return slices.ContainsFunc(s.Fields.List, func(f *ast.Field) bool {
		return f.Tag != nil && strings.Contains(f.Tag.Value, orm.Tag+`:"`) || orm.Marks != nil && orm.Marks(f)
	})
}

// elementName is the name of the package's own type that a field's type leads
// to, or empty.
func elementName(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.StarExpr:
		return elementName(t.X)
	case *ast.ArrayType:
		return elementName(t.Elt)
	case *ast.Ident:
		return t.Name
	}
	return ""
}

// field finds a field that a struct of the package declares itself.
func (p *modelPackage) field(model, name string) (file string, field *ast.Field, ident *ast.Ident) {
	for base, f := range p.files {
		for _, decl := range f.Decls {
			eachStruct(decl, func(structName string, s *ast.StructType) {
				if structName != model {
					return
				}
				for _, candidate := range s.Fields.List {
					for _, id := range candidate.Names {
						if id.Name == name {
							file, field, ident = base, candidate, id
						}
					}
				}
			})
		}
	}
	return file, field, ident
}
