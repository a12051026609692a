package ask

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

func TestScratchMod(t *testing.T) {
	const mod = `module oracle.test/some

go 1.26.0

require orm.test v1.0.0

replace oracle.test/ask => ../ask

replace orm.test => other.test v1.2.3
`
	oracle := filepath.Join(string(filepath.Separator)+"repo", "oracle", "some")
	want := `module scratch.test/models

go 1.26.0

require orm.test v1.0.0

replace oracle.test/ask => ` + filepath.Join(oracle, "..", "ask") + `

replace orm.test => other.test v1.2.3

require oracle.test/some v0.0.0

replace oracle.test/some => ` + oracle + "\n"
	got, err := scratchMod(mod, oracle)
	if err != nil || got != want {
		t.Errorf("got %v\n%s\nwant\n%s", err, got, want)
	}
	if _, err := scratchMod("// a comment\nmodule oracle.test/some\n", oracle); err == nil {
		t.Error("a go.mod without a module path in its first line was taken")
	}
}

func TestRules(t *testing.T) {
	root := t.TempDir()
	rows := filepath.Join(root, "testdata", "rows")
	if err := os.MkdirAll(rows, 0o777); err != nil {
		t.Fatal(err)
	}
	const text = "# some ORM\nx1 | rule-a rule-b | meaning\nx2 | - | meaning | why not\n"
	if err := os.WriteFile(filepath.Join(rows, "x.txt"), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	got, err := Rules(root, "x")
	if want := map[string][]string{"x1": {"rule-a", "rule-b"}}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v; want %v", got, err, want)
	}
}

func TestRarest(t *testing.T) {
	name, times := Features{"b": 2, "a": 2, "c": 3}.Rarest()
	if name != "a" || times != 2 {
		t.Errorf("got %s, %d", name, times)
	}
}

type base struct{ ID, Name int }

type outer struct {
	*base
	Inner base
	Name  int
}

func TestFieldID(t *testing.T) {
	typ := reflect.TypeOf(outer{})
	for _, test := range []struct {
		index []int
		want  string
	}{{[]int{0, 0}, "ID"}, {[]int{0, 1}, "base.Name"}, {[]int{1, 0}, "Inner.ID"}, {[]int{2}, "Name"}} {
		if got := FieldID(typ, test.index); got != TypeID(typ)+"."+test.want {
			t.Errorf("FieldID(%v) = %s, want %s", test.index, got, test.want)
		}
	}
}
