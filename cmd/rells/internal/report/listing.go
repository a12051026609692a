package report

// Listing is the output of `rells index --format json`.
type Listing struct {
	Version   int        `json:"version"` // 1
	Models    []Model    `json:"models"`  // by id
	Relations []Relation `json:"relations"`
}

// Model is one struct that at least one dialect reads as a model.
type Model struct {
	ID       string   `json:"id"` // import path, dot, name
	Name     string   `json:"name"`
	Dialects []string `json:"dialects"`
	File     string   `json:"file"`
	Line     int      `json:"line"`
	Table    string   `json:"table,omitempty"`
}

// Relation is one relation as one dialect reads it: ID and Dialect together are
// unique, and their order is the order of the list.
type Relation struct {
	ID          string       `json:"id"` // the model's, dot, shortest selector of the field
	Model       string       `json:"model"`
	Field       string       `json:"field"`
	Target      string       `json:"target"`
	Kind        string       `json:"kind"`
	Dialect     string       `json:"dialect"`
	Keys        []Key        `json:"keys,omitempty"`
	JoinTable   string       `json:"joinTable,omitempty"`
	JoinKeys    []JoinKey    `json:"joinKeys,omitempty"`
	Polymorphic *Polymorphic `json:"polymorphic,omitempty"`
	Inverse     string       `json:"inverse,omitempty"`
	Pairing     string       `json:"pairing"`
	File        string       `json:"file"`
	Line        int          `json:"line"`
	Column      int          `json:"column"`
}

// Key is one foreign key and what it points to, both as field ids.
type Key struct {
	ForeignKey string `json:"foreignKey"`
	References string `json:"references"`
}

// JoinKey is a column of a join table and the id of the field it points to.
type JoinKey struct {
	Column     string `json:"column"`
	References string `json:"references"`
}

// Polymorphic is how a polymorphic relation finds its owner.
type Polymorphic struct {
	Type  string `json:"type"`
	ID    string `json:"id"`
	Value string `json:"value"`
}
