package ask

import (
	"os"
	"path/filepath"
	"strings"
)

// Rules returns, for each row of what an ORM reports, the rules of rells that claim it:
// the first two columns of testdata/rows/<orm>.txt under the repository's root. Rows
// that cannot be told from source have none.
func Rules(root, orm string) (map[string][]string, error) {
	data, err := os.ReadFile(filepath.Join(root, "testdata", "rows", orm+".txt"))
	if err != nil {
		return nil, err
	}
	rules := map[string][]string{}
	for line := range strings.Lines(string(data)) {
		cells := strings.Split(strings.TrimSpace(line), " | ")
		if len(cells) > 2 && cells[1] != "-" {
			rules[cells[0]] = strings.Fields(cells[1])
		}
	}
	return rules, nil
}
