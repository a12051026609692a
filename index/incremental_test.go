package index_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/dialect/all"
)

var (
	editSeed  = flag.Uint64("edit-seed", 0, "seed of the random edits; 0 takes one from the clock")
	editCount = flag.Int("edits", 150, "how many random edits TestIncrementalEqualsScratch makes")
)

// TestIncrementalEqualsScratch edits a workspace at random, in the editor and on
// disk, and after each edit compares the snapshot with that of a fresh load. Now and
// then the index forgets whatever it can.
func TestIncrementalEqualsScratch(t *testing.T) {
	seed := *editSeed
	if seed == 0 {
		seed = uint64(time.Now().UnixNano())
	}
	t.Logf("-edit-seed %d", seed)
	compareWithScratch(t, seed, newRandomWorkspace(t, seed, randomPackages))
}

// TestIncrementalPython is likewise for Python alone, of whose edits nearly all reach others.
func TestIncrementalPython(t *testing.T) {
	seed := *editSeed
	if seed == 0 {
		seed = uint64(time.Now().UnixNano())
	}
	t.Logf("-edit-seed %d", seed)
	compareWithScratch(t, seed, newRandomWorkspace(t, seed, []string{pythonPackage}))
}

func compareWithScratch(t *testing.T, seed uint64, w *randomWorkspace) {
	x := load(t, w.root, nil)
	for n := range *editCount {
		what := w.edit()
		x.Update(w.changes...)
		if w.rand.IntN(4) == 0 {
			x.Forget()
		}
		w.count(x.Snapshot())
		fresh := load(t, w.root, w.open).Snapshot()
		if diff := cmp.Diff(dump(t, fresh), dump(t, x.Snapshot())); diff != "" {
			t.Fatalf("seed %d, edit %d (%s): updated snapshot differs from a fresh one (-fresh +updated):\n%s", seed, n, what, diff)
		}
		expectFacts(t, fmt.Sprintf("seed %d, edit %d (%s)", seed, n, what), fresh, x.Snapshot())
	}
	t.Logf("at most: %v", w.most)
	for _, what := range []string{"models", "relations", "pairs", "mistakes", "statements"} {
		enough := map[string]int{"models": 5, "relations": 5, "pairs": 2, "mistakes": 5, "statements": 5}
		if len(w.names) == 1 { // a few small modules
			enough = map[string]int{"models": 3, "relations": 1, "mistakes": 1}
		}
		if w.most[what] < enough[what] {
			t.Errorf("the workspace never had more than %d %s: the edits show too little", w.most[what], what)
		}
	}
}

// load reads a folder from scratch, with the given documents open.
func load(t testing.TB, root string, open map[string]string) *index.Index {
	t.Helper()
	x := index.New(index.Options{Roots: []string{root}, Dialects: all.Dialects})
	var changes []index.Change
	for path, text := range open {
		changes = append(changes, index.Change{Path: path, Kind: index.Edited, Text: []byte(text), Version: 1})
	}
	x.Update(changes...)
	if err := x.Load(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	return x
}

// dump is everything that a snapshot says, as text.
func dump(t testing.TB, s *index.Snapshot) string {
	t.Helper()
	var out strings.Builder
	for n := range s.Nodes() {
		for _, m := range n.Models {
			text, err := json.MarshalIndent(m, "", " ")
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&out, "model %s %s\n%s\n", n.Ref, m.Dialect, text)
			for i := range m.Relations {
				p := s.Pair(&m.Relations[i])
				fmt.Fprintf(&out, "pair %s: %s %s %s %v\n", m.Relations[i].ID, p.Inverse, p.Dialect, p.Pairing, p.Claims)
			}
		}
		for _, from := range s.NodesLeadingTo(n.Ref) {
			fmt.Fprintf(&out, "%s <- %s\n", n.Ref, from.Ref)
		}
	}
	for path, f := range s.Files() {
		fmt.Fprintf(&out, "file %s open=%v size=%d text=%d\n", path, f.Open, f.Facts.Size, len(f.Source))
		for _, n := range s.NodesIn(path) {
			fmt.Fprintf(&out, "  holds %s\n", n.Ref)
		}
	}
	return out.String()
}

// randomWorkspace is a module of a few packages that is rewritten file by file.
type randomWorkspace struct {
	root    string
	rand    *rand.Rand
	names   []string // of its packages
	disk    map[string]string
	open    map[string]string
	changes []index.Change // what the last edit was
	most    map[string]int // how many of each thing there ever were at once
}

