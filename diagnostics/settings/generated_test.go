package settings_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/rells-dev/rells/diagnostics/settings"
)

var update = flag.Bool("update", false, "rewrite what is made from the declaration")

// TestGeneratedFiles fails when what is made from the declaration is not what it
// says any more.
func TestGeneratedFiles(t *testing.T) {
	for name, want := range map[string][]byte{"settings.md": settings.Page(), "settings.schema.json": settings.Schema()} {
		path := filepath.Join("..", "..", "docs", name)
		if *update {
			if err := os.WriteFile(path, want, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(bytes.ReplaceAll(got, []byte("\r\n"), []byte("\n")), want) {
			t.Errorf("docs/%s is not what the declaration says: go test ./diagnostics/settings -update", name)
		}
	}
}

// TestManifest fails when the extension for VS Code does not have the settings that are
// declared.
func TestManifest(t *testing.T) {
	path := filepath.Join("..", "..", "editors", "vscode", "package.json")
	manifest, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	manifest = bytes.ReplaceAll(manifest, []byte("\r\n"), []byte("\n"))
	want, err := settings.Manifest(manifest)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(path, want, 0o666); err != nil {
			t.Fatal(err)
		}
	} else if !bytes.Equal(manifest, want) {
		t.Error("the manifest is not what the declaration says: go test ./diagnostics/settings -update")
	}
	if !json.Valid(want) || !bytes.Contains(want, []byte(`"rells.severity.tag-conflict": {`)) {
		t.Errorf("the manifest is %s", want)
	}
}

// TestExampleOfThePage reads the file that the page shows.
func TestExampleOfThePage(t *testing.T) {
	block := regexp.MustCompile("(?s)```toml\n(.*?)```").FindSubmatch(settings.Page())
	if block == nil {
		t.Fatal("the page shows no file")
	}
	set, problems := settings.Parse(block[1])
	if len(problems) > 0 || len(set.Severity) == 0 || len(set.Exclude) == 0 || len(set.Dialects) != 2 {
		t.Errorf("the file of the page is read as %+v, %v", set, problems)
	}
}

// TestSchemaHoldsEverySetting looks every declared setting up in the schema.
func TestSchemaHoldsEverySetting(t *testing.T) {
	type node struct {
		Type                 any
		AdditionalProperties *bool
		Default              any
		Description          string
		Properties           map[string]*node
	}
	var schema node
	if err := json.Unmarshal(settings.Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	for _, s := range settings.Declared() {
		at := &schema
		if s.Table != "" {
			at = schema.Properties[s.Table]
		}
		if at == nil || at.Properties[s.Name] == nil || *at.AdditionalProperties {
			t.Errorf("%s is not in the schema, or anything is", s.Path())
			continue
		}
		if got := at.Properties[s.Name]; got.Description == "" || got.Default == nil {
			t.Errorf("%s has no description or no default", s.Path())
		}
	}
}
