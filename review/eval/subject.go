package eval

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// subject is a case that rules have reviewed: what is asked about it is the same in every run.
type subject struct {
	done   CaseDone
	labels labels
	report *review.Report
	config *review.Config
	nonce  string
}

// prepare reviews every case with the rules.
func (m *measuring) prepare(ctx context.Context) ([]*subject, error) {
	subjects := make([]*subject, len(m.options.Cases))
	for i := range m.options.Cases {
		s, err := m.subject(ctx, &m.options.Cases[i])
		if err != nil {
			return nil, fmt.Errorf("case %s: %w", m.options.Cases[i].Name, err)
		}
		subjects[i] = s
	}
	return subjects, nil
}

func (m *measuring) subject(ctx context.Context, c *prompts.Case) (*subject, error) {
	engine, err := ddlparse.ParseEngine(c.Engine)
	if err != nil {
		return nil, err
	}
	config := review.DefaultConfig(m.options.Rules)
	config.Engine, config.Language = engine, c.Language
	report, err := (&review.Reviewer{Rules: m.options.Rules, Prompts: m.options.Prompts}).Review(ctx, changeSet(c), config)
	if err != nil {
		return nil, err
	}
	if err := whole(report); err != nil {
		return nil, err
	}
	file, _, _ := strings.Cut(c.Name, "/")
	s := &subject{report: report, config: config, nonce: caseNonce(c), labels: labelsOf(c, m.known)}
	s.done = CaseDone{
		Name: c.Name, File: file, About: c.About, Language: c.Language, Engine: c.Engine, Hash: hashOf(c),
		Clean: len(s.labels.expect) == 0, Expect: s.labels.expect, Runs: make([]Run, m.options.Runs),
		Files: filesOf(c),
	}
	return s, nil
}

func filesOf(c *prompts.Case) []File {
	var files []File
	for _, f := range c.Base {
		files = append(files, File{Path: f.Path, Base: true, Text: string(f.Data)})
	}
	for _, f := range c.Changes {
		files = append(files, File{Path: f.Path, Text: string(f.Data)})
	}
	return files
}

// whole holds that a model will see all of the case.
func whole(r *review.Report) error {
	if len(r.NotReviewed) > 0 {
		n := r.NotReviewed[0]
		return fmt.Errorf("%s is not reviewed: %s", n.Path, n.Reason.In(message.NewPrinter(language.English)))
	}
	for _, p := range r.Plans {
		for _, s := range p.Steps {
			if s.Statement.NotUnderstood != "" {
				return fmt.Errorf("%s is not understood: %s", s.Statement.Span, s.Statement.NotUnderstood)
			}
		}
	}
	if len(r.Plans) == 0 {
		return errors.New("there is no migration in it")
	}
	return nil
}

// changeSet is a case as a review takes it.
func changeSet(c *prompts.Case) *review.ChangeSet {
	set := &review.ChangeSet{}
	for _, f := range c.Base {
		set.History = append(set.History, review.File{Path: f.Path, Data: f.Data})
	}
	for _, f := range c.Changes {
		set.Changed = append(set.Changed, review.Changed{Path: f.Path, Head: f.Data})
	}
	return set
}

// hashOf is of all that decides what is asked about a case, and what is right.
func hashOf(c *prompts.Case) string {
	h := sha256.New()
	fmt.Fprintf(h, "%q %q\n", c.Language, c.Engine)
	for _, list := range [][]prompts.Label{c.Expect, c.Allow, c.Forbid} {
		fmt.Fprintf(h, "%q\n", list)
	}
	for _, list := range [][]prompts.CaseFile{c.Base, c.Changes} {
		for _, f := range list {
			fmt.Fprintf(h, "%q %q\n", f.Path, f.Data)
		}
		fmt.Fprintln(h)
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

// caseNonce is the word around what a case says. In a pull request nobody can guess it; here it is always the same,
// so that the question is.
func caseNonce(c *prompts.Case) string {
	sum := sha256.Sum256([]byte("nonce of " + c.Name))
	return base32.StdEncoding.EncodeToString(sum[:])[:26]
}
