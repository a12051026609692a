module example.com/other

go 1.26

require gorm.io/gorm v1.31.2
