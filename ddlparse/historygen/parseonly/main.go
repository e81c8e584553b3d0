// Command parseonly does nothing but parse the SQL files of folders with the TiDB parser: what a review costs is
// measured against it.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/pingcap/tidb/pkg/parser"
	_ "github.com/pingcap/tidb/pkg/parser/test_driver" // literal values, without TiDB itself
)

func main() {
	statements, refused := 0, 0
	p := parser.New()
	for _, path := range files(os.Args[1:]) {
		data, err := os.ReadFile(path)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		nodes, _, err := p.Parse(string(data), "", "")
		if err != nil {
			refused++
		}
		statements += len(nodes)
	}
	fmt.Printf("%d statements parsed, %d files refused\n", statements, refused)
}

// files are the paths themselves, and the SQL files in those that are folders.
func files(paths []string) []string {
	var all []string
	for _, p := range paths {
		if inside, err := filepath.Glob(filepath.Join(p, "*.sql")); err == nil && len(inside) > 0 {
			all = append(all, inside...)
		} else {
			all = append(all, p)
		}
	}
	return all
}
