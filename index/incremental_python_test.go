package index_test

import (
	"fmt"
	"path"
	"strings"
)

// pythonPackage holds models of SQLAlchemy, which look each other up by name, by table and
// by what one makes on another.
const pythonPackage = "py"

// pythonFiles are its modules: three with models, one that hands on their names, and one
// without any marker.
var pythonFiles = []string{"f0.py", "f0.py", "f1.py", "f1.py", "f2.py", "f2.py", "__init__.py", "plain.py"}

var pythonClasses = []string{"User", "Post", "Tag", "Mixin"}

var pythonFields = []string{
	"user_id = Column(ForeignKey('user.id'))", "post_id = Column(ForeignKey('post.id'))", "user = relationship('User', back_populates='posts')",
	"posts = relationship('Post', back_populates='user')", "posts = relationship(Post, backref='writer')", "tags = relationship('Tag', secondary='links', backref=backref('users'))",
	"users = relationship('User', secondary=links)", "parent = relationship('Post', remote_side='Post.id')", "user_id: int = Field(foreign_key='user.id')",
	"user: 'User' = Relationship(back_populates='posts')", "nope = relationship('Nope')",
	"@declared_attr\n    def owner(cls):\n        return relationship('User', back_populates='owned')",
}

// pythonImports are how modules begin: first that which declares the base, and one that
// knows it.
var pythonImports = []string{
	"from sqlalchemy import Column, ForeignKey, Table\nfrom sqlalchemy.orm import declarative_base, relationship, backref, declared_attr\nBase = declarative_base()\n",
	"from sqlalchemy import Column, ForeignKey\nfrom sqlalchemy.orm import relationship, backref\nfrom .f0 import Base, User, Post as Other, Mixin\n",
	"from sqlalchemy import Column, ForeignKey, Table\nfrom sqlalchemy.orm import relationship, backref, registry, declared_attr\nfrom .f0 import *\nreg = registry()\n",
	"import sqlalchemy as sa\nfrom sqlalchemy import *\nfrom sqlalchemy.orm import *\nfrom .f1 import Base, User as Other\n",
	"from sqlmodel import Field, Relationship, SQLModel\nfrom sqlalchemy import Column, ForeignKey\nfrom sqlalchemy.orm import relationship\nfrom .f2 import Base\n",
	"from .f0 import Base, relationship, Column\n",
	"from sqlalchemy import Column, ForeignKey\nfrom sqlalchemy.orm import relationship, backref\nfrom .f1 import Base, Tag as User, Mixin as Other\n",
	"from sqlalchemy import Column, ForeignKey\nfrom sqlalchemy.orm import relationship, backref\nfrom .plain import *\n",
	"from sqlalchemy import Column, ForeignKey\nfrom sqlalchemy.orm import relationship, DeclarativeBase as Root\nfrom . import Base, User, plain\nclass Base(Root): pass\n",
}

// otherAttribute changes a line of a class, and no name that other modules know.
func (w *randomWorkspace) otherAttribute(text string) string {
	lines := strings.Split(text, "\n")
	at := w.rand.IntN(len(lines))
	for i := range lines {
		switch line := &lines[(at+i)%len(lines)]; {
		case strings.HasPrefix(*line, "     "):
			continue
		case strings.HasPrefix(*line, "    "):
			*line = "    " + w.pick(append([]string{"pass", "__abstract__ = True", "__tablename__ = 'user'", "id = Column('key')"}, pythonFields...))
		case strings.HasPrefix(*line, "Base = "):
			*line = w.pick([]string{"Base = declarative_base()", "Base = declarative_base(cls=Mixin)", "Base = Root", "Base = None"})
		default:
			continue
		}
		break
	}
	return strings.Join(lines, "\n")
}

// pythonSource is a module of Python: where the base comes from, what classes say of each
// other, and what is said of them elsewhere.
func (w *randomWorkspace) pythonSource(name string) string {
	switch path.Base(name) {
	case "__init__.py":
		return w.pick([]string{"", "from .f0 import *\n", "from .f1 import Base, User\nfrom .f2 import Post as Tag\n", "from . import f2 as f0\n", "Base = None\n"})
	case "plain.py":
		return w.pick([]string{
			"class Mixin: pass\n", "from .f0 import User\nclass Mixin(User): pass\n", "from .f1 import Base\nclass User(Base):\n    __table_args__ = {}\n",
			"from .f0 import Base as Root\nBase = Root\n", "from . import f0\nclass Base(f0.Base): pass\nclass Mixin(Base): __abstract__ = True\n",
		})
	}
	var s strings.Builder
	imports := w.pick(pythonImports)
	if w.rand.IntN(2) == 0 { // most of what is said is to fit together
		imports = pythonImports[1]
		if path.Base(name) == "f0.py" {
			imports = pythonImports[0]
		}
	}
	s.WriteString(imports)
	if w.rand.IntN(2) == 0 {
		s.WriteString("links = Table('links', Base.metadata, Column('user_id', ForeignKey('user.id')), Column('tag_id', ForeignKey('tag.id')))\n")
	}
	for range 1 + w.rand.IntN(3) {
		class := w.pick(pythonClasses)
		fmt.Fprintf(&s, "class %s(%s):\n    __tablename__ = '%s'\n    id = Column(primary_key=True)\n",
			class, w.pick([]string{"Base", "Base", "Base", "Base, Mixin", "User", "Other", "plain.Mixin, Base", "Mixin", "SQLModel, table=True", ""}), w.pick([]string{strings.ToLower(class), strings.ToLower(class), "user", "other"}))
		for _, field := range pythonFields {
			if w.rand.IntN(3) == 0 {
				s.WriteString("    " + field + "\n")
			}
		}
	}
	s.WriteString(w.pick([]string{
		"", "", "User.extra = relationship('Tag')\n", "class Plain: pass\nreg.map_imperatively(Plain, links, properties={'user': relationship('User')})\n",
		"def f(x):\n    return [x for x in 'sqlalchemy']\n", "Alias = User\n",
	}))
	return s.String()
}
