package server_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/protocol"

	"github.com/rells-dev/rells/server"
)

// prefixModels surrounds the tag that is being typed with models to name.
const prefixModels = `package models

import "gorm.io/gorm"

type Author struct {
	gorm.Model
	Locale  string
	AgentID uint
	%s
}

type Book struct {
	gorm.Model
	AuthorID     uint
	AuthorLocale string
	Author       *Author ` + "`rel:\"back_populates:Books\"`" + `
}

type Agent struct {
	gorm.Model
}

type Tag struct {
	gorm.Model
	Authors []Author ` + "`gorm:\"many2many:author_tags\"`" + `
}

type AuthorTag struct {
	AuthorID uint
	Author   Author
	TagID    uint
	Tag      Tag
}

type Picture struct {
	gorm.Model
	OwnerID   uint
	OwnerType string
}

func migrate(db *gorm.DB) {
	db.AutoMigrate(&Author{}, &Book{}, &Agent{}, &Tag{}, &AuthorTag{}, &Picture{})
}
`

// prefixTags are fields with their tag, in which each word that completion must
// offer stands in brackets.
var prefixTags = []string{
	"Books []Book `[rel]:\"[has-many],[back_populates]:[Author]\"`",
	"Books []Book `[rel]:\"[back_populates]:[Author],[foreign_key]:[AuthorID]+[AuthorLocale],[references]:[ID]+[Locale]\"`",
	"Agent *Agent `[rel]:\"[belongs-to],[foreign_key]:[AgentID],[references]:[ID],[one-way]\"`",
	"Tags []Tag `[rel]:\"[many-to-many],[through]:[AuthorTag]\"`",
	"Books []Book `[gorm]:\"[foreignKey]:[AuthorID];[references]:[ID]\"`",
	"Books []Book `[gorm]:\"[foreignKey]:[AuthorID],[AuthorLocale];[references]:[ID],[Locale]\"`",
	"Tags []Tag `[gorm]:\"[many2many]:[author_tags];[joinForeignKey]:[AuthorID];[joinReferences]:[TagID]\"`",
	"Pictures []Picture `[gorm]:\"[polymorphic]:[Owner];[polymorphicValue]:[authors]\"`",
	"Pictures []Picture `[gorm]:\"[polymorphicType]:[OwnerType];[polymorphicId]:[OwnerID]\"`",
	"Agent *Agent `[gorm]:\"[constraint]:[OnUpdate:CASCADE],[OnDelete:SET NULL];[belongsTo]:[true]\"`",
	"Nick string `json:\"nick\" [gorm]:\"[not null];[uniqueIndex];[serializer]:[json]\"`",
	"Books []Book `json:\"books\" [gorm]:\"[foreignKey]:[AuthorID]\" [rel]:\"[back_populates]:[Author]\"`",
	"Agent *Agent \"[gorm]:\\\"[foreignKey]:[AgentID]\\\"\"",
}

// word is a stretch of a field's declaration for which completion has an item.
type word struct {
	start, end int
	item       string
}

// words takes the brackets out of a declaration, save that of a slice.
func words(marked string) (declaration string, list []word) {
	var b strings.Builder
	for i := 0; i < len(marked); i++ {
		switch {
		case marked[i] == '[' && marked[i+1] != ']':
			list = append(list, word{start: b.Len()})
		case marked[i] == ']' && marked[i-1] != '[':
			last := &list[len(list)-1]
			last.end = b.Len()
			last.item = b.String()[last.start:]
		default:
			b.WriteByte(marked[i])
		}
	}
	return b.String(), list
}

// expected is the item to offer at an offset: that of the word there, else of the
// next one, unless something that is not ours stands before it. from is where the
// word begins, but no later than the offset.
func expected(declaration string, list []word, offset int) (item string, from int, ok bool) {
	for _, w := range list {
		switch {
		case w.start <= offset && offset <= w.end:
			return w.item, w.start, true
		case offset < w.start:
			between := declaration[offset:w.start]
			closes := strings.Contains(between, "\" ") // the cursor is in the tag before
			return w.item, offset, !closes && strings.Trim(between, "`:\";,+ \\") == ""
		}
	}
	return "", 0, false
}

// opened reports whether the quote that opens a tag's value stands behind the
// cursor already: nothing can be typed before it.
func opened(before, after string) bool {
	return strings.HasPrefix(strings.TrimPrefix(after, "\\"), `"`) && strings.HasSuffix(strings.TrimSuffix(before, "\\"), ":")
}

// TestHalfTypedTags types tags byte by byte. At every byte the item that is being
// typed, or would come next, must be offered, and choosing it must leave a text in
// which what stood before it still stands: with the tag closed behind the cursor,
// with nothing behind it at all, and with the rest of the tag there already.
func TestHalfTypedTags(t *testing.T) {
	for _, marked := range prefixTags {
		declaration, list := words(marked)
		quote := declaration[len(declaration)-1:]
		endings := map[string]func(int) string{
			"closed": func(int) string { return quote },
			"open":   func(int) string { return "" },
			"whole":  func(at int) string { return declaration[at:] },
		}
		t.Run(declaration, func(t *testing.T) {
			s := start(t, map[string]string{"models.go": fmt.Sprintf(prefixModels, "")}, capable, server.Options{})
			p := &player{t: t, session: s}
			first := strings.IndexAny(declaration, "`\"") + 1
			for at := first; at < len(declaration); at++ {
				item, from, ok := expected(declaration, list, at)
				if !ok {
					continue
				}
				for name, ending := range endings {
					rest := ending(at)
					if opened(declaration[:at], rest) || name == "whole" && from == at && !strings.HasPrefix(rest, item) {
						continue
					}
					s.set("models.go", fmt.Sprintf(prefixModels, declaration[:at]+rest))
					where := location{file: "models.go", line: 9, start: 1 + at, end: 1 + at}
					items := p.candidates(mark{at: where})
					i := slices.IndexFunc(items, func(c protocol.CompletionItem) bool { return c.Label == item })
					if i < 0 {
						t.Errorf("%s behind %s: %q, want %q", name, declaration[:at], labels(items), item)
						continue
					}
					edit := items[i].TextEdit.(*protocol.TextEdit)
					line := strings.Split(s.edited(s.texts["models.go"], []protocol.TextEdit{*edit}), "\n")[where.line-1]
					if kept := "\t" + declaration[:from]; !strings.HasPrefix(line, kept) || !strings.Contains(line[len(kept):], item) {
						t.Errorf("%s behind %s: with %q the line is %q", name, declaration[:at], item, line)
					}
				}
			}
		})
	}
}
