package trial

import "fmt"

// Count is how many models were grown, and what an ORM makes of them.
type Count struct {
	ORM                              string // what it is called: "Bun"
	models, spoilt, refused, another int
}

// Grown counts a model that was grown, with a mistake or without.
func (c *Count) Grown(mistake bool) {
	if mistake {
		c.spoilt++
	}
}

// Judged counts a model that the ORM was asked about: the error with which it is refused,
// "" for none, which may be that of another model alone.
func (c *Count) Judged(refusal string, ofAnother bool) {
	c.models++
	switch {
	case ofAnother:
		c.another++
	case refusal != "":
		c.refused++
	}
}

func (c *Count) String() string {
	return fmt.Sprintf("%d models, %d with a mistake; %s refuses %d, and %d for the sake of others",
		c.models, c.spoilt, c.ORM, c.refused, c.another)
}
