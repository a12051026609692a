package neovim

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPython goes the way of TestThread in models of SQLAlchemy.
func TestPython(t *testing.T) {
	find(t)
	root := write(t, map[string]string{
		"pyproject.toml": "[project]\nname = \"blog\"\n",
		"blog/base.py":   "from sqlalchemy.orm import declarative_base\n\nBase = declarative_base()\n",
		"blog/author.py": "from sqlalchemy import Column, Integer\nfrom sqlalchemy.orm import relationship\n\nfrom .base import Base\n\n\n" +
			"class Author(Base):\n    __tablename__ = \"author\"\n    id = Column(Integer, primary_key=True)\n" +
			"    books = relationship(\"Book\", back_populates=\"athor\")\n",
		"blog/book.py": "from sqlalchemy import Column, ForeignKey, Integer\nfrom sqlalchemy.orm import relationship\n\nfrom .base import Base\n\n\n" +
			"class Book(Base):\n    __tablename__ = \"book\"\n    id = Column(Integer, primary_key=True)\n" +
			"    author_id = Column(ForeignKey(\"author.id\"))\n    author = relationship(\"Author\")\n",
	})
	e := open(t, filepath.Join(root, "blog", "author.py"))
	e.until("the problem is shown", func() bool { return e.problems() == "back-populates-unknown" })

	e.keys("/athor<CR>ce<C-x><C-o>")
	e.until("completion inserts the inverse", func() bool {
		return e.line() == "books = relationship(\"Book\", back_populates=\"author\")"
	})
	e.keys("<C-y><Esc>")
	e.until("the other side says nothing back", func() bool { return e.problems() == "back-populates-one-sided" })

	e.keys(":lua vim.lsp.buf.definition()<CR>")
	e.until("the jump lands on the inverse", func() bool {
		return e.file() == "book.py" && e.line() == "author = relationship(\"Author\")"
	})
	e.keys("<C-o>")
	e.until("the cursor is back", func() bool { return e.file() == "author.py" })

	e.keys(":lua vim.lsp.buf.code_action()<CR>")
	e.until("the problem is gone", func() bool { return e.problems() == "" })
	e.keys(":wall<CR>")
	e.until("the other file is mended", func() bool {
		text, err := os.ReadFile(filepath.Join(root, "blog", "book.py"))
		return err == nil && strings.Contains(string(text), "    author = relationship(\"Author\", back_populates=\"books\")\n")
	})
}
