package neovim

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// wish says which code action is to be chosen from now on.
func (e *editor) wish(title string) { e.expr("execute('let g:wanted = \"" + title + "\"')") }

// saved waits until a file on disk holds a text.
func (e *editor) saved(path, text string) {
	e.t.Helper()
	e.keys("<Esc>:wall<CR>")
	var got []byte
	e.until(path+" holds "+text, func() bool {
		got, _ = os.ReadFile(path)
		return strings.Contains(string(got), text)
	})
}

// TestFixBesideGopls has rells add a field to a file that is not open, uses the field in
// Go code that gopls checks, and has gopls sort out the imports.
func TestFixBesideGopls(t *testing.T) {
	e, root := beside(t, "models/order.go")
	e.wish("Add Line.Order")
	e.on(`Order"`, "vim.lsp.buf.code_action()")
	e.shows("problems()", "")
	e.saved(filepath.Join(root, "models", "line.go"), "\tOrder   *Order `rel:\"back_populates:Lines\"`\n")
	e.shows("problems()", "")

	e.keys(":edit " + filepath.Join(root, "main.go") + "<CR>")
	e.keys("/println<CR>oprintln(models.Line{}.Ordr)<Esc>")
	e.shows("problems()", "main.go:12:24 compiler MissingFieldOrMethod")
	e.keys("bcwOrder<Esc>")
	e.shows("problems()", "")

	e.keys(":%s/utf8.RuneCountInString(user.Greeting())/1/<CR>")
	e.shows("problems()", "main.go:4:2 compiler UnusedImport")
	e.wish("Organize Imports")
	e.keys(":lua vim.lsp.buf.code_action()<CR>")
	e.shows("problems()", "")
	e.saved(filepath.Join(root, "main.go"), "import (\n\t\"example.com/shop/models\"\n)")
}

// TestCompletionBesideGopls completes in a tag, behind characters of every width, and
// in Go code: each server offers its own, once.
func TestCompletionBesideGopls(t *testing.T) {
	e, root := beside(t, "models/order.go")
	e.keys("/Orders<CR>ce<C-x><C-o>")
	e.until("completion inserts the inverse", func() bool { return strings.Contains(e.line(), "back_populates:Orders\"`") })
	e.shows("menu()", "Friends Orders")
	e.keys("<C-y><Esc>")
	e.shows("problems()", "order.go:8:47 rells back-populates-unknown")
	e.saved(filepath.Join(root, "models", "order.go"), tagOfBuyer)

	e.keys(":edit " + filepath.Join(root, "main.go") + "<CR>")
	e.keys("/Greeting<CR>C<C-x><C-o>")
	e.until("completion in Go code", func() bool { return e.lua("menu()") != "" })
	e.shows("menu()", "Friends Greeting ID Name Orders")
	e.keys("<C-e><Esc>u")
	e.shows("problems()", "order.go:8:47 rells back-populates-unknown")
}

// TestRenameBesideGopls renames a join table, which rells does, and a field, which is
// for gopls to do: what that means for tags is shown in a document in no window too,
// and the tags follow when rells is asked to.
func TestRenameBesideGopls(t *testing.T) {
	e, root := beside(t, "models/order.go")
	e.keys(":edit " + filepath.Join(root, "models", "user.go") + "<CR>")
	e.shows("clients()", "gopls utf-16\nrells utf-16")
	e.on("friendships", "vim.lsp.buf.rename(\"follows\")")
	e.until("the table is renamed", func() bool { return e.line() == "Friends []User  `gorm:\"many2many:follows\"`" })

	e.on("Orders", "vim.lsp.buf.rename(\"Purchases\")")
	e.shows("problems()", "order.go:7:94 rells back-populates-unknown\norder.go:8:47 rells back-populates-unknown")
	e.saved(filepath.Join(root, "main.go"), "len(user.Purchases)")
	e.saved(filepath.Join(root, "models", "user.go"), "\tPurchases  []Order "+tagOfOrders)
	e.wish("Update the tag that names User.Orders to Purchases")
	e.on("Purchases", "vim.lsp.buf.code_action()")
	e.shows("problems()", "order.go:8:47 rells back-populates-unknown")
	e.saved(filepath.Join(root, "models", "order.go"), strings.ReplaceAll(tagOfBuyer, "Orders", "Purchases"))
}
