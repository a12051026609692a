package python

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rells-dev/rells/index/facts"
)

func TestSetArguments(t *testing.T) {
	name := NewArgument{Name: "back_populates", Code: `"posts"`, Instead: "backref"}
	tests := []struct {
		name      string
		src, want string
		arguments []NewArgument
	}{
		{"added", `a = f("A")`, `a = f("A", back_populates="posts")`, []NewArgument{name}},
		{"to no others", `a = f()`, `a = f(back_populates="posts")`, []NewArgument{name}},
		{"replaced", `a = f("A", backref="x", b=1)`, `a = f("A", back_populates="posts", b=1)`, []NewArgument{name}},
		{"in the quotes of the file", `a = f('A', backref='x')`, `a = f('A', back_populates='posts')`, []NewArgument{name}},
		{"a call replaced", "a = f(\n    \"A\",\n    backref=g(\n        \"x\",\n    ),\n)", "a = f(\n    \"A\",\n    back_populates=\"posts\",\n)", []NewArgument{name}},
		{"behind a comma", "a = f(\n    \"A\",\n)", "a = f(\n    \"A\",\n    back_populates=\"posts\",\n)", []NewArgument{name}},
		{
			"too long for a line", `a = f("A", one="11111111111111111111111111", two="2222222222222222222222222222222")`,
			"a = f(\n    \"A\",\n    one=\"11111111111111111111111111\",\n    two=\"2222222222222222222222222222222\",\n    back_populates=\"posts\",\n)", []NewArgument{name},
		},
		{
			"too long for one line", `a = f("A", one="11111111111111111111111111", two="222222222222222")`,
			"a = f(\n    \"A\", one=\"11111111111111111111111111\", two=\"222222222222222\", back_populates=\"posts\"\n)", []NewArgument{name},
		},
		{"short enough for one line", "a = f(\n    \"A\", one=\"11111111111111111111111111\", backref=\"22222222222222222222222222222222222\"\n)",
			`a = f("A", one="11111111111111111111111111", back_populates="posts")`, []NewArgument{name}},
		{"with a comment", "a = f(\"A\",  # why\n      b=1)", "a = f(\"A\",  # why\n      b=1,\n      back_populates=\"posts\")", []NewArgument{name}},
		{"with a line for each, not as black has it", "a = f('A',\n      b=1)", "a = f('A',\n      b=1,\n      back_populates='posts')", []NewArgument{name}},
		{"aligned, and too long", "a = f('A', one='11111111111111111111111111', backref='22222222', two='3333333333333333333333',\n      b=1)",
			"a = f('A', one='11111111111111111111111111',\n      back_populates='posts', two='3333333333333333333333',\n      b=1)", []NewArgument{name}},
		{"behind keywords that are spread", `a = f("A", **more)`, `a = f("A", **more, back_populates="posts")`, []NewArgument{name}},
		{"two", `a = f("A", backref="x")`, `a = f("A", back_populates="posts", remote_side=[id])`, []NewArgument{name, {Name: "remote_side", Code: "[id]"}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for _, way := range []struct{ name, newline, head string }{{"plain", "\n", ""}, {"with carriage returns", "\r\n", ""}, {"in a class", "\n", "class C:\n"}} {
				write := func(s string) string {
					if way.head != "" {
						if len(s) > 80 {
							return "" // the indentation makes another case of it
						}
						s = way.head + "    " + strings.ReplaceAll(s, "\n", "\n    ")
					}
					return strings.ReplaceAll(s+"\n", "\n", way.newline)
				}
				src, want := write(test.src), write(test.want)
				if way.head != "" && (src == "" || want == "" || strings.Contains(test.want, "\n")) {
					continue
				}
				f := Extract("m.py", []byte(src))
				d := f.Decls[0]
				call := d.Value
				if way.head != "" {
					call = d.Type.Fields[0].Value
				}
				got, ok := SetArguments(f, []byte(src), call, DefaultWidth, test.arguments)
				if diff := cmp.Diff(want, string(got)); !ok || diff != "" {
					t.Errorf("%s: %t\n%s", way.name, ok, diff)
				}
			}
		})
	}
}

