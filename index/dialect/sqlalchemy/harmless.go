package sqlalchemy

import (
	"slices"
	"strings"
)

// harmless are packages whose classes bring no attributes that SQLAlchemy maps, and are
// not mapped themselves: those of Python that classes inherit from, and libraries whose
// classes are often called as models are.
var harmless = []string{
	"abc", "argparse", "ast", "collections", "configparser", "contextlib", "dataclasses", "enum", "html", "http", "io", "json",
	"logging", "string", "threading", "types", "typing", "typing_extensions", "unittest",
	"flask_login", "graphene", "marshmallow", "oslo_versionedobjects", "pydantic", "rest_framework", "wtforms",
}

// isHarmless reports whether a package is one of those, or within one.
func isHarmless(path string) bool {
	first, _, _ := strings.Cut(path, ".")
	return slices.Contains(harmless, first)
}

// builtins are the classes of Python's own that others inherit from, besides exceptions.
var builtins = []string{
	"object", "type", "str", "int", "float", "bool", "bytes", "list", "dict", "set", "frozenset", "tuple", "property", "BaseException",
}

// isBuiltin reports whether a name that nothing in a module binds is that of a class of
// Python's own.
func isBuiltin(name string) bool {
	return slices.Contains(builtins, name) || strings.HasSuffix(name, "Exception") || strings.HasSuffix(name, "Error") || strings.HasSuffix(name, "Warning")
}
