package generate

import "strings"

var modelNames = []string{
	"User", "Account", "Company", "Post", "Comment", "Order", "Invoice", "Product", "Category", "Person",
	"Child", "Status", "News", "Address", "Box", "Quiz", "Analysis", "Datum", "APIKey", "HTTPLog", "UserID",
	"S3Object", "IPRange", "OAuthApp", "Sheep", "Bus", "City", "Team", "Role", "Tag", "Day", "Mouse", "Node",
	"Index", "Matrix", "X_Y", "Person2", "URL", "A6ID", "Ab", "VM", "ledger", "vmImage",
}

var fieldNames = []string{
	"Owner", "Author", "Editor", "Parent", "Manager", "Reviewer", "Leader", "Home", "Origin", "HTTPHost", "Next",
	"Best", "Lead", "UIDs", "Kind", "X",
}

var manyNames = []string{
	"Items", "Friends", "Children", "Assets", "Mates", "URLs", "Posts2", "Entries", "Logs", "Parts",
}

var baseNames = []string{"Base", "Audit", "Stamps", "Common", "Place", "base", "audited", "common"}

var keyTypes = []string{"int64", "int64", "int", "uint64", "string", "int32", "[16]byte", "*int64"}

// sameColumn are types that go-pg keeps in the same type of column.
var sameColumn = map[string][]string{
	"int64": {"int", "uint32", "uint64", "*int64", "sql.NullInt64"}, "int": {"int64", "uint"}, "uint64": {"int64"},
	"string": {"sql.NullString", "*string"}, "int32": {"uint16"}, "*int64": {"int64", "int"},
}

// underscore is go-pg's name of a Go name in the database.
func underscore(name string) string {
	var b strings.Builder
	lower := func(i int) bool { return i >= 0 && i < len(name) && name[i] >= 'a' && name[i] <= 'z' }
	for i := range len(name) {
		if name[i] < 'A' || name[i] > 'Z' {
			b.WriteByte(name[i])
			continue
		}
		if i > 0 && i < len(name)-1 && (lower(i-1) || lower(i+1)) {
			b.WriteByte('_')
		}
		b.WriteString(strings.ToLower(name[i : i+1]))
	}
	return b.String()
}

// upper is a name with its first letter in upper case.
func upper(name string) string { return strings.ToUpper(name[:1]) + name[1:] }
