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

var keyTypes = []string{"int64", "string", "uint32", "[16]byte"}

// underscore is Bun's name of a Go name in the database.
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

// typeName is a type's name as Bun looks for a field of a join model.
func typeName(name string) string { return strings.ToUpper(name[:1]) + name[1:] }
