package dialect_test

import (
	"reflect"
	"testing"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
)

var keyed = &dialect.Dialect{
	Name: "keyed", Keys: []string{"ref", "fk"}, Keyed: true,
	Options: []dialect.Option{{Name: "ref"}, {Name: "fk"}},
}

func pair(key, value string) facts.Tag {
	return facts.Tag{Key: facts.Slot{Text: key}, Value: facts.Slot{Text: value}, Visible: true}
}

// Where each key is an option, the tag under it is that option, whatever its value looks like.
func TestItemsOfKeyedDialect(t *testing.T) {
	tag := pair("fk", "a;b:c")
	items := keyed.Items(&tag)
	if len(items) != 1 || items[0].Option != keyed.Option("fk") || items[0].Name.Text != "fk" || items[0].Value.Text != "a;b:c" {
		t.Errorf("the tag is split into %+v", items)
	}
}

// What TagOf says can be read the way reflection reads tags, and holds nobody else's keys.
func TestTagOfKeyedDialect(t *testing.T) {
	field := facts.Field{Tags: []facts.Tag{pair("ref", "id"), pair("json", "-"), pair("fk", `a"b`)}}
	said := reflect.StructTag(keyed.TagOf(&field))
	if said.Get("ref") != "id" || said.Get("fk") != `a"b` || said.Get("json") != "" {
		t.Errorf("the tag says %s", said)
	}
}
