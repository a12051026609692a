package generate

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// Want is what a case expects of GORM, written without import paths:
//
//	//want Post.Author belongs-to Post.AuthorID=User.ID, ...
//	//want User.Langs many-to-many user_langs(user_id=User.ID, lang_id=Lang.ID)
//	//want User.Toys has-many Toy.OwnerID=User.ID poly(Toy.OwnerType=users)
//	//want User.Meta no-relation
//	//want User refused invalid field found
//	//want User spread failed to parse field
//	//want User table people
//
// A model that is "spread" is refused for its target's sake alone. A model
// without either line is accepted; a relation without a line is not there.
type Want struct {
	ID      string // the model or field, without import path
	Verdict string // a relation's kind, or one of the words above
	Text    string // of "refused" and "spread", a part of the error; the table
	// Relation is what a line that names a kind expects; ids lack the import
	// path, and only what the line says is filled in.
	Relation ask.Relation
}

var (
	wantLine = regexp.MustCompile(`(?m)^//want (\S+) (\S+) ?(.*)$`)
	polyPart = regexp.MustCompile(` ?poly\((\S+)=(.*)\)$`)
	joinPart = regexp.MustCompile(`^(\S+)\((.*)\)$`)
)

func wants(src string) ([]Want, error) {
	var found []Want
	for _, m := range wantLine.FindAllStringSubmatch(src, -1) {
		w := Want{ID: m[1], Verdict: m[2], Text: m[3]}
		switch w.Verdict {
		case ask.BelongsTo, ask.HasOne, ask.HasMany, ask.ManyToMany:
			var err error
			if w.Relation, err = wantedRelation(w); err != nil {
				return nil, err
			}
		case "no-relation", "refused", "spread", "table":
		default:
			return nil, fmt.Errorf("unknown want %q", m[0])
		}
		found = append(found, w)
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("nothing wanted")
	}
	return found, nil
}

func wantedRelation(w Want) (ask.Relation, error) {
	r := ask.Relation{ID: w.ID, Kind: w.Verdict}
	text := w.Text
	if m := polyPart.FindStringSubmatch(text); m != nil {
		text = strings.TrimSuffix(text, m[0])
		r.Polymorphic = &ask.Polymorphic{Type: m[1], Value: m[2]}
	}
	if w.Verdict == ask.ManyToMany {
		m := joinPart.FindStringSubmatch(text)
		if m == nil {
			return r, fmt.Errorf("want table(column=field, ...): %q", text)
		}
		r.JoinTable, text = strings.ReplaceAll(m[1], "~", " "), m[2]
	}
	if text == "" {
		return r, nil
	}
	for _, pair := range strings.Split(text, ", ") {
		key, ref, ok := strings.Cut(pair, "=")
		switch {
		case !ok:
			return r, fmt.Errorf("want key=reference: %q", pair)
		case w.Verdict == ask.ManyToMany:
			r.JoinKeys = append(r.JoinKeys, ask.JoinKey{Column: key, References: ref})
		default:
			r.Keys = append(r.Keys, ask.Key{ForeignKey: key, References: ref})
		}
	}
	if r.Polymorphic != nil {
		r.Polymorphic.ID = r.Keys[0].ForeignKey
	}
	return r, nil
}
