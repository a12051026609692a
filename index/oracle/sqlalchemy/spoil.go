package oracle

import (
	"fmt"
	"regexp"
	"strings"
)

// mistake is one way to spoil a line of a class.
type mistake struct {
	name string
	make func(g *grower, w *world, c *class, line string) string // "" where the line cannot be spoilt so
}

var (
	backPopulates = regexp.MustCompile(`back_populates="(\w+)"`)
	quotedTarget  = regexp.MustCompile(`relationship\("(\w+)"`)
	keyColumn     = regexp.MustCompile(`^(\w+) = Column\((?:"\w+", )?ForeignKey\("(\w+)\.id"\)\)$`)
	joinArgument  = regexp.MustCompile(`, (foreign_keys|primaryjoin)=(\[[^\]]*\]|"[^"]*"|lambda: [\w.]+)`)
	secondary     = regexp.MustCompile(`secondary="?\w+"?`)
	backrefName   = regexp.MustCompile(`backref="\w+"`)
)

// mistakes are those that are made on purpose.
var mistakes = []mistake{
	{"typo in back_populates", func(_ *grower, _ *world, _ *class, line string) string {
		return replace(backPopulates, line, `back_populates="${1}x"`)
	}},
	{"back_populates names a column", func(_ *grower, _ *world, _ *class, line string) string {
		return replace(backPopulates, line, `back_populates="id"`)
	}},
	{"back_populates names another relationship", func(g *grower, w *world, c *class, line string) string {
		m := quotedTarget.FindStringSubmatch(line)
		if m == nil || !backPopulates.MatchString(line) {
			return ""
		}
		for _, other := range w.classes {
			for _, l := range other.lines {
				if name, _, ok := strings.Cut(l, " = relationship"); other.name == m[1] && ok && !strings.Contains(line, `"`+name+`"`) && g.chance(70) {
					return replace(backPopulates, line, fmt.Sprintf("back_populates=%q", name))
				}
			}
		}
		return ""
	}},
	{"typo in the target", func(_ *grower, _ *world, _ *class, line string) string {
		return replace(quotedTarget, line, `relationship("${1}x"`)
	}},
	{"another target", func(g *grower, w *world, c *class, line string) string {
		to := w.classes[g.IntN(len(w.classes))]
		if kin(to, c) && to != c {
			return "" // which side of a hierarchy holds the key rells does not tell
		}
		return replace(quotedTarget, line, fmt.Sprintf("relationship(%q", to.name))
	}},
	{"no foreign key", func(_ *grower, _ *world, _ *class, line string) string {
		if keyColumn.MatchString(line) {
			return keyColumn.ReplaceAllString(line, "$1 = Column(Integer)")
		}
		return ""
	}},
	{"nothing says which key", func(_ *grower, _ *world, _ *class, line string) string {
		return replace(joinArgument, line, "")
	}},
	{"no remote_side", func(_ *grower, _ *world, _ *class, line string) string {
		if strings.Contains(line, ", remote_side=[id]") {
			return strings.Replace(line, ", remote_side=[id]", "", 1)
		}
		return ""
	}},
	{"backref and back_populates", func(_ *grower, _ *world, _ *class, line string) string {
		return replace(backPopulates, line, `back_populates="$1", backref="$1"`)
	}},
	{"backref of a name that is taken", func(_ *grower, _ *world, _ *class, line string) string {
		return replace(backrefName, line, `backref="id"`)
	}},
	{"secondary is a class", func(g *grower, w *world, _ *class, line string) string {
		return replace(secondary, line, fmt.Sprintf("secondary=%q", w.classes[g.IntN(len(w.classes))].name))
	}},
	{"secondaryjoin alone", func(_ *grower, _ *world, c *class, line string) string {
		if strings.Contains(line, "relationship(") && !strings.Contains(line, "secondary=") {
			return strings.TrimSuffix(line, ")") + fmt.Sprintf(", secondaryjoin=%q)", c.name+".id == "+c.name+".id")
		}
		return ""
	}},
}

func replace(what *regexp.Regexp, line, by string) string {
	if !what.MatchString(line) {
		return ""
	}
	return what.ReplaceAllString(line, by)
}

// spoil makes one mistake in a world, if it can.
func (g *grower) spoil(w *world) {
	for range 20 {
		m := mistakes[g.IntN(len(mistakes))]
		c := w.classes[g.IntN(len(w.classes))]
		if len(c.lines) == 0 {
			continue
		}
		at := g.IntN(len(c.lines))
		if line := m.make(g, w, c, c.lines[at]); line != "" && line != c.lines[at] {
			c.lines[at] = line
			w.spoilt = m.name
			g.feature("mistake: " + m.name)
			return
		}
	}
}
