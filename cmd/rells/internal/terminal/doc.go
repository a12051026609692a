// Package terminal knows what stands behind the standard streams: whether a
// person reads them, in colour or not, how wide, and how to show progress there.
package terminal
