package server

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"

	"go.lsp.dev/protocol"

	"github.com/rells-dev/rells/server/wire"
)

// pulls is what a client that can pull problems is known to pull. No capability
// says whether it pulls those of closed files, so what it does is looked at: open
// documents are always left to it, and closed files from the moment that it asks for
// the workspace. Until it has asked for anything, nothing is pushed at all.
type pulls uint8

const (
	pullsNothing   pulls = iota
	pullsDocuments       // asked for a document: closed files are pushed
	pullsWorkspace       // asked for the workspace: nothing is pushed
)

var errPushed = errors.New("problems are pushed to this client")

// told is what a client that pulls was last answered about a file.
type told struct {
	version  int32
	resultID string
	alone    bool // asked for by itself: VS Code heeds nothing else then of an open document
}

// pushes reports whether the list of a file is pushed. p.mu is held.
func (p *publisher) pushes(open bool) bool {
	return !p.server.features.pulls || !open && p.pulls == pullsDocuments
}

// pullDocument answers textDocument/diagnostic.
func (s *server) pullDocument(ctx context.Context, w world, p *protocol.DocumentDiagnosticParams) (protocol.DocumentDiagnosticReport, error) {
	if !s.features.pulls {
		return nil, errPushed
	}
	path, ok := wire.Path(p.TextDocument.URI)
	if !ok {
		return &protocol.RelatedFullDocumentDiagnosticReport{FullDocumentDiagnosticReport: full("", nil)}, nil
	}
	list, id := s.publish.pull(ctx, w, path)
	if p.PreviousResultID != nil && *p.PreviousResultID == id {
		return &protocol.RelatedUnchangedDocumentDiagnosticReport{UnchangedDocumentDiagnosticReport: unchanged(id)}, nil
	}
	return &protocol.RelatedFullDocumentDiagnosticReport{FullDocumentDiagnosticReport: full(id, list)}, nil
}

// pullWorkspace answers workspace/diagnostic, with the files that have problems and
// those that the client has something of.
func (s *server) pullWorkspace(ctx context.Context, w world, p *protocol.WorkspaceDiagnosticParams) (*protocol.WorkspaceDiagnosticReport, error) {
	if !s.features.pulls {
		return nil, errPushed
	}
	has := map[string]string{}
	for _, previous := range p.PreviousResultIds {
		if path, ok := wire.Path(previous.URI); ok {
			has[path] = previous.Value
		}
	}
	return &protocol.WorkspaceDiagnosticReport{Items: s.publish.pullAll(ctx, w, has)}, nil
}

// pull lists the problems of one file, with the id of the list. Where the world has
// been left behind meanwhile they are those of the newer one: the client is about to
// ask for that anyway.
func (p *publisher) pull(ctx context.Context, w world, path string) ([]protocol.Diagnostic, string) {
	p.mu.Lock()
	p.take(w)
	list, _ := p.list(p.world, path)
	id := resultID(list)
	_, open := p.world.open[path]
	p.told[path] = told{p.version(path), id, open}
	first := p.pulls == pullsNothing
	if first {
		p.pulls = pullsDocuments
		for _, unheard := range p.files() {
			p.changed[unheard] = true
		}
	}
	p.mu.Unlock()
	if first {
		p.publish(ctx, w)
	}
	return list, id
}

// pullAll reports on every file that has problems, and on those of which the client
// has a list, with the id that it has.
func (p *publisher) pullAll(ctx context.Context, w world, has map[string]string) []protocol.WorkspaceDocumentDiagnosticReport {
	p.mu.Lock()
	first := p.pulls != pullsWorkspace
	p.pulls = pullsWorkspace
	p.mu.Unlock()
	if first {
		p.publish(ctx, w) // takes back what was pushed
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.take(w)
	paths := slices.Concat(p.files(), slices.Collect(maps.Keys(has)), slices.Collect(maps.Keys(p.world.open)))
	slices.Sort(paths)
	var reports []protocol.WorkspaceDocumentDiagnosticReport
	for _, path := range slices.Compact(paths) {
		list, _ := p.list(p.world, path)
		id := resultID(list)
		if _, open := p.world.open[path]; !open || !p.told[path].alone {
			p.told[path] = told{version: p.version(path), resultID: id}
		}
		if len(list) == 0 && has[path] == "" {
			continue // to leave it out says as much
		}
		reports = append(reports, p.report(path, list, id, has[path]))
	}
	return reports
}

// files lists the files that may have problems: sources, and those of settings. p.mu
// is held.
func (p *publisher) files() []string {
	files := p.checker.Files()
	if p.world.configuration != nil {
		files = slices.AppendSeq(files, maps.Keys(p.world.configuration.files))
	}
	return files
}

func (p *publisher) report(path string, list []protocol.Diagnostic, id, has string) protocol.WorkspaceDocumentDiagnosticReport {
	address, version := p.world.open.uri(path), p.world.open.version(path)
	if id == has {
		return &protocol.WorkspaceUnchangedDocumentDiagnosticReport{
			URI: address, Version: version, UnchangedDocumentDiagnosticReport: unchanged(id),
		}
	}
	return &protocol.WorkspaceFullDocumentDiagnosticReport{
		URI: address, Version: version, FullDocumentDiagnosticReport: full(id, list),
	}
}

// version is that of an open document, 0 for a closed one. p.mu is held.
func (p *publisher) version(path string) int32 {
	if doc, open := p.world.open[path]; open {
		return doc.version
	}
	return 0
}

// version is what a report says of the version: nothing of a closed file.
func (d documents) version(path string) *int32 {
	if doc, open := d[path]; open {
		return &doc.version
	}
	return nil
}

// resultID is the same for equal lists, and for no others.
func resultID(list []protocol.Diagnostic) string {
	hash := fnv.New128a()
	for i := range list {
		raw, err := protocol.Marshal(&list[i])
		if err != nil {
			continue
		}
		hash.Write(raw)
		hash.Write([]byte{0})
	}
	return fmt.Sprintf("%x", hash.Sum(nil))
}

func full(id string, list []protocol.Diagnostic) protocol.FullDocumentDiagnosticReport {
	report := protocol.FullDocumentDiagnosticReport{Kind: "full", Items: list}
	if id != "" {
		report.ResultID = &id
	}
	return report
}

func unchanged(id string) protocol.UnchangedDocumentDiagnosticReport {
	return protocol.UnchangedDocumentDiagnosticReport{Kind: "unchanged", ResultID: id}
}
