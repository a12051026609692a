package diagnostics

import (
	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/relation"
)

// The rules about the two sides of a pair, where somebody has stated it.
var pairingRules = []*Rule{
	backPopulatesUnknown,
	backPopulatesMissing,
	backPopulatesNotRelation,
	backPopulatesWrongModel,
	backPopulatesAsymmetric,
	backPopulatesDuplicate,
	backPopulatesOneSided,
	backPopulatesReadOnly,
	kindMismatch,
	inverseMissing,
	inverseAmbiguous,
	backrefLegacy,
}

// backPopulatesMissing reports a declaration that is nothing without the name of its
// inverse, and lacks it.
var backPopulatesMissing = &Rule{
	Name:     "back-populates-missing",
	Severity: Error,
	Summary:  "the relation must name its inverse, and does not",
	Claims:   []relation.MistakeKind{relation.InverseUnnamed},
}

const backPopulatesUnknownName = "back-populates-unknown"

// backPopulatesUnknown reports a back_populates, or an ORM's own word for it, that
// names a field which the target does not have.
var backPopulatesUnknown = &Rule{
	Name:     backPopulatesUnknownName,
	Severity: Error,
	Summary:  "back_populates names a field that the target does not have",
	Claims:   []relation.MistakeKind{relation.InverseUnknown},
	Check: func(p *Pass) {
		for _, f := range p.backPopulatesFaults(unknownName) {
			p.reportFault(f, "but "+f.from.target.Name+" has no such field"+p.didYouMean(&f.from))
		}
	},
	Fix: either(changeToNearest, fixUnknown),
}

// backPopulatesNotRelation reports a back_populates that names a column, or a
// field that the ORM leaves out.
var backPopulatesNotRelation = &Rule{
	Name:     "back-populates-not-relation",
	Severity: Error,
	Summary:  "back_populates names a field that is not a relation",
	Claims:   []relation.MistakeKind{relation.InverseNotRelation},
	Check: func(p *Pass) {
		for _, f := range p.backPopulatesFaults(notRelation) {
			p.reportFault(f, "which is not a relation"+p.didYouMean(&f.from))
		}
	},
	Fix: either(changeToNearest, fixNotRelation),
}

// backPopulatesWrongModel reports a back_populates that names a relation to
// another model.
var backPopulatesWrongModel = &Rule{
	Name:     "back-populates-wrong-model",
	Severity: Error,
	Summary:  "back_populates names a relation that leads to another model",
	Claims:   []relation.MistakeKind{relation.InverseWrongModel},
	Check: func(p *Pass) {
		for _, f := range p.backPopulatesFaults(wrongModel) {
			owner := f.from.id.Model.Name
			p.reportFault(f, "which leads to "+f.to.target.Name+", not back to "+owner+p.didYouMean(&f.from),
				Related{f.to.place, f.to.id.Short() + " leads to " + f.to.target.Name})
		}
	},
	Fix: either(changeToNearest, fixInverse),
}

// backPopulatesAsymmetric reports a back_populates whose named side names another
// relation. Of a chain of such statements every second is told, beginning where
// nobody names the relation: what lies between is the same fault seen from the
// other side.
var backPopulatesAsymmetric = &Rule{
	Name:     "back-populates-asymmetric",
	Severity: Error,
	Summary:  "the relation that back_populates names has another inverse",
	Check: func(p *Pass) {
		for _, f := range p.backPopulatesFaults(asymmetric) {
			p.reportFault(f, "but "+f.to.id.Short()+" names "+f.third.id.Short(),
				Related{f.to.backPopulatesPlace(), f.to.id.Short() + " names " + f.third.id.Short()},
				Related{f.third.place, f.third.id.Short() + " is declared here"})
		}
	},
	Fix: fixAsymmetric,
}

