package diagram

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"io"
)

// page is the page that draws a graph, all in one file. It is made of the folder page by
// `make diagram` and checked in, so that the go command alone can build rells.
//
//go:embed page/dist/page.html
var page []byte

// gap is where the page has its graph.
const gap = "{{graph}}"

// Page writes a graph as a page of HTML that needs nothing besides. Without a graph the
// page waits to be told one by the editor that shows it.
func Page(w io.Writer, g *Graph) error {
	data, err := json.Marshal(g) // escapes what would end the element
	if err != nil {
		return err
	}
	before, after, _ := bytes.Cut(page, []byte(gap))
	for _, part := range [][]byte{before, data, after} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}
