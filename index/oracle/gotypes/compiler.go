package oracle

import (
	"fmt"
	"go/ast"
	"go/types"
	"io/fs"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/packages"
)

// place is where a field's name, or the name of its embedded type, starts.
type place struct {
	file   string // absolute
	offset int
}

// target is the struct that a field leads to.
type target struct {
	name string // import path and name with type arguments; "struct" for one without name
	at   string // file:offset of its declaration, "" where the source is not at hand
}

// field is what the compiler says of a field.
type field struct {
	name     string // Type.Field, for messages
	target   *target
	basic    string // the predeclared type behind it, "" for others
	features []string
}

// truth is what the compiler says of a module.
type truth struct {
	fields  map[place]field
	methods map[place]methods // by the place of the type's name
	files   []string          // whose declarations are in fields
	errors  []string          // of the compiler; what they touch is left out
	seen    map[string]bool   // files
}

// methods are the names in the method set of a pointer to a type.
type methods struct {
	name string
	set  map[string]bool
}

// compile type-checks all packages of the modules in a workspace, tests included.
func compile(root string, env []string) (*truth, error) {
	t := &truth{fields: map[place]field{}, methods: map[place]methods{}, seen: map[string]bool{}}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "vendor" && path != root || entry.Name() == "testdata") {
			return filepath.SkipDir
		}
		if entry.Name() == "go.mod" {
			return t.module(filepath.Dir(path), env)
		}
		return nil
	})
	return t, err
}

// module takes in the packages of one module.
func (t *truth) module(dir string, env []string) error {
	loaded, err := packages.Load(&packages.Config{
		Dir:   dir,
		Env:   env,
		Tests: true,
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesInfo |
			packages.NeedImports | packages.NeedDeps | packages.NeedModule | packages.NeedForTest,
	}, "./...")
	if err != nil {
		return err
	}
	for _, p := range loaded {
		if p.Types == nil || strings.HasSuffix(p.PkgPath, ".test") {
			continue
		}
		for _, e := range p.Errors {
			if !strings.Contains(e.Msg, "main module (") || !strings.Contains(e.Msg, "does not contain package") {
				t.errors = append(t.errors, e.Error())
			}
		}
		if p.IllTyped {
			continue // what depends on it is a guess of the compiler's
		}
		c := &checked{Package: p, truth: t}
		for _, file := range p.Syntax {
			name := p.Fset.PositionFor(file.FileStart, false).Filename
			if !strings.HasPrefix(name, dir) {
				continue // made by cgo
			}
			if p.ForTest != "" && !strings.HasSuffix(name, "_test.go") {
				continue // tests may add methods; nobody else sees those
			}
			if !t.seen[name] {
				t.seen[name] = true
				t.files = append(t.files, name)
			}
			c.file(file)
		}
	}
	return nil
}

// checked is one type-checked package.
type checked struct {
	*packages.Package
	truth *truth
}

// file takes in the structs that a file declares, local ones too.
func (c *checked) file(f *ast.File) {
	dot := map[string]bool{}
	for _, imp := range f.Imports {
		if imp.Name != nil && imp.Name.Name == "." {
			dot[strings.Trim(imp.Path.Value, `"`)] = true
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		spec, ok := n.(*ast.TypeSpec)
		if !ok || spec.Assign.IsValid() || spec.Name.Name == "_" {
			return true
		}
		obj, ok := c.TypesInfo.Defs[spec.Name].(*types.TypeName)
		if !ok {
			return true
		}
		if s, ok := spec.Type.(*ast.StructType); ok {
			c.fields(spec.Name.Name, s, obj, dot)
		}
		c.methodSet(spec.Name, obj)
		return true
	})
}

func (c *checked) methodSet(name *ast.Ident, obj *types.TypeName) {
	if types.IsInterface(obj.Type()) {
		return
	}
	set := map[string]bool{}
	list := types.NewMethodSet(types.NewPointer(obj.Type()))
	for i := range list.Len() {
		if m := list.At(i).Obj(); m.Exported() || m.Pkg() == obj.Pkg() {
			set[m.Name()] = true
		}
	}
	c.truth.methods[c.place(name)] = methods{obj.Name(), set}
}

// fields takes in the fields of a struct, and of structs without name inside it.
func (c *checked) fields(owner string, s *ast.StructType, obj *types.TypeName, dot map[string]bool) {
	for _, group := range s.Fields.List {
		t := c.TypesInfo.TypeOf(group.Type)
		if t == nil {
			continue
		}
		names := group.Names
		if len(names) == 0 {
			names = []*ast.Ident{embeddedName(group.Type)}
		}
		for _, name := range names {
			if name == nil {
				continue
			}
			f := c.field(t, obj, dot)
			f.name = owner + "." + name.Name
			if len(group.Names) == 0 {
				f.features = append(f.features, "embedded")
			}
			if len(group.Names) > 1 {
				f.features = append(f.features, "several names")
			}
			if !broken(t) {
				c.truth.fields[c.place(name)] = f
			}
		}
		ast.Inspect(group.Type, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.StructType:
				c.fields(owner+"."+names[0].Name, n, obj, dot)
				return false
			case *ast.FuncType, *ast.InterfaceType, *ast.IndexExpr, *ast.IndexListExpr, *ast.MapType:
				return false // nothing in them is a field of the struct
			}
			return true
		})
	}
}

