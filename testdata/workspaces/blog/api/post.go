// Package api is what the blog sends over the wire.
package api

import "time"

// Post is a post as clients see it: no model, whatever it looks like.
type Post struct {
	ID       uint      `json:"id"`
	Title    string    `json:"title"`
	Author   Author    `json:"author"`
	Comments []Comment `json:"comments"`
	At       time.Time `json:"at"`
}

// Author is who wrote something.
type Author struct {
	Name string `json:"name"`
}

// Comment is one answer.
type Comment struct {
	Text   string `json:"text"`
	Author Author `json:"author"`
}
