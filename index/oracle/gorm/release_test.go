package oracle

import (
	"testing"

	"github.com/rells-dev/rells/index/oracle/gorm/generate"
)

// TestReleases holds rells against older versions of GORM, which the go.mod file of
// the models names, over each case of testdata/rules.
func TestReleases(t *testing.T) {
	cases, err := generate.Cases("testdata/rules")
	if err != nil {
		t.Fatal(err)
	}
	b, _ := fillPlainly(t, cases)
	for _, version := range []string{"v1.31.0", "v1.25.6", "v1.25.5"} {
		t.Run(version, func(t *testing.T) {
			if err := b.useGORM(version); err != nil {
				t.Fatal(err)
			}
			b.mustAgree(t)
		})
	}
}
