package gorel

import (
	"strings"

	"github.com/rells-dev/rells/index/dialect"
	"github.com/rells-dev/rells/index/facts"
)

// primaryTag is how a db tag ends that makes its field part of the primary key.
const primaryTag = ",primary"

// primary is the key of a struct as searchPrimary finds it: by methods, by tags, else in
// a field called ID, exported or not. What it embeds does not count.
type primary struct {
	methods bool     // the struct says its key itself: which fields these are is not known
	fields  []string // Go names
	open    bool     // there may be methods that nobody has seen
}

// found reports whether there is a key, as far as is known.
func (p *primary) found() bool { return p.methods || len(p.fields) > 0 }

func primaryOf(t facts.Type) primary {
	if saysPrimary(t) {
		return primary{methods: true}
	}
	p := primary{open: t.Opaque()}
	id := ""
	for _, f := range t.Fields() {
		if strings.HasSuffix(dbTag(f.Field).Text, primaryTag) {
			p.fields = append(p.fields, f.Name.Text)
		} else if strings.EqualFold(f.Name.Text, "id") {
			id = f.Name.Text
		}
	}
	if len(p.fields) == 0 && id != "" {
		p.fields = []string{id}
	}
	return p
}

// saysPrimary reports whether a struct has the methods of the library's interface
// primary.
func saysPrimary(t facts.Type) bool {
	names, ok := ownMethod(t, "PrimaryFields")
	if !ok || len(names.Results) != 1 {
		return false
	}
	values, ok := ownMethod(t, "PrimaryValues")
	return ok && len(values.Results) == 1
}

// behind takes off a field's type what go-rel takes off before it asks for a struct.
func behind(t facts.Type) facts.Type {
	for range maxEmbedding {
		if t == nil || t.Shape() != facts.Pointer && t.Shape() != facts.Slice {
			return t
		}
		t = t.Elem()
	}
	return nil
}

// isMany reports whether a field of the type holds several rows: it is a slice, or a
// pointer to one.
func isMany(t facts.Type) bool {
	if t != nil && t.Shape() == facts.Pointer {
		t = t.Elem()
	}
	return t != nil && t.Shape() == facts.Slice
}

// label is what messages call a type.
func label(t facts.Type) string {
	if name := dialect.TypeName(t); name != "" {
		return name
	}
	return "the unnamed struct"
}
