package neovim

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// besidePyright opens a file of editors/testdata/pyshop with rells and Pyright. Without what
// `make pyright` fetches the test is skipped, unless everything is required to run.
func besidePyright(t *testing.T, file string) (e *editor, root string) {
	t.Helper()
	find(t)
	pyright, err := filepath.Abs(filepath.Join("..", "pyright", "node_modules", "pyright", "langserver.index.js"))
	if err != nil {
		t.Fatal(err)
	}
	_, absent := os.Stat(pyright)
	if absent == nil {
		_, absent = exec.LookPath("node")
	}
	if absent != nil {
		if os.Getenv("RELLS_REQUIRE_ALL") == "1" {
			t.Fatal("Pyright is required: ", absent)
		}
		t.Skip("no Pyright: make pyright")
	}
	root = workspace(t, "pyshop")
	t.Setenv("PYRIGHT", pyright)
	t.Setenv("WORKSPACE", root)
	e = open(t, filepath.Join(root, filepath.FromSlash(file)), "luafile "+filepath.Join("testdata", "pyright.lua"))
	e.shows("clients()", "pyright utf-16\nrells utf-16")
	e.shows("problems()", "order.py:19:64 rells back-populates-unknown")
	return e, root
}

// The comment is there for Neovim 0.10, which miscounts near the end of a line that holds
// wide characters.
const (
	ordersOfUser = `orders: Mapped[list["Order"]] = relationship(back_populates="buyer")`
	buyerOfOrder = `buyer: Mapped[User] = relationship("User", info={"käufer": "😀"}, back_populates="orders")  # who pays`
)

// TestNavigationBesidePyright asks both servers about names in texts and in code. In texts
// rells answers, in code and annotations Pyright does, and each place is shown once.
func TestNavigationBesidePyright(t *testing.T) {
	e, _ := besidePyright(t, "shop/user.py")
	e.on(`buyer"`, "vim.lsp.buf.definition()")
	e.shows("cursor()", "order.py:18:5 after 1")
	e.keys("<C-t>")
	e.on(`Order"\]`, "vim.lsp.buf.definition()")
	e.shows("cursor()", "order.py:13:7 after 1")
	e.keys("<C-t>")

	e.on("orders", "vim.lsp.buf.references()")
	e.shows("list()", strings.Join([]string{
		"main.py:5:37 print(user.greeting(), len(user.orders))",
		"order.py:18:90 " + buyerOfOrder,
		"user.py:16:5 " + ordersOfUser,
	}, "\n"))
	e.only()
	e.on(`buyer"`, "vim.lsp.buf.references()")
	e.shows("list()", "order.py:18:5 "+buyerOfOrder+"\nuser.py:16:66 "+ordersOfUser)
	e.only()

	e.keys(":buffer user.py<CR>")
	e.on("name: ", "vim.lsp.buf.document_highlight()")
	e.shows("highlights()", "15:5 19:38")
	e.on(`buyer"`, "vim.lsp.buf.clear_references() vim.lsp.buf.document_highlight()")
	e.shows("highlights()", "16:66")
}

// TestOutlineBesidePyright lists what both servers know of a document.
func TestOutlineBesidePyright(t *testing.T) {
	e, _ := besidePyright(t, "shop/user.py")
	e.keys(":lua vim.lsp.buf.document_symbol()<CR>")
	e.shows("list()", strings.Join([]string{
		"user.py:11:7 [Class] User",
		"user.py:12:5 [Variable] __tablename__",
		"user.py:14:5 [Variable] id",
		"user.py:15:5 [Variable] name",
		"user.py:16:5 [Field] User.orders",
		"user.py:16:5 [Variable] orders",
		"user.py:18:9 [Method] greeting",
	}, "\n"))
	e.only()
	e.keys(":lua if vim.lsp.codelens.enable then vim.lsp.codelens.enable(true, { bufnr = 0 }) else vim.lsp.codelens.refresh() end<CR>")
	e.shows("lenses()", "16")
	if e.expr("has('nvim-0.10')") == "1" {
		e.keys(":lua vim.lsp.inlay_hint.enable()<CR>")
		e.shows("hints()", "16 inverse Order.buyer")
	}
}

