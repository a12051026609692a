package main

import (
	"unicode/utf8"

	"example.com/shop/models"
)

func main() {
	user := models.User{Name: "Ada"}
	println(utf8.RuneCountInString(user.Greeting()), len(user.Orders))
}
