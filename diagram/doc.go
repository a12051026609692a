// Package diagram draws the models of a workspace and the relations between them, in
// crow's-foot notation.
//
// [New] says once what there is to draw: a [Graph], in which the two sides of a pair are
// one line. [Mermaid], [DOT] and [Page] write it down in the notation of others; the
// page is a file that draws itself in a browser, whose source is in the folder page.
// The command line and the language server draw the same graphs.
package diagram
