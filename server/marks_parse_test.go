package server_test

import (
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestScenarioRefused checks that no expectation of a case can go unseen.
func TestScenarioRefused(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"nothing expected", "-- a.go --\npackage a\n", "expects nothing"},
		{"only a label", "-- a.go --\npackage a //@loc(x, \"a\")\n", "expects nothing"},
		{"unknown mark", "-- a.go --\npackage a //@digg(\"a\", \"b\", \"c\")\n", "unknown mark digg"},
		{"too few arguments", "-- a.go --\npackage a //@diag(\"a\", \"b\")\n", "number of arguments"},
		{"too many arguments", "-- a.go --\npackage a //@nofix(\"a\", \"b\")\n", "number of arguments"},
		{"text not there", "-- a.go --\npackage a //@diag(\"b\", \"c\", \"d\")\n", "is not in a.go:1"},
		{"text only in the mark", "-- a.go --\npackage a //@nofix(\"nofix\")\n", "is not in a.go:1"},
		{"unreadable", "-- a.go --\npackage a //@diag(\n", "missing"},
		{"no mark", "-- a.go --\npackage a //@diag\n", "name(arguments)"},
		{"number", "-- a.go --\npackage a //@diag(1, 2, 3)\n", "a string or a name"},
		{"label twice", "-- a.go --\npackage a //@loc(x, \"a\"), loc(x, \"p\")\n", "two places are called x"},
		{"three bars", "-- a.go --\npackage a //@nofix(\"|p|a|\")\n", "more than two bars"},
		{"was nothing", "-- a.go --\npackage a //@nofix(\"a\")\n-- was/b.go --\npackage a\n", "b.go was something"},
		{"want without line", "-- a.go --\npackage a\n-- want --\na.go: diag(\"a\", \"b\", \"c\")\n", "path:line"},
		{"want beyond the file", "-- a.go --\npackage a\n-- want --\na.go:9: diag(\"a\", \"b\", \"c\")\n", "no line 9"},
	}
	for _, test := range tests {
		_, err := parseScenario(txtar.Parse([]byte(test.text)))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want one with %q", test.name, err, test.want)
		}
	}
}

func TestScenarioRead(t *testing.T) {
	s, err := parseScenario(txtar.Parse([]byte("-- a.go --\npackage a //@nofix(\"ack|age\"), diag(\"age\", \"r\", `m`)\n-- want --\na.go:1: hover(\"k|ag|e\")\n")))
	if err != nil {
		t.Fatal(err)
	}
	want := []mark{
		{"nofix", []string{"ack|age"}, location{"a.go", 1, 4, 4}},
		{"diag", []string{"age", "r", "m"}, location{"a.go", 1, 4, 7}},
		{"hover", []string{"k|ag|e"}, location{"a.go", 1, 4, 6}},
	}
	for i, m := range s.marks {
		if m.name != want[i].name || m.at != want[i].at || strings.Join(m.args, "\x00") != strings.Join(want[i].args, "\x00") {
			t.Errorf("mark %d = %+v, want %+v", i, m, want[i])
		}
	}
}
