package index_test

import (
	"fmt"
	"strings"
)

// pythonPackage holds models of SQLAlchemy, which look each other up by name, by table and
// by what one makes on another.
const pythonPackage = "py"

var pythonClasses = []string{"User", "Post", "Tag", "Mixin"}

// pythonSource is a module of Python: where the base comes from, what classes say of each
// other, and what is said of them elsewhere.
func (w *randomWorkspace) pythonSource() string {
	var s strings.Builder
	s.WriteString(w.pick([]string{
		"from sqlalchemy import Column, ForeignKey, Table\nfrom sqlalchemy.orm import declarative_base, relationship, backref, declared_attr\nBase = declarative_base()\n",
		"from sqlalchemy import Column, ForeignKey, Table\nfrom sqlalchemy.orm import relationship, backref, registry, declared_attr\nfrom .f0 import *\nreg = registry()\n",
		"import sqlalchemy as sa\nfrom sqlalchemy import *\nfrom sqlalchemy.orm import *\nfrom .f1 import Base, User as Other\n",
		"from sqlmodel import Field, Relationship, SQLModel\nfrom sqlalchemy import Column, ForeignKey\nfrom sqlalchemy.orm import relationship\nfrom .f2 import Base\n",
		"from .f0 import Base, relationship, Column\n",
	}))
	if w.rand.IntN(2) == 0 {
		s.WriteString("links = Table('links', Base.metadata, Column('user_id', ForeignKey('user.id')), Column('tag_id', ForeignKey('tag.id')))\n")
	}
	for range 1 + w.rand.IntN(3) {
		class := w.pick(pythonClasses)
		fmt.Fprintf(&s, "class %s(%s):\n    __tablename__ = '%s'\n    id = Column(primary_key=True)\n",
			class, w.pick([]string{"Base", "Base", "Base", "Base, Mixin", "User", "Other", "SQLModel, table=True", ""}), w.pick([]string{strings.ToLower(class), strings.ToLower(class), "user", "other"}))
		for _, field := range []string{
			"user_id = Column(ForeignKey('user.id'))", "post_id = Column(ForeignKey('post.id'))", "user = relationship('User', back_populates='posts')",
			"posts = relationship('Post', back_populates='user')", "posts = relationship(Post, backref='writer')", "tags = relationship('Tag', secondary='links', backref=backref('users'))",
			"users = relationship('User', secondary=links)", "parent = relationship('Post', remote_side='Post.id')", "user_id: int = Field(foreign_key='user.id')",
			"user: 'User' = Relationship(back_populates='posts')", "nope = relationship('Nope')",
			"@declared_attr\n    def owner(cls):\n        return relationship('User', back_populates='owned')",
		} {
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
