package gorm

import "testing"

// The names are what gorm.io/gorm v1.31.2 and github.com/jinzhu/gorm v1.9.16 make.
func TestColumnNames(t *testing.T) {
	for _, test := range []struct{ name, v2, v1 string }{
		{"ID", "id", "id"},
		{"UserID", "user_id", "user_id"},
		{"UserIDs", "user_ids", "user_ids"},
		{"HTTPSURL", "http_s_url", "http_s_url"},
		{"IDX", "id_x", "id_x"},
		{"X_Y", "x__y", "x__y"},
		{"S3Key", "s3_key", "s3_key"},
		{"OAuthID", "o_auth_id", "o_auth_id"},
		{"A6ID", "a6_id", "a6_id"},
		{"ABc", "a_bc", "a_bc"},
		{"UserX", "user_x", "user_x"},
		{"x", "x", "x"},
		{"X", "x", "x"},
		{"", "", ""},
	} {
		if got := (naming{}).column(test.name); got != test.v2 {
			t.Errorf("column(%q) = %q, want %q", test.name, got, test.v2)
		}
		if got := columnV1(test.name); got != test.v1 {
			t.Errorf("columnV1(%q) = %q, want %q", test.name, got, test.v1)
		}
	}
}

func TestTableNames(t *testing.T) {
	for _, test := range []struct {
		naming      naming
		table, join string // of Person and of PersonTag
	}{
		{naming{}, "people", "person_tags"},
		{naming{singular: true}, "person", "person_tag"},
		{naming{prefix: "t_"}, "t_people", "t_person_tags"},
		{naming{keepCase: true}, "People", "PersonTags"},
	} {
		if got := test.naming.table("Person"); got != test.table {
			t.Errorf("%+v: table is %q, want %q", test.naming, got, test.table)
		}
		if got := test.naming.joinTable("PersonTag"); got != test.join {
			t.Errorf("%+v: join table is %q, want %q", test.naming, got, test.join)
		}
	}
	if got := (naming{prefix: "t_", singular: true}).joinTable("person_tags"); got != "t_person_tags" {
		t.Errorf("a lower-case join table becomes %q", got)
	}
}
