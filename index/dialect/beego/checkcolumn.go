package beego

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// checkColumn finds options that contradict each other, or have values that cannot be
// read (the latter half of NewFieldInfo).
func (sch *schema) checkColumn(f *field) {
	switch {
	case f.mistaken || f.kind == unknownField || isFielder(f.typ):
	case f.holdsKey():
		sch.checkDeletion(f)
		sch.checkAuto(f)
	case f.kind == columnField:
		sch.checkAuto(f)
		sch.checkNumbers(f)
		sch.checkDefault(f)
	}
}

// checkDeletion finds what on_delete lacks.
func (sch *schema) checkDeletion(f *field) {
	item, ok := f.tag.values["on_delete"]
	_, initial := f.tag.values["default"]
	initial = initial && f.tag.value("default") != ""
	m := f.mistake(relation.OptionConflict, "", item.Value)
	m.Name = ""
	switch value := item.Value.Text; {
	case !ok || value == "":
		return
	case value == "set_default" && !initial:
		m.Row, m.Text = "beego9", "on_delete(set_default) wants a default, by default(...)"
	case value == "set_null" && !f.tag.has("null"):
		m.Row, m.Text = "beego10", "on_delete(set_null) wants a column that can be NULL, by null"
	case !slices.Contains(deletions, value):
		m.Kind, m.Row, m.Name = relation.ValueInvalid, "beego11", value
		m.Role, m.Choices = relation.ValueRole, deletions
		m.Text = fmt.Sprintf("beego knows no on_delete(%s): it is %s", value, either(deletions))
	default:
		return
	}
	sch.trouble(f, m)
}

// checkAuto finds a key that is to count up and cannot.
func (sch *schema) checkAuto(f *field) {
	if !f.tag.has("auto") || f.kind == columnField && counts(f.typ) {
		return
	}
	m := f.mistake(relation.OptionConflict, "", f.tag.words["auto"].Name)
	m.Name = ""
	m.Text = fmt.Sprintf("auto wants int, int32, int64 or one of these without sign, but the type is %s", f.typ)
	sch.trouble(f, m)
}

// checkNumbers finds values of options that have to be numbers and are none.
func (sch *schema) checkNumbers(f *field) {
	number := func(option string, bits int) {
		if _, err := strconv.ParseInt(f.tag.value(option), 10, bits); err == nil {
			return
		}
		m := f.mistake(relation.ValueInvalid, "", f.tag.values[option].Value)
		m.Name = ""
		m.Text = fmt.Sprintf("%s wants a number, not %q", option, f.tag.value(option))
		if _, ok := f.tag.values[option]; !ok {
			m.Text = "digits and decimals make a decimal together: " + option + " is missing"
		}
		sch.trouble(f, m)
	}
	switch {
	case f.stored == relation.StoredText && f.tag.value("type") != "text" && f.tag.value("size") != "":
		number("size", 32)
	case f.stored == relation.StoredFloat && (f.tag.value("digits") != "" || f.tag.value("decimals") != ""):
		number("digits", 8)
		number("decimals", 8)
	case f.stored == relation.StoredTime && f.tag.value("type") != "date" && f.tag.value("precision") != "":
		number("precision", 32)
	}
}

// checkDefault finds a default that the column cannot hold. That of a key, of a unique
// column and of a time is never looked at.
func (sch *schema) checkDefault(f *field) {
	item, ok := f.tag.values["default"]
	if !ok || item.Value.Text == "" || f.tag.has("pk") || f.tag.has("auto") || f.tag.has("unique") {
		return
	}
	if defaultFits(f.typ, item.Value.Text) {
		return
	}
	m := f.mistake(relation.ValueInvalid, "beego12", item.Value)
	m.Name = ""
	m.Text = fmt.Sprintf("the default %q is no %s", item.Value.Text, basicBehind(f.typ))
	sch.trouble(f, m)
}

// defaultFits reports whether Beego can read the default of a column of the type.
func defaultFits(t facts.Type, text string) bool {
	var err error
	switch b := basicBehind(t); {
	case b == "bool":
		_, err = strconv.ParseBool(text)
	case strings.HasPrefix(b, "float"):
		_, err = strconv.ParseFloat(text, 64)
	case b == "int64" || b == "uint64":
		_, ok := new(big.Int).SetString(text, 10)
		return ok
	case strings.HasPrefix(b, "uint") && integerBits[b] > 0:
		_, err = strconv.ParseUint(text, 10, integerBits[b])
	case integerBits[b] > 0:
		_, err = strconv.ParseInt(text, 10, integerBits[b])
	}
	return err == nil
}

// duplicate: two fields have one name, or one column.
func (sch *schema) duplicate(f, other *field) relation.Mistake {
	at := f.tag.values["column"].Value
	if other.column != f.column || f.isRelation() && !f.holdsKey() {
		at = facts.Slot{}
	}
	m := f.mistake(relation.NameDuplicate, "beego13", at)
	m.Name = ""
	m.Text = fmt.Sprintf("%s has the column %s already, for %s", sch.label(), f.column, sch.id(other).Short())
	if other.column != f.column {
		m.Text = fmt.Sprintf("%s has another field %s, by way of an embedded struct", sch.label(), f.name())
	}
	m.Related = []relation.Related{{Place: other.place(), Text: sch.id(other).Short() + " is declared here"}}
	return m
}

// secondKey: a model has one primary key.
func (sch *schema) secondKey(f *field) relation.Mistake {
	option := f.tag.words["pk"].Name
	if !f.tag.has("pk") {
		option = f.tag.words["auto"].Name
	}
	m := f.mistake(relation.OptionConflict, "beego14", option)
	m.Name = ""
	m.Text = fmt.Sprintf("a model of beego has one primary key, and %s is it already", sch.id(sch.primary).Short())
	m.Related = []relation.Related{{Place: sch.primary.place(), Text: sch.id(sch.primary).Short() + " is declared here"}}
	return m
}

// embedsNoStruct: Beego panics on an embedded field that is no struct.
func (sch *schema) embedsNoStruct(f *field) relation.Mistake {
	m := f.mistake(relation.EmbeddedInvalid, "", facts.Slot{})
	m.Text = fmt.Sprintf("beego takes the fields of an embedded struct, but %s is none", f.typ)
	if f.typ.Shape() == facts.Pointer {
		m.Text = fmt.Sprintf("beego panics on a struct that is embedded by pointer: embed %s", f.typ.Elem())
	}
	return m
}
