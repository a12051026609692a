package generate

import (
	"math/rand/v2"
	"slices"
)

// Generator grows worlds. The same seed grows the same worlds.
type Generator struct {
	*rand.Rand
	Features *Features
	cases    []Case
	queue    []Case // cases still to be used before each is used again
}

// New returns a generator that grows the given cases.
func New(seed uint64, cases []Case) *Generator {
	return &Generator{Rand: rand.New(rand.NewPCG(seed, 0)), Features: &Features{}, cases: cases}
}

// Grown is a world with what is known of its parts.
type Grown struct {
	*World
	// Sealed are the instances that nothing else in the world touches: GORM
	// must say of them what their cases want.
	Sealed []Instance
	sealed map[string]bool // the types of Sealed, by name
}

// World grows the next world: instances of cases, each on its own or upon the
// types that are there, then freehand models, then variations and mistakes.
func (g *Generator) World() Grown {
	w := Grown{World: &World{}, sealed: map[string]bool{}}
	for range 8 + g.IntN(4) {
		g.plant(&w)
	}
	g.freehand(&w, 3+g.IntN(5))
	for _, t := range slices.Clone(w.Types) {
		if !w.sealed[t.Name] {
			g.vary(&w, t)
		}
	}
	for _, t := range w.Models() {
		if !w.sealed[t.Name] && t.Struct && g.chance(28) {
			g.spoil(&w, t)
		}
	}
	for _, t := range w.Types {
		g.dress(t)
	}
	w.makeLegal()
	return w
}

// plant adds an instance of the next case: sealed, or merged into the world.
func (g *Generator) plant(w *Grown) {
	if len(g.queue) == 0 {
		g.queue = g.weighted()
	}
	c := g.queue[0]
	g.queue = g.queue[1:]

	sealed := g.chance(50)
	taken := func(name string) bool { return w.lookup(name) != nil }
	if !sealed {
		taken = func(name string) bool { return w.sealed[name] }
	}
	for {
		f := &filler{Rand: g.Rand, taken: taken, prefer: w.open(sealed)}
		inst, err := c.Fill(f.fill)
		if err != nil {
			panic(err) // a case that does not parse
		}
		if !w.merge(inst.Types) {
			continue
		}
		g.Features.add(c.Name, sealed)
		if sealed {
			w.Sealed = append(w.Sealed, inst)
			for _, t := range inst.Types {
				w.sealed[t.Name] = true
			}
		}
		return
	}
}

// open lists the names of models that an instance may be merged into.
func (w *Grown) open(sealed bool) []string {
	var names []string
	for _, t := range w.Types {
		if !sealed && !w.sealed[t.Name] && t.Struct && t.Role == Model && t.Params == "" {
			names = append(names, t.Name)
		}
	}
	return names
}

// weighted returns every case as often as it weighs, in random order.
func (g *Generator) weighted() []Case {
	var queue []Case
	for _, c := range g.cases {
		for range c.Weight {
			queue = append(queue, c)
		}
	}
	g.Shuffle(len(queue), func(i, j int) { queue[i], queue[j] = queue[j], queue[i] })
	return queue
}

func (g *Generator) chance(percent int) bool { return g.IntN(100) < percent }

func (g *Generator) pick(words ...string) string { return words[g.IntN(len(words))] }

// newName draws a name that no type of the world has.
func (g *Generator) newName(w *Grown, from []string) string {
	f := &filler{Rand: g.Rand, taken: func(name string) bool { return w.lookup(name) != nil }}
	return f.name(from)
}
