package models

// Line is one kind of thing in an order.
type Line struct {
	ID      uint
	OrderID uint
	Count   int
}
