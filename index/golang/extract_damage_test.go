package golang

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/rells-dev/rells/index/facts"
)

// Whatever is typed or deleted on a line of one declaration, each other type of
// the file is read as before.
func TestDamageIsLocal(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	tried := 0
	for path, src := range corpus(t) {
		if strings.Contains(path, "testdata") || strings.Contains(path, "/test/") {
			continue // not formatted, or not Go
		}
		whole := Extract(path, src, Wanted{})
		for range 10 {
			if len(whole.Decls) < 3 {
				break
			}
			victim := &whole.Decls[random.IntN(len(whole.Decls))]
			if victim.Within != "" || victim.Span.Len() < 2 {
				continue
			}
			if !bytes.HasSuffix(src[:victim.Span.Start], []byte("\ntype ")) {
				continue // a brace that is not closed takes the rest of a group
			}
			at := int(victim.Span.Start) + random.IntN(victim.Span.Len())
			damaged := damage(string(src), at, random)
			if strings.Count(damaged, "/*") > bytes.Count(src, []byte("/*")) || strings.Count(damaged, "*/") < bytes.Count(src, []byte("*/")) {
				continue // a comment that is not closed takes what follows
			}
			if strings.Count(damaged, "`") != bytes.Count(src, []byte("`")) && (victim.Type.Kind != facts.StructExpr || at < int(victim.Type.Body.Start)) {
				continue // only tags are told from the raw strings behind them for certain
			}
			tried++
			checkDamage(t, path, damaged, whole, victim)
		}
		if t.Failed() {
			return
		}
	}
	t.Logf("%d damaged files", tried)
	if tried < 300 {
		t.Errorf("only %d damaged files", tried)
	}
}

// damage deletes a few bytes of the line of at, or puts something there.
func damage(src string, at int, random *rand.Rand) string {
	line := src[at : at+len(strings.SplitN(src[at:], "\n", 2)[0])]
	switch random.IntN(4) {
	case 0: // all up to the end of the line
		return src[:at] + src[at+len(line):]
	case 1:
		return src[:at] + src[at+random.IntN(len(line)+1):]
	case 2:
		typed := []string{"{", "}", "(", ")", "[", "]", "\"", "`", "'", "*", ".", ",", "func", "type ", "\n", "struct {", "map[", "`gorm:\""}
		return src[:at] + typed[random.IntN(len(typed))] + src[at:]
	}
	return src[:at] + src[at+min(1, len(line)):]
}

// checkDamage asserts that the types of the package but one survived.
func checkDamage(t *testing.T, path, damaged string, whole *facts.File, victim *facts.Decl) {
	t.Helper()
	part := Extract(path, []byte(damaged), Wanted{})
	checkFile(t, damaged, part)
	var got []string
	for _, d := range part.Decls {
		if d.Within == "" {
			got = append(got, d.Name.Text+" "+describeFields(d.Type.Fields))
		}
	}
	for _, d := range whole.Decls {
		if d.Within != "" || d.Span == victim.Span {
			continue
		}
		if want := d.Name.Text + " " + describeFields(d.Type.Fields); !slices.Contains(got, want) {
			from, to := int(victim.Span.Start), min(int(victim.Span.End)+300, len(damaged))
			t.Errorf("%s: damage to type %s costs %s:\n%s", path, victim.Name.Text, want, damaged[from:to])
			return
		}
	}
}
