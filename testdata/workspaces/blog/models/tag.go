package models

// Tag groups posts by subject.
type Tag struct {
	ID   uint
	Name string `gorm:"uniqueIndex"`
}
