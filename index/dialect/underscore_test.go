package dialect

import "testing"

func TestUnderscore(t *testing.T) {
	for name, want := range map[string]string{
		"ID": "id", "UserID": "user_id", "URLs": "ur_ls", "UserIDs": "user_i_ds", "HTTPSURL": "httpsurl",
		"A6ID": "a6id", "PA": "pa", "AbC": "abc", "HTMLParser": "html_parser", "X_Y": "x_y", "a": "a", "": "",
	} {
		if got := Underscore(name); got != want {
			t.Errorf("Underscore(%q) = %q, want %q", name, got, want)
		}
	}
}
