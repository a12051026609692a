package server

import (
	"github.com/rells-dev/rells/index/facts"
	"github.com/rells-dev/rells/index/relation"
)

// sideData names a relation in what a client keeps and brings back.
type sideData struct {
	Model   facts.Ref `json:"model"`
	Field   string    `json:"field"`
	Dialect string    `json:"dialect"`
}

// sideOf names a relation.
func sideOf(r *relation.Relation) sideData {
	return sideData{Model: r.ID.Model, Field: r.ID.Field, Dialect: r.Dialect}
}

func (d sideData) id() relation.FieldID { return relation.FieldID{Model: d.Model, Field: d.Field} }
