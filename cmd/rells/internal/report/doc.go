// Package report defines what rells prints for people and for other programs.
//
// The JSON is a promise: members are only ever added, positions are 1-based lines
// and 1-based byte columns, paths are relative to the checked folder and written
// with slashes, and the order is the same on every run.
package report
