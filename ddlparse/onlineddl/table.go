package onlineddl

import (
	_ "embed" // for the table
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/schema-review/schema-review/ddlparse"
)

//go:embed operations.txt
var operationsText string

// row is one line of operations.txt: an operation under these facts, on these servers, has this outcome.
type row struct {
	operation string
	facts     []string // all hold; one with a ! in front does not
	servers   []servers
	outcome   outcome
	reason    Reason
	measured  bool
	line      int
}

// servers are the versions of one kind of server, from inclusive to exclusive.
type servers struct {
	kind         ddlparse.Kind
	from, before version
}

type version [3]int

func (v version) less(o version) bool {
	for i := range v {
		if v[i] != o[i] {
			return v[i] < o[i]
		}
	}
	return false
}

// truth is operations.txt, read.
type truth struct {
	rows    map[string][]row
	groups  map[string][]string // operation -> the groups it belongs to
	reasons map[Reason]string
	untold  map[string]map[Reason]bool // "mysql algorithm" -> reasons that the server doesn't give
}

// known reads the table once.
var known = sync.OnceValue(func() truth {
	t, err := readTruth(operationsText)
	if err != nil {
		panic(err) // the table is part of the program; TestTable reads it
	}
	return t
})

// readTruth reads lines of fields that are parted by |. A line starts with # when it is a comment.
func readTruth(text string) (truth, error) {
	t := truth{rows: map[string][]row{}, groups: map[string][]string{}, reasons: map[Reason]string{}, untold: map[string]map[Reason]bool{}}
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if err := t.add(fields(line), number); err != nil {
			return t, fmt.Errorf("operations.txt:%d: %w", number, err)
		}
	}
	return t, nil
}

func fields(line string) []string {
	parts := strings.Split(line, "|")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}

func (t truth) add(f []string, line int) error {
	switch {
	case f[0] == "group" && len(f) == 3:
		for op := range strings.SplitSeq(f[2], ",") {
			op = strings.TrimSpace(op)
			t.groups[op] = append(t.groups[op], f[1])
		}
		return nil
	case f[0] == "reason" && len(f) == 3:
		t.reasons[Reason(f[1])] = f[2]
		return nil
	case f[0] == "untold" && len(f) == 3:
		t.untold[f[1]] = map[Reason]bool{"": true}
		for r := range strings.SplitSeq(f[2], ",") {
			t.untold[f[1]][Reason(strings.TrimSpace(r))] = true
		}
		return nil
	case len(f) != 7:
		return fmt.Errorf("%d fields", len(f))
	}
	r := row{operation: f[0], reason: Reason(f[5]), measured: f[6] == "measured", line: line}
	if f[1] != "" {
		r.facts = strings.Split(f[1], " & ")
	}
	var err error
	if r.servers, err = readServers(f[2]); err != nil {
		return err
	}
	if r.outcome, err = readOutcome(f[3]); err != nil {
		return err
	}
	if r.outcome.effect, err = readEffect(f[4]); err != nil {
		return err
	}
	t.rows[r.operation] = append(t.rows[r.operation], r)
	return nil
}

// readServers reads "mysql 8.0.12-8.0.28, mariadb"; the upper end takes in every patch of that version.
func readServers(s string) (all []servers, err error) {
	for part := range strings.SplitSeq(s, ",") {
		kind, versions, _ := strings.Cut(strings.TrimSpace(part), " ")
		one := servers{kind: ddlparse.Kind(kind), before: version{999}}
		switch one.kind {
		case ddlparse.MySQL, ddlparse.MariaDB, ddlparse.TiDB:
		default:
			return nil, fmt.Errorf("unknown server %q", kind)
		}
		from, to, ranged := strings.Cut(versions, "-")
		if one.from, _, err = readVersion(from); err != nil {
			return nil, err
		}
		if !ranged {
			to = from
		}
		if to != "" {
			v, last, err := readVersion(to)
			if err != nil {
				return nil, err
			}
			v[last]++
			one.before = v
		}
		all = append(all, one)
	}
	return all, nil
}

// readVersion gives the numbers of a version, and the place of the last one written.
func readVersion(s string) (v version, last int, err error) {
	if s == "" {
		return v, 0, nil
	}
	for i, p := range strings.Split(s, ".") {
		if i == len(v) {
			return v, 0, fmt.Errorf("version %q", s)
		}
		if v[i], err = strconv.Atoi(p); err != nil {
			return v, 0, fmt.Errorf("version %q: %w", s, err)
		}
		last = i
	}
	return v, last, nil
}

// outcomes are the words for outcomes in operations.txt.
var outcomes = map[string]outcome{
	"free":                    free,
	"instant":                 {instant: true, copy: true},
	"instant, rebuild":        {instant: true, inPlace: true, rebuild: true, copy: true},
	"instant, rebuild shared": {instant: true, inPlace: true, rebuild: true, lock: LockShared, copy: true},
	"inplace":                 {inPlace: true, copy: true},
	"inplace shared":          {inPlace: true, lock: LockShared, copy: true},
	"inplace exclusive":       {inPlace: true, lock: LockExclusive, copy: true},
	"rebuild":                 {inPlace: true, rebuild: true, copy: true},
	"rebuild shared":          {inPlace: true, rebuild: true, lock: LockShared, copy: true},
	"copy":                    {copy: true},
	"copy shared":             {copy: true, lock: LockShared},
	"free, no lock":           {instant: true, inPlace: true, copy: true, lockless: true},
	"inplace, no lock":        {inPlace: true, copy: true, lockless: true},
	"job":                     {instant: true, inPlace: true, copy: true, job: InPlace},
	"reorg index":             {inPlace: true, copy: true, job: ReorgIndex},
	"reorg data":              {inPlace: true, copy: true, rebuild: true, job: ReorgData},
	"no copy":                 {instant: true, inPlace: true},
	"none":                    {instant: true, inPlace: true, copy: true, none: true},
	"none exclusive":          {instant: true, inPlace: true, copy: true, none: true, lock: LockExclusive},
}

func readOutcome(s string) (outcome, error) {
	if number, ok := strings.CutPrefix(s, "refused "); ok {
		n, err := strconv.Atoi(number)
		return outcome{instant: true, inPlace: true, copy: true, refused: n}, err
	}
	s, heedless := strings.CutSuffix(s, ", clause ignored")
	o, ok := outcomes[s]
	if !ok {
		return o, fmt.Errorf("unknown outcome %q", s)
	}
	o.heedless = o.heedless || heedless
	return o, nil
}

func readEffect(s string) (e effect, err error) {
	for word := range strings.FieldsSeq(s) {
		switch word {
		case "builds", "reads":
			e.scans = true
		case "validates":
			e.validates = true
		default:
			return e, fmt.Errorf("unknown effect %q", word)
		}
	}
	return e, nil
}

// holdsOn reports whether the row speaks of that server.
func (r *row) holdsOn(k ddlparse.Kind, v version) bool {
	for _, s := range r.servers {
		if s.kind == k && !v.less(s.from) && v.less(s.before) {
			return true
		}
	}
	return false
}
