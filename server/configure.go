package server

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"sync"

	"go.lsp.dev/protocol"
	"go.uber.org/zap"

	"github.com/rells-dev/rells/diagnostics/settings"
	"github.com/rells-dev/rells/index"
)

// configurator makes configurations of what is set: in the rells.toml of each
// root and, over it, by the editor. The wishes may come from any goroutine; all
// else is the feed's.
type configurator struct {
	server *server

	mu     sync.Mutex
	wishes wishes

	options index.Options                // that the index was loaded with
	loaded  bool                         // the index has been loaded with them
	watched []root                       // by the server itself
	good    map[string]settings.Settings // by path of a rells.toml: the last that could be read
	told    map[string]bool              // what the client has been told is wrong
}

// wishes are what the editor asks for.
type wishes struct {
	roots   []string                  // folders of the workspace
	around  []string                  // where there are none: folders of files that were opened
	initial editorSettings            // with initialize
	editor  map[string]editorSettings // later, by root; "" for all roots that have none of their own
}

// editorSettings are what an editor has sent.
type editorSettings struct {
	settings settings.Settings
	problems []settings.Problem
}

func readEditor(raw []byte) editorSettings {
	var e editorSettings
	e.settings, e.problems = settings.FromEditor(raw)
	return e
}

func newConfigurator(s *server) *configurator {
	return &configurator{server: s, good: map[string]settings.Settings{}, told: map[string]bool{}}
}

// wish changes what the editor asks for; it takes effect with the next update.
func (c *configurator) wish(change func(*wishes)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	change(&c.wishes)
}

// of is what the editor asks for in a root, over what it asked for at the start.
func (w *wishes) of(root string) settings.Settings {
	later, ok := w.editor[root]
	if !ok {
		later = w.editor[""]
	}
	return later.settings.Over(w.initial.settings)
}

// update reads the files again and makes the configuration that holds from now on.
// Where that is another one to the index, the workspace is read again.
func (c *configurator) update(ctx context.Context) *configuration {
	if !c.loaded && c.server.features.configuration {
		c.server.asker.wait(ctx)
	}
	c.mu.Lock()
	w := c.wishes
	c.mu.Unlock()
	anywhere := w.of("")
	next := &configuration{
		local:    map[string]scope{},
		anywhere: c.scope(anywhere),
		files:    map[string]settings.File{},
	}
	options := index.Options{Settings: anywhere.Dialects, Local: map[string]index.Local{}}
	var named []root
	for _, path := range w.roots {
		named = append(named, root{path: path})
	}
	around := w.rootsAround()
	for _, root := range slices.Concat(named, around) {
		file := settings.ReadRoot(root.path)
		next.files[file.Path] = file
		set := w.of(root.path).Over(c.lastGood(file))
		next.local[root.path] = c.scope(set)
		local := set.Local()
		if root.alone {
			local.Exclude = append(slices.Clone(local.Exclude), "/*/")
		}
		options.Roots = append(options.Roots, root.path)
		options.Local[root.path] = local
	}
	next.roots = slices.SortedStableFunc(slices.Values(options.Roots), func(a, b string) int { return len(b) - len(a) })
	c.watch(named, around)
	c.tell(ctx, w, next)
	if !c.loaded || !reflect.DeepEqual(options, c.options) {
		c.loaded, c.options = true, options
		c.server.read(ctx, options)
	}
	c.server.tokens.offer(next)
	return next
}

// scope is what settings mean for the files for which they hold.
func (c *configurator) scope(s settings.Settings) scope {
	return scope{rules: s.Rules(c.server.options.Rules), tokens: asksForTokens(s)}
}

// watch has the server watch what the client does not: the folders that it has named,
// if it cannot, and those around files that it has opened.
func (c *configurator) watch(named, around []root) {
	roots := around
	if !c.server.features.watch {
		roots = slices.Concat(named, around)
	}
	if !slices.Equal(roots, c.watched) {
		c.watched = roots
		c.server.disk.watch(roots)
	}
}

// lastGood is what a file says, or, while it is no TOML, what it said before.
func (c *configurator) lastGood(file settings.File) settings.Settings {
	if file.Err == nil && !file.Broken() {
		c.good[file.Path] = file.Settings
	}
	return c.good[file.Path]
}

// tell shows what cannot count and has no place in a file of the workspace: each
// complaint once, until it has been away.
func (c *configurator) tell(ctx context.Context, w wishes, next *configuration) {
	complaints := map[string]bool{}
	for _, sent := range append(slices.Collect(maps.Values(w.editor)), w.initial) {
		for _, p := range sent.problems {
			complaints["in the settings of the editor: "+p.Error()] = true
		}
	}
	for path, file := range next.files {
		if file.Err != nil {
			complaints[fmt.Sprintf("%s is not read: %v", path, file.Err)] = true
		}
	}
	for _, text := range slices.Sorted(maps.Keys(complaints)) {
		if c.told[text] {
			continue
		}
		c.server.log.Warn("settings", zap.String("problem", text))
		params := &protocol.ShowMessageParams{Type: protocol.MessageTypeWarning, Message: "rells: " + text}
		if err := c.server.client.ShowMessage(ctx, params); err != nil && ctx.Err() == nil {
			c.server.log.Warn("message not shown", zap.Error(err))
		}
	}
	c.told = complaints
}
