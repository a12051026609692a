package models

import "gorm.io/gorm"

// Order is what a user has ordered.
type Order struct {
	gorm.Model
	BuyerID uint
	Buyer   *User  `gorm:"foreignKey:BuyerID" rel:"belongs-to,back_populates:Orders"`
	Lines   []Line `rel:"has-many,back_populates:Order"`
}
