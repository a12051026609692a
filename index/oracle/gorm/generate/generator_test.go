package generate

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// grow renders the first worlds of a seed into one text.
func grow(t *testing.T, seed uint64, worlds int) string {
	t.Helper()
	cases, err := Cases("../testdata/rules")
	if err != nil {
		t.Fatal(err)
	}
	g := New(seed, cases)
	var text strings.Builder
	for range worlds {
		packages, err := g.World().Render(Layout{Module: "m.test", Dir: "w", Rand: g.Rand})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range packages {
			for _, name := range slices.Sorted(maps.Keys(p.Files)) {
				text.WriteString(p.Dir + "/" + name + "\n" + string(p.Files[name]))
			}
		}
	}
	return text.String()
}

func TestSameSeedSameWorlds(t *testing.T) {
	first := grow(t, 1, 10)
	if again := grow(t, 1, 10); again != first {
		t.Error("the same seed grew other worlds")
	}
	if other := grow(t, 2, 10); other == first {
		t.Error("another seed grew the same worlds")
	}
}

// TestMakeLegal checks that no struct is left that holds or embeds itself.
func TestMakeLegal(t *testing.T) {
	types, err := parseTypes(`
type User struct { Post Post }
type Post struct { User User; Pair [2]User }
type Base struct { *Other }
type Other struct { Base }
`)
	if err != nil {
		t.Fatal(err)
	}
	w := &World{Types: types}
	w.makeLegal()
	for _, typ := range w.Types {
		for _, f := range typ.Fields {
			if held := w.heldByValue(f.Type); held != nil && w.reaches(held, typ, (*World).held) {
				t.Errorf("%s.%s still holds a %s", typ.Name, f.name(), typ.Name)
			}
			if f.embeds() && w.reaches(w.targetOf(f.Type), typ, (*World).embedded) {
				t.Errorf("%s still embeds itself by %s", typ.Name, f.name())
			}
		}
	}
	if user := w.lookup("User"); user.Fields[0].Type != "*Post" {
		t.Errorf("User.Post is a %s, want *Post", user.Fields[0].Type)
	}
}

func TestFieldName(t *testing.T) {
	for typ, want := range map[string]string{
		"gorm.Model": "Model", "*Base": "Base", "Keyed[uint]": "Keyed", "*Keyed[time.Time]": "Keyed",
	} {
		if got := (Field{Type: typ}).name(); got != want {
			t.Errorf("an embedded %s is named %s, want %s", typ, got, want)
		}
	}
}
