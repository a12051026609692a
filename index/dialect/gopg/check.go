package gopg

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// trouble is a mistake that shows while a struct is parsed, before relations.
type trouble struct {
	field   *field
	mistake relation.Mistake
}

func (sch *schema) trouble(f *field, m relation.Mistake) {
	sch.troubles = append(sch.troubles, trouble{f, m})
}

// mistake is a mistake of the field at a stretch of its tag, or at its name where
// there is none.
func (f *field) mistake(kind relation.MistakeKind, row string, at facts.Slot) relation.Mistake {
	return dialect.MistakeAt(kind, row, f.place(), at)
}

// checkField finds what go-pg warns of in the tag of a column or relation (newField).
func (sch *schema) checkField(f *field) {
	if at := f.tag.Name; knownOption(at.Text) && at.Text != dialect.Underscore(f.goName) {
		m := f.mistake(relation.OptionMisplaced, "pg25", at)
		m.Text = fmt.Sprintf("%s stands first in the tag, where it is the name of the column", at.Text)
		if optionsByName[at.Text].Role == relation.NoRole {
			m.Meant = "," + at.Text
		}
		sch.trouble(f, m)
	}
	for _, item := range f.tag.Options() {
		if knownOption(item.Name.Text) {
			continue
		}
		m := sch.unknownOption(f, item, "pg26")
		switch item.Name.Text {
		case "":
			m.Text = "an option without a name stands between two commas"
		case "joinFK":
			m.Row, m.Meant = "pg29", "join_fk"
			m.Text = "go-pg has no option joinFK any more, which it passes over"
		case "fk_value":
			m.Text = "go-pg takes fk_value where it guesses, but warns that it does not know the option"
		}
		sch.trouble(f, m)
	}
}

// checkReplaced finds a relation that another field takes the place of: what of several
// fields has a column last is all that go-pg sees.
func (sch *schema) checkReplaced(f, by *field) {
	item, ok := f.tag.Last("rel")
	if !ok {
		if item, ok = f.tag.Last(many2many); !ok {
			return
		}
	}
	m := f.mistake(relation.OptionIdle, "", item.Name)
	m.Text = fmt.Sprintf("%s has no effect: %s is called %s as well, and go-pg sees the last of them alone", item.Name.Text, by.goName, f.column)
	m.Related = []relation.Related{{Place: by.place(), Text: by.goName + " takes its place"}}
	sch.trouble(f, m)
}

// checkTable finds what go-pg warns of in the tag of tableName.
func (sch *schema) checkTable(f *field) {
	if at := f.tag.Name; tableOptions[at.Text] {
		m := f.mistake(relation.OptionMisplaced, "pg23", at)
		m.Text = fmt.Sprintf("%s stands first in the tag, where it is the name of the table", at.Text)
		sch.trouble(f, m)
	}
	for _, item := range f.tag.Options() {
		if tableOptions[item.Name.Text] {
			continue
		}
		m := sch.unknownOption(f, item, "pg24")
		if item.Name.Text == "partitionBy" {
			m.Meant = "partition_by"
		}
		sch.trouble(f, m)
	}
}

func (sch *schema) unknownOption(f *field, item dialect.Item, row string) relation.Mistake {
	m := f.mistake(relation.OptionUnknown, row, item.Name)
	m.Role, m.Sure, m.Choices = relation.OptionRole, true, offered(f.decl)
	speaker, option := "go-pg", item.Name.Text
	if f.goName == tableField {
		speaker = tableField
	}
	if strings.ContainsAny(option, " \t") {
		option = strconv.Quote(option) // a comma was forgotten
	}
	m.Text = speaker + " has no option " + option
	return m
}

// offered lists the names of the options that have their place in the field's tag.
func offered(f *facts.Field) []string { return dialect.OfferedNames(options, offers, f) }
