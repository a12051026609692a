package generate

import (
	"fmt"
	"go/format"
	"math/rand/v2"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Package is one package of a rendered world.
type Package struct {
	Path     string            // import path
	Dir      string            // relative to the module, with slashes
	Name     string            // of the package clause; not always the end of Path
	Types    []string          // names of the types that live in it
	Files    map[string][]byte // by file name
	Registry string            // the function that returns pointers to its models, as []any; empty without models
}

// Layout says how a world becomes packages.
type Layout struct {
	Module string // module path
	Dir    string // folder of the world in the module
	Rand   *rand.Rand
	Plain  bool // one package, one file
}

// Render writes the packages of a world, targets before those that import them.
func (w *World) Render(l Layout) ([]Package, error) {
	r := &renderer{world: w, layout: l, home: map[string]*place{}}
	r.assign()
	var packages []Package
	for _, p := range r.places {
		pkg, err := r.render(p)
		if err != nil {
			return nil, fmt.Errorf("%s: %v", p.dir, err)
		}
		packages = append(packages, pkg)
	}
	return packages, nil
}

// place is a package to be: where it lies and which types live in it.
type place struct {
	dir, name string
	types     []*Type
	alias     string // how others import it: "" by its name, "." or another name
	registry  string
}

type renderer struct {
	world  *World
	layout Layout
	places []*place
	home   map[string]*place // of a type, by its name
}

// packageNames are the folders and package names that a world may use.
var packageNames = []struct{ dir, name string }{
	{"models", "models"}, {"model", "model"}, {"entity", "entity"}, {"pkg/domain", "domain"},
	{"go-store", "store"}, {"v2", "records"},
}

// assign gives each type its package. Types that name no others can move to a
// package of their own, which the rest imports.
func (r *renderer) assign() {
	rnd := r.layout.Rand
	last := &place{types: slices.Clone(r.world.Types), registry: "Models"}
	last.dir, last.name = "models", "models"
	r.places = []*place{last}
	if r.layout.Plain {
		r.settle()
		return
	}
	first := rnd.IntN(len(packageNames))
	last.dir, last.name = packageNames[first].dir, packageNames[first].name
	for i, extra := 1, rnd.IntN(3); i <= extra; i++ {
		moved := r.movable(last.types)
		if len(moved) == 0 || len(moved) == len(last.types) {
			break
		}
		names := packageNames[(first+i)%len(packageNames)]
		r.places = slices.Insert(r.places, len(r.places)-1, &place{
			dir: names.dir, name: names.name, types: moved,
			alias:    [...]string{"", "", "x" + names.name, "."}[rnd.IntN(4)],
			registry: fmt.Sprintf("Models%d", i),
		})
		last.types = slices.DeleteFunc(last.types, func(t *Type) bool { return slices.Contains(moved, t) })
	}
	r.settle()
}

func (r *renderer) settle() {
	for _, p := range r.places {
		for _, t := range p.types {
			r.home[t.Name] = p
		}
	}
}

// movable picks a few types at random with all that they refer to among types;
// nil where one of them has a name that other packages cannot use.
func (r *renderer) movable(types []*Type) []*Type {
	var moved []*Type
	var take func(*Type) bool
	take = func(t *Type) bool {
		if !slices.Contains(types, t) || slices.Contains(moved, t) {
			return true
		}
		if first, _ := utf8.DecodeRuneInString(t.Name); !unicode.IsUpper(first) {
			return false
		}
		moved = append(moved, t)
		for _, to := range r.world.refersTo(t) {
			if !take(to) {
				return false
			}
		}
		return true
	}
	for range 1 + r.layout.Rand.IntN(2) {
		before := len(moved)
		if !take(types[r.layout.Rand.IntN(len(types))]) || len(moved) > len(types)*2/3 {
			moved = moved[:before]
		}
	}
	return moved
}

func (r *renderer) importPath(p *place) string {
	return path.Join(r.layout.Module, r.layout.Dir, p.dir)
}

func (r *renderer) render(p *place) (Package, error) {
	pkg := Package{
		Path: r.importPath(p), Dir: path.Join(r.layout.Dir, p.dir), Name: p.name,
		Files: map[string][]byte{},
	}
	for _, t := range p.types {
		pkg.Types = append(pkg.Types, t.Name)
	}
	bodies := r.spread(p)
	if models := r.modelsOf(p); len(models) > 0 {
		pkg.Registry = p.registry
		bodies["registry.go"] = registry(p.registry, models)
	}
	for name, body := range bodies {
		src, err := format.Source([]byte("package " + p.name + "\n\n" + r.imports(p, body) + body))
		if err != nil {
			return pkg, fmt.Errorf("%v\n%s", err, body)
		}
		pkg.Files[name] = src
	}
	return pkg, nil
}

// spread writes the types of a package into one file or several; a method need
// not stand in the file of its type.
func (r *renderer) spread(p *place) map[string]string {
	files := []string{"models.go"}
	if !r.layout.Plain && r.layout.Rand.IntN(2) == 0 {
		files = append(files, "more.go", "methods.go")
	}
	pick := func() string {
		if len(files) == 1 {
			return files[0]
		}
		return files[r.layout.Rand.IntN(len(files))]
	}
	bodies := map[string]string{}
	for _, t := range p.types {
		bodies[pick()] += r.declaration(t) + "\n"
		for _, m := range t.Methods {
			bodies[pick()] += m.Text + "\n\n"
		}
	}
	return bodies
}

func (r *renderer) declaration(t *Type) string {
	head := "type " + t.Name + t.Params
	if t.Alias {
		head += " ="
	}
	if !t.Struct {
		return head + " " + r.qualify(t, t.Expr) + "\n"
	}
	var b strings.Builder
	b.WriteString(head + " struct {\n")
	for _, f := range t.Fields {
		b.WriteString("\t" + f.Name + " " + r.qualify(t, f.Type))
		if f.Tag != "" {
			b.WriteString(" " + quoteTag(f.Tag))
		}
		b.WriteString("\n")
	}
	return b.String() + "}\n"
}

// quoteTag writes a tag as Go source: raw, or where that cannot be, quoted.
func quoteTag(tag string) string {
	if strings.HasPrefix(tag, quotedMark) {
		return fmt.Sprintf("%q", strings.TrimPrefix(tag, quotedMark))
	}
	return "`" + tag + "`"
}

// qualify puts the package before each name of a type that lives in another.
func (r *renderer) qualify(in *Type, expr string) string {
	return names(expr, func(name string) string {
		to := r.home[name]
		if to == nil || to == r.home[in.Name] || to.alias == "." {
			return name
		}
		return to.importName() + "." + name
	})
}

func (p *place) importName() string {
	if p.alias != "" {
		return p.alias
	}
	return p.name
}

// standard are the packages that cases may name in types and methods.
var standard = map[string]string{
	"context": "context", "driver": "database/sql/driver", "errors": "errors", "gorm": "gorm.io/gorm",
	"json": "encoding/json", "reflect": "reflect", "schema": "gorm.io/gorm/schema", "sql": "database/sql",
	"time": "time",
}

var (
	qualifier = regexp.MustCompile(`\b(\w+)\.\p{Lu}`)
	tagText   = regexp.MustCompile("`[^`]*`" + `|"[^"\n]*"`)
)

// imports writes the import declaration that the body of a file needs.
func (r *renderer) imports(p *place, body string) string {
	code := tagText.ReplaceAllString(body, "")
	used := map[string]bool{}
	for _, m := range qualifier.FindAllStringSubmatch(code, -1) {
		used[m[1]] = true
	}
	var lines []string
	for name, path := range standard {
		if used[name] {
			lines = append(lines, fmt.Sprintf("\t%q\n", path))
		}
	}
	for _, other := range r.places {
		if other == p {
			continue
		}
		switch {
		case other.alias == "." && namesAny(code, other.types):
			lines = append(lines, fmt.Sprintf("\t. %q\n", r.importPath(other)))
		case other.alias != "." && used[other.importName()]:
			lines = append(lines, fmt.Sprintf("\t%s %q\n", other.alias, r.importPath(other)))
		}
	}
	if len(lines) == 0 {
		return ""
	}
	slices.Sort(lines)
	return "import (\n" + strings.Join(lines, "") + ")\n\n"
}

// namesAny says whether the code of a file names one of the types outside of
// the names it declares.
func namesAny(code string, types []*Type) bool {
	for _, line := range strings.Split(code, "\n") {
		_, expr, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok {
			expr = strings.TrimSpace(line) // an embedded field
		}
		for _, t := range types {
			if regexp.MustCompile(`(^|[^\w.])` + t.Name + `($|\W)`).MatchString(expr) {
				return true
			}
		}
	}
	return false
}

func (r *renderer) modelsOf(p *place) []*Type {
	return slices.DeleteFunc(r.world.Models(), func(t *Type) bool { return r.home[t.Name] != p })
}

// registry is a file that hands the models to GORM, as programs do, and to the
// oracle, which could not name the unexported ones.
func registry(name string, models []*Type) string {
	var list []string
	for _, m := range models {
		list = append(list, "&"+m.Name+"{}")
	}
	all := strings.Join(list, ", ")
	return "func Migrate" + name + "(db *gorm.DB) error {\n\treturn db.AutoMigrate(" + all + ")\n}\n\n" +
		"func " + name + "() []any {\n\treturn []any{" + all + "}\n}\n"
}
