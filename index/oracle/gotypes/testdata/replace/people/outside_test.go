package people_test

import (
	"testing"

	"example.com/shop/people"
)

type Customer struct{ people.Customer }

func TestOutside(t *testing.T) { _ = Customer{} }
