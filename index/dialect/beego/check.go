package beego

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// trouble is a mistake that shows while a struct is parsed, before relations.
type trouble struct {
	path    []string // to the field, from the model
	mistake relation.Mistake
}

// trouble notes a mistake because of which Beego ends the program.
func (sch *schema) trouble(f *field, m relation.Mistake) {
	f.mistaken = true
	sch.remark(f, m)
}

// remark notes a mistake that Beego passes over.
func (sch *schema) remark(f *field, m relation.Mistake) {
	sch.troubles = append(sch.troubles, trouble{path: f.path, mistake: m})
}

// mistake is a mistake of the field at a stretch of its tag, or at its name where there
// is none.
func (f *field) mistake(kind relation.MistakeKind, row string, at facts.Slot) relation.Mistake {
	return dialect.MistakeAt(kind, row, f.place(), at)
}

// checkTag finds what Beego makes nothing of, and passes over (ParseStructTag).
func (sch *schema) checkTag(f *field) {
	sch.checkSpelling(f)
	for _, item := range f.tag.items {
		switch option := item.Option; {
		case option == nil:
			m := f.mistake(relation.OptionUnknown, "", item.Name)
			m.Role, m.Sure, m.Choices = relation.OptionRole, true, offered()
			m.Text = "beego has no option " + item.Name.Text
			if parts := strings.Split(item.Name.Text, ","); len(parts) > 1 && !slices.ContainsFunc(parts, unknownOption) {
				m.Meant = strings.Join(parts, ";")
				m.Text += ": semicolons part options"
			}
			sch.remark(f, m)
		case option.Role == relation.NoRole && item.Sep:
			m := f.mistake(relation.OptionUnknown, "", facts.Slot{Text: option.Name, Span: item.Span})
			m.Name, m.Sure = "", true
			m.Text = option.Name + " takes no value: beego passes over it"
			sch.remark(f, m)
		case option.Role != relation.NoRole && !f.tag.reads(item):
			sch.unreadable(f, item)
		}
	}
	sch.checkIdle(f)
}

// reads reports whether an option has its value where Beego finds it.
func (t *tag) reads(item dialect.Item) bool {
	end := int(item.Span.End) - int(item.Value.Span.End)
	return item.Sep && end == 1 && !strings.Contains(item.Value.Text, ")")
}

// unreadable: an option has no value, or its parentheses are not closed.
func (sch *schema) unreadable(f *field, item dialect.Item) {
	m := f.mistake(relation.TagMalformed, "", facts.Slot{Span: item.Span})
	name := item.Option.Name
	switch {
	case !item.Sep && len(item.Option.Values) > 0:
		m.Text = fmt.Sprintf("%s wants a value: %s(%s)", name, name, strings.Join(item.Option.Values, ") or "+name+"("))
	case !item.Sep:
		m.Text = fmt.Sprintf("%s wants a value in parentheses", name)
	case strings.Contains(item.Value.Text, ")"):
		m.Text = fmt.Sprintf("the value of %s must hold no parenthesis and end the option: beego passes over it", name)
	default:
		m.Text = fmt.Sprintf("the closing parenthesis is missing: beego passes over %s", name)
	}
	sch.remark(f, m)
	f.mistaken = f.mistaken || name == "rel" || name == "reverse"
}

// checkSpelling finds tags that reflection does not see, because of how they are written.
func (sch *schema) checkSpelling(f *field) {
	for _, tag := range f.decl.Tags {
		if tag.Key.Text != tagKey || tag.Defect == facts.TagOK {
			continue
		}
		m := f.mistake(relation.TagMalformed, "beego17", facts.Slot{Span: tag.Span})
		m.Role = relation.TagKeyRole
		m.Text = "beego does not see this tag: " + dialect.Defect(tag.Defect)
		sch.trouble(f, m)
	}
}

// checkIdle finds options of relations that have no effect on this one.
func (sch *schema) checkIdle(f *field) {
	idle := func(option, why string) {
		if item, ok := f.tag.values[option]; ok {
			m := f.mistake(relation.OptionIdle, "", item.Name)
			m.Name = ""
			m.Text = option + " has no effect " + why
			sch.remark(f, m)
		}
	}
	joins := f.kind == manyToMany || f.kind == reverseMany
	switch {
	case f.kind == unknownField || f.mistaken:
		return
	case f.tag.value("rel") != "":
		idle("reverse", "beside rel")
	}
	if !joins {
		idle("rel_table", "here: only a many-to-many has a join table")
		idle("rel_through", "here: only a many-to-many has a join table")
	} else if f.tag.value("rel_table") != "" {
		idle("rel_through", "beside rel_table")
	}
	if !f.holdsKey() {
		idle("on_delete", "here: only rel(fk) and rel(one) keep a key")
	}
}

