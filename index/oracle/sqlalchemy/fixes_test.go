package oracle

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// The sizes of a run, in worlds: a fresh sample, and what RELLS_ORACLE=full asks for.
const (
	sampleFixed = 60
	fullFixed   = 1500
)

// firstFixed is the number of the first world: the names of all are of one length, so that
// lines are no longer where one takes the place of another.
const firstFixed = 10000

// rarestFix is how often a full run makes each of the changes below at least.
const rarestFix = 5

// certainFixes are changes that are made without asking, and offeredChanges others.
var (
	certainFixes = []string{
		"back-populates-one-sided: Add back_populates to X",
		"back-populates-unknown: Change to X",
		"foreign-key-missing: Add foreign_keys=... to X",
		"foreign-key-missing: Add foreign_keys to X",
		"kind-mismatch: Add remote_side to X",
		"target-unknown: Change to X",
		"writes-conflict: Add back_populates to X and X",
	}
	offeredChanges = []string{
		"refactoring: Add X",
		"refactoring: Add back_populates to X and X",
		"refactoring: Declare X in place of the X",
		"writes-conflict: Add overlaps to X",
		"writes-conflict: Add viewonly to X",
	}
)

// expectOften expects that a full run makes each change often enough.
func expectOften(t *testing.T, made ask.Features, worlds int, kinds []string) {
	t.Helper()
	made.Print(os.Stdout)
	if worlds < fullFixed {
		return
	}
	for _, kind := range kinds {
		if made[kind] < rarestFix {
			t.Errorf("%s was made %d times, want %d", kind, made[kind], rarestFix)
		}
	}
}

// variant is a world with one of the changes that rells offers, as a package of its own.
type variant struct {
	of        *truth // the world as it was grown
	name      string
	title     string
	rule      string // of the problem that is fixed; "" for a refactoring
	field     string // that the problem is about: "Post.author"
	preferred bool
	files     map[string]string
}

// TestFixes makes each change that rells offers for models with mistakes, one by one: what
// SQLAlchemy then says must not be what was fixed, and nothing new, the other relationships
// must be as before, and what was laid out by black must stay so.
func TestFixes(t *testing.T) {
	python, version := python(t)
	rules := rowRules(t)
	dir := t.TempDir()
	worlds := growSpoilt(t, version, dir, ask.Fields(sampleFixed, fullFixed))
	black(t, dir)
	names := slices.Sorted(maps.Keys(worlds))
	truths, err := askSQLAlchemy(python, dir, names)
	if err != nil {
		t.Fatal(err)
	}
	said, err := askRells(rells, dir)
	if err != nil {
		t.Fatal(err)
	}
	before := map[string]*truth{}
	for i := range truths {
		before[truths[i].Package] = &truths[i]
	}
	variants := changes(t, dir, before)
	changed := t.TempDir()
	after := configureAll(t, python, changed, variants)
	saidAfter, err := askRells(rells, changed)
	if err != nil {
		t.Fatal(err)
	}
	made, differ := ask.Features{}, 0
	for _, v := range variants {
		made[v.kind()]++
		list := v.differences(after[v.name], said[v.of.Package], saidAfter[v.name], rules)
		if len(list) == 0 {
			continue
		}
		if differ++; differ <= 5 {
			t.Errorf("%s of %s [%s] (%s):\n%s\n%s", v.title, v.of.Package, v.rule, worlds[v.of.Package].spoilt, strings.Join(list, "\n"), v.source())
		}
	}
	for path := range blackens(t, changed) {
		text, _ := os.ReadFile(filepath.Join(changed, path))
		differ++
		t.Errorf("%s is not laid out as before:\n%s", path, text)
	}
	expectOften(t, made, len(worlds), slices.Concat(certainFixes, offeredChanges))
	fmt.Printf("SQLAlchemy %s: %d worlds, %d changes, %d differ\n", version, len(worlds), len(variants), differ)
}

