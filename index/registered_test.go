package index_test

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/rells-dev/rells/index"
)

// TestRegisteredElsewhere keeps models in a package that shows no ORM: what another
// package registers is one, and what leads from it; what is only filled from a query
// is none, nor is what a workspace does not declare.
func TestRegisteredElsewhere(t *testing.T) {
	const store = "package store\n\nimport (\n\t\"gorm.io/gorm\"\n\t\"example.com/dep\"\n\n\t\"example.com/m/models\"\n)\n\n"
	root := layOut(t, map[string]string{
		"models/models.go": "package models\n\ntype Order struct {\n\tID uint\n\tItems []Item\n}\n\ntype Item struct {\n\tID, OrderID uint\n}\n\ntype Total struct {\n\tID uint\n}\n",
		"store/store.go":   store,
		"go.mod":           "module example.com/m\n\nrequire (\n\tgorm.io/gorm v1.31.2\n\texample.com/dep v1.0.0\n)\n",

		"vendor/modules.txt":            "# example.com/dep v1.0.0\n## explicit\nexample.com/dep\n",
		"vendor/example.com/dep/dep.go": "package dep\n\ntype Rule struct {\n\tID uint\n}\n",
	})
	x := load(t, root, nil)
	for _, test := range []struct {
		call string
		want []string
	}{
		{"", nil},
		{"db.AutoMigrate(&models.Order{})", []string{"Item", "Order"}},
		{"db.AutoMigrate(&models.Total{}, &dep.Rule{})", []string{"Total"}},
		{"db.Find(&models.Total{})", nil},
		{"db.Create(&models.Item{})", nil},
	} {
		path := filepath.Join(root, "store", "store.go")
		put(t, path, store+"func run(db *gorm.DB) { "+test.call+" }\n")
		x.Update(index.Change{Path: path, Kind: index.OnDisk})
		var got []string
		for n := range x.Snapshot().Nodes() {
			got = append(got, n.Ref.Name)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s makes models of %q, want %q", test.call, got, test.want)
		}
		sameAsFresh(t, test.call, root, x)
	}
}
