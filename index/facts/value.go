package facts

// ValueKind says what a Value is.
type ValueKind uint8

// The kinds of values.
const (
	// UnknownValue is an expression of another kind, or the result of a body that is
	// more than one return. Args are then the lists that such a body shows.
	UnknownValue  ValueKind = iota
	TextValue               // a string literal: Name is its text
	NamedValue              // Name
	SelectedValue           // Of.Name
	CallValue               // Of(Args...)
	LiteralValue            // Type{Args...}, or &Type{Args...}
	ListValue               // [Args...], (Args...), {Args...}
	MapValue                // {Key: Args...}; Key is zero where it is no text
	IndexValue              // Of[Args...]
	FuncValue               // lambda: Of
	OperatorValue           // Args[0] Name Args[1]
	NumberValue             // an integer
)

// Value is an expression as it stands in the source: what can be told of it without
// running anything. In the body of a function of Go, variables of the body are replaced by
// what they were set to, where statements run one after the other; names of parameters, of
// the receiver and of what stands outside of the function are kept.
type Value struct {
	Kind ValueKind
	Span Span // of the whole expression
	Name Slot // TextValue: inside the quotes; NamedValue, SelectedValue: the (last) name; OperatorValue: the sign; NumberValue: as it is written
	// Of is, of a SelectedValue, what stands before the dot; of a CallValue, what is
	// called; of an IndexValue, what stands before the bracket; of a FuncValue, its result;
	// of a TextValue, the expression that the text is when read as source, where it is one
	// and more than a name.
	Of   *Value
	Type *Expr // of a LiteralValue; nil for all others
	Args []Value
	Key  Slot // of an element of a literal or an argument: the name before the colon or the sign of equality; zero without one
	// Spread is an argument with ... behind it, or with * before it.
	Spread bool
}

// Arg is the argument or element of a name, nil where there is none.
func (v *Value) Arg(key string) *Value {
	for i := range v.Args {
		if v.Args[i].Key.Text == key {
			return &v.Args[i]
		}
	}
	return nil
}

// Callee is the name of what a call calls, after the last dot: "Unique" of
// edge.To("a", B.Type).Unique(); zero for what is no call of something named.
func (v *Value) Callee() Slot {
	if v.Kind != CallValue || v.Of.Kind != NamedValue && v.Of.Kind != SelectedValue {
		return Slot{}
	}
	return v.Of.Name
}

// Receiver is what a method is called on, or the package of the function that is
// called; nil for a call of a bare name and for what is no call.
func (v *Value) Receiver() *Value {
	if v.Kind != CallValue || v.Of.Kind != SelectedValue {
		return nil
	}
	return v.Of.Of
}

// Definition is what a name of package level stands for: a constant that is a short
// string literal, or a function whose body a dialect reads.
type Definition struct {
	Name     string
	Text     Slot // of a constant
	Function *Function
}

// Function is a function or a method with one result.
type Function struct {
	Self     string   // name of a method's receiver; "" for one without
	Params   []string // names; "" for one without
	Variadic bool     // the last parameter takes any number of arguments
	Value    Value    // what the function returns
}

// Dotted is the name that a value is, with dots: "models.User"; "" for what is none.
func (v *Value) Dotted() string {
	if v == nil {
		return ""
	}
	switch v.Kind {
	case NamedValue:
		return v.Name.Text
	case SelectedValue:
		if of := v.Of.Dotted(); of != "" {
			return of + "." + v.Name.Text
		}
	}
	return ""
}
