package wire

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// pruneDepth is how many levels deep an unreadable value is looked for; what
// lies deeper is dropped together with what holds it.
const pruneDepth = 8

// lenientJSON takes what the protocol package takes.
var lenientJSON = json.JoinOptions(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))

// prune returns the largest part of raw that accept takes: members of objects
// and elements of arrays that it refuses are left out, as deep down as possible.
// It returns nil if nothing is left. dropped gets the path of each omission.
func prune(raw jsontext.Value, accept func(jsontext.Value) bool, dropped func(path string)) jsontext.Value {
	return pruneAt(raw, accept, dropped, "", pruneDepth)
}

func pruneAt(raw jsontext.Value, accept func(jsontext.Value) bool, dropped func(string), path string, depth int) jsontext.Value {
	if accept(raw) {
		return raw
	}
	if depth > 0 {
		switch raw.Kind() {
		case '{':
			return pruneObject(raw, accept, dropped, path, depth)
		case '[':
			return pruneArray(raw, accept, dropped, path, depth)
		}
	}
	dropped(path)
	return nil
}

func pruneObject(raw jsontext.Value, accept func(jsontext.Value) bool, dropped func(string), path string, depth int) jsontext.Value {
	if !accept(jsontext.Value("{}")) {
		dropped(path)
		return nil
	}
	kept := map[string]jsontext.Value{}
	for name, value := range members(raw) {
		alone := func(v jsontext.Value) bool {
			return accept(object(map[string]jsontext.Value{name: v}))
		}
		if value = pruneAt(value, alone, dropped, path+"/"+name, depth-1); value != nil {
			kept[name] = value
		}
	}
	return object(kept)
}

func pruneArray(raw jsontext.Value, accept func(jsontext.Value) bool, dropped func(string), path string, depth int) jsontext.Value {
	if !accept(jsontext.Value("[]")) {
		dropped(path)
		return nil
	}
	kept := []byte{'['}
	for _, value := range elements(raw) {
		alone := func(v jsontext.Value) bool {
			return accept(jsontext.Value("[" + string(v) + "]"))
		}
		if value = pruneAt(value, alone, dropped, path+"/-", depth-1); value != nil {
			if len(kept) > 1 {
				kept = append(kept, ',')
			}
			kept = append(kept, value...)
		}
	}
	return append(kept, ']')
}

// members returns the members of an object, nil for anything else.
func members(raw jsontext.Value) map[string]jsontext.Value {
	var m map[string]jsontext.Value
	if raw.Kind() != '{' || json.Unmarshal(raw, &m, lenientJSON) != nil {
		return nil
	}
	return m
}

// elements returns the elements of an array, nil for anything else.
func elements(raw jsontext.Value) []jsontext.Value {
	var list []jsontext.Value
	if raw.Kind() != '[' || json.Unmarshal(raw, &list, lenientJSON) != nil {
		return nil
	}
	return list
}

// object returns the object with the members m.
func object(m map[string]jsontext.Value) jsontext.Value {
	raw, err := json.Marshal(m, lenientJSON, json.Deterministic(true))
	if err != nil {
		return jsontext.Value("{}") // a value that was never valid JSON
	}
	return raw
}

// text returns the string that raw is, "" for anything else. intact is false if
// it holds bytes that are not UTF-8, or half of a surrogate pair: those are
// replaced, and the text is not what the client has.
func text(raw jsontext.Value) (s string, intact bool) {
	if raw.Kind() != '"' {
		return "", true
	}
	b, err := jsontext.AppendUnquote(nil, raw)
	return string(b), err == nil
}
