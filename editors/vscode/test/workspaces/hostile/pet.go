package other

import "gorm.io/gorm"

// Pet belongs to somebody.
type Pet struct {
	gorm.Model
	Toys []Toy `gorm:"foreignKey:PetNumber"`
}

// Toy is a pet's.
type Toy struct {
	gorm.Model
	PetID uint
}
