package rules

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
	"golang.org/x/tools/txtar"
)

// testCase is a change set in one txtar file, with what the rules should say of it:
//
//	Two lines that say what is tested.
//	-- engine: mysql 8.4, mariadb 10.11
//	-- base/V1__users.sql --
//	CREATE TABLE users (id BIGINT PRIMARY KEY, email VARCHAR(320));
//	-- V2__drop.sql --
//	ALTER TABLE users DROP COLUMN email; -- want drop-column "`users.email`"
//	-- V2__drop.sql.fixed --
//	what the file is once the rule's fixes are made
//	-- schema-review.yml --
//	rules: {drop-column: warning}
//
// Files below base/ are merged. A section named "V1__a.sql => V2__a.sql" moves a merged file and
// gives its new text; "V1__a.sql =>" deletes it.
type testCase struct {
	engines []ddlparse.Engine
	set     *review.ChangeSet
	config  string
	wants   []want
	fixed   map[string]string
}

// want is an expectation: the rule speaks on that line, at that severity if one is given, and says
// the text.
type want struct {
	path     string
	line     int
	rule     string
	severity string
	text     string
}

func (w want) String() string {
	return fmt.Sprintf("%s:%d: %s %q", w.path, w.line, w.rule, w.text)
}

// parseCase reads a test case.
func parseCase(data []byte) (*testCase, error) {
	archive := txtar.Parse(data)
	c := &testCase{set: &review.ChangeSet{}, fixed: map[string]string{}}
	if err := c.readEngines(string(archive.Comment)); err != nil {
		return nil, err
	}
	base := map[string][]byte{}
	for _, f := range archive.Files {
		if path, ok := strings.CutPrefix(f.Name, "base/"); ok {
			base[path] = f.Data
			c.set.History = append(c.set.History, review.File{Path: path, Data: f.Data})
		}
	}
	for _, f := range archive.Files {
		if err := c.addFile(f, base); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (c *testCase) readEngines(comment string) error {
	for line := range strings.Lines(comment) {
		list, ok := strings.CutPrefix(strings.TrimSpace(line), "-- engine:")
		if !ok {
			continue
		}
		for name := range strings.SplitSeq(list, ",") {
			e, err := ddlparse.ParseEngine(name)
			if err != nil {
				return err
			}
			c.engines = append(c.engines, e)
		}
	}
	if c.engines == nil {
		c.engines = []ddlparse.Engine{ddlparse.DefaultEngine()}
	}
	return nil
}

func (c *testCase) addFile(f txtar.File, base map[string][]byte) error {
	before, after, moved := strings.Cut(f.Name, " =>")
	name, fixed := strings.CutSuffix(f.Name, ".fixed")
	switch {
	case strings.HasPrefix(f.Name, "base/"):
		return nil
	case f.Name == "schema-review.yml":
		c.config = string(f.Data)
		return nil
	case fixed:
		c.fixed[name] = string(f.Data)
		return nil
	case moved && base[before] == nil:
		return fmt.Errorf("section %q: there is no base/%s", f.Name, before)
	case moved && strings.TrimSpace(after) == "":
		c.set.Changed = append(c.set.Changed, review.Changed{Path: before, Base: base[before]})
		return c.addWants(before, base[before])
	case moved:
		after = strings.TrimSpace(after)
		c.set.Changed = append(c.set.Changed, review.Changed{Path: after, OldPath: before, Base: base[before], Head: f.Data})
		return c.addWants(after, f.Data)
	}
	c.set.Changed = append(c.set.Changed, review.Changed{Path: f.Name, Base: base[f.Name], Head: f.Data})
	return c.addWants(f.Name, f.Data)
}

// addWants reads the expectations behind "want" in a file's comments:
//
//	-- want rule-id "text" other-id=warning "text"
func (c *testCase) addWants(path string, data []byte) error {
	number := 0
	for line := range strings.Lines(string(data)) {
		number++
		_, rest, found := strings.Cut(line, "-- want ")
		for rest = strings.TrimSpace(rest); found && rest != ""; rest = strings.TrimSpace(rest) {
			w := want{path: path, line: number}
			w.rule, rest, _ = strings.Cut(rest, " ")
			w.rule, w.severity, _ = strings.Cut(w.rule, "=")
			rest = strings.TrimSpace(rest)
			if strings.HasPrefix(rest, `"`) {
				quoted, err := strconv.QuotedPrefix(rest)
				if err != nil {
					return fmt.Errorf("%s:%d: want: %w", path, number, err)
				}
				w.text, _ = strconv.Unquote(quoted)
				rest = rest[len(quoted):]
			}
			c.wants = append(c.wants, w)
		}
	}
	return nil
}

// withFixed is the change set with the fixed texts in place of the files.
func (c *testCase) withFixed() *review.ChangeSet {
	set := &review.ChangeSet{History: c.set.History}
	for _, f := range c.set.Changed {
		if text, ok := c.fixed[f.Path]; ok {
			f.Head = []byte(text)
		}
		set.Changed = append(set.Changed, f)
	}
	return set
}
