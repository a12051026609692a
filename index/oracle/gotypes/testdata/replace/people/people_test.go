package people

import "testing"

type fixture struct{ Customers []Customer }

func TestCustomer(t *testing.T) {
	type Customer struct {
		Record
		Mentor *fixture
	}
	type Group struct{ Members []Customer }
	t.Run("inner", func(t *testing.T) {
		type Customer struct{ Of *Group }
		type Pair struct{ A, B Customer }
		_ = Pair{}
	})
	_ = Group{}
}
