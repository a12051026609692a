package blog

type Book struct {
	ID       int64
	AuthorID int64
	Author   *Author
}
