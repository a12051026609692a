// Command inject breaks the schemas of a real code base, one edge at a time, and holds
// what rells then reports against what the real ent then refuses: see package inject of the
// module ask. Mistakes are made in the calls that declare edges, fields and indexes.
//
//	go run ./inject -repo DIR [-n 50] [-seed S]
package main

import "github.com/rells-dev/rells/index/oracle/ask/inject"

func main() { inject.Main(&inject.ORM{Name: "ent", Models: &schemas{}}) }
