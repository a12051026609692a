package oracle

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/rells-dev/rells/index/facts"
)

// tally counts what rells got right.
type tally struct {
	targets, rightTargets int
	crossPackage          int
	basics, rightBasics   int
	silentBasics          int // unknown to rells, which then stays silent
	others                int // fields that lead to no struct and no basic type
	methods, rightMethods int
	opaque                int      // methods of types that rells says it does not know in full
	errors                []string // of the compiler: what they touch is left out
	features              map[string]int
	wrong                 []string
}

func newTally() *tally { return &tally{features: map[string]int{}} }

// compare holds what rells read against what the compiler says.
func (c *tally) compare(t *truth, v *view) {
	c.errors = t.errors
	for _, at := range slices.SortedFunc(maps.Keys(t.fields), comparePlaces) {
		c.field(at, t.fields[at], v)
	}
	for _, at := range slices.SortedFunc(maps.Keys(t.methods), comparePlaces) {
		c.methodSet(at, t.methods[at], v.types[at])
	}
}

func (c *tally) field(at place, f field, v *view) {
	got, read := v.fields[at]
	switch {
	case f.target != nil:
		c.targets++
		for _, feature := range slices.Compact(slices.Sorted(slices.Values(f.features))) {
			c.features[feature]++
		}
		if slices.Contains(f.features, "other package") {
			c.crossPackage++
		}
		if read && got.target.is(f.target) {
			c.rightTargets++
			return
		}
	case f.basic != "":
		c.basics++
		if got.basic == f.basic || f.basic == "unsafe.Pointer" || f.basic == "Pointer" {
			c.rightBasics++
			return
		}
		if got.unknown {
			c.silentBasics++
			return
		}
	default:
		c.others++
		if got.target == nil && got.basic == "" || got.unknown {
			return
		}
	}
	c.miss("%s:%d: %s leads to %s, rells says %s", at.file, at.offset, f.name, describeField(f), describeReading(got, read))
}

// methodSet compares the methods of a pointer to a type, and asks for some that
// the type may lack.
func (c *tally) methodSet(at place, m methods, t facts.Type) {
	if t == nil {
		c.methods++
		c.miss("%s:%d: type %s is not declared, says rells", at.file, at.offset, m.name)
		return
	}
	opaque := t.Opaque()
	names := slices.Collect(maps.Keys(m.set))
	names = append(names, "Value", "Scan", "TableName", "String", "Close")
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		c.methods++
		_, has := t.Method(name)
		switch {
		case has == m.set[name]:
			c.rightMethods++
		case opaque:
			c.opaque++
		default:
			c.miss("%s:%d: %s has method %s: %v, says rells", at.file, at.offset, m.name, name, has)
		}
	}
}

// is reports whether rells' target is the compiler's. Types local to a function
// have other names for the compiler; for them, the place decides.
func (t *target) is(want *target) bool {
	if t == nil {
		return false
	}
	if t.at != "" || want.at == "" {
		return t.at == want.at && (t.name == want.name || local(t.name))
	}
	return t.name == want.name
}

// local reports whether a Ref names a type that is local to a function.
func local(name string) bool {
	name, _, _ = strings.Cut(name, "[")
	name = name[strings.LastIndexByte(name, '/')+1:]
	return strings.Count(name, ".") > 1
}

func (c *tally) miss(format string, args ...any) {
	c.wrong = append(c.wrong, fmt.Sprintf(format, args...))
}

func describeField(f field) string {
	switch {
	case f.target != nil:
		return f.target.name + " (" + f.target.at + ")"
	case f.basic != "":
		return f.basic
	}
	return "neither struct nor basic type"
}

func describeReading(r reading, read bool) string {
	switch {
	case !read:
		return "there is no such field"
	case r.unknown && r.target == nil:
		return "unknown"
	case r.unknown:
		return r.target.name + ", unknown"
	case r.target != nil:
		return r.target.name + " (" + r.target.at + ")"
	case r.basic != "":
		return r.basic
	}
	return "neither struct nor basic type"
}

// print writes the counts as a table.
func (c *tally) print(w io.Writer, title string) {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "%s\n", title)
	fmt.Fprintf(table, "  targets\t%d\tright\t%d\tother package\t%d\n", c.targets, c.rightTargets, c.crossPackage)
	fmt.Fprintf(table, "  basic types\t%d\tright\t%d\tunknown\t%d\n", c.basics, c.rightBasics, c.silentBasics)
	fmt.Fprintf(table, "  methods\t%d\tright\t%d\topaque\t%d\n", c.methods, c.rightMethods, c.opaque)
	if n := len(c.errors); n > 0 {
		fmt.Fprintf(table, "  errors of the compiler\t%d\n", n)
	}
	for _, feature := range slices.Sorted(maps.Keys(c.features)) {
		fmt.Fprintf(table, "    %s\t%d\n", feature, c.features[feature])
	}
	table.Flush()
}

// add counts another module's fields too.
func (c *tally) add(other *tally) {
	c.targets += other.targets
	c.rightTargets += other.rightTargets
	c.crossPackage += other.crossPackage
	c.basics += other.basics
	c.rightBasics += other.rightBasics
	c.silentBasics += other.silentBasics
	c.others += other.others
	c.methods += other.methods
	c.rightMethods += other.rightMethods
	c.opaque += other.opaque
	c.errors = append(c.errors, other.errors...)
	for feature, n := range other.features {
		c.features[feature] += n
	}
	c.wrong = append(c.wrong, other.wrong...)
}

func comparePlaces(a, b place) int {
	if a.file != b.file {
		return strings.Compare(a.file, b.file)
	}
	return a.offset - b.offset
}
