package facts

import (
	"slices"
	"strings"
)

// Span is the half-open range [Start, End) of 0-based byte offsets in a file.
type Span struct {
	Start, End int32
}

// Contains reports whether offset lies in the span or directly behind it: a
// cursor at the end of a name is still on that name.
func (s Span) Contains(offset int) bool {
	return int(s.Start) <= offset && offset <= int(s.End)
}

// IsZero reports whether the span is the zero value, which stands for "nowhere".
func (s Span) IsZero() bool { return s == Span{} }

// Len is the length of the span in bytes.
func (s Span) Len() int { return int(s.End - s.Start) }

// Slot is a stretch of source that names something: what it says and where it
// stands. A Slot may be empty (a value not typed yet) and still have a place.
type Slot struct {
	Text string // decoded: escapes of the string literal are resolved
	Span Span   // the source as written

	// Offsets holds, where escapes make text and source differ in length, the
	// source offset of each byte of Text followed by the offset of its end:
	// len(Offsets) == len(Text)+1. Bytes that come from one escape share its
	// offset. It is nil where Text stands in the source byte by byte.
	Offsets []int32
}

// IsZero reports whether the slot is absent, as opposed to present and empty.
func (s Slot) IsZero() bool { return s.Text == "" && s.Span.IsZero() }

// Sub is the slot of Text[i:j], with the span that this part has in the source.
// It panics, as slicing does, unless 0 <= i <= j <= len(Text).
func (s Slot) Sub(i, j int) Slot {
	sub := Slot{Text: s.Text[i:j]}
	if s.Offsets == nil {
		sub.Span = Span{s.Span.Start + int32(i), s.Span.Start + int32(j)}
		return sub
	}
	sub.Offsets = s.Offsets[i : j+1]
	sub.Span = Span{sub.Offsets[0], sub.Offsets[j-i]}
	return sub
}

// TrimSpace is the slot without white space at its ends, of which there is none but that of
// ASCII.
func (s Slot) TrimSpace() Slot { return s.Trim(" \t\r\n\v\f") }

// Trim is the slot without the bytes of a set of ASCII at its ends.
func (s Slot) Trim(cutset string) Slot {
	start := len(s.Text) - len(strings.TrimLeft(s.Text, cutset))
	end := len(strings.TrimRight(s.Text, cutset))
	return s.Sub(min(start, end), end)
}

// Split cuts the slot at each separator, which is not empty: an empty slot into one part.
func (s Slot) Split(separator string) []Slot {
	parts := make([]Slot, 0, 1+strings.Count(s.Text, separator))
	start := 0
	for {
		end := strings.Index(s.Text[start:], separator)
		if end < 0 {
			return append(parts, s.Sub(start, len(s.Text)))
		}
		parts = append(parts, s.Sub(start, start+end))
		start += end + len(separator)
	}
}

// Join puts another slot, which stands behind this one, at its end, with what is between the
// two left out.
func (s Slot) Join(behind Slot) Slot {
	if s.Text == "" {
		return behind
	}
	j := Slot{Text: s.Text + behind.Text, Span: Span{s.Span.Start, behind.Span.End}}
	if s.Offsets == nil && behind.Offsets == nil && s.Span.End == behind.Span.Start {
		return j
	}
	for i := range len(s.Text) {
		j.Offsets = append(j.Offsets, s.Sub(i, i).Span.Start)
	}
	for i := range len(behind.Text) + 1 {
		j.Offsets = append(j.Offsets, behind.Sub(i, i).Span.Start)
	}
	return j
}

// Index is the index into Text of the byte that stands at the source offset, or
// of the escape that covers it. Offsets outside the span give the nearest end.
func (s Slot) Index(offset int) int {
	if offset <= int(s.Span.Start) {
		return 0
	}
	if offset >= int(s.Span.End) {
		return len(s.Text)
	}
	if s.Offsets == nil {
		return offset - int(s.Span.Start)
	}
	// The first byte at or after offset, or the one before it where offset is
	// inside of an escape; of several bytes from one escape, the first.
	i, found := slices.BinarySearch(s.Offsets, int32(offset))
	if !found {
		i, _ = slices.BinarySearch(s.Offsets, s.Offsets[i-1])
	}
	return i
}
