package main

import (
	"fmt"

	"example.com/shop/models"
)

func main() {
	user := models.User{Name: "Ada"}
	fmt.Println(user.Greeting(), len(user.Orders))
}
