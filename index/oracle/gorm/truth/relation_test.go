package truth

import (
	"reflect"
	"strings"
	"testing"
)

type Leaf struct{ AtID, Shadowed uint }

type Left struct {
	*Leaf
	Twice uint
}

type Right struct{ Twice uint }

type trip struct {
	Left
	Right
	From     Leaf
	Shadowed uint
}

func TestShortestSelector(t *testing.T) {
	for path, want := range map[string]string{
		"Left.Leaf.AtID":     "AtID",
		"From.AtID":          "From.AtID",
		"Shadowed":           "Shadowed",
		"Left.Leaf.Shadowed": "Leaf.Shadowed",
		"Left.Twice":         "Left.Twice",
		"Right.Twice":        "Right.Twice",
	} {
		got := strings.Join(shortestSelector(reflect.TypeFor[trip](), strings.Split(path, ".")), ".")
		if got != want {
			t.Errorf("%s is selected by %s, want %s", path, got, want)
		}
	}
}
