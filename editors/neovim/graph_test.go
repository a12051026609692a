package neovim

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestGraph draws the models of the workspace: the page that the browser is to open
// holds them, or only those near one. What cannot be drawn is told.
func TestGraph(t *testing.T) {
	root := workspace(t, "blog")
	e := open(t, filepath.Join(root, "author.go"), "runtime plugin/rells.lua",
		"lua require('rells.graph').open = function(path) vim.g.opened = path end",
		"lua vim.notify = function(text) vim.g.told = text end")
	e.until("a problem is shown", func() bool { return e.problems() != "" })

	drawn := func(command string) string {
		e.keys(":let g:opened = ''<CR>:" + command + "<CR>")
		e.until(command+" opens a page", func() bool { return e.expr("g:opened") != "" })
		page, err := os.ReadFile(e.expr("g:opened"))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(string(page), "<!doctype html>") || !strings.HasSuffix(strings.TrimSpace(string(page)), "</html>") {
			t.Errorf("%s opens no page, but %.80q", command, page)
		}
		return string(page)
	}
	const author, book = `"id":"example.com/blog.Author"`, `"id":"example.com/blog.Book"`
	if page := drawn("RellsGraph"); !strings.Contains(page, author) || !strings.Contains(page, book) {
		t.Error("the page does not hold the models")
	}
	if page := drawn("RellsGraph Book 0"); strings.Contains(page, author) || !strings.Contains(page, book) {
		t.Error("the page does not hold Book alone")
	}
	e.keys(":RellsGraph Reader<CR>")
	e.until("it is told that there is no such model", func() bool {
		return strings.Contains(e.expr("get(g:, 'told', '')"), "no model is called Reader")
	})
	e.keys(":RellsSummary<CR>")
	e.until("it is told what there is", func() bool {
		return strings.HasPrefix(e.expr("g:told"), "rells: 2 models, ")
	})
}

// TestHealth has the editor report on the plugin.
func TestHealth(t *testing.T) {
	root := workspace(t, "blog")
	e := open(t, filepath.Join(root, "author.go"))
	e.until("a problem is shown", func() bool { return e.problems() != "" })
	e.keys(":checkhealth rells<CR>")
	e.until("the program is reported on", func() bool {
		return strings.Contains(e.expr("join(getline(1, '$'))"), " at "+rells)
	})
	if report := e.expr("join(getline(1, '$'))"); strings.Contains(report, "ERROR") || !strings.Contains(report, "the server runs") {
		t.Errorf("the report is %s", report)
	}
}
