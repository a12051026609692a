package diagnostics

import (
	"slices"

	"github.com/rells-dev/rells/index/relation"
)

// reportMistakes reports the mistakes of the node's models that the pass's rule
// claims. Several dialects may stumble over one field; the ORM's own words come
// first and the native dialect repeats nothing.
func (p *Pass) reportMistakes() {
	for _, m := range p.Node.Models {
		if m.Evidence.Certainty < relation.Certain {
			continue
		}
		for i := range m.Mistakes {
			mistake := &m.Mistakes[i]
			if !p.rule.claims(mistake.Kind) || p.saidByORM(m, mistake) {
				continue
			}
			text := mistake.Text
			if near, ok := nearest(mistake.Name, p.candidates(mistake)); ok {
				text += " (did you mean " + near + "?)"
			}
			p.report(mistake.Field, mistake.Place, mistake.Name, text, relatedOf(mistake)...)
		}
	}
}

// saidByORM reports whether m is the native model and an ORM's model before it
// finds something of the same kind wrong with the same field.
func (p *Pass) saidByORM(m *relation.Model, mistake *relation.Mistake) bool {
	if m.Dialect != relation.NativeDialect {
		return false
	}
	for _, other := range p.Node.Models {
		if other == m {
			return false
		}
		if slices.ContainsFunc(other.Mistakes, func(o relation.Mistake) bool {
			return o.Field == mistake.Field && p.rule.claims(o.Kind)
		}) {
			return true
		}
	}
	return false
}

func relatedOf(mistake *relation.Mistake) []Related {
	related := make([]Related, len(mistake.Related))
	for i, r := range mistake.Related {
		related[i] = Related(r)
	}
	return related
}
