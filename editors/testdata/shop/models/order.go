package models

// Order is what a user has ordered.
type Order struct {
	ID      uint
	BuyerID uint
	Buyer   *User  `json:"käufer😀" gorm:"foreignKey:BuyerID" rel:"belongs-to,back_populates:Orders"` // who pays
	Lines   []Line `rel:"has-many,back_populates:Order"`
}
