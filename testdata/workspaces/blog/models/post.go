package models

import "time"

// Post is one article of the blog.
type Post struct {
	ID          uint
	Title       string `gorm:"size:200;not null"`
	Body        string
	PublishedAt *time.Time
	AuthorID    uint
	Author      *User     `rel:"belongs-to,back_populates:Post"`
	Comments    []Comment `rel:"has-many,back_populates:Post"`
	Tags        []Tag     `gorm:"many2many:post_tags" rel:"many-to-many,back_populates:Posts"`
}
