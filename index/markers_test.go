package index

import (
	"bytes"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestMarkersFindWhatAPlainSearchFinds writes texts of the markers' own letters,
// in which whole markers, parts of them and neighbours abound. The key of a tag is none
// where it ends a longer one.
func TestMarkersFindWhatAPlainSearchFinds(t *testing.T) {
	texts := []string{`orm:"`, `orm:\"`, "orm.io/orm", "x/orm", "plain", "orm$", "/orm"}
	m := groupMarkers(texts)
	plain := regexp.MustCompile(`(^|[^A-Za-z_])orm:\\?"|orm\.io/orm|x/orm|plain|orm\$|/orm`)
	random := rand.New(rand.NewPCG(1, 2))
	found := 0
	for range 20_000 {
		var b strings.Builder
		for range random.IntN(6) {
			text := texts[random.IntN(len(texts))]
			from := random.IntN(len(text))
			b.WriteString(text[from : from+random.IntN(len(text)-from+1)])
			b.WriteString(strings.Repeat(" ", random.IntN(2)))
		}
		src := []byte(b.String())
		want := plain.Match(src)
		if want {
			found++
		}
		if got := m.in(src); got != want {
			t.Fatalf("in %q markers are found: %t, want %t", src, got, want)
		}
	}
	if found < 1000 || found > 19_000 {
		t.Errorf("%d of 20,000 texts hold a marker: the test hardly tells anything", found)
	}
}

// BenchmarkMarkers looks for the markers of two dialects, and of twelve, in source
// that holds none: both must take the same time.
func BenchmarkMarkers(b *testing.B) {
	two := []string{`rel:"`, `rel:\"`, `gorm:"`, `gorm:\"`, "gorm.io/gorm", "github.com/jinzhu/gorm"}
	twelve := slices.Concat(two, []string{"github.com/uptrace/bun", `entgo.io/ent"`, "github.com/go-pg/pg", "github.com/go-rel/rel"})
	for _, key := range []string{"bun", "pg", "orm", "ref", "db", "has_many", "has_one", "belongs_to", "many_to_many", "xorm", "reform"} {
		twelve = append(twelve, key+`:"`, key+`:\"`)
	}
	source := bytes.Repeat([]byte("// Close ends it: see https://example.com/x.\nfunc (s *S) Close() error {\n"+
		"\tif err := s.flush(); err != nil {\n\t\treturn fmt.Errorf(\"close: %w\", err)\n\t}\n\treturn s.a / s.b[:n]\n}\n\n"+
		"type S struct {\n\tName string `json:\"name\"`\n}\n"), 4000)
	for _, c := range []struct {
		name  string
		texts []string
	}{{"dialects=2", two}, {"dialects=12", twelve}} {
		b.Run(c.name, func(b *testing.B) {
			m := groupMarkers(c.texts)
			b.SetBytes(int64(len(source)))
			for b.Loop() {
				if m.in(source) {
					b.Fatal("there is a marker")
				}
			}
		})
	}
}
