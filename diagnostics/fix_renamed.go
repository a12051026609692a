package diagnostics

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rells-dev/rells/index"
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// Fixes of names in tags whose owner has another name now.

// UpdateRenamed makes the fix that has every tag, or text of Python, name what was renamed
// by its new name; none where none can be edited.
func UpdateRenamed(s *index.Snapshot, r index.Renamed) []Fix {
	if len(r.Names) == 0 {
		return nil
	}
	to := r.To[strings.LastIndexByte(r.To, '.')+1:]
	what := "tag"
	if file, ok := s.File(r.File); ok && file.Facts.Language == facts.Python {
		what = "text"
	}
	title := fmt.Sprintf("Update %d %ss that name %s to %s", len(r.Names), what, r.From, to)
	if len(r.Names) == 1 {
		title = fmt.Sprintf("Update the %s that names %s to %s", what, r.From, to)
	}
	fix := Fix{Title: title, Preferred: true, rewrite: index.Rewrite{{Names: r.Names}}}
	for _, name := range r.Names {
		fix.Edits = append(fix.Edits, Edit{Path: name.Place.File, Span: name.Place.Span, NewText: name.Text})
	}
	return applicableOf(s, []Fix{fix})
}

// renamedAt tells what has been renamed so that the name at a place of the pass's node
// names nothing any more.
func (p *Pass) renamedAt(place relation.Place) (r index.Renamed, ok bool) {
	p.mentionedAt(place, func(m relation.Mention) bool {
		r, ok = p.snapshot.RenamedOf(m)
		return ok
	})
	return r, ok
}

// renamedTo is renamedAt without the names in other tags; names tells whether there are
// any, in this tag or others.
func (p *Pass) renamedTo(place relation.Place) (r index.Renamed, names, ok bool) {
	p.mentionedAt(place, func(m relation.Mention) bool {
		r, names, ok = p.snapshot.RenamedTo(m)
		return ok
	})
	return r, names, ok
}

// mentionedAt shows the mentions at a place of the pass's node until it is enough.
func (p *Pass) mentionedAt(place relation.Place, enough func(relation.Mention) bool) {
	for _, m := range p.Node.Models {
		for i := range m.Mentions {
			if m.Mentions[i].Place == place && enough(m.Mentions[i]) {
				return
			}
		}
	}
}

// renamedTags reports whether some tag can be edited to name what has been renamed.
func (p *Pass) renamedTags(place relation.Place) bool {
	_, names, _ := p.renamedTo(place)
	return names
}

// explain is the end of the message about a name at a place: what has been renamed, or
// else which name may be meant.
func (p *Pass) explain(place relation.Place, near string) string {
	if r, _, ok := p.renamedTo(place); ok {
		return " (" + r.From + " was renamed to " + r.To + ")"
	}
	if near != "" {
		return " (did you mean " + near + "?)"
	}
	return ""
}

// preferUpdate puts the fix of a renaming, where there is one, before the other fixes
// of a problem, leaves out the one that does the same, and prefers none of the rest.
func (p *Pass) preferUpdate(place relation.Place, others []Fix) []Fix {
	r, ok := p.renamedAt(place)
	if !ok {
		return others
	}
	update := UpdateRenamed(p.snapshot, r)
	if update == nil {
		return others
	}
	others = slices.DeleteFunc(others, func(f Fix) bool {
		return len(f.Edits) == 1 && slices.Contains(update[0].Edits, f.Edits[0])
	})
	for i := range others {
		others[i].Preferred = false
	}
	return append(update, others...)
}
