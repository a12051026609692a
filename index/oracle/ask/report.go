// The JSON that rells prints. Oracles write what the real ORM says in the same shape, so
// that the two can be held against each other. It is declared here a second time on
// purpose: the oracles share no code with rells.

package ask

import "slices"

// Index is the output of `rells index --format json DIR`.
type Index struct {
	Version   int        `json:"version"`
	Models    []Model    `json:"models"`
	Relations []Relation `json:"relations"`
}

// Tables are the tables of the models that a dialect reads, by the ids of the models.
func (x Index) Tables(dialect string) map[string]string {
	tables := map[string]string{}
	for _, m := range x.Models {
		if slices.Contains(m.Dialects, dialect) {
			tables[m.ID] = m.Table
		}
	}
	return tables
}

// Model is one model; its ID is "<import path>.<type name>".
type Model struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Dialects []string `json:"dialects"`
	File     string   `json:"file"`
	Line     int      `json:"line"`
	Table    string   `json:"table"`
}

// Relation is one relation field of one model. ID is the model's id, a dot and
// the shortest Go selector that reaches the field from the model.
type Relation struct {
	ID          string       `json:"id"`
	Model       string       `json:"model"`
	Field       string       `json:"field"`
	Target      string       `json:"target"`
	Kind        string       `json:"kind"`
	Dialect     string       `json:"dialect"`
	Keys        []Key        `json:"keys,omitempty"`
	JoinTable   string       `json:"joinTable,omitempty"`
	JoinKeys    []JoinKey    `json:"joinKeys,omitempty"`
	OwnJoinKeys int          `json:"ownJoinKeys,omitempty"` // how many of JoinKeys, the first, point to the model itself; only GORM's side says so
	Polymorphic *Polymorphic `json:"polymorphic,omitempty"`
	Inverse     string       `json:"inverse,omitempty"`
	Pairing     string       `json:"pairing,omitempty"`
	File        string       `json:"file,omitempty"`
	Line        int          `json:"line,omitempty"`
	Column      int          `json:"column,omitempty"`
}

// Key is one foreign key with the field it points to, both as field ids.
type Key struct {
	ForeignKey string `json:"foreignKey"`
	References string `json:"references"`
}

func (k Key) String() string { return k.ForeignKey + " = " + k.References }

// JoinKey is one column of a join table with the field id it points to.
type JoinKey struct {
	Column     string `json:"column"`
	References string `json:"references"`
}

func (k JoinKey) String() string { return k.Column + " = " + k.References }

// Polymorphic names the two fields, as ids, that tell the owner of a row, and
// the text that stands for the owner in the first.
type Polymorphic struct {
	Type  string `json:"type"`
	ID    string `json:"id"`
	Value string `json:"value"`
}

// Check is the output of `rells check --format json DIR`.
type Check struct {
	Version  int       `json:"version"`
	Problems []Problem `json:"problems"`
}

// Problem is one finding; Model is empty where none is concerned.
type Problem struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
	File     string `json:"file"`
	Range    Range  `json:"range"`
	Model    string `json:"model"`
	Field    string `json:"field"`
}

// Range is a stretch of a file; lines and byte columns count from 1.
type Range struct {
	Start Position `json:"start"`
	End   Position `json:"end"`
}

// Position is a place in a file; line and byte column count from 1.
type Position struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

// The kinds of relations, by where the key is.
const (
	BelongsTo  = "belongs-to"
	HasOne     = "has-one"
	HasMany    = "has-many"
	ManyToMany = "many-to-many"
)
