package diagnostics

import (
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// tagUnknownKey reports a key that is nearly a dialect's and has a value in that
// dialect's words: nobody reads it.
var tagUnknownKey = &Rule{
	Name:     "tag-unknown-key",
	Severity: Warning,
	Summary:  "the tag is under a key that the ORM does not read",
	Check: func(p *Pass) {
		for _, m := range p.Node.Models {
			if m.Evidence.Certainty < relation.Certain {
				continue
			}
			for i := range m.Fields {
				p.checkKeys(m, &m.Fields[i])
			}
		}
	},
	Fix: fixUnknownKey,
}

func (p *Pass) checkKeys(m *relation.Model, f *relation.Field) {
	for _, slip := range p.slippedKeys(m, f) {
		p.report(relation.FieldID{Model: m.Ref, Field: f.Selector}, slip.place, slip.written,
			"nobody reads the tag "+slip.written+" (did you mean "+slip.meant+"?)")
	}
}

// slippedKey is a tag's key that is nearly the one that was meant.
type slippedKey struct {
	place          relation.Place
	written, meant string
}

func (p *Pass) slippedKeys(m *relation.Model, f *relation.Field) []slippedKey {
	file, ok := p.snapshot.File(f.Place.File)
	if !ok {
		return nil
	}
	_, field := file.Facts.FieldAt(int(f.Place.Span.Start))
	if field == nil {
		return nil
	}
	var slips []slippedKey
	for _, d := range []*dialect.Dialect{p.snapshot.Dialect(m.Dialect), p.snapshot.Dialect(relation.NativeDialect)} {
		if d == nil || len(slips) > 0 {
			continue
		}
		for _, tag := range field.Tags {
			if key, ok := keyMeant(d, field, tag); ok {
				place := relation.Place{File: f.Place.File, Span: tag.Key.Span}
				slips = append(slips, slippedKey{place, tag.Key.Text, key})
			}
		}
	}
	return slips
}

// keyMeant is the key of the dialect that a tag was meant to have, false where it
// has it, or where key or value say that it is somebody else's.
func keyMeant(d *dialect.Dialect, field *facts.Field, tag facts.Tag) (string, bool) {
	written := tag.Key.Text
	if tag.Defect != facts.TagOK || othersKeys[written] || slices.Contains(d.Keys, written) {
		return "", false
	}
	for _, key := range d.Keys {
		if _, there := field.Tag(key); !there && slipped(written, key) && speaks(d, field, key, tag.Value) {
			return key, true
		}
	}
	return "", false
}

// othersKeys are keys of well-known libraries that are but a letter away from a
// dialect's.
var othersKeys = map[string]bool{"form": true, "orm": true, "norm": true, "ref": true}

// slipped reports whether written is key with one letter too many, too few or
// wrong, with two letters exchanged, or in other case.
func slipped(written, key string) bool {
	a, b := strings.ToLower(written), key
	if levenshtein.ComputeDistance(a, b) <= 1 {
		return true
	}
	for i := range len(b) - 1 {
		if a == b[:i]+b[i+1:i+2]+b[i:i+1]+b[i+2:] {
			return true
		}
	}
	return false
}

// leastKey is how long a key that is an option must be for another to be a slip of it:
// fk is as near to pk.
const leastKey = 5

// speaks reports whether the value of a tag is made of options of the dialect, or fits
// the option that its key is. One that only leaves the field out says nothing: many
// libraries know that word.
func speaks(d *dialect.Dialect, field *facts.Field, key string, value facts.Slot) bool {
	if o := d.Option(key); d.Keyed {
		return o != nil && len(key) >= leastKey && (len(o.Values) == 0 || slices.Contains(o.Values, value.Text)) &&
			(d.Offers == nil || d.Offers(field, o))
	}
	items := d.Lex(value)
	return len(items) > 0 && items[0].Name.Text != "-" &&
		!slices.ContainsFunc(items, func(i dialect.Item) bool { return i.Option == nil })
}

// fixUnknownKey offers the key that was meant.
func fixUnknownKey(p *Pass, problem Problem) []Fix {
	for _, m := range p.Node.Models {
		f, ok := m.FieldBySelector(problem.Field)
		if !ok {
			continue
		}
		for _, slip := range p.slippedKeys(m, f) {
			if slip.place != problem.Place {
				continue
			}
			if fix, ok := p.changeName(slip.place, slip.written, slip.meant, "Change to "+slip.meant); ok {
				fix.Preferred = true
				return []Fix{fix}
			}
		}
	}
	return nil
}