func TestInsert(t *testing.T) {
	posts := NewAttribute{Name: "posts", Value: `relationship("Post")`, Imports: []NewImport{{Module: "sqlalchemy.orm", Name: "relationship"}}}
	after := posts
	after.After = "id"
	checked := NewAttribute{Name: "posts", Annotation: `Mapped["Post"]`, Value: `relationship()`, After: "id", Imports: []NewImport{{Module: "shop.post", Name: "Post", Checking: true}}}
	long := NewAttribute{Name: "posts", After: "id", Value: `relationship("Post", primaryjoin="foreign(LengthyName.the_very_first_column) == AnotherLengthyName.the_column", secondaryjoin="foreign(LengthyName.the_very_first_column) == AnotherLengthyName.column", info="` + strings.Repeat("x", 80) + `")`}
	tests := []struct {
		name, src, want string
		attribute       NewAttribute
	}{
		{"with a text that is too long", "class A:\n    id = 1\n", "class A:\n    id = 1\n    posts = relationship(\n        \"Post\",\n        primaryjoin=(\n            \"foreign(LengthyName.the_very_first_column) == \"\n            \"AnotherLengthyName.the_column\"\n        ),\n        secondaryjoin=(\n            \"foreign(LengthyName.the_very_first_column) == AnotherLengthyName.column\"\n        ),\n        info=\"" + strings.Repeat("x", 80) + "\",\n    )\n", long},
		{"behind another", "from sqlalchemy.orm import relationship\n\n\nclass A:\n    id = 1  # the key\n    # rest\n", "from sqlalchemy.orm import relationship\n\n\nclass A:\n    id = 1  # the key\n    posts = relationship(\"Post\")\n    # rest\n", after},
		{"at the end of the file", "from sqlalchemy.orm import relationship\nclass A:\n    id = 1", "from sqlalchemy.orm import relationship\nclass A:\n    id = 1\n    posts = relationship(\"Post\")\n", after},
		{"in place of pass", "from sqlalchemy.orm import relationship\nclass A:\n    pass\n", "from sqlalchemy.orm import relationship\nclass A:\n    posts = relationship(\"Post\")\n", posts},
		{"behind a docstring", "from sqlalchemy.orm import relationship\nclass A:\n    \"\"\"A.\"\"\"\n", "from sqlalchemy.orm import relationship\nclass A:\n    \"\"\"A.\"\"\"\n\n    posts = relationship(\"Post\")\n", posts},
		{"before a method", "from sqlalchemy.orm import relationship\nclass A:\n    def f(self):\n        pass\n", "from sqlalchemy.orm import relationship\nclass A:\n    posts = relationship(\"Post\")\n\n    def f(self):\n        pass\n", posts},
		{"into an import", "from sqlalchemy.orm import Session, backref\nclass A:\n    id = 1\n", "from sqlalchemy.orm import Session, backref, relationship\nclass A:\n    id = 1\n    posts = relationship(\"Post\")\n", after},
		{"into an import in brackets", "from sqlalchemy.orm import (\n    Session,\n    validates,\n)\nclass A:\n    id = 1\n", "from sqlalchemy.orm import (\n    Session,\n    relationship,\n    validates,\n)\nclass A:\n    id = 1\n    posts = relationship(\"Post\")\n", after},
		{"with an import of its own", "import os\n\nimport sqlalchemy as sa\n\nfrom . import b\n\n\nclass A:\n    id = 1\n", "import os\n\nimport sqlalchemy as sa\nfrom sqlalchemy.orm import relationship\n\nfrom . import b\n\n\nclass A:\n    id = 1\n    posts = relationship(\"Post\")\n", after},
		{"with the only import", "\"\"\"M.\"\"\"\nclass A:\n    id = 1\n", "\"\"\"M.\"\"\"\nfrom sqlalchemy.orm import relationship\n\nclass A:\n    id = 1\n    posts = relationship(\"Post\")\n", after},
		{"for type checkers", "from .b import c\n\n\nclass A:\n    id = 1\n", "from typing import TYPE_CHECKING\n\nfrom .b import c\n\nif TYPE_CHECKING:\n    from .post import Post\n\n\nclass A:\n    id = 1\n    posts: Mapped[\"Post\"] = relationship()\n", checked},
		{"for type checkers, beside others", "import typing\n\nif typing.TYPE_CHECKING:\n    from shop.user import User\n\n\nclass A:\n    id = 1\n", "import typing\n\nif typing.TYPE_CHECKING:\n    from shop.post import Post\n    from shop.user import User\n\n\nclass A:\n    id = 1\n    posts: Mapped[\"Post\"] = relationship()\n", checked},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := Extract("/w/shop/a.py", []byte(test.src))
			got, ok := Insert(f, []byte(test.src), 0, DefaultWidth, "shop.a", []NewAttribute{test.attribute})
			if diff := cmp.Diff(test.want, string(got)); !ok || diff != "" {
				t.Errorf("%t\n%s", ok, diff)
			}
		})
	}
}