// checkType finds types that the tag, or its absence, does not fit.
func (sch *schema) checkType(f *field) {
	switch {
	case f.mistaken: // the tag is to blame
	case isFielder(f.typ):
		sch.checkFielder(f)
	case f.kind == unknownField:
		sch.unknownKind(f)
	case f.kind == columnField:
		sch.checkColumnType(f)
	default:
		sch.checkShape(f)
	}
}

// unknownKind: rel or reverse has a value that Beego does not know.
func (sch *schema) unknownKind(f *field) {
	option, row, values := "rel", "beego3", rels
	if f.tag.value("rel") == "" {
		option, row, values = "reverse", "beego4", reverses
	}
	m := f.mistake(relation.ValueInvalid, row, f.tag.values[option].Value)
	m.Role, m.Choices = relation.ValueRole, values
	m.Text = fmt.Sprintf("beego knows no %s(%s): it is %s", option, f.tag.value(option), either(values))
	sch.trouble(f, m)
}

// either lists words of which one is to be chosen.
func either(words []string) string {
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// checkFielder finds a type that says itself how it is kept, in a way that it cannot.
func (sch *schema) checkFielder(f *field) {
	t := dialect.Indirect(f.typ)
	m := f.mistake(relation.TargetNotModel, "", facts.Slot{})
	says, _ := t.Method("FieldType")
	var value facts.Value
	if says.Returns != nil {
		value = says.Returns.Value
	}
	switch {
	case f.typ.Shape() == facts.Pointer:
		m.Row = "beego1"
		m.Text = fmt.Sprintf("%s is a Fielder, which can be no pointer: beego wants %s", t, t)
	case slices.Contains(relatingTypes, value.Name.Text) && (value.Kind == facts.NamedValue || value.Kind == facts.SelectedValue):
		m.Row = "beego2"
		m.Text = fmt.Sprintf("%s says by its FieldType that it is a relation (%s), which only a tag can", t, value.Name.Text)
	case value.Kind == facts.NumberValue && value.Name.Text == "0":
		m.Row = "beego8"
		m.Text = fmt.Sprintf("%s says by its FieldType that it is 0, which is the type of no field", t)
	default:
		return
	}
	sch.trouble(f, m)
}

// checkColumnType finds a field that the tag makes no relation and the type no column.
func (sch *schema) checkColumnType(f *field) {
	m := f.mistake(relation.TargetNotModel, "beego17", facts.Slot{})
	switch columnType(f.typ) {
	case panics:
		m.Row = "beego16"
		fallthrough
	case holdsNothing:
		m.Text = fmt.Sprintf("beego can keep no %s in a column: %s", f.typ, sch.missing(f))
		sch.trouble(f, m)
	case holdsUnknown:
		f.kind = unknownField
	}
}

// missing is what the tag of such a field may have to say.
func (sch *schema) missing(f *field) string {
	switch elem, many := dialect.Element(f.typ); {
	case elem == nil || elem.Shape() != facts.Struct || isTime(elem) || isNull(elem):
		return "leave the field out by -"
	case many:
		return "make it a relation by rel(m2m) or reverse(many), or leave it out by -"
	}
	return "make it a relation by rel(fk), rel(one) or reverse(one), or leave it out by -"
}

// checkShape finds relations whose type does not hold what they lead to.
func (sch *schema) checkShape(f *field) {
	many := f.kind == manyToMany || f.kind == reverseMany
	option := "rel"
	if f.kind >= reverseOne {
		option = "reverse"
	}
	option += "(" + f.tag.value(option) + ")"
	m := f.mistake(relation.ShapeUnfit, "", facts.Slot{})
	m.Target, _ = dialect.Target(f.typ)
	switch shape := f.typ.Shape(); {
	case shape == facts.Unknown:
		f.kind = unknownField
		return
	case !many && shape != facts.Pointer:
		m.Row, m.Text = "beego5", option+" wants a pointer"
	case many && shape != facts.Slice:
		m.Row, m.Text = "beego6", option+" wants a slice of pointers"
	case many && f.typ.Elem().Shape() == facts.Unknown:
		f.kind = unknownField
		return
	case many && f.typ.Elem().Shape() != facts.Pointer:
		m.Row, m.Text = "beego7", option+" wants a slice of pointers"
	default:
		return
	}
	m.Text += ", but the type is " + f.typ.String()
	sch.trouble(f, m)
}