// growSpoilt grows worlds, most of them with a mistake, and writes them.
func growSpoilt(t *testing.T, version, dir string, n int) map[string]*world {
	t.Helper()
	g := &grower{Rand: rand.New(rand.NewPCG(ask.Seed(), 2)), features: ask.Features{}, modern: !strings.HasPrefix(version, "1.")}
	g.count = firstFixed
	worlds := map[string]*world{}
	inBodies := slices.DeleteFunc(slices.Clone(forms), func(f *form) bool {
		return !f.among(version) || f != columnForm && f != mappedForm && f != dataclassForm
	})
	for range n {
		g.form = inBodies[g.IntN(len(inBodies))]
		w := g.world()
		if g.chance(75) {
			g.spoil()
		}
		worlds[w.name] = w
		if err := w.write(dir); err != nil {
			t.Fatal(err)
		}
	}
	return worlds
}

// black lays out all files of a folder.
func black(t *testing.T, dir string) {
	t.Helper()
	path, err := exec.LookPath("black")
	if err != nil {
		return // which blackens tells of
	}
	if out, err := exec.Command(path, "--quiet", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// changes lists all that rells offers to change in a folder of worlds.
func changes(t *testing.T, dir string, before map[string]*truth) []*variant {
	t.Helper()
	editor, err := rells.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer editor.Close()
	var list []*variant
	add := func(world string, problem ask.Diagnostic, actions []ask.Action, err error) {
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range actions {
			if strings.HasPrefix(a.Title, "Ignore ") {
				continue
			}
			v := &variant{of: before[world], name: fmt.Sprintf("v%d", firstFixed+len(list)), title: a.Title, rule: problem.Code, preferred: a.Preferred, files: a.Texts}
			v.field, _, _ = strings.Cut(problem.Message, ":")
			list = append(list, v)
			v.complete(t, dir)
		}
	}
	for _, world := range slices.Sorted(maps.Keys(before)) {
		for _, module := range moduleNames {
			file := filepath.Join(world, module+".py")
			if _, err := os.Stat(filepath.Join(dir, file)); err != nil {
				continue
			}
			problems, err := editor.Diagnostics(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range problems {
				actions, err := editor.Fixes(file, p)
				add(world, p, actions, err)
			}
		}
	}
	index, err := rells.Index(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range index.Relations {
		if r.Pairing == "backref" {
			continue
		}
		world, _, _ := strings.Cut(r.Model, ".")
		actions, err := editor.Refactorings(r.File, r.Line, r.Column)
		add(world, ask.Diagnostic{}, actions, err)
	}
	return list
}

// complete adds the files of the world that do not change, and gives all the package's name.
func (v *variant) complete(t *testing.T, dir string) {
	t.Helper()
	files := map[string]string{}
	was := regexp.MustCompile(`\b` + v.of.Package + `\b`)
	for _, module := range append([]string{"__init__", "base"}, moduleNames...) {
		file := filepath.Join(v.of.Package, module+".py")
		text, changed := v.files[file]
		if !changed {
			read, err := os.ReadFile(filepath.Join(dir, file))
			if os.IsNotExist(err) {
				continue
			} else if err != nil {
				t.Fatal(err)
			}
			text = string(read)
		}
		files[module+".py"] = was.ReplaceAllString(text, v.name)
	}
	v.files = files
}

// configureAll asks SQLAlchemy about all variants.
func configureAll(t *testing.T, python, dir string, variants []*variant) map[string]*truth {
	t.Helper()
	after := map[string]*truth{}
	for batch := range slices.Chunk(variants, 200) {
		var names []string
		for _, v := range batch {
			names = append(names, v.name)
			if err := writePackage(filepath.Join(dir, v.name), v.files); err != nil {
				t.Fatal(err)
			}
		}
		truths, err := askSQLAlchemy(python, dir, names)
		if err != nil {
			t.Fatal(err)
		}
		for i := range truths {
			after[truths[i].Package] = &truths[i]
		}
	}
	return after
}

var (
	named = regexp.MustCompile(`[A-Z]\w*(\.\w+)?|\b[a-z_]+[0-9]*$`)
	coded = regexp.MustCompile(`=("[^"]*"|\[[^\]]*\])`)
)

// kind is what the change is, without the names in it.
func (v *variant) kind() string {
	kind := named.ReplaceAllString(coded.ReplaceAllString(v.title[1:], "=..."), "X")
	if v.rule == "" {
		return "refactoring: " + v.title[:1] + kind
	}
	return v.rule + ": " + v.title[:1] + kind
}

// differences lists what the change made wrong.
func (v *variant) differences(after *truth, said, now *said, rules map[string][]string) []string {
	var list notes
	v.refusals(&list, after, said, now, rules)
	if v.of.Error != "" || after.Error != "" {
		return list
	}
	if len(after.Warnings) > len(v.of.Warnings) {
		list.add("new warnings: %q, before %q", after.Warnings, v.of.Warnings)
	}
	if v.rule == "writes-conflict" && len(after.Warnings) >= len(v.of.Warnings) {
		list.add("the warning stays: %q", after.Warnings)
	}
	relations := after.relations()
	for id, was := range v.of.relations() {
		id = v.name + strings.TrimPrefix(id, v.of.Package)
		got, ok := relations[id]
		if !ok {
			list.add("%s is gone", id)
		} else if want := was.renamed(v); v.rule == "" && (got.kind != want.kind || got.target != want.target || got.keys != want.keys || got.join != want.join) {
			list.add("%s is\n\t%+v, was\n\t%+v", id, got, want)
		}
	}
	return list
}

// renamed is a relation in the names of the variant.
func (r relation) renamed(v *variant) relation {
	was := regexp.MustCompile(`\b` + v.of.Package + `\b`)
	for _, text := range []*string{&r.target, &r.keys, &r.join, &r.inverse} {
		*text = was.ReplaceAllString(*text, v.name)
	}
	return r
}

// refusals adds what SQLAlchemy refuses: what was fixed, and what neither it nor rells had
// anything against before.
func (v *variant) refusals(list *notes, after *truth, said, now *said, rules map[string][]string) {
	if after.Error == "" {
		return
	}
	is := rulesOf(after.Error, rules)
	switch was := strings.ReplaceAll(v.of.Error, v.of.Package+".", v.name+"."); {
	case after.Error == was && (v.rule == "" || !slices.Contains(is, v.rule) || v.isOfAnother(after.Error, said)):
	case after.Error == was:
		list.add("it is refused as before: %s", after.Error)
	case v.of.Error == "":
		list.add("it is refused, and was not: %s", after.Error)
	case said.reports(is), hiding[v.rule] && now.reports(is):
	default:
		list.add("it is refused for something new: %s\nbefore it was: %s\nrells said: %v", after.Error, v.of.Error, messages(said.problems))
	}
}

// hiding are the rules of mistakes behind which nothing more can be told of a relationship:
// where it leads, or how it joins.
var hiding = map[string]bool{"target-unknown": true, "foreign-key-missing": true}

// isOfAnother reports whether a message is about another relationship than what was fixed:
// it does not name that, and there is more of the kind that is wrong.
func (v *variant) isOfAnother(message string, said *said) bool {
	return !regexp.MustCompile(`\b`+regexp.QuoteMeta(v.field)+`\b`).MatchString(message) && len(said.of(v.rule)) > 1
}

// reports reports whether there is a problem of one of the rules.
func (s *said) reports(rules []string) bool {
	return s != nil && slices.ContainsFunc(s.problems, func(p ask.Problem) bool { return slices.Contains(rules, p.Rule) })
}

// source writes all modules, for people.
func (v *variant) source() string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(v.files)) {
		b.WriteString("# " + name + "\n" + v.files[name])
	}
	return b.String()
}
