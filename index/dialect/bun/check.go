package bun

import (
	"fmt"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// trouble is a mistake that shows while a struct is parsed, before relations.
type trouble struct {
	path    []string // to the field, from the struct that is being read
	mistake relation.Mistake
}

func (sch *schema) trouble(f *field, m relation.Mistake) {
	sch.troubles = append(sch.troubles, trouble{path: f.path, mistake: m})
}

// mistake is a mistake of the field at a stretch of its tag, or at its name where
// there is none.
func (f *field) mistake(kind relation.MistakeKind, row string, at facts.Slot) relation.Mistake {
	return dialect.MistakeAt(kind, row, f.place(), at)
}

// checkField finds what Bun warns of in the tag of a column or relation (newField and
// addField).
func (sch *schema) checkField(f *field) {
	sch.checkQuotes(f)
	if name := f.tag.Name; knownOption(name.Text) && name.Text != dialect.Underscore(f.goName) {
		m := f.mistake(relation.OptionMisplaced, "bun32", name)
		m.Text = fmt.Sprintf("%s stands first in the tag, where it is the name of the column", name.Text)
		if optionsByName[name.Text].Role == relation.NoRole {
			m.Meant = "," + name.Text
		}
		sch.trouble(f, m)
	}
	items := f.tag.Options()
	for i, item := range items {
		if knownOption(item.Name.Text) {
			continue
		}
		m := f.mistake(relation.OptionUnknown, "bun33", item.Name)
		m.Role, m.Sure, m.Choices = relation.OptionRole, true, offered(f.decl)
		m.Text = "bun has no option " + item.Name.Text
		if i > 0 && !item.Sep && strings.Contains(item.Name.Text, "=") && items[i-1].Name.Text == "join" {
			m.Meant = "join:" + item.Name.Text
			m.Text += ", which is no part of join without quotes"
		}
		sch.trouble(f, m)
	}
	if item, ok := f.tag.Last("join"); ok && !f.isRelation() {
		m := f.mistake(relation.OptionIdle, "bun29", item.Name)
		m.Text = "join has no effect without rel or m2m: the field is a column"
		sch.trouble(f, m)
	}
}

// checkBase finds what Bun warns of in the tag of bun.BaseModel (processBaseModelField).
func (sch *schema) checkBase(f *field) {
	sch.checkQuotes(f)
	if name := f.tag.Name; tableOptions[name.Text] {
		m := f.mistake(relation.OptionMisplaced, "bun30", name)
		m.Text = fmt.Sprintf("%s stands first in the tag, where it is the name of the table", name.Text)
		sch.trouble(f, m)
	}
	for _, item := range f.tag.Options() {
		if tableOptions[item.Name.Text] {
			continue
		}
		m := f.mistake(relation.OptionUnknown, "bun31", item.Name)
		m.Role, m.Sure, m.Choices = relation.OptionRole, true, offered(f.decl)
		m.Text = "bun.BaseModel has no option " + item.Name.Text
		sch.trouble(f, m)
	}
}

func (sch *schema) checkQuotes(f *field) {
	if f.tag.unclosed == nil {
		return
	}
	m := f.mistake(relation.TagMalformed, "", facts.Slot{Text: f.tag.unclosed.Text, Span: f.tag.unclosed.Span})
	m.Text = "the closing quote is missing: bun sees no value"
	sch.trouble(f, m)
}

// offered lists the names of the options that have their place in the field's tag.
func offered(f *facts.Field) []string { return dialect.OfferedNames(options, offers, f) }
