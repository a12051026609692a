package gorel

import (
	"slices"
	"testing"
)

// The columns are those that serenize/snaker a7ad2135616e makes, which the oracle asks
// for many more.
func TestSnake(t *testing.T) {
	for name, want := range map[string]string{
		"ID": "id", "UserID": "user_id", "IDs": "id_s", "HTTPServer": "https_erver", "HTTPPort": "http_port", "OAuthToken": "oauth_token",
		"A6ID": "a6_id", "XYZ": "x_y_z", "URLs": "url_s", "UTF8Name": "utf8_name", "X": "x", "": "", "UIDUI": "uid_ui",
	} {
		if got := snake(name); got != want {
			t.Errorf("snake(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestInitialismsAreInOrder(t *testing.T) {
	if !slices.IsSorted(initialisms) {
		t.Error("they are searched as a sorted list")
	}
	for _, s := range initialisms {
		if len(s) > longestInitialism {
			t.Errorf("%s is longer than the longest", s)
		}
	}
}
