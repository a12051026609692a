package settings

import (
	"bytes"
	"encoding/json"
	"errors"
)

// serverSection begins the settings of the server in the manifest of the extension for
// VS Code; those of the extension itself have a section of their own.
var serverSection = []byte(`"title": "rells server",`)

// Manifest puts what can be set into the manifest of the extension for VS Code, in place
// of what stands there.
func Manifest(manifest []byte) ([]byte, error) {
	start := bytes.Index(manifest, serverSection)
	if start < 0 {
		return nil, errors.New("the manifest has no section for the server")
	}
	name := []byte(`"properties": `)
	at := bytes.Index(manifest[start:], name)
	if at < 0 {
		return nil, errors.New("the section for the server has no properties")
	}
	start += at + len(name)
	rest := json.NewDecoder(bytes.NewReader(manifest[start:]))
	var before json.RawMessage
	if err := rest.Decode(&before); err != nil {
		return nil, err
	}
	properties := object{}
	for _, s := range Declared() {
		property := s.schema()
		property["scope"] = "resource"
		properties["rells."+s.Path()] = property
	}
	var now bytes.Buffer
	encoder := json.NewEncoder(&now)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("        ", "  ")
	if err := encoder.Encode(properties); err != nil {
		return nil, err
	}
	return bytes.Join([][]byte{manifest[:start], bytes.TrimSpace(now.Bytes()), manifest[start+int(rest.InputOffset()):]}, nil), nil
}
