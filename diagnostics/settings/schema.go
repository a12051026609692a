package settings

import (
	"bytes"
	"encoding/json"
	"strings"
)

// Schema is the JSON schema of a rells.toml, and of the section of an editor's
// settings.
func Schema() []byte {
	whole := object{"$schema": "http://json-schema.org/draft-07/schema#", "title": "Settings of rells"}
	top := whole.table()
	for _, s := range Declared() {
		into := top
		if s.Table != "" {
			within, ok := top[s.Table].(object)
			if !ok {
				within = object{}
				top[s.Table] = within
				within.table()
			}
			into = within["properties"].(object)
		}
		into[s.Name] = s.schema()
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(whole); err != nil {
		panic(err) // of maps, lists and strings
	}
	return text.Bytes()
}

// object is a JSON object; its members are written in the order of their names.
type object map[string]any

// table makes the schema one of an object without other members than those of the
// map that it returns.
func (o object) table() object {
	members := object{}
	o["type"], o["additionalProperties"], o["properties"] = "object", false, members
	return members
}

func (s *Setting) schema() object {
	o := object{"description": strings.ReplaceAll(s.Doc, "`", ""), "default": s.Default}
	switch s.Type {
	case Flag:
		o["type"] = "boolean"
	case List:
		o["type"], o["items"] = "array", object{"type": "string"}
	case Grading:
		o["enum"] = severities
	default:
		o["type"] = "string"
	}
	return o
}
