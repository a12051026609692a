package oracle

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/rells-dev/rells/index/oracle/ask"
)

// grower grows worlds at random and counts what they hold.
type grower struct {
	*rand.Rand
	features ask.Features
	worlds   int
	slips    []slip // in the order in which they are tried
}

// nouns are names of schemas, those among them that rules of English and of case
// trip over.
var nouns = []string{
	"User", "Pet", "Group", "City", "Order", "Card", "Person", "Child", "Hero", "Bus", "Quiz", "CPU", "Wolf", "Analysis",
	"HTTPRequest", "OAuthToken", "V2Item", "S3Object", "UserIDs", "News", "Category", "Address", "Box", "Media", "Datum", "Company",
}

// words are names of edges.
var words = []string{
	"pets", "owner", "friends", "children", "people", "media", "data", "boss", "news", "following", "parent", "members",
	"likedTweets", "HTTPHooks", "last_login", "boxes", "wolves", "analyses", "items", "users", "statuses", "addresses", "series",
}

func (g *grower) chance(percent int) bool { return g.IntN(100) < percent }

func pick[T any](g *grower, list []T) T { return list[g.IntN(len(list))] }

// world grows the next world.
func (g *grower) world() *world {
	n := g.worlds
	g.worlds++
	w := &world{prefix: fmt.Sprintf("W%c%c%c", 'a'+n/676%26, 'a'+n/26%26, 'a'+n%26)}
	order := g.Perm(len(nouns))
	for i := range 3 + g.IntN(3) {
		w.schemas = append(w.schemas, &schema{name: w.prefix + nouns[order[i]], style: g.IntN(listStyles)})
	}
	for _, s := range w.schemas {
		g.identity(s)
	}
	for range 4 + g.IntN(6) {
		g.relate(w)
	}
	if g.chance(40) {
		g.joinModel(w)
	}
	for _, s := range w.schemas {
		g.mix(s)
	}
	if g.chance(25) {
		g.spoil(w)
	}
	return w
}

// identity gives a schema an id of its own, or a table.
func (g *grower) identity(s *schema) {
	switch g.IntN(6) {
	case 0:
		s.fields = append(s.fields, &field{call: pick(g, []string{"Int64", "String", "Int"}), name: "id"})
		g.features["id of its own"]++
	case 1:
		s.table = strings.ToLower(s.name) + "_rows"
		g.features["table by Config"]++
	case 2:
		s.annotations = append(s.annotations, fmt.Sprintf("entsql.Annotation{Table: %q}", strings.ToLower(s.name)+"_table"))
		g.features["table by annotation"]++
	}
	if g.chance(50) {
		s.fields = append(s.fields, &field{call: "String", name: "title"})
	}
}

// idType is the constructor of a field that can point to a schema.
func (s *schema) idType() string {
	for _, f := range s.fields {
		if f.name == "id" {
			return f.call
		}
	}
	return "Int"
}

// free is a name for an edge or field that the schema does not have.
func (g *grower) free(s *schema, names ...string) string {
	for i := 0; ; i++ {
		name := pick(g, append(names, words...))
		if i > 20 {
			name += fmt.Sprint(i)
		}
		if !s.takes(name) {
			return name
		}
	}
}

func (s *schema) takes(name string) bool {
	for _, f := range s.fields {
		if f.name == name {
			return true
		}
	}
	for _, e := range s.edges {
		if e.name == name || e.back != nil && e.back.name == name {
			return true
		}
	}
	return false
}

// relate adds a To edge, and mostly its From edge.
func (g *grower) relate(w *world) {
	a, b := pick(g, w.schemas), pick(g, w.schemas)
	to := &edge{name: g.free(a), target: b.name}
	unique := g.chance(40)
	if unique {
		to.set("Unique")
	}
	a.edges = append(a.edges, to)
	sides, back := "To", (*edge)(nil)
	switch {
	case a == b && g.chance(40):
		back = &edge{name: g.free(a), from: true, target: a.name}
		to.back = back
		sides = "chain"
	case g.chance(65):
		back = &edge{from: true, name: g.free(b), target: a.name}
		back.set("Ref", quoted(to.name))
		b.edges = append(b.edges, back)
		sides = "To and From"
	}
	backUnique := back != nil && g.chance(50)
	if backUnique {
		back.set("Unique")
	}
	self := ""
	if a == b {
		self = ", to itself"
	}
	g.features[fmt.Sprintf("%s%s: unique %t, %t", sides, self, unique, backUnique)]++
	g.decorate(a, b, to, back, unique, backUnique, a == b)
}

