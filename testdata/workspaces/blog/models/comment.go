package models

// Comment answers a post.
type Comment struct {
	ID       uint
	Text     string
	AuthorID uint
	PostID   uint
	Post     *Post `rel:"belongs-to,back_populates:Comments"`
}
