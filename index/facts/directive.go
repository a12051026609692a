package facts

// Directive is a comment that speaks to rells or to linters in general.
type Directive struct {
	Text Slot // behind the marker of the comment: "rells:ignore tag-conflict as agreed"
	Span Span // of the whole comment, marker included
	// About is the stretch of source that the comment is about: its own line, or,
	// for a comment on a line of its own, the first line behind the comments; and
	// with a line all of the types and fields that begin on it. It is empty where
	// nothing stands behind the comments.
	About Span
}
