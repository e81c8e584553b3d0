// Package peers knows what other linters of migrations check: which of our rules stands for each of theirs, and how
// to read their configuration.
package peers

import (
	"embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"github.com/schema-review/schema-review/review"
)

//go:embed *.csv pending.txt
var files embed.FS

// Peer is another linter.
type Peer struct {
	Name  string // "strong-migrations": as in `config import --from`
	Title string
	URL   string
	As    string // which rules are listed, and of what state: the sentence above its table
}

// All lists the linters, in the order in which people are told of them.
func All() []Peer {
	return []Peer{
		{"bytebase", "Bytebase", "https://github.com/bytebase/bytebase", "Its rules for MySQL, as of August 2026."},
		{"atlas", "Atlas", "https://github.com/ariga/atlas", "The codes of its analyzers, those that need a login too, as of September 2026."},
		{"skeema", "Skeema", "https://github.com/skeema/skeema", "Its linters, two undocumented ones too, as of version 1.14 in August 2026."},
		{"squawk", "squawk", "https://github.com/sbdchd/squawk", "Its rules, which are about PostgreSQL, as of August 2026."},
		{"strong-migrations", "strong_migrations", "https://github.com/ankane/strong_migrations", "Its checks by their names in error_messages, for all databases, as of May 2026."},
		{"sqle", "SQLE", "https://github.com/actiontech/sqle", "Its rules for MySQL in both versions of its catalogue, as of August 2026."},
	}
}

// Names are the names of the linters.
func Names() []string {
	var names []string
	for _, p := range All() {
		names = append(names, p.Name)
	}
	return names
}

// Rule is what a linter checks, and what stands for it here.
type Rule struct {
	Name   string
	Ours   []string // ids of our rules
	Reason string   // why none of our rules does; empty where one does
}

// Rules lists what a linter checks.
func (p Peer) Rules() ([]Rule, error) {
	file, err := files.Open(p.Name + ".csv")
	if err != nil {
		return nil, err
	}
	defer file.Close()
	r := csv.NewReader(file)
	r.FieldsPerRecord = 3
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s.csv: %w", p.Name, err)
	}
	list := make([]Rule, 0, len(rows))
	for _, row := range rows[1:] {
		list = append(list, Rule{Name: row[0], Ours: strings.Fields(row[1]), Reason: row[2]})
	}
	return list, nil
}

// Pending are ids of rules that stand for one of a peer's, and that the catalogue does not have yet.
func Pending() []string {
	text, _ := files.ReadFile("pending.txt") // it is embedded
	return strings.Fields(string(text))
}

// find returns our rule of that id, nil when there is none.
func find(known []*review.Rule, id string) *review.Rule {
	i := slices.IndexFunc(known, func(r *review.Rule) bool { return r.ID == id })
	if i < 0 {
		return nil
	}
	return known[i]
}
