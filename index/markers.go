package index

import (
	"bytes"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
)

// markers are the bytes without one of which a file cannot start a model. Every
// byte of a workspace is looked at for them, so they are grouped by a byte that
// is rare in source: one quick search for it finds the places where any marker of
// the group can stand. The bytes on both sides of it settle nearly all of these places,
// so that the time hardly grows with the number of dialects.
type markers []*markerGroup

// markerGroup are the markers that hold one byte.
type markerGroup struct {
	anchor byte
	next   [256]bool          // bytes that stand behind the anchor in a marker
	ending bool               // a marker ends with the anchor
	first  []markerParts      // markers that begin with the anchor
	behind [256][]markerParts // the others, by the byte before the anchor
}

// markerParts is a marker, cut at its first anchor.
type markerParts struct {
	before, from []byte // from starts with the anchor
	key          bool   // the key of a tag: the end of a longer one is none
}

// anchors are bytes that are rare in source, and that markers have in common,
// first those that markers of struct tags share, last those of markers of Python.
const anchors = `:/@$\.q(_`

func newMarkers(dialects []*dialect.Dialect, set settings) markers {
	var texts []string
	for _, d := range dialects {
		texts = append(texts, d.Markers...)
		for _, own := range set.everywhere(d) {
			for _, key := range d.TagKeys(own) {
				if slices.Contains(d.Shared, key) {
					continue
				}
				texts = append(texts, key+`:"`, key+`:\"`) // in a raw string, in an ordinary one
			}
		}
	}
	slices.Sort(texts)
	return groupMarkers(slices.Compact(texts))
}

func groupMarkers(texts []string) markers {
	var m markers
	for _, text := range texts {
		m = m.add(text)
	}
	return m
}

// add puts a marker into the group of its anchor. One without any of the anchors
// goes by its first byte.
func (m markers) add(text string) markers {
	at := 0
	for _, anchor := range []byte(anchors) {
		if n := strings.IndexByte(text, anchor); n >= 0 {
			at = n
			break
		}
	}
	key := strings.HasSuffix(text, `:"`) || strings.HasSuffix(text, `:\"`)
	parts := markerParts{[]byte(text[:at]), []byte(text[at:]), key}
	i := slices.IndexFunc(m, func(g *markerGroup) bool { return g.anchor == text[at] })
	if i < 0 {
		i, m = len(m), append(m, &markerGroup{anchor: text[at]})
	}
	if at == 0 {
		m[i].first = append(m[i].first, parts)
	} else {
		m[i].behind[text[at-1]] = append(m[i].behind[text[at-1]], parts)
	}
	if at+1 < len(text) {
		m[i].next[text[at+1]] = true
	} else {
		m[i].ending = true
	}
	return m
}

// in reports whether any marker stands in the source.
func (m markers) in(src []byte) bool {
	for i := range m {
		if m[i].in(src) {
			return true
		}
	}
	return false
}

func (g *markerGroup) in(src []byte) bool {
	for at := 0; ; at++ {
		n := bytes.IndexByte(src[at:], g.anchor)
		if n < 0 {
			return false
		}
		at += n
		if !g.ending && (at+1 == len(src) || !g.next[src[at+1]]) {
			continue
		}
		if standsAt(g.first, src, at) || at > 0 && standsAt(g.behind[src[at-1]], src, at) {
			return true
		}
	}
}

// standsAt reports whether one of the markers stands with its anchor at an offset.
func standsAt(parts []markerParts, src []byte, at int) bool {
	for _, p := range parts {
		if bytes.HasSuffix(src[:at], p.before) && bytes.HasPrefix(src[at:], p.from) &&
			!(p.key && endsInLetter(src[:at-len(p.before)])) {
			return true
		}
	}
	return false
}

// endsInLetter reports whether what stands before the key of a tag makes it the end of a
// longer one: form is not orm.
func endsInLetter(src []byte) bool {
	if len(src) == 0 {
		return false
	}
	last := src[len(src)-1]
	return last == '_' || 'a' <= last|0x20 && last|0x20 <= 'z'
}
