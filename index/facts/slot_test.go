package facts

import "testing"

// escaped is the slot of "a\u00e9;b" where it starts at offset 10: the escape of
// six bytes makes two bytes of text.
var escaped = Slot{
	Text:    "a\u00e9;b",
	Span:    Span{10, 19},
	Offsets: []int32{10, 11, 11, 17, 18, 19},
}

func TestSlotIndex(t *testing.T) {
	plain := Slot{Text: "abc", Span: Span{4, 7}}
	tests := []struct {
		name   string
		slot   Slot
		offset int
		want   int
	}{
		{"before", plain, 0, 0},
		{"inside", plain, 5, 1},
		{"end", plain, 7, 3},
		{"behind", plain, 99, 3},
		{"before escapes", escaped, 3, 0},
		{"start of an escape", escaped, 11, 1},
		{"inside of an escape", escaped, 14, 1},
		{"behind an escape", escaped, 17, 3},
		{"end with escapes", escaped, 19, 5},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := test.slot.Index(test.offset); got != test.want {
				t.Errorf("Index(%d) = %d, want %d", test.offset, got, test.want)
			}
		})
	}
}

func TestSlotSub(t *testing.T) {
	tests := []struct {
		name string
		i, j int
		want string
		span Span
	}{
		{"all", 0, 5, "a\u00e9;b", Span{10, 19}},
		{"the escape", 1, 3, "\u00e9", Span{11, 17}},
		{"behind it", 3, 5, ";b", Span{17, 19}},
		{"nothing", 3, 3, "", Span{17, 17}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			sub := escaped.Sub(test.i, test.j)
			if sub.Text != test.want || sub.Span != test.span {
				t.Errorf("Sub(%d, %d) = %q at %v, want %q at %v", test.i, test.j, sub.Text, sub.Span, test.want, test.span)
			}
		})
	}
}

// Parts of a slot keep their places, whether or not escapes stand in it.
func TestSlotSplitAndTrim(t *testing.T) {
	for _, test := range []struct {
		slot      Slot
		separator string
		want      []Slot
	}{
		{Slot{Text: " a, b", Span: Span{4, 9}}, ",", []Slot{{Text: "a", Span: Span{5, 6}}, {Text: "b", Span: Span{8, 9}}}},
		{Slot{Span: Span{4, 4}}, ",", []Slot{{Span: Span{4, 4}}}},
		{Slot{Text: "  ", Span: Span{4, 6}}, ",", []Slot{{Span: Span{4, 4}}}},
		{Slot{Text: "a--b-", Span: Span{4, 9}}, "--", []Slot{{Text: "a", Span: Span{4, 5}}, {Text: "b-", Span: Span{7, 9}}}},
		{escaped, ";", []Slot{{Text: "a\u00e9", Span: Span{10, 17}}, {Text: "b", Span: Span{18, 19}}}},
	} {
		parts := test.slot.Split(test.separator)
		if len(parts) != len(test.want) {
			t.Errorf("%q: %d parts, want %d", test.slot.Text, len(parts), len(test.want))
			continue
		}
		for i, part := range parts {
			if got := part.TrimSpace(); got.Text != test.want[i].Text || got.Span != test.want[i].Span {
				t.Errorf("%q: part %d is %q at %v, want %q at %v", test.slot.Text, i, got.Text, got.Span, test.want[i].Text, test.want[i].Span)
			}
		}
	}
	if got := (Slot{Text: "\v(a)", Span: Span{0, 4}}).Trim("()"); got.Text != "\v(a" {
		t.Errorf("trimmed to %q", got.Text)
	}
}

// A slot of two that stand apart still tells where each of its bytes stands.
func TestSlotJoin(t *testing.T) {
	plain := Slot{Text: "abcde", Span: Span{4, 9}}
	for _, test := range []struct {
		name string
		slot Slot
		text string
		at   []int32 // of each byte, and of the end
	}{
		{"adjacent", plain.Sub(0, 2).Join(plain.Sub(2, 5)), "abcde", []int32{4, 5, 6, 7, 8, 9}},
		{"apart", plain.Sub(0, 2).Join(plain.Sub(3, 5)), "abde", []int32{4, 5, 7, 8, 9}},
		{"nothing before", plain.Sub(0, 0).Join(plain.Sub(3, 5)), "de", []int32{7, 8, 9}},
		{"escapes", escaped.Sub(0, 3).Join(escaped.Sub(4, 5)), "a\u00e9b", []int32{10, 11, 11, 18, 19}},
	} {
		if test.slot.Text != test.text {
			t.Errorf("%s: %q, want %q", test.name, test.slot.Text, test.text)
			continue
		}
		for i, at := range test.at {
			if got := test.slot.Sub(i, i).Span.Start; got != at {
				t.Errorf("%s: byte %d stands at %d, want %d", test.name, i, got, at)
			}
		}
	}
}
