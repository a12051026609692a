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