// decorate gives a pair options that it can have.
func (g *grower) decorate(a, b *schema, to, back *edge, unique, backUnique, self bool) {
	holder, holding, target := a, to, b
	switch {
	case !unique && (back == nil || !backUnique):
		if back != nil || self {
			holder = nil // many-to-many
		} else {
			holder = b
			holding = nil
		}
	case back != nil && backUnique:
		holder, holding, target = b, back, a
	}
	switch g.IntN(7) {
	case 0:
		if holding != nil && holder != nil {
			g.keyField(holder, holding, target)
		}
	case 1:
		side := to
		if back != nil && g.chance(50) {
			side = back
		}
		side.set("Required")
		g.features["Required"]++
	case 2:
		if holder != nil && to.back == nil {
			to.set("StorageKey", fmt.Sprintf("edge.Column(%q)", "col_"+strings.ToLower(to.name)))
			g.features["StorageKey with a column"]++
		}
	case 3:
		if holder == nil && to.back == nil {
			to.set("StorageKey", fmt.Sprintf("edge.Table(%q)", "join_"+to.name), "edge.Columns(\"left_id\", \"right_id\")")
			g.features["StorageKey with table and columns"]++
		}
	case 4:
		if holding != nil && holder != nil && (holding == back || back == nil) {
			holder.indexes = append(holder.indexes, holding.name)
			g.features["index of an edge"]++
		}
	case 5:
		to.set("Comment", `"why"`)
		to.set("StructTag", quoted(`json:"x"`))
		to.set("Immutable")
	}
}

// keyField gives an edge a field for its key.
func (g *grower) keyField(holder *schema, e *edge, target *schema) {
	name := g.free(holder, "owner_id", "userID", "ref_id")
	f := &field{call: target.idType(), name: name}
	if g.chance(40) {
		e.set("Required")
	} else {
		f.options = append(f.options, "Optional()")
	}
	if g.chance(25) {
		e.set("Immutable")
		f.options = append(f.options, "Immutable()")
	}
	if g.chance(25) {
		f.options = append(f.options, fmt.Sprintf("StorageKey(%q)", "stored_"+strings.ToLower(name)))
		g.features["Field with a column of its own"]++
	}
	e.set("Field", quoted(name))
	holder.fields = append(holder.fields, f)
	g.features["Field"]++
}

// joinModel adds a many-to-many that goes through a schema.
func (g *grower) joinModel(w *world) {
	a, b := pick(g, w.schemas), pick(g, w.schemas)
	join := &schema{name: w.prefix + "Membership"}
	to := &edge{name: g.free(a), target: b.name}
	a.edges = append(a.edges, to)
	names := [2]string{"left_id", "right_id"}
	if a == b {
		names = [2]string{snakeOf(a.name) + "_id", singularOf(to.name) + "_id"}
		g.features["Through, to itself"]++
	} else {
		back := &edge{from: true, name: g.free(b), target: a.name}
		back.set("Ref", quoted(to.name))
		b.edges = append(b.edges, back)
		if g.chance(50) {
			back.set("Through", quoted(g.free(b, "memberships")), join.name+".Type")
		}
		g.features["Through"]++
	}
	to.set("Through", quoted(g.free(a, "memberships", "joined")), join.name+".Type")
	for i, end := range []*schema{a, b} {
		e := &edge{name: []string{"left", "right"}[i], target: end.name}
		e.set("Unique").set("Required").set("Field", quoted(names[i]))
		join.edges = append(join.edges, e)
		join.fields = append(join.fields, &field{call: end.idType(), name: names[i]})
	}
	if g.chance(70) && a != b {
		join.annotations = append(join.annotations, fmt.Sprintf("field.ID(%q, %q)", names[0], names[1]))
		g.features["Through with a composite key"]++
	}
	w.schemas = append(w.schemas, join)
}

// snakeOf and singularOf serve names that no rule trips over; where one does, ent
// refuses the world, which is as good.
func snakeOf(name string) string {
	var b strings.Builder
	for i, r := range name {
		if i > 0 && 'A' <= r && r <= 'Z' {
			b.WriteByte('_')
		}
		b.WriteString(strings.ToLower(string(r)))
	}
	return b.String()
}

func singularOf(name string) string { return strings.TrimSuffix(name, "s") }

// mix moves the first fields and edges of a schema into a mixin.
func (g *grower) mix(s *schema) {
	if g.chance(75) {
		return
	}
	s.mixed = g.IntN(len(s.edges) + 1)
	s.mixedFields = g.IntN(len(s.fields) + 1)
	if s.mixed+s.mixedFields > 0 {
		g.features["mixin"]++
	}
}
