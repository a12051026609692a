package index

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestMarkersFindWhatAPlainSearchFinds writes texts of the markers' own letters,
// in which whole markers, parts of them and neighbours abound.
func TestMarkersFindWhatAPlainSearchFinds(t *testing.T) {
	texts := []string{`orm:"`, `orm:\"`, "orm.io/orm", "x/orm", "plain"}
	m := groupMarkers(texts)
	random := rand.New(rand.NewPCG(1, 2))
	found := 0
	for range 20_000 {
		var b strings.Builder
		for range random.IntN(6) {
			text := texts[random.IntN(len(texts))]
			from := random.IntN(len(text))
			b.WriteString(text[from : from+random.IntN(len(text)-from+1)])
		}
		src, want := []byte(b.String()), false
		for _, text := range texts {
			want = want || bytes.Contains(src, []byte(text))
		}
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
