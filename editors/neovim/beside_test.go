package neovim

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// beside opens a file of editors/testdata/shop with rells and gopls. Without bin/gopls, which
// `make gopls` builds, the test is skipped, unless everything is required to run.
func beside(t *testing.T, file string) (e *editor, root string) {
	t.Helper()
	find(t)
	gopls, err := filepath.Abs(filepath.Join("..", "..", "bin", "gopls"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(gopls); err != nil {
		if os.Getenv("RELLS_REQUIRE_ALL") == "1" {
			t.Fatal("gopls is required: ", err)
		}
		t.Skip("no bin/gopls: make gopls")
	}
	root = workspace(t, "shop")
	t.Setenv("GOPLS", gopls)
	t.Setenv("WORKSPACE", root)
	for name, value := range map[string]string{"GOFLAGS": "-mod=mod", "GOPROXY": "off", "GOTOOLCHAIN": "local", "GOWORK": "off"} {
		t.Setenv(name, value)
	}
	e = open(t, filepath.Join(root, filepath.FromSlash(file)), "luafile "+filepath.Join("testdata", "gopls.lua"))
	e.shows("clients()", "gopls utf-16\nrells utf-16")
	e.shows("problems()", `order.go:8:47 rells back-populates-unknown`)
	return e, root
}

// on puts the cursor on the first match of a pattern in the file, and does something
// there.
func (e *editor) on(pattern, lua string) {
	e.t.Helper()
	e.keys("<Esc>:0<CR>/" + pattern + "<CR>:lua " + lua + "<CR>")
}

// only closes all windows but the file's.
func (e *editor) only() { e.keys(":cclose<CR>:lclose<CR>:only<CR>") }

const (
	tagOfOrders = "`gorm:\"foreignKey:BuyerID\" rel:\"has-many,back_populates:Buyer\"`"
	tagOfBuyer  = "`json:\"käufer😀\" gorm:\"foreignKey:BuyerID\" rel:\"belongs-to,back_populates:Orders\"` // who pays"
)

// TestNavigationBesideGopls asks both servers about names in tags and outside of them.
// In tags rells answers, elsewhere gopls does, and each place is shown once.
func TestNavigationBesideGopls(t *testing.T) {
	e, _ := beside(t, "models/user.go")
	e.on(`Buyer"`, "vim.lsp.buf.definition()")
	e.shows("cursor()", "order.go:7:2 after 1")
	e.keys("<C-t>")
	e.on(`Order\>`, "vim.lsp.buf.definition()")
	e.shows("cursor()", "order.go:4:6 after 1")
	e.keys("<C-t>")

	e.on("Orders", "vim.lsp.buf.references()")
	e.shows("list()", strings.Join([]string{
		"main.go:11:60 println(utf8.RuneCountInString(user.Greeting()), len(user.Orders))",
		"order.go:7:94 Buyer   *User  " + tagOfBuyer,
		"user.go:9:2 Orders  []Order " + tagOfOrders,
	}, "\n"))
	e.only()
	e.on(`Buyer"`, "vim.lsp.buf.references()")
	e.shows("list()", "order.go:7:2 Buyer   *User  "+tagOfBuyer+"\nuser.go:9:74 Orders  []Order "+tagOfOrders)
	e.only()

	e.keys(":buffer user.go<CR>")
	e.on("Name", "vim.lsp.buf.document_highlight()")
	e.shows("highlights()", "16:19 8:2")
	e.on(`Buyer"`, "vim.lsp.buf.clear_references() vim.lsp.buf.document_highlight()")
	e.shows("highlights()", "9:74")
}

// TestOutlineBesideGopls lists what both servers know of a document.
func TestOutlineBesideGopls(t *testing.T) {
	e, _ := beside(t, "models/user.go")
	e.keys(":lua vim.lsp.buf.document_symbol()<CR>")
	e.shows("list()", strings.Join([]string{
		"user.go:10:2 [Field] Friends",
		"user.go:10:2 [Field] User.Friends",
		"user.go:14:16 [Method] (*User).Greeting",
		"user.go:6:6 [Struct] User",
		"user.go:7:2 [Field] ID",
		"user.go:8:2 [Field] Name",
		"user.go:9:2 [Field] Orders",
		"user.go:9:2 [Field] User.Orders",
	}, "\n"))
	e.only()
	e.keys(":lua if vim.lsp.codelens.enable then vim.lsp.codelens.enable(true, { bufnr = 0 }) else vim.lsp.codelens.refresh() end<CR>")
	e.shows("lenses()", "3 3 9") // two of gopls, one of rells
	if e.expr("has('nvim-0.10')") == "1" {
		e.keys(":lua vim.lsp.inlay_hint.enable()<CR>")
		e.shows("hints()", "15 string\n9 inverse Order.Buyer")
	}
}

// TestHoverBesideGopls hovers where one of the servers has something to say, and where
// both have.
func TestHoverBesideGopls(t *testing.T) {
	const (
		ofRells = "has-many `User.Orders -> Order`  \njoined on `orders.buyer_id = users.id`  \n" +
			"inverse `Order.Buyer`  \nboth sides name each other"
		option = "`back_populates`  \nNames the inverse: the field of the target that leads back.\n"
	)
	e, _ := beside(t, "models/user.go")
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
	hover("Orders", "field Orders []Order", ofRells)
	hover(`Buyer"`, option+ofRells)
	hover("Name", "field Name string")
}
