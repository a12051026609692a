module example.com/shop

go 1.26

require gorm.io/gorm v1.31.2