// field tells where a field's type leads.
func (c *checked) field(t types.Type, owner *types.TypeName, dot map[string]bool) field {
	f := field{features: []string{}}
	if owner.Parent() != owner.Pkg().Scope() {
		f.features = append(f.features, "in a local type")
	}
	if strings.HasSuffix(c.Fset.Position(owner.Pos()).Filename, "_test.go") {
		f.features = append(f.features, "in a test")
	}
	for {
		if alias, ok := t.(*types.Alias); ok {
			f.features = append(f.features, "alias")
			t = types.Unalias(alias)
		}
		named, isNamed := t.(*types.Named)
		switch u := t.Underlying().(type) {
		case *types.Pointer:
			f.features, t = append(f.features, "pointer"), u.Elem()
		case *types.Slice:
			f.features, t = append(f.features, "slice"), u.Elem()
		case *types.Array:
			f.features, t = append(f.features, "array"), u.Elem()
		case *types.Map:
			f.features, t = append(f.features, "map"), u.Elem()
		case *types.Chan:
			f.features, t = append(f.features, "channel"), u.Elem()
		case *types.Struct:
			f.target = c.target(t)
			if isNamed {
				f.features = append(f.features, c.origin(named, owner, dot)...)
			} else {
				f.features = append(f.features, "struct without name")
			}
			return f
		case *types.Basic:
			f.basic = types.Typ[u.Kind()].Name() // byte is uint8
			return f
		default:
			return f
		}
		if isNamed {
			f.features = append(f.features, "defined "+f.features[len(f.features)-1])
		}
	}
}

// origin tells what is remarkable about the way to a target.
func (c *checked) origin(t *types.Named, owner *types.TypeName, dot map[string]bool) []string {
	var features []string
	obj := t.Obj()
	if t.TypeArgs().Len() > 0 {
		features = append(features, "generic")
	}
	if obj.Parent() != nil && obj.Pkg() != nil && obj.Parent() != obj.Pkg().Scope() {
		features = append(features, "local target")
	}
	if obj.Pkg() == nil || obj.Pkg() == owner.Pkg() {
		return features
	}
	features = append(features, "other package")
	file := filepath.ToSlash(c.Fset.Position(obj.Pos()).Filename)
	switch {
	case !strings.Contains(strings.Split(obj.Pkg().Path(), "/")[0], "."):
		features = append(features, "standard library")
	case strings.Contains(file, "/vendor/"):
		features = append(features, "vendored")
	case strings.Contains(file, "/pkg/mod/"):
		features = append(features, "module cache")
	case c.Module != nil && obj.Pkg().Path() != c.Module.Path && !strings.HasPrefix(obj.Pkg().Path(), c.Module.Path+"/"):
		features = append(features, "other module")
	}
	if dot[obj.Pkg().Path()] {
		features = append(features, "dot import")
	}
	return features
}

func (c *checked) target(t types.Type) *target {
	named, ok := t.(*types.Named)
	if !ok {
		return &target{name: "struct"}
	}
	out := &target{name: canonical.Replace(types.TypeString(named, nil))}
	if generic(named) {
		// Inside of its own declaration: rells knows no type parameters.
		out.name, _, _ = strings.Cut(out.name, "[")
	}
	if pos := c.Fset.Position(named.Obj().Pos()); pos.IsValid() {
		out.at = fmt.Sprintf("%s:%d", pos.Filename, pos.Line)
	}
	return out
}

// canonical spells type arguments as rells does, which tells no byte from uint8.
var canonical = strings.NewReplacer(", ", ",", "]byte", "]uint8", "[byte", "[uint8", ",byte", ",uint8", "*byte", "*uint8")

// generic reports whether a type parameter is among the type arguments.
func generic(t *types.Named) bool {
	for arg := range t.TypeArgs().Types() {
		switch arg := arg.(type) {
		case *types.TypeParam:
			return true
		case *types.Named:
			if generic(arg) {
				return true
			}
		}
	}
	return false
}

func (c *checked) place(name *ast.Ident) place {
	pos := c.Fset.PositionFor(name.Pos(), false)
	return place{pos.Filename, pos.Offset}
}

// embeddedName is the identifier that names an embedded field.
func embeddedName(e ast.Expr) *ast.Ident {
	switch e := e.(type) {
	case *ast.Ident:
		return e
	case *ast.StarExpr:
		return embeddedName(e.X)
	case *ast.SelectorExpr:
		return e.Sel
	case *ast.IndexExpr:
		return embeddedName(e.X)
	case *ast.IndexListExpr:
		return embeddedName(e.X)
	case *ast.ParenExpr:
		return embeddedName(e.X)
	}
	return nil
}

// broken reports whether the compiler itself does not know the type.
func broken(t types.Type) bool {
	return strings.Contains(types.TypeString(t, nil), "invalid type")
}
