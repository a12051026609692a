package diagnostics

import "embed"

//go:embed docs/*.md
var pages embed.FS

// pagesURL is where the pages of the rules are for everybody to read.
const pagesURL = "https://github.com/rells-dev/rells/blob/main/diagnostics/docs/"

// Page is what there is to read about the rule, in Markdown: what a problem means,
// why it hurts, an example, and how to silence it.
func (r *Rule) Page() string {
	text, err := pages.ReadFile("docs/" + r.Name + ".md")
	if err != nil {
		return "" // a rule that is no part of Rules
	}
	return string(text)
}

// URL is the address of the page.
func (r *Rule) URL() string { return pagesURL + r.Name + ".md" }
