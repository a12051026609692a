package server_test

import (
	"slices"
	"testing"

	"go.lsp.dev/protocol"

	"github.com/rells-dev/rells/server"
)

// TestReferencesWithDeclaration asks for the declaration too: a tag that names a field
// leads to it, and at the field itself it is for the language's own server to list.
func TestReferencesWithDeclaration(t *testing.T) {
	s := start(t, paired, capable, server.Options{})
	inTag, declared := location{"author.go", 5, 35, 41}, location{"book.go", 6, 1, 7}
	for name, test := range map[string]struct {
		at   location
		want []location
	}{
		"in a tag":   {inTag, []location{inTag, declared}},
		"at a field": {declared, []location{inTag}},
	} {
		var got []protocol.Location
		context := map[string]any{"context": map[string]any{"includeDeclaration": true}}
		s.ask(protocol.MethodTextDocumentReferences, test.at, test.at.start, context, &got)
		if len(got) != len(test.want) {
			t.Errorf("%s: the references are %+v", name, got)
			continue
		}
		for i, l := range got {
			if at := s.location(s.name(string(l.URI)), l.Range); at != test.want[i] {
				t.Errorf("%s: a reference at %+v, want %+v", name, at, test.want[i])
			}
		}
	}
}

// TestReferencesInTexts asks for the declaration in Python: of what a text names too, which
// the language's own server does not know, and at the declaration itself for the texts alone.
func TestReferencesInTexts(t *testing.T) {
	s := start(t, map[string]string{"models.py": `from sqlalchemy.orm import declarative_base, relationship
from sqlalchemy import Column, ForeignKey, Integer
Base = declarative_base()
class User(Base):
    __tablename__ = "user"
    id = Column(Integer, primary_key=True)
    posts = relationship("Post", back_populates="user")
class Post(Base):
    __tablename__ = "post"
    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("user.id"))
    user = relationship("User", back_populates="posts")
`}, capable, server.Options{})
	at := func(line, start, end int) location { return location{"models.py", line, start, end} }
	for name, test := range map[string]struct {
		at   location
		want []location
	}{
		"in a text":         {at(7, 49, 53), []location{at(7, 49, 53), at(12, 4, 8)}},
		"at an attribute":   {at(12, 4, 8), []location{at(7, 49, 53)}},
		"at a class":        {at(4, 6, 10), []location{at(12, 25, 29)}},
		"class in a text":   {at(12, 25, 29), []location{at(4, 6, 10), at(12, 25, 29)}},
		"column in a text":  {at(11, 38, 40), []location{at(6, 4, 6), at(11, 38, 40)}},
		"at an imported":    {at(7, 12, 24), nil},
		"at the other side": {at(7, 4, 9), []location{at(12, 48, 53)}},
	} {
		var got []protocol.Location
		context := map[string]any{"context": map[string]any{"includeDeclaration": true}}
		s.ask(protocol.MethodTextDocumentReferences, test.at, test.at.start, context, &got)
		var places []location
		for _, l := range got {
			places = append(places, s.location(s.name(string(l.URI)), l.Range))
		}
		if !slices.Equal(places, test.want) {
			t.Errorf("%s: the references are %v, want %v", name, places, test.want)
		}
	}
}
