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

// loadSource loads a module whose package models holds the given source.
func loadSource(t *testing.T, source string) *index.Snapshot {
	t.Helper()
	root := t.TempDir()
	files := map[string]string{
		"go.mod":           "module example.com/m\n\nrequire gorm.io/gorm v1.31.2\n",
		"models/models.go": "package models\n\nimport \"gorm.io/gorm\"\n\nvar _ gorm.Model\n\n" + source,
	}
	for name, text := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return load(t, root, nil).Snapshot()
}

// pairs lists every relation with its inverse, "User.Posts has-many explicit Post.Author".
func pairs(s *index.Snapshot) string {
	var lines []string
	for n := range s.Nodes() {
		for _, m := range n.Models {
			for i := range m.Relations {
				r := &m.Relations[i]
				line := fmt.Sprintf("%s %s %s", r.ID.Short(), r.Kind, s.Pair(r).Pairing)
				if g := s.Inverse(r); g != nil {
					line += " " + g.ID.Short()
				}
				lines = append(lines, line)
			}
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func TestPairs(t *testing.T) {
	tests := []struct{ name, source, want string }{
		{"by keys", `
type User struct { gorm.Model; Posts []Post }
type Post struct { gorm.Model; UserID uint; User User }`, `
Post.User belongs-to inferred User.Posts
User.Posts has-many inferred Post.User`},
		{"by other keys", `
type User struct { gorm.Model; Posts []Post; Edited []Post ` + "`gorm:\"foreignKey:EditorID\"`" + ` }
type Post struct { gorm.Model; UserID, EditorID uint; User User; Editor User }`, `
Post.Editor belongs-to inferred User.Edited
Post.User belongs-to inferred User.Posts
User.Edited has-many inferred Post.Editor
User.Posts has-many inferred Post.User`},
		{"the has-many before the has-one", `
type User struct { gorm.Model; Latest *Post; Posts []Post }
type Post struct { gorm.Model; UserID uint; User User }`, `
Post.User belongs-to inferred User.Posts
User.Latest has-one none
User.Posts has-many inferred Post.User`},
		{"no choice between two has-many", `
type User struct { gorm.Model; Drafts, Posts []Post }
type Post struct { gorm.Model; UserID uint; User User }`, `
Post.User belongs-to none
User.Drafts has-many none
User.Posts has-many none`},
		{"named against the inference", `
type User struct { gorm.Model; Latest *Post; Posts []Post }
type Post struct { gorm.Model; UserID uint; User User ` + "`rel:\"back_populates:Latest\"`" + ` }`, `
Post.User belongs-to explicit User.Latest
User.Latest has-one explicit Post.User
User.Posts has-many none`},
		{"named where nothing leads back", `
type User struct { gorm.Model; Posts []Post ` + "`rel:\"back_populates:Usr\"`" + ` }
type Post struct { gorm.Model; UserID uint; User User }`, `
Post.User belongs-to none
User.Posts has-many none`},
		{"one-way", `
type User struct { gorm.Model; Posts []Post ` + "`rel:\"one-way\"`" + ` }
type Post struct { gorm.Model; UserID uint; User User }`, `
Post.User belongs-to none
User.Posts has-many none`},
		{"many-to-many with swapped columns", `
type User struct { gorm.Model; Tags []Tag ` + "`gorm:\"many2many:user_tags\"`" + ` }
type Tag struct { gorm.Model; Users []User ` + "`gorm:\"many2many:user_tags\"`" + ` }`, `
Tag.Users many-to-many inferred User.Tags
User.Tags many-to-many inferred Tag.Users`},
		{"many-to-many with two tables", `
type User struct { gorm.Model; Tags []Tag ` + "`gorm:\"many2many:user_tags\"`" + ` }
type Tag struct { gorm.Model; Users []User ` + "`gorm:\"many2many:tag_users\"`" + ` }`, `
Tag.Users many-to-many none
User.Tags many-to-many none`},
		{"friends are nobody's inverse", `
type User struct { gorm.Model; Friends []User ` + "`gorm:\"many2many:friends\"`" + ` }`, `
User.Friends many-to-many none`},
		{"followers", `
type User struct {
	gorm.Model
	Following []User ` + "`gorm:\"many2many:follows;joinForeignKey:FollowerID;joinReferences:FollowedID\"`" + `
	Followers []User ` + "`gorm:\"many2many:follows;joinForeignKey:FollowedID;joinReferences:FollowerID\"`" + `
}`, `
User.Followers many-to-many inferred User.Following
User.Following many-to-many inferred User.Followers`},
		{"tree", `
type Node struct { gorm.Model; ParentID *uint; Parent *Node; Children []Node ` + "`gorm:\"foreignKey:ParentID\"`" + ` }`, `
Node.Children has-many inferred Node.Parent
Node.Parent belongs-to inferred Node.Children`},
		{"inside an embedded struct", `
type Audit struct { CreatedByID uint; CreatedBy *User }
type User struct { gorm.Model; Posts []Post ` + "`gorm:\"foreignKey:CreatedByID\"`" + `; Pages []Page ` + "`gorm:\"foreignKey:CreatedByID\"`" + ` }
type Post struct { gorm.Model; Audit }
type Page struct { gorm.Model; Audit }`, `
Page.CreatedBy belongs-to inferred User.Pages
Post.CreatedBy belongs-to inferred User.Posts
User.Pages has-many inferred Page.CreatedBy
User.Posts has-many inferred Post.CreatedBy`},
		{"polymorphic", `
type User struct { gorm.Model; Toys []Toy ` + "`gorm:\"polymorphic:Owner\"`" + ` }
type Toy struct { gorm.Model; OwnerID uint; OwnerType string; Owner *User }`, `
Toy.Owner belongs-to none
User.Toys has-many none`},
		{"native alone", `
type Author struct { ID int64; Books []Book ` + "`rel:\"has-many,back_populates:Author\"`" + ` }
type Book struct { ID, AuthorID int64; Author *Author ` + "`rel:\"back_populates:Books\"`" + ` }`, `
Author.Books has-many explicit Book.Author
Book.Author belongs-to explicit Author.Books`},
		{"native beside what the ORM ignores", `
type User struct { gorm.Model; Posts []Post ` + "`gorm:\"-\" rel:\"back_populates:User\"`" + ` }
type Post struct { gorm.Model; UserID uint; User User ` + "`rel:\"back_populates:Posts\"`" + ` }`, `
Post.User belongs-to explicit User.Posts
User.Posts has-many explicit Post.User`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := pairs(loadSource(t, test.source))
			if want := strings.TrimSpace(test.want); got != want {
				t.Errorf("pairs:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}
