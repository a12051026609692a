package models

import "gorm.io/gorm"

// User orders things.
type User struct {
	gorm.Model
	Name   string
	Orders []Order `gorm:"foreignKey:BuyerID" rel:"has-many,back_populates:Buyer"`
	Roles  []Role  `gorm:"many2many:user_roles"`
}

// Role is what a user may do.
type Role struct {
	gorm.Model
	Users []User `gorm:"many2many:user_roles"`
}
