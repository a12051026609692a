package generate

var modelNames = []string{
	"User", "Account", "Company", "Post", "Comment", "Order", "Invoice", "Product", "Category", "Person",
	"Child", "Status", "News", "Address", "Box", "Quiz", "Analysis", "Datum", "APIKey", "HTTPLog", "UserID",
	"S3Object", "IPRange", "OAuthApp", "Sheep", "Bus", "City", "Team", "Role", "Tag", "Day", "Mouse", "Node",
	"Index", "Matrix", "X_Y", "Person2", "URL", "A6ID", "Ab", "VM", "HTTPServer", "UIDs", "UTF8Text", "vmImage",
}

var fieldNames = []string{
	"Owner", "Author", "Editor", "Parent", "Manager", "Reviewer", "Leader", "Home", "Origin", "HTTPHost", "Next",
	"Best", "Lead", "UIDs", "Kind", "X", "URLSource", "OAuthApp",
}

var manyNames = []string{
	"Items", "Friends", "Children", "Assets", "Mates", "URLs", "Posts2", "Entries", "Logs", "Parts", "APIKeys",
}

var baseNames = []string{"Base", "Stamps", "Common", "Place", "base"}