var (
	randomPackages = []string{"a", "b", "c", quietPackage, joinedPackage, schemaPackage, inferredPackage, pythonPackage, pythonPackage}
	randomNames    = []string{"User", "Post", "Tag", "Team", "Base"}
	randomFields   = []string{
		"User *User `rel:\"back_populates:Posts\"`", "User User", "Posts []Post `rel:\"back_populates:User\"`", "Posts []*Post",
		"Post *Post", "Tags []Tag", "Tags []Tag `gorm:\"many2many:links\"`", "Users []User `gorm:\"many2many:links\" rel:\"back_populates:Tags\"`",
		"Team *Team", "Teams []Team", "Far *other.User `gorm:\"foreignKey:UserID\"`", "Posts []other.Post",
	}
	randomTags = []string{
		`gorm:"foreignKey:UserID"`, `gorm:"foreignKey:Nope"`, `rel:"has-many,back_populates:User"`, `gorm:"-"`, `gorm:"embedded"`,
		`rel:"belongs-to,foreign_key:UserID"`, `gorm:"polymorphic:Owner"`, `rel:"back_`,
	}
)

// quietPackage holds nothing that shows an ORM: calls elsewhere make its structs models.
const quietPackage = "quiet"

// inferredPackage has relations without a tag: whether a field is one depends on what
// it leads to, in quietPackage too.
const inferredPackage = "inferred"

// joinedPackage speaks of models by their tables, and makes them known in calls.
const joinedPackage = "joined"

// schemaPackage declares relations in code.
const schemaPackage = "schema"

func newRandomWorkspace(t *testing.T, seed uint64, packages []string) *randomWorkspace {
	w := &randomWorkspace{
		root:  t.TempDir(),
		rand:  rand.New(rand.NewPCG(seed, 1)),
		names: packages,
		disk:  map[string]string{},
		open:  map[string]string{},
		most:  map[string]int{},
	}
	w.write("go.mod", "module example.com/m\n\ngo 1.26\n\nrequire gorm.io/gorm v1.31.2\n")
	for range 12 {
		name := w.anyFile()
		w.write(name, w.source(name))
	}
	return w
}

func (w *randomWorkspace) pick(from []string) string { return from[w.rand.IntN(len(from))] }

func (w *randomWorkspace) anyFile() string {
	if pkg := w.pick(w.names); pkg != pythonPackage {
		return fmt.Sprintf("%s/f%d.go", pkg, w.rand.IntN(3))
	}
	return pythonPackage + "/" + w.pick(pythonFiles)
}

