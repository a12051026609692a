package gorm

import "testing"

func TestRetagged(t *testing.T) {
	for _, test := range []struct{ tag, keys, want string }{
		{"", "foreignKey:AuthorID", "foreignKey:AuthorID"},
		{"foreignKey:EditorID", "foreignKey:AuthorID", "foreignKey:AuthorID"},
		{"constraint:OnDelete:CASCADE", "foreignKey:AuthorID", "foreignKey:AuthorID;constraint:OnDelete:CASCADE"},
		{"foreignKey:A;constraint:-", "foreignKey:B;references:C", "foreignKey:B;references:C;constraint:-"},
		{"constraint:-;FOREIGNKEY:A;references:D;", "foreignKey:B", "constraint:-;foreignKey:B"},
		{"many2many:a;joinForeignKey:X", "many2many:b", "many2many:b"},
		{"foreignKey:A", "", ""},
	} {
		if got := retagged(test.tag, test.keys); got != test.want {
			t.Errorf("retagged(%q, %q) = %q, want %q", test.tag, test.keys, got, test.want)
		}
	}
}
