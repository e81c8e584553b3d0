// Package historygen writes long migration histories, to measure with: Flyway files of five statements, half of
// them ALTER TABLE, over a schema that grows and that a server would accept. The same numbers give the
// same bytes, everywhere and always.
package historygen

import (
	"bytes"
	"fmt"
	"iter"
	"math/rand/v2"
)

// StatementsPerFile is how many statements each migration has.
const StatementsPerFile = 5

// File is one migration.
type File struct {
	Name string // "V17__invoice_lines.sql"
	Data []byte
}

// Files yields a history of n migrations, in the order of their versions.
func Files(n int) iter.Seq[File] {
	return func(yield func(File) bool) {
		h := &history{random: rand.New(rand.NewPCG(8, 4)), names: map[string]bool{}}
		for version := 1; version <= n; version++ {
			if !yield(h.file(version)) {
				return
			}
		}
	}
}

// history is the schema as it stands behind the statements written so far.
type history struct {
	random *rand.Rand
	tables []*table
	names  map[string]bool // of all tables there ever were
	views  int
	serial int // numbers what must be unique
	out    bytes.Buffer
}

func (h *history) file(version int) File {
	h.out.Reset()
	if h.chance(40) {
		fmt.Fprintf(&h.out, "-- %s\n", pick(h, remarks))
	}
	for i := range StatementsPerFile {
		if i > 0 {
			h.out.WriteByte('\n')
		}
		h.statement()
		h.out.WriteString(";\n")
	}
	name := fmt.Sprintf("V%d__%s.sql", version, pick(h, h.tables).name)
	return File{Name: name, Data: bytes.Clone(h.out.Bytes())}
}

// statement writes one statement. The shares are those of a service that has lived for some years.
func (h *history) statement() {
	n := h.random.IntN(100)
	switch {
	case len(h.tables) < 5 || n < 10:
		h.createTable()
	case n < 60:
		h.alterTable()
	case n < 68:
		h.createIndex()
	case n < 86:
		h.insert()
	case n < 92:
		h.update()
	case n < 94:
		h.deleteRows()
	case n < 97:
		h.createView()
	case n < 98:
		h.renameTable()
	default:
		h.dropOrCreate()
	}
}

// chance is true in so many of a hundred cases.
func (h *history) chance(percent int) bool { return h.random.IntN(100) < percent }

func (h *history) next() int {
	h.serial++
	return h.serial
}

func pick[T any](h *history, from []T) T { return from[h.random.IntN(len(from))] }

func (h *history) printf(format string, args ...any) { fmt.Fprintf(&h.out, format, args...) }
