package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Sizes of a generated workspace. One package in modelEvery holds models.
const (
	filesPerPackage = 10
	modelEvery      = 50
	dependents      = 200 // models whose key is accounts.Account.Code
)

// The places in the generated workspace that the latencies are measured at.
const (
	keyFile       = "area00/pkg0000/account.go" // declares accounts.Account
	dependentFile = "area00/pkg0000/file1.go"   // depends on its key
)

// generate writes a module with so many packages, ten files each, below root,
// and beside them a vendor tree and an ignored tree, both full of tags that
// nobody may read. It is the same module each time.
func generate(root string, packages int) error {
	w := writer{root: root}
	w.write("go.mod", "module example.com/shop\n\ngo 1.26\n\nrequire gorm.io/gorm v1.31.2\n")
	w.write(".gitignore", ignored)
	w.write("vendor/modules.txt", "# gorm.io/gorm v1.31.2\n## explicit; go 1.18\ngorm.io/gorm\n")
	w.write("vendor/gorm.io/gorm/model.go", gormModel)
	for n := range packages {
		w.writePackage(n)
	}
	for n := range packages / 2 {
		w.write(fmt.Sprintf("vendor/example.com/lib%04d/models.go", n), models("lib", n, 4))
		w.write(fmt.Sprintf("build/copy%04d/models.go", n), models("copied", n, 4))
	}
	return w.err
}

const ignored = `# what the build leaves behind
/build/
bin/
dist/
*.o
*.out
*.test
*.prof
.idea/
.vscode/
coverage.txt
*_gen.pb.go
docs/**/generated
!docs/keep/generated
tmp
`

const gormModel = `package gorm

import (
	"database/sql"
	"database/sql/driver"
	"time"
)

type DeletedAt sql.NullTime

func (n *DeletedAt) Scan(value any) error { return (*sql.NullTime)(n).Scan(value) }

func (n DeletedAt) Value() (driver.Value, error) { return sql.NullTime(n).Value() }

type Model struct {
	ID        uint ` + "`gorm:\"primarykey\"`" + `
	CreatedAt time.Time
	UpdatedAt time.Time
	DeletedAt DeletedAt ` + "`gorm:\"index\"`" + `
}
`

// writer writes files until the first error.
type writer struct {
	root string
	err  error
}

func (w *writer) write(name, text string) {
	if w.err != nil {
		return
	}
	path := filepath.Join(w.root, filepath.FromSlash(name))
	if w.err = os.MkdirAll(filepath.Dir(path), 0o777); w.err == nil {
		w.err = os.WriteFile(path, []byte(text), 0o666)
	}
}

// writePackage writes the n-th package. The first two with models hold those
// that depend on one key.
func (w *writer) writePackage(n int) {
	folder := fmt.Sprintf("area%02d/pkg%04d", n/100, n)
	pkg := fmt.Sprintf("pkg%04d", n)
	for file := range filesPerPackage {
		name := fmt.Sprintf("%s/file%d.go", folder, file)
		switch {
		case n == 0 && file == 0:
			w.write(keyFile, account)
		case n/modelEvery < 2 && n%modelEvery == 0:
			w.write(name, dependentModels(pkg, n, file))
		case n%modelEvery == 0 && file%2 == 0:
			w.write(name, models(pkg, file, 1))
		default:
			w.write(name, code(pkg, n, file))
		}
	}
}

const account = `package pkg0000

import "gorm.io/gorm"

type Account struct {
	gorm.Model
	Code string ` + "`gorm:\"size:40;uniqueIndex\"`" + `
}
`

// dependentModels holds this file's share of the models that refer to an account
// by its code: packages 0 and 50 have 19 files for them.
func dependentModels(pkg string, n, file int) string {
	const files = 2*filesPerPackage - 1
	var b bytes.Buffer
	fmt.Fprintf(&b, "package %s\n\n", pkg)
	b.WriteString("import (\n\t\"gorm.io/gorm\"\n")
	qualifier, share := "", file-1
	if n != 0 {
		qualifier, share = "pkg0000.", filesPerPackage-1+file
		b.WriteString("\n\t\"example.com/shop/area00/pkg0000\"\n")
	}
	b.WriteString(")\n\n")
	for id := share; id < dependents; id += files {
		fmt.Fprintf(&b, "type Entry%03d struct {\n\tgorm.Model\n\tAccountCode string\n", id)
		fmt.Fprintf(&b, "\tAccount %sAccount `gorm:\"foreignKey:AccountCode;references:Code\"`\n}\n\n", qualifier)
	}
	return b.String()
}

// models is a file of linked models, whose names end in the number of the file.
func models(pkg string, file, count int) string {
	var b bytes.Buffer
	fmt.Fprintf(&b, "package %s\n\nimport \"gorm.io/gorm\"\n", pkg)
	for n := range count {
		suffix := fmt.Sprintf("%d_%d", file, n)
		b.WriteString(strings.ReplaceAll(modelText, "#", suffix))
	}
	return b.String()
}

const modelText = `
// Author# writes books and has tags.
type Author# struct {
	gorm.Model
	Name  string    ` + "`gorm:\"size:200;not null\" json:\"name\"`" + `
	Books []Book# ` + "`gorm:\"foreignKey:WriterID\" json:\"books,omitempty\"`" + `
	Tags  []Tag#  ` + "`gorm:\"many2many:author_tags_#\"`" + `
}

// Book# has one author.
type Book# struct {
	gorm.Model
	Title    string
	WriterID uint
	Writer   *Author# ` + "`gorm:\"foreignKey:WriterID\"`" + `
}

// Tag# is put on authors.
type Tag# struct {
	gorm.Model
	Word    string
	Authors []Author# ` + "`gorm:\"many2many:author_tags_#\"`" + `
}
`

// code is a file without models: request and answer types with tags of other
// libraries, and functions. Files are of different lengths, about 5 kB on average.
func code(pkg string, n, file int) string {
	var b bytes.Buffer
	fmt.Fprintf(&b, "package %s\n\nimport (\n\t\"context\"\n\t\"errors\"\n\t\"fmt\"\n\t\"net/http\"\n)\n", pkg)
	for part := range 1 + (n*7+file*13)%10 {
		suffix := fmt.Sprintf("%d_%d", file, part)
		b.WriteString(strings.ReplaceAll(codeText, "#", suffix))
	}
	return b.String()
}

const codeText = `
// Request# asks for one page of what is stored; the zero value asks for the first.
type Request# struct {
	Query  string   ` + "`json:\"query\" yaml:\"query\"`" + `
	Page   int      ` + "`json:\"page,omitempty\"`" + `
	Labels []string ` + "`json:\"labels,omitempty\"`" + `
}

var errEmpty# = errors.New("the query is empty")

// Validate reports what is wrong with a request.
func (r *Request#) Validate(ctx context.Context) error {
	if r.Query == "" {
		return fmt.Errorf("page %d: %w", r.Page, errEmpty#)
	}
	for i, label := range r.Labels {
		switch {
		case label == "":
			return fmt.Errorf("label %d of %d is empty", i, len(r.Labels))
		case len(label) > 64: // longer ones do not fit the column
			return fmt.Errorf("label %q is too long", label)
		}
	}
	return ctx.Err()
}

// ServeHTTP answers requests.
func (r *Request#) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	r.Query = request.URL.Query().Get("q")
	if err := r.Validate(request.Context()); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	fmt.Fprintln(w, "found:", r.Query, r.Page)
}
`
