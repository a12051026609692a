package diagram_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/rells-dev/rells/diagnostics"
	"github.com/rells-dev/rells/diagram"
	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/dialect/all"
	"github.com/rells-dev/rells/index/relation"
)

var update = flag.Bool("update", false, "rewrite what is wanted of each case")

// formats are the parts of a case in which a notation is wanted.
var formats = map[string]func(*bytes.Buffer, *diagram.Graph) error{
	"mermaid": func(b *bytes.Buffer, g *diagram.Graph) error { return diagram.Mermaid(b, g) },
	"dot":     func(b *bytes.Buffer, g *diagram.Graph) error { return diagram.DOT(b, g) },
	"json": func(b *bytes.Buffer, g *diagram.Graph) error {
		encoder := json.NewEncoder(b)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		return encoder.Encode(g)
	},
}

// TestCases draws the workspace of each case, by the options that its comment holds as
// lines "focus: ID", "depth: N" and "package: PATH".
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			g := graph(t, archive)
			checked := 0
			for i := range archive.Files {
				part := &archive.Files[i]
				write, ok := formats[part.Name]
				if !ok {
					continue
				}
				checked++
				var got bytes.Buffer
				if err := write(&got, g); err != nil {
					t.Fatal(err)
				}
				if *update {
					part.Data = got.Bytes()
				}
				if diff := cmp.Diff(string(part.Data), got.String()); diff != "" {
					t.Errorf("%s (-want +got):\n%s", part.Name, diff)
				}
			}
			if checked == 0 {
				t.Error("the case says nothing of what is wanted")
			}
			if *update {
				if err := os.WriteFile(file, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// graph is that of the Go files and the go.mod of an archive.
func graph(t *testing.T, archive *txtar.Archive) *diagram.Graph {
	t.Helper()
	root := t.TempDir()
	for _, part := range archive.Files {
		if filepath.Ext(part.Name) == "" {
			continue
		}
		path := filepath.Join(root, filepath.FromSlash(part.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, part.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	x := index.New(index.Options{Roots: []string{root}, Dialects: all.Dialects})
	if err := x.Load(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	checker := diagnostics.NewChecker(diagnostics.Rules())
	checker.Update(x.Snapshot())
	o := options(t, string(archive.Comment))
	o.Locate = func(p relation.Place) any {
		name, err := filepath.Rel(root, p.File)
		if err != nil {
			t.Fatal(err)
		}
		return filepath.ToSlash(name)
	}
	return diagram.New(x.Snapshot(), checker.All(), o)
}

func options(t *testing.T, comment string) (o diagram.Options) {
	t.Helper()
	for line := range strings.Lines(comment) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch name {
		case "focus":
			o.Focus = value
		case "depth":
			if err := json.Unmarshal([]byte(value), &o.Depth); err != nil {
				t.Fatal(err)
			}
		case "package":
			o.Package = value
		}
	}
	return o
}

// TestDOTIsRead has Graphviz lay the cases out.
func TestDOTIsRead(t *testing.T) {
	dot, err := exec.LookPath("dot")
	if err != nil {
		if os.Getenv("RELLS_REQUIRE_ALL") != "" {
			t.Fatal(err)
		}
		t.Skip("there is no dot: install graphviz")
	}
	archive, err := txtar.ParseFile("testdata/notation.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var source bytes.Buffer
	if err := diagram.DOT(&source, graph(t, archive)); err != nil {
		t.Fatal(err)
	}
	command := exec.Command(dot, "-Tplain")
	command.Stdin = &source
	var complaints bytes.Buffer
	command.Stderr = &complaints
	laid, err := command.Output()
	if err != nil || complaints.Len() > 0 {
		t.Fatalf("%v\n%s", err, complaints.Bytes())
	}
	if nodes := bytes.Count(laid, []byte("\nnode ")); nodes != 9 {
		t.Errorf("%d boxes, want 9:\n%s", nodes, laid)
	}
}

// TestPageHoldsTheGraph looks for hostile names in the page.
func TestPageHoldsTheGraph(t *testing.T) {
	const hostile = "</script><script>alert(1)</script>"
	g := &diagram.Graph{Version: 1, Models: []diagram.Model{{ID: "m." + hostile, Name: hostile}}}
	var page bytes.Buffer
	if err := diagram.Page(&page, g); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(page.Bytes(), []byte(hostile)) {
		t.Error("the name of a model ends the element that the graph stands in")
	}
	_, rest, _ := bytes.Cut(page.Bytes(), []byte(`id="graph">`))
	data, _, found := bytes.Cut(rest, []byte("</script>"))
	var back diagram.Graph
	if err := json.Unmarshal(data, &back); err != nil || !found || len(back.Models) != 1 || back.Models[0].Name != hostile {
		t.Errorf("the page holds %s: %v", data, err)
	}
	if bytes.Contains(page.Bytes(), []byte("{{")) && !bytes.Contains(data, []byte("{{")) {
		t.Error("the page has a gap that nobody filled")
	}
}

func TestInPackage(t *testing.T) {
	for _, test := range []struct {
		pattern string
		want    bool
	}{
		{"example.com/shop/internal/models", true},
		{"models", true},
		{"internal/models", true},
		{"./internal/models", true},
		{"internal/...", true},
		{"example.com/shop/...", true},
		{"models/...", true},
		{"internal", false},
		{"odels", false},
		{"intern/...", false},
		{"example.com/shop", false},
	} {
		if got := diagram.InPackage("example.com/shop/internal/models", test.pattern); got != test.want {
			t.Errorf("%s: %t", test.pattern, got)
		}
	}
}
