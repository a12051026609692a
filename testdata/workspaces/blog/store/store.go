// Package store keeps the blog in a database.
package store

import (
	"gorm.io/gorm"

	"example.com/blog/models"
)

// Migrate brings the tables of the database up to date.
func Migrate(db *gorm.DB) error {
	return db.AutoMigrate(&models.User{}, &models.Profile{}, &models.Post{}, &models.Comment{}, &models.Tag{})
}

// PostsOf lists the posts of a user with their comments.
func PostsOf(db *gorm.DB, user *models.User) (posts []models.Post, err error) {
	err = db.Preload("Comments").Where("author_id = ?", user.ID).Find(&posts).Error
	return posts, err
}
