package dialect

import "testing"

func TestPlural(t *testing.T) {
	for one, many := range map[string]string{
		"User": "Users", "Category": "Categories", "Person": "People", "Status": "Statuses", "OrderItem": "OrderItems",
		"A": "As", "X": "Xs", "S": "Ss", "API": "APIs", "UserDTO": "UserDTOs", "OS": "OSes", "V1": "V1s", "OAuth2": "OAuth2s", "Ö": "Ös",
	} {
		if got := plural(one); got != many {
			t.Errorf("many of %s are %s, want %s", one, got, many)
		}
	}
	for _, name := range []string{"People", "Children", "Users", "Series", "Equipment"} {
		if got := plural(name); got != name {
			t.Errorf("many of %s are %s", name, got)
		}
	}
}

func TestSingular(t *testing.T) {
	for many, one := range map[string]string{
		"Users": "User", "People": "Person", "APIs": "API", "Categories": "Category", "Status": "Status",
		"DNS": "DNS", "S": "S", "OS": "OS", "Layer2": "Layer2",
	} {
		if got := singular(many); got != one {
			t.Errorf("one of %s is %s, want %s", many, got, one)
		}
	}
}
