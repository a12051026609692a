package pop

import "testing"

func TestNames(t *testing.T) {
	for _, n := range []struct{ name, column, table string }{
		{"User", "user", "users"},
		{"AuthorID", "author_id", "author_ids"},
		{"HTTPRequest", "http_request", "http_requests"},
		{"OAuthToken", "oauth_token", "oauth_tokens"},
		{"XMLDoc", "xmldoc", "xmldocs"},
		{"Credit_Card", "credit_card", "credit_cards"},
		{"UserUUID", "user_uuid", "user_uuids"},
		{"S3Object", "s3_object", "s3_objects"},
		{"Person", "person", "people"},
		{"SalesPerson", "sales_person", "sales_people"},
		{"Child", "child", "children"},
		{"Category", "category", "categories"},
		{"Day", "day", "days"},
		{"Address", "address", "addresses"},
		{"Status", "status", "statuses"},
		{"News", "news", "news"},
		{"Settings", "settings", "settings"},
		{"URL", "url", "urls"},
		{"", "", ""},
	} {
		if got := underscore(n.name); got != n.column {
			t.Errorf("the column of %s is %q, want %q", n.name, got, n.column)
		}
		if got := tableize(n.name); got != n.table {
			t.Errorf("the table of %s is %q, want %q", n.name, got, n.table)
		}
	}
}
