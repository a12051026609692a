package models

//go:generate go version

// User orders things.
type User struct {
	ID      uint
	Name    string
	Orders  []Order `gorm:"foreignKey:BuyerID" rel:"has-many,back_populates:Buyer"`
	Friends []User  `gorm:"many2many:friendships"`
}

// Greeting is what the user is welcomed with.
func (u *User) Greeting() string {
	hello := "Hello, "
	return hello + u.Name
}
