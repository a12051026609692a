package inject

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// registryFunc returns the models of a clone.
const registryFunc = "RellsModels"

// writeClone writes a copy of a package with its mistake.
func (m *asked) writeClone(c *clone) error {
	for base := range c.pkg.files {
		src, err := os.ReadFile(filepath.Join(m.Dir, c.pkg.dir, base))
		if err != nil {
			return err
		}
		if c.mistake != nil && path.Base(c.mistake.File) == base {
			src = c.mistake.Apply(src)
		}
		stripped, err := m.strip(src)
		if err != nil {
			return fmt.Errorf("%s/%s: %v", c.pkg.dir, base, err)
		}
		if err := m.write(path.Join(c.dir, base), stripped); err != nil {
			return err
		}
	}
	var list strings.Builder
	for _, name := range c.pkg.models {
		list.WriteString("new(" + name + "), ")
	}
	registry := fmt.Sprintf("package %s\n\nfunc %s() []any { return []any{%s} }\n", c.pkg.name, registryFunc, list.String())
	return m.write(path.Join(c.dir, "rells_registry.go"), []byte(registry))
}

// strip empties the functions of a file and drops what they alone imported. Methods that
// the ORM calls while it reads a model keep their bodies; all others lose theirs, so that
// a renamed field breaks none of them.
func (m *asked) strip(src []byte) ([]byte, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", src, parser.SkipObjectResolution|parser.ParseComments)
	if err != nil {
		return nil, err
	}
	var decls []ast.Decl
	for _, decl := range file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok {
			decls = append(decls, decl)
			continue
		}
		if f.Recv == nil && f.Name.Name == "init" || f.Body == nil {
			continue
		}
		if f.Recv == nil || !slices.Contains(m.orm.Methods, f.Name.Name) {
			empty(f)
		}
		decls = append(decls, f)
	}
	file.Decls = decls
	file.Comments = nil // they would land in the wrong places
	m.dropUnusedImports(file)
	var out bytes.Buffer
	if err := format.Node(&out, fset, file); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// empty has a function return zero values: it may be called for the value of a variable.
func empty(f *ast.FuncDecl) {
	f.Body = &ast.BlockStmt{List: []ast.Stmt{&ast.ReturnStmt{}}}
	if f.Type.Results == nil {
		return
	}
	for _, result := range f.Type.Results.List {
		if len(result.Names) == 0 {
			result.Names = []*ast.Ident{ast.NewIdent("_")}
		}
	}
}

// dropUnusedImports takes out the imports that a file no longer uses, or turns them into
// blank ones where the ORM may need what they do as they are loaded.
func (m *asked) dropUnusedImports(file *ast.File) {
	used := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok {
				used[id.Name] = true
			}
		}
		return true
	})
	unused := func(spec *ast.ImportSpec) bool {
		imported, _ := strconv.Unquote(spec.Path.Value)
		switch {
		case spec.Name != nil && (spec.Name.Name == "." || spec.Name.Name == "_"):
			return false
		case spec.Name != nil:
			return !used[spec.Name.Name]
		}
		return !used[path.Base(imported)] && !used[m.packageName(imported)]
	}
	if m.orm.LoadsImports {
		for _, spec := range file.Imports {
			if unused(spec) {
				spec.Name = ast.NewIdent("_")
			}
		}
		return
	}
	for _, decl := range file.Decls {
		if group, ok := decl.(*ast.GenDecl); ok && group.Tok == token.IMPORT {
			group.Specs = slices.DeleteFunc(group.Specs, func(s ast.Spec) bool { return unused(s.(*ast.ImportSpec)) })
		}
	}
	file.Decls = slices.DeleteFunc(file.Decls, func(d ast.Decl) bool {
		group, ok := d.(*ast.GenDecl)
		return ok && group.Tok == token.IMPORT && len(group.Specs) == 0
	})
}

// packageNames caches what packageName found.
var packageNames = map[string]string{}

// packageName is the name of the package with an import path.
func (m *asked) packageName(imported string) string {
	if name, ok := packageNames[imported]; ok {
		return name
	}
	name, err := m.Go("list", "-e", "-f", "{{.Name}}", imported)
	if err != nil || strings.TrimSpace(name) == "" {
		name = path.Base(imported)
	}
	packageNames[imported] = strings.TrimSpace(name)
	return packageNames[imported]
}
