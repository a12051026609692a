package golang

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/rells-dev/rells/index/facts"
)

// What Extract reads of well-formed files is what go/parser reads.
func TestExtractAgreesWithGoParser(t *testing.T) {
	files, decls, fields := 0, 0, 0
	for path, src := range corpus(t) {
		fset := token.NewFileSet()
		tree, err := parser.ParseFile(fset, path, src, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			continue // tests of the compiler's own errors
		}
		o := oracle{src: src, file: fset.File(tree.FileStart)}
		want := o.facts(tree)
		got := Extract(path, src, Wanted{})
		files, decls = files+1, decls+len(want.Decls)
		for _, d := range want.Decls {
			fields += len(d.Type.Fields)
		}
		if len(got.Defects) > 0 {
			t.Errorf("%s: %v", fset.Position(tree.FileStart+token.Pos(got.Defects[0].Span.Start)), got.Defects)
			continue
		}
		if got.Generated != ast.IsGenerated(tree) {
			t.Errorf("%s: Generated = %v", path, got.Generated)
		}
		if diff := cmp.Diff(o.directives(tree), spansOf(got.Directives), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: directives (-go/parser +Extract):\n%s", path, diff)
		}
		got.Decls = o.onlyRead(got.Decls)
		ignore := cmpopts.IgnoreFields(facts.File{}, "Path", "Hash", "Doc", "Included", "Generated", "ValidUTF8", "Lines", "Size", "Uses", "Directives")
		inMethods := cmpopts.IgnoreFields(facts.Method{}, "Literal", "Zero")
		if diff := cmp.Diff(want, got, ignore, inMethods, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(facts.Decl{}, "Scope")); diff != "" {
			t.Errorf("%s (-go/parser +Extract):\n%s", path, diff)
		}
		if t.Failed() {
			break
		}
	}
	t.Logf("%d files, %d types, %d fields", files, decls, fields)
	if fields < 1000 {
		t.Errorf("only %d fields compared", fields)
	}
}

// oracle turns a syntax tree into facts.
type oracle struct {
	src   []byte
	file  *token.File
	local []facts.Span // bodies that declare a struct
}

func (o *oracle) facts(tree *ast.File) *facts.File {
	f := &facts.File{Package: o.slot(tree.Name)}
	for _, spec := range tree.Imports {
		im := facts.Import{Path: o.literal(spec.Path)}
		if spec.Name != nil {
			im.Name = o.slot(spec.Name)
		}
		f.Imports = append(f.Imports, im)
	}
	for _, decl := range tree.Decls {
		switch decl := decl.(type) {
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					f.Decls = append(f.Decls, o.decl(spec, ""))
				case *ast.ValueSpec:
					f.Decls = append(f.Decls, o.locals(spec, spec.Names[0].Name)...)
					if decl.Tok == token.CONST {
						f.Defined = append(f.Defined, o.constants(spec)...)
					}
				}
			}
		case *ast.FuncDecl:
			within := decl.Name.Name
			if decl.Recv != nil && len(decl.Recv.List) > 0 {
				m := o.method(decl)
				within = m.Receiver + "." + within
				f.Methods = append(f.Methods, m)
			}
			if decl.Body != nil {
				f.Decls = append(f.Decls, o.locals(decl.Body, within)...)
			}
		}
	}
	return f
}

// constants are those of a declaration that are short texts.
func (o *oracle) constants(spec *ast.ValueSpec) []facts.Definition {
	if len(spec.Names) != 1 || len(spec.Values) != 1 || spec.Names[0].Name == "_" {
		return nil
	}
	if _, plain := spec.Type.(*ast.Ident); spec.Type != nil && !plain {
		return nil
	}
	literal, ok := spec.Values[0].(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING || len(literal.Value) > longestText {
		return nil
	}
	return []facts.Definition{{Name: spec.Names[0].Name, Text: o.literal(literal)}}
}

// locals are the types declared in a function that declares a struct.
func (o *oracle) locals(body ast.Node, within string) []facts.Decl {
	var decls []facts.Decl
	structs := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.TypeSpec:
			decls = append(decls, o.decl(n, within))
		case *ast.StructType:
			structs = true
		}
		return true
	})
	if !structs {
		return nil
	}
	o.local = append(o.local, o.span(body))
	return decls
}

// directives are the places of the comments that speak to rells.
func (o *oracle) directives(tree *ast.File) []facts.Span {
	var spans []facts.Span
	for _, group := range tree.Comments {
		for _, c := range group.List {
			text := strings.TrimSpace(strings.TrimPrefix(c.Text, "//"))
			if strings.HasPrefix(c.Text, "//") && (strings.HasPrefix(text, "nolint") || strings.HasPrefix(text, "rells:")) {
				spans = append(spans, o.span(c))
			}
		}
	}
	return spans
}

func spansOf(directives []facts.Directive) []facts.Span {
	var spans []facts.Span
	for _, d := range directives {
		spans = append(spans, d.Span)
	}
	return spans
}

// onlyRead leaves local types out of functions that have no struct: whether such
// bodies are read is the extraction's own affair.
func (o *oracle) onlyRead(decls []facts.Decl) []facts.Decl {
	return slices.DeleteFunc(decls, func(d facts.Decl) bool {
		return d.Within != "" && !slices.ContainsFunc(o.local, func(body facts.Span) bool {
			return body.Contains(int(d.Span.Start))
		})
	})
}

