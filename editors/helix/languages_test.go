package helix

import "testing"

// TestPython shows what is wrong with models in Python.
func TestPython(t *testing.T) {
	root := t.TempDir()
	write(t, root, map[string]string{"models.py": `from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    books: Mapped[list["Book"]] = relationship(back_populates="athor")


class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"))
    author: Mapped["Author"] = relationship(back_populates="books")
`})
	e := open(t, root, "models.py")
	e.shows("the problem", `"athor"\).* Book has no such`)
}

// TestSettings shows what is wrong with the settings of rells, once there are models.
func TestSettings(t *testing.T) {
	root := workspace(t, "blog")
	write(t, root, map[string]string{"rells.toml": "[severity]\nback-populates-unknwn = \"off\"\n"})
	e := open(t, root, "rells.toml")
	e.shows("the mistake", `unknwn = "off".* no such rule`)
}