// TestHoverBesidePyright hovers where one of the servers has something to say, and where
// both have.
func TestHoverBesidePyright(t *testing.T) {
	const ofRells = "has-many `User.orders -> Order`  \njoined on `order.buyer_id = user.id`  \n" +
		"inverse `Order.buyer`  \nthe declaration says so"
	e, _ := besidePyright(t, "shop/user.py")
	hover := func(pattern string, want ...string) {
		t.Helper()
		e.on(pattern, "vim.lsp.buf.hover()")
		var got string
		e.until("the hover on "+pattern, func() bool {
			got = e.lua("floats()")
			for _, part := range want {
				if strings.Count(got, part) != 1 {
					return false
				}
			}
			return true
		})
		e.only()
	}
	hover("orders", "(variable) orders", ofRells)
	hover(`buyer"`, ofRells)
	hover(`Order"\]`, "(class) Order")
}

// TestCompletionBesidePyright completes in a text, behind characters of every width, and in
// code: each server offers its own, once.
func TestCompletionBesidePyright(t *testing.T) {
	e, root := besidePyright(t, "shop/order.py")
	e.keys("/orders<CR>ce<C-x><C-o>")
	e.until("completion inserts the inverse", func() bool { return e.line() == buyerOfOrder })
	e.shows("menu()", "orders")
	e.keys("<C-y><Esc>")
	e.shows("problems()", "order.py:19:64 rells back-populates-unknown")
	e.saved(filepath.Join(root, "shop", "order.py"), buyerOfOrder)

	e.keys(":edit " + filepath.Join(root, "main.py") + "<CR>")
	e.keys("/greeting<CR>C<C-x><C-o>")
	e.until("completion in code", func() bool {
		menu := strings.Fields(e.lua("menu()"))
		return slices.Contains(menu, "greeting") && slices.Contains(menu, "orders") && len(slices.Compact(slices.Clone(menu))) == len(menu)
	})
	e.keys("<C-e><Esc>u")
}

// TestFixBesidePyright has rells add an attribute, with all that it needs, to a file that is
// not open, and Pyright follow it there.
func TestFixBesidePyright(t *testing.T) {
	e, root := besidePyright(t, "shop/order.py")
	e.wish("Add Line.order")
	e.on(`order")`, "vim.lsp.buf.code_action()")
	e.shows("problems()", "")
	e.saved(filepath.Join(root, "shop", "line.py"), "    order: Mapped[\"Order\"] = relationship(back_populates=\"lines\")\n")
	e.shows("problems()", "")
	e.keys(":buffer line.py<CR>")
	e.on(`Order"`, "vim.lsp.buf.definition()")
	e.shows("cursor()", "order.py:13:7 after 1")
}

// TestRenameBesidePyright renames a table, which rells does, and an attribute, which is for
// Pyright to do: the texts follow when rells is asked to.
func TestRenameBesidePyright(t *testing.T) {
	e, root := besidePyright(t, "shop/order.py")
	e.keys(":edit " + filepath.Join(root, "shop", "user.py") + "<CR>")
	e.shows("clients()", "pyright utf-16\nrells utf-16")
	e.on(`user"`, "vim.lsp.buf.rename(\"people\")")
	e.until("the table is renamed", func() bool { return e.line() == `__tablename__ = "people"` })
	e.saved(filepath.Join(root, "shop", "order.py"), `ForeignKey("people.id")`)

	e.on("orders", "vim.lsp.buf.rename(\"purchases\")")
	e.shows("problems()", "order.py:18:90 rells back-populates-unknown\norder.py:19:64 rells back-populates-unknown")
	e.saved(filepath.Join(root, "main.py"), "len(user.purchases)")
	e.wish("Update the text that names User.orders to purchases")
	e.on("purchases", "vim.lsp.buf.code_action()")
	e.shows("problems()", "order.py:19:64 rells back-populates-unknown")
	e.saved(filepath.Join(root, "shop", "order.py"), strings.ReplaceAll(buyerOfOrder, "orders", "purchases"))
}
