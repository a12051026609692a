package index_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rells-dev/rells/index"
)

const (
	renamedUser = "package m\n\ntype User struct {\n\tID int64\n\tPosts []Post `rel:\"back_populates:Author\"`\n\tEdited []Post `rel:\"back_populates:Editor,foreign_key:EditorID\"`\n\tName string\n}\n"
	renamedPost = "package m\n\ntype Post struct {\n\tID int64\n\tAuthorID int64\n\tAuthor *User `rel:\"back_populates:Posts\"`\n\tEditorID int64\n\tEditor *User `rel:\"back_populates:Edited,foreign_key:EditorID\"`\n}\n"
	renamedNote = "package m\n\ntype Note struct {\n\tID int64\n\tAuthorID int64\n\tAuthor *Writer `rel:\"back_populates:Notes\"`\n}\n\ntype Writer struct {\n\tID int64\n\tNotes []Note `rel:\"back_populates:Author\"`\n}\n"
)

// edit replaces a text in a file. The first word of it may be typed: deleted, and
// written anew, letter by letter.
type edit struct {
	file, from, to string
	how            way
}

type way int

const (
	atOnce way = iota // by the editor
	typed
	onDisk
)

// steps are the texts that the file has one after the other.
func (e edit) steps(text string) []string {
	before, after, _ := strings.Cut(text, e.from)
	if e.how != typed {
		return []string{before + e.to + after}
	}
	word, rest, _ := strings.Cut(e.from, " ")
	to, _, _ := strings.Cut(e.to, " ")
	var texts []string
	for n := len(word) - 1; n >= 0; n-- {
		texts = append(texts, before+word[:n]+" "+rest+after)
	}
	for n := range to {
		texts = append(texts, before+to[:n+1]+" "+rest+after)
	}
	return texts
}

