// Package settings is what people can set about rells: which rules look and how
// grave what they find is, what is left out, how the ORM names tables, under
// which key the native tag stands.
//
// All that can be set is declared once, in declared.go. The page docs/settings.md
// and the schema docs/settings.schema.json are made from that; a test fails when
// they are not what it says, and rewrites them with -update.
//
// Settings come from a file rells.toml at the root of a workspace and, over them,
// from the editor. Reading never fails as a whole: what cannot be read is a Problem
// that names the setting and the place, and everything else counts.
package settings