func (w *randomWorkspace) write(name, text string) string {
	path := filepath.Join(w.root, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		panic(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		panic(err)
	}
	w.disk[path] = text
	return path
}

// edit changes one thing and says what.
func (w *randomWorkspace) edit() string {
	name := w.anyFile()
	path := filepath.Join(w.root, filepath.FromSlash(name))
	_, onDisk := w.disk[path]
	text, isOpen := w.open[path]
	switch {
	case isOpen && strings.HasSuffix(name, ".py") && w.rand.IntN(2) == 0:
		return w.overlay(path, w.otherAttribute(text), "change an attribute in "+name)
	case isOpen && w.rand.IntN(3) == 0:
		delete(w.open, path)
		w.changes = []index.Change{{Path: path, Kind: index.Closed}}
		return "close " + name
	case isOpen && w.rand.IntN(3) == 0:
		cut := w.rand.IntN(len(text) + 1)
		return w.overlay(path, text[:cut]+w.pick([]string{"", "\n", "x", "`", "User"})+text[cut:], "type in "+name)
	case isOpen && w.rand.IntN(3) == 0 && strings.HasSuffix(name, ".py"):
		return w.overlay(path, "# pushed down\n"+text, "push "+name)
	case isOpen && w.rand.IntN(3) == 0:
		return w.overlay(path, "// pushed down\n"+text, "push "+name)
	case w.rand.IntN(3) == 0:
		return w.overlay(path, w.source(name), "edit "+name)
	case onDisk && w.rand.IntN(4) == 0:
		delete(w.disk, path)
		os.Remove(path)
		w.changes = []index.Change{{Path: path, Kind: index.OnDisk}}
		return "delete " + name
	}
	w.write(name, w.source(name))
	w.changes = []index.Change{{Path: path, Kind: index.OnDisk}}
	return "write " + name
}

func (w *randomWorkspace) overlay(path, text, what string) string {
	w.open[path] = text
	w.changes = []index.Change{{Path: path, Kind: index.Edited, Text: []byte(text), Version: 1}}
	return what
}

// source is a file with some types, relations, methods and calls. Most of what it
// says fits together, some of it does not.
func (w *randomWorkspace) source(name string) string {
	var s strings.Builder
	pkg, _, _ := strings.Cut(name, "/")
	if pkg == quietPackage {
		return w.quiet()
	}
	if pkg == joinedPackage {
		return w.joined()
	}
	if pkg == pythonPackage {
		return w.pythonSource(name)
	}
	if pkg == schemaPackage {
		return w.schemas()
	}
	if pkg == inferredPackage {
		return w.inferred()
	}
	if w.rand.IntN(15) == 0 {
		pkg = w.pick(randomPackages[:3])
	}
	fmt.Fprintf(&s, "package %s\n\nimport (\n\t\"gorm.io/gorm\"\n\tother \"example.com/m/%s\"\n\t\"example.com/m/quiet\"\n)\n%s", pkg, w.pick(w.names), strings.Repeat("\n", w.rand.IntN(3)))
	for range 1 + w.rand.IntN(3) {
		w.model(&s)
	}
	s.WriteString(w.pick([]string{
		"", "", "type Alias = other.Post\n", "type Alias []Post\n", "func (Team) TableName() string { return \"teams\" }\n",
		"func (Tag) Value() (any, error) { return nil, nil }\n", "type Attrs map[string]any\n",
		"func run(db *gorm.DB) { db.AutoMigrate(Attrs{}, other.Attrs{}, map[int]int{}) }\n",
		"func run(db *gorm.DB) { db.AutoMigrate(&User{}, other.Team{}) }\n",
		"func run(db *gorm.DB) { db.AutoMigrate(&quiet.Note{}) }\n",
		"func run(db *gorm.DB) { db.AutoMigrate(&quiet.Word{}) }\n",
		"func run(db *gorm.DB) { db.AutoMigrate(&plain.Note{}); db.Find(&plain.Word{}) }\n",
		"func run(db *gorm.DB) { db.AutoMigrate(&plain.Word{}) }\n",
		"func run(db *gorm.DB) {\n\ttype Local struct {\n\t\tID uint `gorm:\"primaryKey\"`\n\t\tPosts []Post\n\t}\n\tdb.Create(&Local{})\n}\n",
	}))
	return s.String()
}

func (w *randomWorkspace) quiet() string {
	return "package quiet\n\n" + w.pick([]string{
		"type Note struct {\n\tID uint\n\tWords []Word\n}\n", "type Note struct {\n\tID, WordID uint\n\tWord *Word\n}\n",
		"type Word struct {\n\tID, NoteID uint\n\tNote Note\n}\n", "type Word string\n", "type Word = Note\n", "",
		"const Owner = \"owner\"\n", "const Owner string = \"holder\"\n",
	})
}

// schemas are two or three of what a schema of ent can be made of.
func (w *randomWorkspace) schemas() string {
	s := "package schema\n\nimport (\n\t\"entgo.io/ent\"\n\t\"entgo.io/ent/schema/edge\"\n\t\"entgo.io/ent/schema/field\"\n\t\"entgo.io/ent/schema/mixin\"\n\t\"example.com/m/quiet\"\n)\n"
	for range 2 + w.rand.IntN(2) {
		s += "\n" + w.pick([]string{
			"type User struct{ ent.Schema }\n\nfunc (User) Edges() []ent.Edge { return []ent.Edge{edge.To(\"pets\", Pet.Type), owned()} }\n",
			"type User struct{ ent.Schema }\n\nfunc (User) Edges() []ent.Edge { return to(\"pets\", Pet.Type) }\n",
			"type Pet struct{ ent.Schema }\n\nfunc (Pet) Mixin() []ent.Mixin { return []ent.Mixin{Owned{\"pets\"}, Owned{Ref: pets}} }\n",
			"type Pet struct{ ent.Schema }\n\nfunc (Pet) Fields() []ent.Field { return []ent.Field{key()} }\n\nfunc (Pet) Edges() []ent.Edge { return []ent.Edge{owned()} }\n",
			"type Owned struct {\n\tmixin.Schema\n\tRef string\n}\n\nfunc (o Owned) Edges() []ent.Edge { return []ent.Edge{edge.From(quiet.Owner, User.Type).Ref(o.Ref).Unique()} }\n",
			"type Owned struct{ Base }\n",
			"func to(name string, t any) []ent.Edge { return []ent.Edge{edge.To(name, t)} }\n",
			"func to(name string, t any) (list []ent.Edge) { return nil }\n",
			"func owned() ent.Edge { return edge.From(quiet.Owner, User.Type).Ref(pets).Unique() }\n",
			"func owned() ent.Edge { return edge.To(quiet.Owner, User.Type).Unique().Field(\"owner_id\") }\n",
			"func key() ent.Field { return field.Int(\"owner_id\").Optional() }\n",
			"const pets = \"pets\"\n", "const pets = \"animals\"\n",
		})
	}
	return s
}

// inferred is one or two structs that go-rel finds relations in, and a call.
func (w *randomWorkspace) inferred() string {
	s := "package inferred\n\nimport (\n\t\"context\"\n\n\t\"github.com/go-rel/rel\"\n\t\"example.com/m/quiet\"\n)\n"
	for range 1 + w.rand.IntN(2) {
		s += "\n" + w.pick([]string{
			"type User struct {\n\tID int\n\tPosts []Post\n\tNote *quiet.Note `ref:\"id\" fk:\"word_id\"`\n}\n",
			"type User struct {\n\tBase\n\tPosts []Post `ref:\"id\" fk:\"author\"`\n\tTags []Tag `through:\"posts\"`\n}\n",
			"type Post struct {\n\tID, UserID, TagID int\n\tUser User\n\tTag *Tag\n}\n",
			"type Post struct {\n\tBase\n\tAuthorID int `db:\"author\"`\n\tUser *User `ref:\"author\" fk:\"id\"`\n}\n",
			"type Tag struct {\n\tID string `db:\"id,primary\"`\n\tPosts []Post\n}\n",
			"type Tag struct {\n\tPosts []Post\n}\n\nfunc (Tag) Table() string { return \"labels\" }\n",
			"type Base struct {\n\tID int\n\tWordID int\n\tWord *quiet.Word\n}\n", "type Base struct{ Any any }\n",
		})
	}
	return s + w.pick([]string{
		"", "func run(ctx context.Context, repo rel.Repository) { repo.MustInsert(ctx, &User{}) }\n",
		"func run(ctx context.Context, repo rel.Repository) { repo.Find(ctx, &Tag{}); repo.MustInsert(ctx, &quiet.Note{}) }\n",
	})
}

func (w *randomWorkspace) joined() string {
	return "package joined\n\nimport (\n\t\"github.com/uptrace/bun\"\n\tother \"example.com/m/a\"\n)\n\n" + w.pick([]string{
		"type User struct {\n\tID int64 `bun:\",pk\"`\n\tTags []Tag `bun:\"m2m:user_tags\"`\n}\n",
		"type User struct {\n\tbun.BaseModel\n\tID int64 `bun:\",pk\"`\n\tTags []Tag `bun:\"m2m:links,join:User=Tag\"`\n}\n",
		"type Tag struct {\n\tID, UserID int64 `bun:\",pk\"`\n\tUsers []User `bun:\"m2m:user_tags\"`\n\tUser *User `bun:\"rel:belongs-to\"`\n}\n",
		"type UserTag struct {\n\tbun.BaseModel\n\tUserID, TagID int64\n\tUser *User\n\tTag *Tag\n}\n",
		"type UserTag struct {\n\tbun.BaseModel `bun:\"links\"`\n\tUserID, TagID int64\n\tUser *User\n\tTag *Tag\n}\n",
		"type UserTag struct {\n\tUserID, TagID int64\n\tUser *User\n\tTag *Tag\n}\n",
		"",
	}) + w.pick([]string{
		"", "func open(db *bun.DB) { db.RegisterModel((*UserTag)(nil)) }\n", "func open(db *bun.DB, m any) { db.RegisterModel(m) }\n",
		"func open(db *bun.DB) { db.NewSelect().Model((*UserTag)(nil)).Model(&other.User{}) }\n", "func open(db *bun.DB) { db.RegisterModel(1, new(int)) }\n",
	})
}

func (w *randomWorkspace) model(s *strings.Builder) {
	fmt.Fprintf(s, "type %s struct {\n\t%s\n", w.pick(randomNames), w.pick([]string{
		"ID uint", "gorm.Model", "gorm.Model", "Base", "*other.Base", "Key string `gorm:\"primaryKey\"`",
	}))
	if w.rand.IntN(6) > 0 {
		s.WriteString("\tOwnerID, UserID, PostID, TagID, TeamID uint\n\tOwnerType string\n")
	}
	for _, field := range randomFields {
		if w.rand.IntN(2) == 0 {
			s.WriteString("\t" + field + "\n")
		}
	}
	for range w.rand.IntN(2) {
		fmt.Fprintf(s, "\t%s %s%s `%s`\n", w.pick([]string{"User", "Posts", "Owner", "UserID"}), w.pick([]string{"", "*", "[]", "[]*"}),
			w.pick([]string{"uint", "User", "Post", "Team", "other.User", "other.Post", "Alias", "gorm.DeletedAt"}), w.pick(randomTags))
	}
	s.WriteString("}\n\n")
}

// count notes how much there is to get wrong.
func (w *randomWorkspace) count(s *index.Snapshot) {
	now := map[string]int{}
	for n := range s.Nodes() {
		for _, m := range n.Models {
			now["models"]++
			now["relations"] += len(m.Relations)
			now["mistakes"] += len(m.Mistakes)
			for i := range m.Relations {
				if s.Inverse(&m.Relations[i]) != nil {
					now["pairs"]++
				}
				if m.Relations[i].Stated != nil {
					now["statements"]++
				}
			}
		}
	}
	for what, n := range now {
		w.most[what] = max(w.most[what], n)
	}
}
