package ask

import (
	"reflect"
	"strings"
)

// Verdict is what an ORM makes of one model; of a package, which then goes by its import
// path, where the ORM takes all models of one or none.
type Verdict struct {
	ID        string     `json:"id"`
	Error     string     `json:"error"`    // for whatever reason it is refused
	OwnError  string     `json:"ownError"` // for its own sake
	Masked    bool       `json:"masked"`   // it is refused for another's sake, before it has been read
	Relations []Relation `json:"relations"`
	Embeds    []string   `json:"embeds"` // ids of the structs that it embeds, at any depth
}

// VerdictOn is what is made of the model t: the error with which it is refused, "" for
// none, which may be that of another model alone, and its relations.
func VerdictOn(t reflect.Type, refusal string, ofAnother bool, relations []Resolved) Verdict {
	v := Verdict{ID: TypeID(t), Error: refusal, OwnError: refusal, Masked: ofAnother}
	if ofAnother {
		v.OwnError = ""
	}
	for _, r := range relations {
		v.Relations = append(v.Relations, r.relation(v.ID))
	}
	for _, f := range reflect.VisibleFields(t) {
		if f.Anonymous {
			v.Embeds = append(v.Embeds, TypeID(element(f.Type)))
		}
	}
	return v
}

// ByPackage groups models, which are pointers to structs, by the import paths of their
// packages.
func ByPackage(models []any) map[string][]any {
	packages := map[string][]any{}
	for _, m := range models {
		path := reflect.TypeOf(m).Elem().PkgPath()
		packages[path] = append(packages[path], m)
	}
	return packages
}

// relation is a relation of a model with its keys, in the words of rells' output.
func (r Resolved) relation(model string) Relation {
	out := Relation{ID: r.ID, Model: model, Field: strings.TrimPrefix(r.ID, model+"."), Target: r.Target, Kind: r.Kind}
	for _, k := range r.Keys {
		foreignKey, references, _ := strings.Cut(k, " = ")
		out.Keys = append(out.Keys, Key{ForeignKey: foreignKey, References: references})
	}
	return out
}
