package oracle

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rells-dev/rells/index/oracle/ask"
	"github.com/rells-dev/rells/index/oracle/gorm/generate"
)

// TestNaming holds rells, with the naming strategy in its settings, against GORM
// with the same strategy: one batch of models under each.
func TestNaming(t *testing.T) {
	cases, err := generate.Cases("testdata/rules")
	if err != nil {
		t.Fatal(err)
	}
	b := growBatch(t, generate.New(ask.Seed(), cases))
	for _, strategy := range []struct{ naming, settings string }{
		{`{"TablePrefix":"shop_"}`, `table_prefix = "shop_"`},
		{`{"SingularTable":true}`, `singular_table = true`},
		{`{"NoLowerCase":true}`, `no_lower_case = true`},
		{`{"TablePrefix":"S.","SingularTable":true,"NoLowerCase":true}`,
			"table_prefix = 'S.'\nsingular_table = true\nno_lower_case = true"},
	} {
		t.Run(strategy.settings, func(t *testing.T) {
			b.naming = strategy.naming
			text := []byte("[gorm]\n" + strategy.settings + "\n")
			if err := os.WriteFile(filepath.Join(b.Dir, "rells.toml"), text, 0o644); err != nil {
				t.Fatal(err)
			}
			b.mustAgree(t)
		})
	}
}
