package dialect_test

import (
	"testing"

	"github.com/rells-dev/rells/index/dialect"
)

func TestNearest(t *testing.T) {
	tests := []struct {
		name       string
		candidates []string
		want       string
	}{
		{"Athor", []string{"Editor", "Author"}, "Author"},
		{"author", []string{"Author"}, "Author"},
		{"Uesr", []string{"User"}, "User"},
		{"AuthorID", []string{"ID", "WriterID", "AuthorsID"}, "AuthorsID"},
		{"Posts", []string{"Comments", "Languages"}, ""},
		{"", []string{"ID"}, ""},
		{"Author", []string{"Author"}, ""},
	}
	for _, test := range tests {
		if got, _ := dialect.Nearest(test.name, test.candidates); got != test.want {
			t.Errorf("Nearest(%q, %q) = %q, want %q", test.name, test.candidates, got, test.want)
		}
	}
}
