// Package models is what the blog stores.
package models

// User writes posts and comments.
type User struct {
	ID       uint
	Name     string    `gorm:"size:80;uniqueIndex"`
	Profile  *Profile  `rel:"has-one"`
	Posts    []Post    `gorm:"foreignKey:AuthorID" rel:"has-many,back_populates:Author"`
	Comments []Comment `gorm:"foreignKey:AutorID"`
}

// Profile is what a user says about themselves.
type Profile struct {
	ID     uint
	Bio    string
	UserID uint
	User   *User `rel:"belongs-to,back_populates:Profile"`
}
