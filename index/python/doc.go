// Package python is the Python front end: it turns one file into facts and resolves
// names across files, without a Python interpreter.
//
// It reads the grammar of Python 3.8 to 3.14 as far as declarations need it: imports,
// classes, what is assigned in modules and classes, decorators, and what methods that
// describe attributes return. Everything else is skipped by its brackets and its
// indentation. What cannot be read costs the statement in which it stands, no more.
//
// A class is a type of the shape of a struct, its bases are embedded fields. A package
// is one module, which is one file.
package python
