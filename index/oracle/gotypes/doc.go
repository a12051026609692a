// Package oracle holds the front end for Go against the compiler's own view: for
// every field of every struct that a module declares, go/types and rells tell
// which type it leads to, and for every type its methods. A field whose type
// leads to a struct, through pointers, slices, arrays and maps, is a target; one
// that rells cannot resolve counts as wrong.
//
// The modules are small workspaces in testdata (replace, vendor, go.work) and
// real ones that the module proxy has.
//
//	go test .                            the workspaces and one real module
//	RELLS_ORACLE=full go test -v .       all real modules
//	RELLS_GOTYPES=dir,dir go test -v .   modules on this machine besides, whose
//	                                     dependencies have been downloaded
package oracle