func (o *oracle) method(decl *ast.FuncDecl) facts.Method {
	m := facts.Method{Name: o.slot(decl.Name)}
	m.Receiver, m.Pointer = receiverType(o.expr(decl.Recv.List[0].Type))
	m.Span = facts.Span{Start: o.span(decl.Type).Start, End: o.span(decl).End}
	for _, param := range decl.Type.Params.List {
		m.Params += max(1, len(param.Names))
	}
	if decl.Type.Results != nil {
		for _, result := range decl.Type.Results.List {
			for range max(1, len(result.Names)) {
				m.Results = append(m.Results, o.expr(result.Type))
			}
		}
	}
	return m
}

func (o *oracle) decl(spec *ast.TypeSpec, within string) facts.Decl {
	d := facts.Decl{Name: o.slot(spec.Name), Within: within, Alias: spec.Assign.IsValid(), Type: o.expr(spec.Type)}
	d.Span = facts.Span{Start: d.Name.Span.Start, End: d.Type.Span.End}
	if spec.TypeParams != nil {
		for _, param := range spec.TypeParams.List {
			for _, name := range param.Names {
				d.Params = append(d.Params, name.Name)
			}
		}
	}
	return d
}

func (o *oracle) expr(e ast.Expr) facts.Expr {
	t := facts.Expr{Span: o.span(e)}
	elem := func(e ast.Expr) *facts.Expr {
		t := o.expr(e)
		return &t
	}
	switch e := e.(type) {
	case *ast.ParenExpr:
		return o.expr(e.X)
	case *ast.Ident:
		t.Kind, t.Name = facts.NamedExpr, e.Name
	case *ast.SelectorExpr:
		t.Kind, t.Package, t.Name = facts.NamedExpr, e.X.(*ast.Ident).Name, e.Sel.Name
	case *ast.IndexExpr:
		args := t
		t = o.expr(e.X)
		t.Span, t.Args = args.Span, []facts.Expr{o.expr(e.Index)}
	case *ast.IndexListExpr:
		args := t
		t = o.expr(e.X)
		t.Span = args.Span
		for _, arg := range e.Indices {
			t.Args = append(t.Args, o.expr(arg))
		}
	case *ast.StarExpr:
		t.Kind, t.Elem = facts.PointerExpr, elem(e.X)
	case *ast.ArrayType:
		t.Kind, t.Elem = facts.SliceExpr, elem(e.Elt)
		if e.Len != nil {
			t.Kind, t.Length = facts.ArrayExpr, o.text(e.Len)
		}
	case *ast.Ellipsis:
		t.Kind, t.Elem = facts.SliceExpr, elem(e.Elt)
	case *ast.MapType:
		t.Kind, t.Key, t.Elem = facts.MapExpr, elem(e.Key), elem(e.Value)
	case *ast.ChanType:
		t.Kind, t.Elem = facts.ChanExpr, elem(e.Value)
	case *ast.FuncType:
		t.Kind = facts.FuncExpr
	case *ast.InterfaceType:
		t.Kind = facts.InterfaceExpr
	case *ast.StructType:
		t.Kind = facts.StructExpr
		t.Body = facts.Span{Start: o.offset(e.Fields.Opening) + 1, End: o.offset(e.Fields.Closing)}
		t.Fields = o.fields(e.Fields.List)
	}
	t.Span.End = max(t.Span.End, t.Span.Start)
	return t
}

func (o *oracle) fields(list []*ast.Field) []facts.Field {
	var fields []facts.Field
	for _, decl := range list {
		f := facts.Field{Span: o.span(decl), Type: o.expr(decl.Type), Group: int32(len(fields))}
		if decl.Tag != nil {
			f.Literal = o.literal(decl.Tag)
			f.Tags = lexTags(f.Literal)
		}
		names := decl.Names
		if names == nil {
			f.Embedded = true
			names = []*ast.Ident{embeddedIdent(decl.Type)}
		}
		for _, name := range names {
			f.Name, f.Exported = o.slot(name), name.IsExported()
			fields = append(fields, f)
		}
	}
	return fields
}

func embeddedIdent(e ast.Expr) *ast.Ident {
	switch e := e.(type) {
	case *ast.StarExpr:
		return embeddedIdent(e.X)
	case *ast.ParenExpr:
		return embeddedIdent(e.X)
	case *ast.IndexExpr:
		return embeddedIdent(e.X)
	case *ast.IndexListExpr:
		return embeddedIdent(e.X)
	case *ast.SelectorExpr:
		return e.Sel
	}
	return e.(*ast.Ident)
}

// literal is a string literal as strconv reads it, in the place of its content.
func (o *oracle) literal(lit *ast.BasicLit) facts.Slot {
	text, err := strconv.Unquote(lit.Value)
	if err != nil {
		text = strings.Trim(lit.Value, `"`)
	}
	s := facts.Slot{Text: text, Span: facts.Span{Start: o.offset(lit.Pos()) + 1, End: o.offset(lit.End()) - 1}}
	if s.Span.Len() != len(text) {
		// How text and source go together is tested with the tags.
		s = readLiteral(o.src, int(s.Span.Start)-1, int(s.Span.End)+1, false)
		s.Text = text
	}
	return s
}

func (o *oracle) slot(id *ast.Ident) facts.Slot {
	return facts.Slot{Text: id.Name, Span: o.span(id)}
}

func (o *oracle) text(n ast.Node) string {
	s := o.span(n)
	return string(o.src[s.Start:s.End])
}

func (o *oracle) span(n ast.Node) facts.Span {
	return facts.Span{Start: o.offset(n.Pos()), End: o.offset(n.End())}
}

func (o *oracle) offset(pos token.Pos) int32 { return int32(o.file.Offset(pos)) }
