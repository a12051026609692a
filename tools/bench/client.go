package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

// session is a server process with the least of a language client: it sends one
// thing at a time and reads until the answer is there.
type session struct {
	root    string
	process *exec.Cmd
	in      io.WriteCloser
	out     *textproto.Reader
	raw     *bufio.Reader
	id      int
	version map[string]int // of open documents, by address
}

// object is a JSON object.
type object = map[string]any

// message is what the server sends, as far as it is looked at.
type message struct {
	ID     json.RawMessage `json:"id"`
	Method string          `json:"method"`
	Params struct {
		URI         string            `json:"uri"`
		Version     int               `json:"version"`
		Diagnostics []json.RawMessage `json:"diagnostics"`
	} `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  json.RawMessage `json:"error"`
}

// start starts a server over root and waits until it has read the workspace, to which the
// file belongs. Problems are looked for at once after each edit.
func start(rells, root, file string) (*session, error) {
	s := &session{root: root, process: exec.Command(rells, "serve", "--settle", "0s"), version: map[string]int{}}
	s.process.Stderr = os.Stderr
	var err error
	if s.in, err = s.process.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := s.process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	s.raw = bufio.NewReaderSize(out, 1<<20)
	s.out = textproto.NewReader(s.raw)
	if err := s.process.Start(); err != nil {
		return nil, err
	}
	folder := object{"uri": s.uri("."), "name": "bench"}
	capabilities := object{
		"workspace": object{"didChangeWatchedFiles": object{"dynamicRegistration": true}},
		"general":   object{"positionEncodings": []string{"utf-16"}},
	}
	if _, err := s.call("initialize", object{"processId": nil, "workspaceFolders": []object{folder}, "capabilities": capabilities}); err != nil {
		return nil, err
	}
	if err := s.notify("initialized", object{}); err != nil {
		return nil, err
	}
	_, err = s.call("textDocument/definition", s.at(file, 0, 0)) // waits for the workspace
	return s, err
}

// stop ends the server.
func (s *session) stop() error {
	if _, err := s.call("shutdown", nil); err != nil {
		return err
	}
	if err := s.notify("exit", nil); err != nil {
		return err
	}
	return s.process.Wait()
}

// uri is the address of a file of the workspace.
func (s *session) uri(name string) string {
	return "file://" + filepath.ToSlash(filepath.Join(s.root, name))
}

// at is a position in a file, as requests want it.
func (s *session) at(name string, line, character int) object {
	return object{
		"textDocument": object{"uri": s.uri(name)},
		"position":     object{"line": line, "character": character},
	}
}

// open opens a file as it is on disk.
func (s *session) open(name string) (text string, err error) {
	bytes, err := os.ReadFile(filepath.Join(s.root, name))
	if err != nil {
		return "", err
	}
	s.version[s.uri(name)] = 1
	return string(bytes), s.notify("textDocument/didOpen", object{"textDocument": object{
		"uri": s.uri(name), "languageId": languageID(name), "version": 1, "text": string(bytes),
	}})
}

// edit replaces part of a line of an open file.
func (s *session) edit(name string, line, from, to int, text string) error {
	s.version[s.uri(name)]++
	return s.notify("textDocument/didChange", object{
		"textDocument": object{"uri": s.uri(name), "version": s.version[s.uri(name)]},
		"contentChanges": []object{{
			"range": object{
				"start": object{"line": line, "character": from},
				"end":   object{"line": line, "character": to},
			},
			"text": text,
		}},
	})
}

// published reads until accept takes one of the server's lists of problems.
func (s *session) published(accept func(uri string, version, count int) bool) error {
	for {
		m, err := s.read()
		if err != nil {
			return err
		}
		if m.Method == "textDocument/publishDiagnostics" && accept(m.Params.URI, m.Params.Version, len(m.Params.Diagnostics)) {
			return nil
		}
	}
}

// call sends a request and reads until its answer.
func (s *session) call(method string, params any) (json.RawMessage, error) {
	s.id++
	if err := s.send(object{"jsonrpc": "2.0", "id": s.id, "method": method, "params": params}); err != nil {
		return nil, err
	}
	for {
		m, err := s.read()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", method, err)
		}
		if m.Method == "" && string(m.ID) == strconv.Itoa(s.id) {
			if m.Error != nil {
				return nil, fmt.Errorf("%s: %s", method, m.Error)
			}
			return m.Result, nil
		}
	}
}

func (s *session) notify(method string, params any) error {
	return s.send(object{"jsonrpc": "2.0", "method": method, "params": params})
}

func (s *session) send(message object) error {
	body, err := json.Marshal(message)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.in, "Content-Length: %d\r\n\r\n%s", len(body), body)
	return err
}

// read reads one message and answers it with null if it is a request.
func (s *session) read() (m message, err error) {
	header, err := s.out.ReadMIMEHeader()
	if err != nil {
		return m, err
	}
	size, err := strconv.Atoi(header.Get("Content-Length"))
	if err != nil {
		return m, errors.New("a message without a length")
	}
	body := make([]byte, size)
	if _, err := io.ReadFull(s.raw, body); err != nil {
		return m, err
	}
	if err := json.Unmarshal(body, &m); err != nil {
		return m, err
	}
	if m.Method != "" && m.ID != nil {
		err = s.send(object{"jsonrpc": "2.0", "id": m.ID, "result": nil})
	}
	return m, err
}
