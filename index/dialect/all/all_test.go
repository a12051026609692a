package all_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/rells-dev/rells/index/dialect/all"
	"github.com/rells-dev/rells/index/relation"
)

func TestOptionTables(t *testing.T) {
	for _, d := range all.Dialects {
		seen := map[string]bool{}
		for _, o := range d.Options {
			folded := strings.ToUpper(o.Name)
			if seen[folded] {
				t.Errorf("%s: option %s is listed twice", d.Name, o.Name)
			}
			seen[folded] = true
			if !strings.HasSuffix(o.Doc, ".") {
				t.Errorf("%s: the doc of %s is no sentence: %q", d.Name, o.Name, o.Doc)
			}
			if o.Module != "" && !slices.Contains(d.Modules, o.Module) {
				t.Errorf("%s: option %s belongs to module %s, which the dialect does not know", d.Name, o.Name, o.Module)
			}
			if o.List != "" && o.Role == relation.NoRole {
				t.Errorf("%s: option %s has a list of nothing", d.Name, o.Name)
			}
		}
	}
}

func TestDialectsAreFoundByName(t *testing.T) {
	for _, d := range all.Dialects {
		if all.ByName(d.Name) != d {
			t.Errorf("ByName(%q) is another dialect", d.Name)
		}
	}
	if all.ByName("nothing") != nil {
		t.Error("ByName finds a dialect that there is not")
	}
}