// TestNothingIsInsertedForCertain lists where no edit can be certain.
func TestNothingIsInsertedForCertain(t *testing.T) {
	attribute := NewAttribute{Name: "posts", Value: `relationship("Post")`, Imports: []NewImport{{Module: "sqlalchemy.orm", Name: "relationship"}}}
	for name, src := range map[string]string{
		"a class on one line":        "class A: id = 1\n",
		"a class without a body":     "class A:\n",
		"a name that is taken":       "class A:\n    posts = 1\n",
		"a function of that name":    "from mine import relationship\nclass A:\n    id = 1\n",
		"a file that is not UTF-8":   "class A:\n    id = 1\n# \xff\n",
		"a name that is called so":   "class A:\n    id = 1\nrelationship = 1\n",
		"a class that is half typed": "class A(\n",
	} {
		f := Extract("m.py", []byte(src))
		if len(f.Decls) == 0 {
			t.Errorf("%s: there is no class", name)
			continue
		}
		if got, ok := Insert(f, []byte(src), 0, DefaultWidth, "m", []NewAttribute{attribute}); ok {
			t.Errorf("%s: makes\n%s", name, got)
		}
	}
}

func TestReword(t *testing.T) {
	const src = "a = f('user.id', r\"x\", b'y', f'{z}')\n"
	f := Extract("m.py", []byte(src))
	at := func(text string) facts.Span {
		i := int32(strings.Index(src, text))
		return facts.Span{Start: i, End: i + int32(len(text))}
	}
	got, ok := Reword(f, []byte(src), DefaultWidth, []Word{{Span: at("x"), New: "longer"}, {Span: at("user"), New: "people"}})
	if want := "a = f('people.id', r\"longer\", b'y', f'{z}')\n"; !ok || string(got) != want {
		t.Errorf("%t %s", ok, got)
	}
	got, ok = Reword(f, []byte(src), DefaultWidth, []Word{{Span: at("'user.id'"), New: `g["x"]`, Literal: true}})
	if want := "a = f(g['x'], r\"x\", b'y', f'{z}')\n"; !ok || string(got) != want {
		t.Errorf("%t %s", ok, got)
	}
	for _, w := range []Word{
		{Span: at("user"), New: "it's"}, {Span: at("user"), New: `a"b`}, {Span: at("a"), New: "b"}, {Span: at("y"), New: "w"},
		{Span: at("z"), New: "w"}, {Span: at("'user"), New: "w"}, {Span: at("user"), New: "f()", Literal: true}, {Span: at("b'y'"), New: "f()", Literal: true},
	} {
		if got, ok := Reword(f, []byte(src), DefaultWidth, []Word{w}); ok {
			t.Errorf("%v makes %s", w, got)
		}
	}
}

func TestRewordLaysOut(t *testing.T) {
	long := strings.Repeat("x", 50)
	short := "a = f(\n    'user', '" + long + "', more=1, others='user'\n)\n"
	for _, test := range []struct{ name, src, word, want string }{
		{"grows", "a = f('user', '" + long + "', user='user')\n", "customers", "a = f(\n    'customers', '" + long + "', user='customers'\n)\n"},
		{"shrinks", short, "a", "a = f('a', '" + long + "', more=1, others='a')\n"},
		{"is laid out otherwise", "a = f('user',\n      'user')\n", "a", "a = f('a',\n      'a')\n"},
	} {
		for _, lineBreak := range []string{"\n", "\r\n"} {
			src := strings.ReplaceAll(test.src, "\n", lineBreak)
			var words []Word
			for at := strings.Index(src, "'user'"); at >= 0; {
				words = append(words, Word{Span: facts.Span{Start: int32(at + 1), End: int32(at + 5)}, New: test.word})
				next := strings.Index(src[at+1:], "'user'")
				if next < 0 {
					break
				}
				at += 1 + next
			}
			got, ok := Reword(Extract("m.py", []byte(src)), []byte(src), DefaultWidth, words)
			if want := strings.ReplaceAll(test.want, "\n", lineBreak); !ok || string(got) != want {
				t.Errorf("%s: %t\n%s", test.name, ok, got)
			}
		}
	}
}

func TestUnimport(t *testing.T) {
	const head = "from a import b, c as d, e\nfrom f import g\n"
	for after, want := range map[string]string{
		"x = b(d, e, g)\n":   head + "x = b(d, e, g)\n",
		"x = b(d, e)\n":      "from a import b, c as d, e\nx = b(d, e)\n",
		"x = b(e, g)\n":      "from a import b, e\nfrom f import g\nx = b(e, g)\n",
		"x = d(e, g)\n":      "from a import c as d, e\nfrom f import g\nx = d(e, g)\n",
		"x = b(d, 'e', g)\n": head + "x = b(d, 'e', g)\n",
		"x = b(d, g)\n":      "from a import b, c as d\nfrom f import g\nx = b(d, g)\n",
	} {
		if got := Unimport("m.py", []byte(head+"x = b(d, e, g)\n"), []byte(head+after)); string(got) != want {
			t.Errorf("%s makes\n%s", after, got)
		}
	}
}
