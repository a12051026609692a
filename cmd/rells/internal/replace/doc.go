// Package replace gives the files of a workspace new text: all of them or none,
// and each as a whole.
package replace
