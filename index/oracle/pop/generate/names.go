package generate

// typeNames are names of models: with words that have plurals of their own, acronyms that
// flect knows, and others that it does not.
var typeNames = []string{
	"User", "Person", "SalesPerson", "Child", "Category", "Day", "Box", "Leaf", "Wolf", "Knife", "Hero", "Photo", "Quiz",
	"Bus", "Status", "Address", "Analysis", "Index", "Matrix", "Criterion", "Datum", "Medium", "News", "Series", "Mouse",
	"Company", "Key", "APIKey", "OAuthToken", "HTTPRequest", "HTTPSProxy", "URLMap", "XMLDoc", "JSONBlob", "UserUUID", "SQLQuery",
	"S3Object", "IPAddress", "DNSRecord", "CPUCore", "MTOServiceItem", "GSRAppeal", "Song2", "A", "AB", "IDCard", "Credit_Card",
	"Order", "OrderLine", "Invoice", "Post", "Comment", "Tag", "Team", "Membership", "Letter", "Alias", "Buffalo", "Movie",
	"Formula", "Curriculum", "Foot", "Goose", "Fish", "Equipment", "Settings", "UserSettings", "Toe", "Shoe", "Lens", "Class",
}

// roles are what associations are called besides.
var roles = []string{"Owner", "Author", "Editor", "Parent", "Boss", "Main", "Home", "First", "Last", "Billing", "URL", "HTTPHost"}
