package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/review/rules"
	"golang.org/x/text/message"
	"golang.org/x/tools/txtar"
)

// caseDraft is a case before people have read it.
type caseDraft struct {
	engine, language string
	excerpt          review.Excerpt
	said             *reviewSaid
	kept             bool // texts were not redacted
}

// caseFolder is where the migrations of a case stand, whatever their tool was: a design doesn't depend on it.
const caseFolder = "db/migration/"

// text is the file.
func (d *caseDraft) text() string {
	a := txtar.Archive{Comment: []byte(d.head())}
	next := 1
	if d.excerpt.Base != "" {
		a.Files = append(a.Files, txtar.File{Name: "base/" + caseFolder + "V1__base.sql", Data: []byte(d.excerpt.Base)})
		next++
	}
	for i, m := range d.excerpt.Migrations {
		name := fmt.Sprintf("%sV%d__%s.sql", caseFolder, next+i, fileWord(m.Path))
		a.Files = append(a.Files, txtar.File{Name: name, Data: []byte(withoutMarks(m.SQL))})
	}
	return string(txtar.Format(&a))
}

// head are the lines above the files.
func (d *caseDraft) head() string {
	var b strings.Builder
	b.WriteString("TO FILL IN: what this change set is for, in one line.\n")
	fmt.Fprintf(&b, "language: %s\nengine: %s\n", d.language, d.engine)
	labels := d.labels()
	for _, l := range labels {
		b.WriteString(l + "\n")
	}
	if d.expected() == 0 {
		b.WriteString("clean\n")
	}
	return b.String()
}

// labels are the lines that the review proposes, each once.
func (d *caseDraft) labels() []string {
	if d.said == nil {
		return nil
	}
	var lines []string
	seen := map[string]bool{}
	add := func(word string, f saidFinding) {
		if key := f.Rule + " " + f.Object; !seen[key] {
			seen[key] = true
			lines = append(lines, word+" "+key)
		}
	}
	for _, f := range d.said.Findings {
		add("expect", f)
	}
	for _, s := range d.said.Suppressed {
		if s.Finding.label() {
			add("forbid", s.Finding)
		}
	}
	return lines
}

func (d *caseDraft) expected() int {
	if d.said == nil {
		return 0
	}
	return len(d.said.Findings)
}

// say tells where the case is, what is not in it, and what comes next.
func (d *caseDraft) say(w io.Writer, file string, p *message.Printer) {
	for _, s := range d.excerpt.LeftOut {
		fmt.Fprintln(w, p.Sprintf("left out: %s: %s", s.Span, shown(s.NotUnderstood)))
	}
	redacted := p.Sprintf("Values and what looks like a secret are redacted, names are not.")
	if d.kept {
		redacted = p.Sprintf("Values and comments are in it as they were.")
	}
	fmt.Fprintf(w, "%s: %s %s\n", file, amount(p, len(d.excerpt.Migrations), "%d migration.", "%d migrations."), redacted)
	fmt.Fprintln(w, p.Sprintf("Next: say in its first line what it is about, and check each label (expect, forbid, allow, clean)."))
}

// check reads the case as eval will, and replays it.
func (d *caseDraft) check(ctx context.Context, name string) error {
	cases, err := prompts.ParseCases(name, []byte(d.text()))
	if err != nil {
		return err
	}
	if len(cases) != 1 {
		return fail("the change set can't be written as one case")
	}
	engine, err := ddlparse.ParseEngine(cases[0].Engine)
	if err != nil {
		return err
	}
	config := review.DefaultConfig(rules.All())
	config.Engine = engine
	report, err := (&review.Reviewer{Rules: rules.All()}).Review(ctx, setOf(cases[0]), config)
	if err != nil {
		return err
	}
	if len(report.NotReviewed) > 0 {
		n := report.NotReviewed[0]
		return fail("the case can't be replayed: %s: %s", n.Path, n.Reason)
	}
	for _, f := range report.Findings {
		if f.Rule == string(ddlparse.SyntaxError) {
			return fail("the case can't be replayed: %s: %s (without what was redacted? --keep-text keeps it)", f.Span, f.Problem)
		}
	}
	return nil
}

func setOf(c prompts.Case) *review.ChangeSet {
	set := &review.ChangeSet{}
	for _, f := range c.Base {
		set.History = append(set.History, review.File{Path: f.Path, Data: f.Data})
	}
	for _, f := range c.Changes {
		set.Changed = append(set.Changed, review.Changed{Path: f.Path, Head: f.Data})
	}
	return set
}

var (
	versionOfFile = regexp.MustCompile(`(?i)^(?:[vru]?[0-9][0-9._-]*_+|r__|[0-9]+)`)
	noFileWord    = regexp.MustCompile(`[^a-z0-9]+`)
)

// fileWord is what a migration is called, without its version: "refunds" of V4__refunds.sql.
func fileWord(file string) string {
	name := path.Base(file)
	if name == "migration.sql" { // Prisma's: the folder has the name
		name = path.Base(path.Dir(file))
	}
	name = strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(name), ".sql"), ".up")
	name = strings.Trim(noFileWord.ReplaceAllString(versionOfFile.ReplaceAllString(name, ""), "_"), "_")
	return cmp.Or(name, "change")
}

var (
	fileMark = regexp.MustCompile(`(?m)^-- (.* --)$`)
	waived   = regexp.MustCompile(`(?m)[ \t]*(?:--|#)[ \t]*schema-review:.*$`)
)

// withoutMarks is SQL without comment lines that txtar would take for the beginning of a file, and without
// suppressions: they would silence what is to be measured.
func withoutMarks(sql string) string {
	return fileMark.ReplaceAllString(waived.ReplaceAllString(sql, ""), "--  $1")
}