func TestRenamed(t *testing.T) {
	const authorToWriter = "Post.Author -> Post.Writer: user.go Author=Writer"
	tests := []struct {
		name  string
		files map[string]string
		edits []edit
		want  []string
	}{
		{"nothing", nil, nil, nil},
		{"a field", nil, []edit{{"post.go", "Author *", "Writer *", atOnce}}, []string{authorToWriter}},
		{"typed", nil, []edit{{"post.go", "Author *", "Writer *", typed}}, []string{authorToWriter}},
		{"on disk", nil, []edit{{"post.go", "Author *", "Writer *", onDisk}}, []string{authorToWriter}},
		{"typed over the name of its type", nil, []edit{{"post.go", "Author *", "UserOfIt *", typed}},
			[]string{"Post.Author -> Post.UserOfIt: user.go Author=UserOfIt"}},
		{"typed over the name of another field", nil, []edit{{"post.go", "Author *", "EditorInChief *", typed}},
			[]string{"Post.Author -> Post.EditorInChief: user.go Author=EditorInChief"}},
		{"typed and taken back", nil, []edit{{"post.go", "Author *", "Writer *", typed}, {"post.go", "Writer *", "Author *", typed}}, nil},
		{"taken back and done again", nil, []edit{
			{"post.go", "Author *", "Writer *", atOnce}, {"post.go", "Writer *", "Author *", atOnce}, {"post.go", "Author *", "Writer *", atOnce},
		}, []string{authorToWriter}},
		{"on disk, by way of an empty file", nil, []edit{{"post.go", renamedPost, "", onDisk}, {"post.go", "", strings.Replace(renamedPost, "Author *", "Writer *", 1), onDisk}},
			[]string{authorToWriter}},
		{"twice", nil, []edit{{"post.go", "Author *", "Scribe *", atOnce}, {"post.go", "Scribe *", "Writer *", typed}}, []string{authorToWriter}},
		{"two fields", nil, []edit{{"post.go", "Editor *", "Proofreader *", atOnce}, {"post.go", "Author *", "Writer *", typed}}, []string{
			"Post.Editor -> Post.Proofreader: user.go Editor=Proofreader", authorToWriter,
		}},
		{"two fields at once", nil, []edit{{"post.go", "AuthorID int64\n\tAuthor *User `rel:\"back_populates:Posts\"`\n\tEditorID", "WriterID int64\n\tWriter *User `rel:\"back_populates:Posts\"`\n\tProofID", atOnce}}, []string{
			authorToWriter, "Post.EditorID -> Post.ProofID: post.go EditorID=ProofID, user.go EditorID=ProofID",
		}},
		{"a field that nothing names", nil, []edit{{"user.go", "Name string", "Title string", atOnce}}, nil},
		{"a field of another type", nil, []edit{{"post.go", "Author *User", "Writer *Person", atOnce}}, nil},
		{"a field that is gone", nil, []edit{{"post.go", "\tAuthor *User `rel:\"back_populates:Posts\"`\n", "", atOnce}}, nil},
		{"fields that change places", nil, []edit{
			{"post.go", "Author *User `rel:\"back_populates:Posts\"`\n\tEditorID int64\n\tEditor *User", "Editor *User `rel:\"back_populates:Posts\"`\n\tEditorID int64\n\tAuthor *User", atOnce},
		}, nil},
		{"the tag too", nil, []edit{{"post.go", "Author *", "Writer *", atOnce}, {"user.go", "back_populates:Author", "back_populates:Writer", atOnce}}, nil},
		{"the tag too, and taken back", nil, []edit{
			{"post.go", "Author *", "Writer *", atOnce}, {"user.go", "back_populates:Author", "back_populates:Writer", atOnce}, {"user.go", "back_populates:Writer", "back_populates:Author", atOnce},
		}, []string{authorToWriter}},
		{"the tag before", nil, []edit{{"user.go", "back_populates:Author", "back_populates:Writer", atOnce}, {"post.go", "Author *", "Writer *", atOnce}}, nil},
		{"a field that is new where another is half typed", nil, []edit{
			{"post.go", "\tEditor *", "\tReview []\n\tEditor *", atOnce}, {"post.go", "Author *", "Writer *", typed}, {"post.go", "Review []\n", "Reviews []string\n", atOnce},
		}, []string{authorToWriter}},
		{"a new field that begins like the old one", nil, []edit{
			{"post.go", "Author *", "Writer *", atOnce}, {"post.go", "\tEditor *", "\tAuthor\n\tEditor *", atOnce},
			{"post.go", "Author\n", "AuthorName\n", atOnce}, {"post.go", "AuthorName\n", "AuthorName string\n", atOnce},
		}, []string{authorToWriter}},
		{"another field has had the name meanwhile", nil, []edit{
			{"post.go", "Author *", "Writer *", atOnce}, {"post.go", "\tEditor *", "\tAuthor string\n\tEditor *", atOnce}, {"post.go", "\tAuthor string\n", "", atOnce},
		}, nil},
		{"one of two", nil, []edit{{"post.go", "EditorID int64", "ProofID int64\n\tReaderID int64", atOnce}}, nil},
		{"a tag that is half typed later", nil, []edit{{"post.go", "Author *", "Writer *", typed}, {"user.go", "back_populates:Author", "back_populates:Autho", atOnce}}, nil},
		{"while the struct cannot be read", nil, []edit{{"post.go", "\tID int64", "\tID int64\n\t)", atOnce}, {"post.go", "Author *", "Writer *", typed}, {"post.go", "\n\t)", "", atOnce}},
			[]string{authorToWriter}},
		{"of two models with such a field, one", map[string]string{"note.go": renamedNote}, []edit{{"note.go", "Author *Writer", "By *Writer", typed}},
			[]string{"Note.Author -> Note.By: note.go Author=By"}},
		{"a self-reference", map[string]string{"node.go": "package m\n\ntype Node struct {\n\tID int64\n\tUpID int64\n\tUp *Node `rel:\"back_populates:Kids,foreign_key:UpID\"`\n\tKids []Node `rel:\"back_populates:Up\"`\n}\n"},
			[]edit{{"node.go", "Kids []", "Children []", typed}, {"node.go", "Up *", "Parent *", typed}, {"node.go", "UpID int64", "ParentID int64", atOnce}}, []string{
				"Node.Kids -> Node.Children: node.go Kids=Children", "Node.Up -> Node.Parent: node.go Up=Parent", "Node.UpID -> Node.ParentID: node.go UpID=ParentID",
			}},
		{"a relation that names itself", map[string]string{"node.go": "package m\n\ntype Node struct {\n\tID int64\n\tFriends []Node `rel:\"many-to-many,back_populates:Friends,through:friends\"`\n}\n"},
			[]edit{{"node.go", "Friends []", "Pals []", atOnce}}, []string{"Node.Friends -> Node.Pals: node.go Friends=Pals"}},
		{"in an embedded struct", map[string]string{
			"base.go":  "package m\n\ntype Base struct {\n\tOwnerID int64\n}\n",
			"thing.go": "package m\n\ntype Thing struct {\n\tID int64\n\tBase\n\tOwner *User `rel:\"belongs-to,foreign_key:OwnerID\"`\n}\n\ntype Other struct {\n\tID int64\n\tBase\n\tOwner *User `gorm:\"foreignKey:OwnerID\"`\n}\n",
		}, []edit{{"base.go", "OwnerID int64", "HolderID int64", typed}}, []string{"Base.OwnerID -> Base.HolderID: thing.go OwnerID=HolderID, thing.go OwnerID=HolderID"}},
		{"by the path through embedded structs", map[string]string{
			"audit.go": "package m\n\ntype Audit struct {\n\tByID int64\n\tBy *Clerk `rel:\"belongs-to\"`\n}\n",
			"deed.go":  "package m\n\ntype Deed struct {\n\tID int64\n\tAudit\n}\n\ntype Clerk struct {\n\tID int64\n\tDeeds []Deed `rel:\"back_populates:Audit.By,foreign_key:ByID\"`\n}\n",
		}, []edit{{"audit.go", "By *", "Done *", atOnce}}, []string{"Audit.By -> Audit.Done: deed.go Audit.By=Audit.Done"}},
		{"by gorm's keys", map[string]string{"shop.go": "package m\n\nimport \"gorm.io/gorm\"\n\ntype Shop struct {\n\tgorm.Model\n\tCode string\n\tItems []Item `gorm:\"foreignKey:ShopCode;references:Code\" rel:\"back_populates:Shop\"`\n}\n\ntype Item struct {\n\tgorm.Model\n\tShopCode string\n\tShop Shop `gorm:\"foreignKey:shop_code;references:code\"`\n}\n"},
			[]edit{{"shop.go", "ShopCode string", "StoreCode string", typed}, {"shop.go", "Code string", "Number string", typed}}, []string{
				"Item.ShopCode -> Item.StoreCode: shop.go ShopCode=StoreCode, shop.go shop_code=store_code",
				"Shop.Code -> Shop.Number: shop.go Code=Number, shop.go code=number",
			}},
		{"a prefix", map[string]string{"toy.go": "package m\n\nimport \"gorm.io/gorm\"\n\ntype Toy struct {\n\tgorm.Model\n\tOwnerType string\n\tOwnerID uint\n}\n\ntype Cat struct {\n\tgorm.Model\n\tToys []Toy `gorm:\"polymorphic:Owner\"`\n\tOne Toy `gorm:\"polymorphicType:OwnerType;polymorphicId:OwnerID\"`\n}\n"},
			[]edit{{"toy.go", "OwnerType string", "HolderType string", typed}, {"toy.go", "OwnerID uint", "HolderID uint", typed}}, []string{
				"Toy.OwnerType -> Toy.HolderType: toy.go OwnerType=HolderType",
				"Toy.Owner -> Toy.Holder: toy.go Owner=Holder", "Toy.OwnerID -> Toy.HolderID: toy.go OwnerID=HolderID",
			}},
		{"a prefix of which half is renamed", map[string]string{"toy.go": "package m\n\nimport \"gorm.io/gorm\"\n\ntype Toy struct {\n\tgorm.Model\n\tOwnerType string\n\tOwnerID uint\n}\n\ntype Cat struct {\n\tgorm.Model\n\tToys []Toy `gorm:\"polymorphic:Owner\"`\n}\n"},
			[]edit{{"toy.go", "OwnerID uint", "HolderID uint", typed}}, nil},
		{"a join model", map[string]string{"group.go": "package m\n\ntype Group struct {\n\tID int64\n\tUsers []User `rel:\"many-to-many,through:Membership\"`\n}\n\ntype Membership struct {\n\tGroupID, UserID int64\n}\n"},
			[]edit{{"group.go", "Membership struct", "Member struct", typed}}, []string{"Membership -> Member: group.go Membership=Member"}},
		{"a field of a model that is renamed later", nil, []edit{{"post.go", "Author *", "Writer *", atOnce}, {"post.go", "Post struct", "Article struct", typed}, {"user.go", "Posts []Post", "Posts []Article", atOnce}},
			[]string{"Article.Author -> Article.Writer: user.go Author=Writer"}},
		{"in a generated file", map[string]string{"gen.go": "// Code generated by x. DO NOT EDIT.\n\npackage m\n\ntype Copy struct {\n\tID int64\n\tPosts []Post `rel:\"foreign_key:AuthorID\"`\n}\n"},
			[]edit{{"post.go", "AuthorID int64", "WriterID int64", atOnce}}, nil},
		{"with go.mod at once", nil, []edit{{"post.go", "Author *", "Writer *", onDisk}, {"go.mod", "m\n", "m\n\ngo 1.26\n", onDisk}}, []string{authorToWriter}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			files := map[string]string{"user.go": renamedUser, "post.go": renamedPost, "go.mod": "module example.com/m\n"}
			for name, text := range test.files {
				files[name] = text
			}
			root := layOut(t, files)
			x := load(t, root, nil)
			for _, e := range test.edits {
				path := filepath.Join(root, e.file)
				if !strings.Contains(files[e.file], e.from) {
					t.Fatalf("%s has no %q", e.file, e.from)
				}
				for _, text := range e.steps(files[e.file]) {
					files[e.file] = text
					if e.how == onDisk {
						put(t, path, text)
						x.Update(index.Change{Path: path, Kind: index.OnDisk})
					} else {
						x.Update(index.Change{Path: path, Kind: index.Edited, Text: []byte(text)})
					}
				}
			}
			if got := describeRenamed(x.Snapshot(), root); !slices.Equal(got, test.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
			for name, text := range files { // saved, and closed
				path := filepath.Join(root, name)
				put(t, path, text)
				x.Update(index.Change{Path: path, Kind: index.OnDisk}, index.Change{Path: path, Kind: index.Closed})
			}
			if got := describeRenamed(x.Snapshot(), root); !slices.Equal(got, test.want) {
				t.Errorf("saved and closed, got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

// describeRenamed is what a snapshot tells of former names, file by file.
func describeRenamed(s *index.Snapshot, root string) []string {
	var lines []string
	for path := range s.Files() {
		for _, r := range s.RenamedIn(path) {
			var names []string
			for _, n := range r.Names {
				file, _ := s.File(n.Place.File)
				rel, _ := filepath.Rel(root, n.Place.File)
				names = append(names, fmt.Sprintf("%s %s=%s", rel, file.Source[n.Place.Span.Start:n.Place.Span.End], n.Text))
			}
			lines = append(lines, r.From+" -> "+r.To+": "+strings.Join(names, ", "))
		}
	}
	return lines
}

// TestRenamedIsForgotten renames and then closes without saving, deletes, or puts back
// what was there.
func TestRenamedIsForgotten(t *testing.T) {
	for name, undo := range map[string]func(path string) index.Change{
		"closed without saving": func(path string) index.Change { return index.Change{Path: path, Kind: index.Closed} },
		"deleted": func(path string) index.Change {
			os.Remove(path)
			return index.Change{Path: path, Kind: index.OnDisk}
		},
	} {
		t.Run(name, func(t *testing.T) {
			root := layOut(t, map[string]string{"user.go": renamedUser, "post.go": renamedPost})
			x := load(t, root, nil)
			path := filepath.Join(root, "post.go")
			x.Update(index.Change{Path: path, Kind: index.Edited, Text: []byte(strings.Replace(renamedPost, "Author *", "Writer *", 1))})
			if got := describeRenamed(x.Snapshot(), root); len(got) != 1 {
				t.Fatalf("renamed: %q", got)
			}
			if name == "deleted" {
				x.Update(index.Change{Path: path, Kind: index.Closed})
			}
			x.Update(undo(path))
			if got := describeRenamed(x.Snapshot(), root); got != nil {
				t.Errorf("got %q, want nothing", got)
			}
		})
	}
}
