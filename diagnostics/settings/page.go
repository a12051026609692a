package settings

import (
	"encoding/json"
	"fmt"
	"strings"
)

const intro = `# Settings

Everything here has a default: rells needs no settings.

They are read from a file ` + "`rells.toml`" + ` in the folder that is the workspace, by the
command line and by the server. A workspace of several folders may have one in each.

` + "```toml" + `
exclude = ["/internal/generated/", "*_mock.go"]

[severity]
back-populates-one-sided = "off"
polymorphic-invalid = "warning"

[gorm]
table_prefix = "shop_"
singular_table = true

[rel]
key = "relation"
` + "```" + `

` + "`rells check`" + ` and ` + "`rells index`" + ` read another file with ` + "`--config FILE`" + `. They do not run
with a file that cannot be read, or that sets something that there is not; one that is a
link out of the workspace has to be named so.

An editor's own settings go before the file's. The server takes them as
` + "`initializationOptions`, with `workspace/didChangeConfiguration`" + `, or asks for the
section ` + "`rells`" + ` where the client can be asked; they have the same names and the same
shape in JSON. A list counts as a whole. Settings that cannot count are reported, in
` + "`rells.toml`" + ` as problems of that file, and everything else counts. A change of the file
counts as soon as it is saved.

[settings.schema.json](settings.schema.json) is the schema of both, for editors that
complete and check TOML and JSON.
`

// Page is docs/settings.md.
func Page() []byte {
	var b strings.Builder
	b.WriteString(intro)
	for _, section := range []struct {
		title    string
		settings []Setting
	}{{"Reading", reading}, {"Showing", showing}} {
		fmt.Fprintf(&b, "\n## %s\n\n| setting | value | default | meaning |\n|---|---|---|---|\n", section.title)
		for _, s := range section.settings {
			fmt.Fprintf(&b, "| `%s` | %s | `%s` | %s |\n", s.Path(), s.Type, jsonOf(s.Default), s.Doc)
		}
	}
	b.WriteString("\n## Severities\n\nIn the table `severity` every rule can be made an `error`, a `warning` or a `hint`,\n" +
		"or be turned `off`.\n\n| rule | default | meaning |\n|---|---|---|\n")
	for _, s := range Declared() {
		if s.Type == Grading {
			fmt.Fprintf(&b, "| [`%s`](../diagnostics/docs/%s.md) | `%s` | %s |\n", s.Name, s.Name, s.Default, s.Doc)
		}
	}
	return []byte(b.String())
}

// String is the type in words.
func (t Type) String() string {
	return [...]string{Text: "text", Flag: "true or false", List: "list of texts", Grading: strings.Join(severities, ", ")}[t]
}

// jsonOf writes a default, which looks the same in TOML.
func jsonOf(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // of a text, a flag or a list
	}
	return string(text)
}
