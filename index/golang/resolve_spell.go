package golang

import (
	"strings"

	"github.com/rells-dev/rells/index/facts"
)

// maxSpelling bounds the spelling of a type, in bytes. A few lines of hostile code
// are enough for one that fills the memory.
const maxSpelling = 1024

// String implements facts.Type.
func (t *typ) String() string {
	home := t.ref.Package
	if t.sc != nil {
		home = t.sc.pkg.path
	}
	sp := speller{ref: func(ref facts.Ref) string {
		if ref.Package == home {
			return ref.Name
		}
		return guessName(ref.Package) + "." + ref.Name
	}}
	sp.typ(t)
	return sp.String()
}

// spellArgs spells type arguments as they stand in Refs: "[int,example.com/shop.User]".
// It is "" when they are too long to be anybody's.
func spellArgs(args []*typ) string {
	sp := speller{ref: facts.Ref.String}
	sp.list("[", args, "]")
	if sp.full() {
		return ""
	}
	return sp.String()
}

// speller writes types, up to a bound.
type speller struct {
	strings.Builder
	ref func(facts.Ref) string // how to spell a declared type
}

func (sp *speller) full() bool { return sp.Len() > maxSpelling }

func (sp *speller) list(open string, types []*typ, end string) {
	sp.WriteString(open)
	for i, t := range types {
		if i > 0 {
			sp.WriteByte(',')
		}
		sp.typ(t)
	}
	sp.WriteString(end)
}

// typ writes a type. What is not known of it (its methods, say) is left out.
func (sp *speller) typ(t *typ) {
	if sp.full() {
		return
	}
	if !t.ref.IsZero() {
		sp.declared(t)
		return
	}
	switch t.shape {
	case facts.Basic:
		sp.WriteString(t.basic)
	case facts.Pointer:
		sp.elem("*", t)
	case facts.Slice:
		sp.elem("[]", t)
	case facts.Array:
		sp.elem("["+t.expr.Length+"]", t)
	case facts.Map:
		sp.list("map[", []*typ{t.mapKey()}, "]")
		sp.elem("", t)
	case facts.Chan:
		sp.elem("chan ", t)
	case facts.Struct:
		sp.fields(t)
	case facts.Func:
		sp.WriteString("func(...)")
	case facts.Interface:
		if t.basic != "" {
			sp.WriteString(t.basic)
		} else {
			sp.WriteString("interface{...}")
		}
	default:
		sp.WriteByte('?')
	}
}

func (sp *speller) declared(t *typ) {
	if len(t.args) == 0 {
		sp.WriteString(sp.ref(t.ref))
		return
	}
	sp.WriteString(sp.ref(t.symbol.ref()))
	sp.list("[", t.args, "]")
}

func (sp *speller) elem(prefix string, t *typ) {
	sp.WriteString(prefix)
	sp.typ(t.elem)
}

func (sp *speller) fields(t *typ) {
	sp.WriteString("struct{")
	for i, f := range t.Fields() {
		if i > 0 {
			sp.WriteString("; ")
		}
		if sp.full() {
			return
		}
		sp.WriteString(f.Name.Text + " ")
		sp.typ(f.Type.(*typ))
	}
	sp.WriteByte('}')
}

// mapKey is the type of a map's keys.
func (t *typ) mapKey() *typ {
	if t.key == nil {
		return unknown
	}
	return t.key
}
