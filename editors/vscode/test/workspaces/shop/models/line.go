package models

import "gorm.io/gorm"

// Line is one kind of thing in an order.
type Line struct {
	gorm.Model
	OrderID uint
	Count   int
}
