package settings

import (
	"bytes"
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"github.com/rells-dev/rells/index/facts"
)

// Parse reads the text of a rells.toml. Where the text is not TOML at all, nothing
// of it counts and the one problem says where it ends to be.
func Parse(text []byte) (Settings, []Problem) {
	r := newReader()
	if err := toml.Unmarshal(text, &map[string]any{}); err != nil {
		r.report(placeOf(err, text), "", strings.TrimPrefix(err.Error(), "toml: "))
	} else {
		walk(text, r.take)
	}
	for i := range r.problems {
		p := &r.problems[i]
		before := text[:p.Span.Start]
		p.Line = 1 + bytes.Count(before, []byte{'\n'})
		p.Column = len(before) - bytes.LastIndexByte(before, '\n')
	}
	slices.SortStableFunc(r.problems, func(a, b Problem) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	return r.settings, r.problems
}

// placeOf is where an error of the library lies: one byte, or none at the end.
func placeOf(err error, text []byte) facts.Span {
	var decode *toml.DecodeError
	if !errors.As(err, &decode) {
		return facts.Span{}
	}
	line, column := decode.Position()
	start := 0
	for range line - 1 {
		start += bytes.IndexByte(text[start:], '\n') + 1
	}
	start = min(start+max(column-1, 0), len(text))
	return facts.Span{Start: int32(start), End: int32(min(start+1, len(text)))}
}

// walk yields the entries of a text that is known to be TOML, in their order.
func walk(text []byte, yield func(entry)) {
	w := walker{yield: yield}
	w.Reset(text)
	var above []string
	for w.NextExpression() {
		e := w.Expression()
		switch e.Kind {
		case unstable.Table, unstable.ArrayTable:
			path, span := key(e)
			above = path
			w.yield(entry{path: path, value: table{}, name: span, at: span})
		case unstable.KeyValue:
			w.keyValue(above, e)
		}
	}
}

type walker struct {
	unstable.Parser
	yield func(entry)
}

// keyValue yields what one line of a table, or of an inline table, says.
func (w *walker) keyValue(above []string, e *unstable.Node) {
	path, name := key(e)
	path = slices.Concat(above, path)
	node := e.Value()
	out := entry{path: path, value: w.value(node), name: name, at: name}
	if node.Raw.Length > 0 && node.Kind != unstable.InlineTable && node.Kind != unstable.Array {
		out.at = spanOf(node.Raw)
	}
	w.yield(out)
	if node.Kind != unstable.InlineTable {
		return
	}
	for it := node.Children(); it.Next(); {
		w.keyValue(path, it.Node())
	}
}

// key is the path that an expression names, and where it stands.
func key(e *unstable.Node) (path []string, span facts.Span) {
	for it := e.Key(); it.Next(); {
		part := spanOf(it.Node().Raw)
		if len(path) == 0 {
			span.Start = part.Start
		}
		span.End = part.End
		path = append(path, string(it.Node().Data))
	}
	return path, span
}

func spanOf(r unstable.Range) facts.Span {
	return facts.Span{Start: int32(r.Offset), End: int32(r.Offset + r.Length)}
}

func (w *walker) value(node *unstable.Node) any {
	switch node.Kind {
	case unstable.String:
		return string(node.Data)
	case unstable.Bool:
		return string(node.Data) == "true"
	case unstable.InlineTable:
		return table{}
	case unstable.Array:
		list := []any{}
		for it := node.Children(); it.Next(); {
			list = append(list, w.value(it.Node()))
		}
		return list
	}
	return number(node.Data)
}
