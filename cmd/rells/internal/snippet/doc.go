// Package snippet draws a line of source with a stretch of it underlined, as
// compilers do.
//
//	   |
//	12 | 	Posts []Post `gorm:"foreignKey:Writer"`
//	   |                                 ^^^^^^
//
// Source is text of others: whatever a terminal would act on (control characters,
// bidirectional overrides) is shown as a visible character instead.
package snippet