// backPopulatesDuplicate reports a back_populates whose named side is the inverse
// of another relation already. The claim that stands is the one that is named
// back, else the first in the source.
var backPopulatesDuplicate = &Rule{
	Name:     "back-populates-duplicate",
	Severity: Error,
	Summary:  "two relations claim one inverse",
	Claims:   []relation.MistakeKind{relation.InverseDuplicate},
	Check: func(p *Pass) {
		for _, f := range p.backPopulatesFaults(duplicate) {
			p.reportFault(f, "which is the inverse of "+f.third.id.Short()+" already",
				Related{f.third.backPopulatesPlace(), f.third.id.Short() + " names " + f.to.id.Short()},
				Related{f.to.place, f.to.id.Short() + " is declared here"})
		}
	},
	Fix: fixInverse,
}

// backPopulatesOneSided reports a back_populates whose named side says nothing
// back.
var backPopulatesOneSided = &Rule{
	Name:     "back-populates-one-sided",
	Severity: Warning,
	Summary:  "the relation that back_populates names does not name this one back",
	Claims:   []relation.MistakeKind{relation.InverseOneSided},
	Check: func(p *Pass) {
		for _, f := range p.backPopulatesFaults(oneSided) {
			p.reportFault(f, "but "+f.to.id.Short()+" does not name it back",
				Related{f.to.place, f.to.id.Short() + " names no inverse"})
		}
	},
	Fix: either(fixArguments, fixOneSided),
}

// backPopulatesReadOnly reports a back_populates that names a relation which is only read,
// beside one that is written and has no inverse.
var backPopulatesReadOnly = &Rule{
	Name:     "back-populates-read-only",
	Severity: Warning,
	Summary:  "back_populates names a read-only relation beside the one that is written",
	Claims:   []relation.MistakeKind{relation.InverseReadOnly},
	Fix:      changeToNearest,
}

// kindMismatch reports two relations that are stated to be a pair and cannot be
// one by their kinds. Where each names the other, the first in the source is told.
var kindMismatch = &Rule{
	Name:     "kind-mismatch",
	Severity: Error,
	Summary:  "two relations of these kinds cannot be sides of one pair",
	Claims:   []relation.MistakeKind{relation.InverseSameKind},
	Check: func(p *Pass) {
		for _, f := range p.backPopulatesFaults(kindsDiffer) {
			from, to := f.from.kind.String(), f.to.kind.String()
			switch {
			case f.from.id == f.to.id:
				p.reportFault(f, "but a "+from+" cannot be its own inverse")
			case from == to:
				p.reportFault(f, "but both are "+from, Related{f.to.place, f.to.id.Short() + " is a " + to})
			default:
				p.reportFault(f, "but a "+from+" and a "+to+" cannot be one pair",
					Related{f.to.place, f.to.id.Short() + " is a " + to})
			}
		}
	},
	Fix: either(fixArguments, fixInverse),
}

// reportFault reports a fault at the name that back_populates gives.
func (p *Pass) reportFault(f fault, text string, related ...Related) {
	slot := f.from.names()
	named := f.from.target.Name + "." + slot.Text
	p.report(f.from.id, f.from.backPopulatesPlace(), slot.Text, "back_populates names "+named+", "+text, related...)
}

// backPopulatesPlace is where the side names its inverse.
func (x *side) backPopulatesPlace() relation.Place {
	if slot := x.names(); slot != nil {
		return relation.Place{File: x.stated.File, Span: slot.Span}
	}
	return x.place
}

// didYouMean is the end of a message that offers the nearest valid inverse, unless the
// named one has merely been renamed.
func (p *Pass) didYouMean(x *side) string {
	near, _ := dialect.Nearest(x.names().Text, fieldsOf(p.proposable(x)))
	return p.explain(x.backPopulatesPlace(), near)
}

func fieldsOf(sides []side) []string {
	fields := make([]string, len(sides))
	for i := range sides {
		fields[i] = sides[i].id.Field
	}
	return fields
}
