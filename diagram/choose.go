package diagram

import "strings"

// chosen is the part of the graph that the options ask for. Of lines only those are
// left both of whose models are.
func (g *Graph) chosen(o Options) *Graph {
	var keep map[string]bool
	if o.Focus != "" {
		keep = g.around(o.Focus, o.Depth)
	}
	part := &Graph{Version: g.Version, Models: []Model{}, Relations: []Line{}}
	for _, m := range g.Models {
		if (keep == nil || keep[m.ID]) && (o.Package == "" || InPackage(m.Package, o.Package)) {
			part.Models = append(part.Models, m)
		}
	}
	for _, l := range g.Relations {
		if part.has(l.From.Model) && part.has(l.To.Model) {
			part.Relations = append(part.Relations, l)
		}
	}
	return part
}

// around are the models that at most so many lines lead to from one.
func (g *Graph) around(id string, depth int) map[string]bool {
	beside := map[string][]string{}
	for _, l := range g.Relations {
		beside[l.From.Model] = append(beside[l.From.Model], l.To.Model)
		beside[l.To.Model] = append(beside[l.To.Model], l.From.Model)
	}
	reached := map[string]bool{id: true}
	edge := []string{id}
	for ; depth > 0 && len(edge) > 0; depth-- {
		var next []string
		for _, from := range edge {
			for _, to := range beside[from] {
				if !reached[to] {
					reached[to] = true
					next = append(next, to)
				}
			}
		}
		edge = next
	}
	return reached
}

// InPackage reports whether a person who names a package by a pattern means the import
// path: all of it or its last parts ("models"), and with "/..." behind it what lies
// below, too.
func InPackage(path, pattern string) bool {
	tree, below := strings.CutSuffix(strings.TrimPrefix(pattern, "./"), "/...")
	path, tree = "/"+path, "/"+strings.Trim(tree, "/")
	if below && strings.Contains(path+"/", tree+"/") {
		return true
	}
	return strings.HasSuffix(path, tree)
}
