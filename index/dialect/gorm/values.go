package gorm

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/rells-dev/rells/index/relation"
)

// registerSerializer is the function that makes a serializer known by name.
const registerSerializer = "RegisterSerializer"

// applySerializer makes a field with a serializer a column. A name that GORM does
// not bring itself is a mistake, unless code registers serializers of its own.
func (p *parser) applySerializer(sch *schema, f *field, value sample) {
	if value.typ != nil && isSerializer(value.typ) {
		f.dataType = stringType
		return
	}
	option, serializer := f.serializer()
	if serializer == "" {
		return
	}
	f.dataType = stringType
	if !slices.Contains(ownSerializers, strings.ToLower(serializer)) && !p.scope.Called(f.file, registerSerializer) {
		sch.trouble(f, relation.ValueInvalid, "G16", option, fmt.Sprintf(
			"no serializer is registered as %s: gorm has json, gob and unixtime, others need schema.RegisterSerializer", quote(serializer)))
	}
}

// serializer is the name of the field's serializer, "" for none, and the option that
// gives it.
func (f *field) serializer() (option, name string) {
	if name := f.settings.of("JSON").value; name != "" {
		return "JSON", name
	}
	return "SERIALIZER", f.settings.of("SERIALIZER").value
}

// checkDefault finds a default that does not fit its column. Functions, null and
// nothing at all are the database's business.
func (p *parser) checkDefault(sch *schema, f *field, kind dataType) {
	set, ok := f.settings.find("DEFAULT")
	if !ok {
		return
	}
	text := strings.TrimSpace(set.value)
	call := strings.Contains(text, "(") && strings.Contains(text, ")")
	if text == "" || call || strings.EqualFold(text, "null") {
		return
	}
	var err error
	switch kind {
	case boolType:
		_, err = strconv.ParseBool(text)
	case intType:
		_, err = strconv.ParseInt(text, 0, 64)
	case uintType:
		_, err = strconv.ParseUint(text, 0, 64)
	case floatType:
		_, err = strconv.ParseFloat(text, 64)
	}
	if err != nil {
		sch.trouble(f, relation.ValueInvalid, "G16", "DEFAULT", fmt.Sprintf("default %s is no %s", quote(text), kind))
	}
}
