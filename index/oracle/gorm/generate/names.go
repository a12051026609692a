package generate

import (
	"math/rand/v2"
	"slices"

	"github.com/jinzhu/inflection"
	"gorm.io/gorm/schema"
)

var naming schema.NamingStrategy

// column and table are GORM's names of a Go field and a Go type.
func column(field string) string { return naming.ColumnName("", field) }
func table(name string) string   { return naming.TableName(name) }

func singular(word string) string { return inflection.Singular(word) }

// plainNames are the names of the hand-written reading of a case.
var plainNames = map[string]string{
	"O": "User", "T": "Post", "U": "Company", "W": "Tag",
	"B": "Base", "C": "Audit", "N": "base", "V": "Money", "L": "List", "M": "Other",
	"F": "Author", "G": "Editor", "H": "Reviewer",
	"ptr": "", "many": "[]", "key": "uint",
}

// Plain fills the holes of a case the way a reader would.
func Plain(hole string) string { return plainNames[hole] }

var (
	modelNames = []string{
		"User", "Account", "Company", "Post", "Comment", "Order", "Invoice", "Product", "Category", "Person",
		"Child", "Toy", "Status", "News", "Address", "Box", "Quiz", "Wolf", "Analysis", "Datum", "Stadium",
		"APIKey", "HTTPLog", "UserID", "S3Object", "IPRange", "OAuthApp", "Sheep", "Bus", "Photo", "City",
		"Team", "Member", "Role", "Tag", "Language", "Project", "Ticket", "Hero", "Day", "Fish", "Mouse",
		"Repo", "Branch", "Build", "Node", "Edge", "Page", "Index", "Matrix", "Crisis", "Movie", "Device",
		"X_Y", "Person2", "URL", "A", "Ab", "UUIDPool", "VM",
	}
	// hiddenModels only stand where nothing is promised: the keys named after most
	// of them are unexported, and so unseen by GORM.
	hiddenModels = []string{"account", "ledger", "vmImage", "ÄthiopPost"}
	baseNames    = []string{"Base", "Audit", "Stamps", "Common", "Owned", "Place", "Meta", "Trackable", "Entity", "IDMixin"}
	hiddenNames  = []string{"base", "common", "audited", "owned"}
	valueNames   = []string{"Money", "Bits", "Payload", "Secret", "Color", "Point", "Level", "JSONMap", "Stamp"}
	listNames    = []string{"List", "Bag", "Set", "Page0", "Many", "Slice", "Group0", "Crowd"}
	fieldNames   = []string{
		"Owner", "Author", "Editor", "Parent", "Manager", "Reviewer", "Items", "Friends", "Children", "Leader",
		"Home", "Origin", "HTTPHost", "UIDs", "Next", "Best", "Assets", "Mates", "Kind", "Lead",
	}
	keyTypes = []string{"uint", "int64", "string", "uint32", "int", "[16]byte"}
)

// filler fills the holes of a case at random. Names that taken reports are left
// alone; within one filler no name is given twice.
type filler struct {
	*rand.Rand
	taken  func(name string) bool
	prefer []string // names of models to use again
	given  []string
}

func (f *filler) fill(hole string) string {
	switch hole {
	case "O", "T", "U", "W":
		if again := f.again(); again != "" {
			return again
		}
		return f.name(f.models())
	case "B", "C":
		return f.name(baseNames)
	case "N":
		return f.name(hiddenNames)
	case "V":
		return f.name(valueNames)
	case "L", "M":
		return f.name(listNames)
	case "F", "G", "H":
		return f.name(fieldNames)
	case "ptr":
		return f.pick("", "*", "*")
	case "many":
		return f.pick("[]", "[]", "[]*")
	case "key":
		return keyTypes[f.IntN(len(keyTypes))]
	}
	panic("no such hole: $" + hole)
}

func (f *filler) pick(words ...string) string { return words[f.IntN(len(words))] }

func (f *filler) models() []string {
	if f.prefer != nil && f.IntN(30) == 0 {
		return hiddenModels
	}
	return modelNames
}

// again draws one of the preferred names that was not given yet, or none.
func (f *filler) again() string {
	if len(f.prefer) == 0 || f.IntN(3) == 0 {
		return ""
	}
	name := f.pick(f.prefer...)
	if slices.Contains(f.given, name) {
		return ""
	}
	f.given = append(f.given, name)
	return name
}

// name draws a name that is free; after many tries it adds a digit.
func (f *filler) name(from []string) string {
	for try := 0; ; try++ {
		name := f.pick(from...)
		if try > 20 {
			name += string(rune('1' + f.IntN(9)))
		}
		if try > 40 {
			name += string(rune('A' + f.IntN(26)))
		}
		if !f.taken(name) && !slices.Contains(f.given, name) {
			f.given = append(f.given, name)
			return name
		}
	}
}
