package pop

// whyKey says what the foreign key of a belongs_to was taken from.
func (r *reader) whyKey(a *association) string {
	switch {
	case a.named(foreignKey) != nil && len(a.Remarks) == 0:
		return "fk_id names " + r.sch.id(a.key).Short()
	case a.named(foreignKey) != nil:
		return "fk_id names nothing, so that pop takes " + r.sch.id(a.key).Short() + " by convention"
	}
	return "no fk_id names the key, by convention it is " + r.sch.id(a.key).Short()
}

// whyColumn says what the foreign key on the target was taken from.
func (r *reader) whyColumn(a *association, column string) string {
	if a.named(foreignKey) != nil {
		return "fk_id names the column " + column + " of " + a.target.label()
	}
	return "no fk_id names the column, by convention it is " + column + " of " + a.target.label()
}
