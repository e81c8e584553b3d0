package eval

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// MaxResult is how large the file of a result may be.
const MaxResult = 256 << 20

// Write writes the result as JSON.
func (r *Result) Write(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

// ReadResult reads what Write wrote, and nothing else. Its figures are those of its cases, whatever the file says.
func ReadResult(from io.Reader) (*Result, error) {
	data, err := io.ReadAll(io.LimitReader(from, MaxResult+1))
	if err != nil {
		return nil, err
	}
	var version struct {
		Format int `json:"format"`
	}
	if err := json.Unmarshal(data, &version); err == nil && version.Format != 0 && version.Format != Format {
		return nil, fmt.Errorf("a result of format %d: this version reads %d", version.Format, Format)
	}
	var r Result
	if err := decode(data, MaxResult, &r); err != nil {
		return nil, fmt.Errorf("no result of an evaluation: %w", err)
	}
	if err := r.check(); err != nil {
		return nil, fmt.Errorf("no result of an evaluation: %w", err)
	}
	r.addUp()
	return &r, nil
}

func (r *Result) check() error {
	if r.Format != Format || r.Setup.Runs < 1 {
		return errors.New("it has no format, or no runs")
	}
	seen := map[string]bool{}
	for i := range r.Cases {
		c := &r.Cases[i]
		if c.Name == "" || seen[c.Name] || len(c.Runs) != r.Setup.Runs {
			return fmt.Errorf("case %d has no name of its own, or not %d runs", i+1, r.Setup.Runs)
		}
		seen[c.Name] = true
		if err := c.check(); err != nil {
			return fmt.Errorf("case %s: %w", c.Name, err)
		}
	}
	return nil
}

// check holds the runs of a case against its labels.
func (c *CaseDone) check() error {
	if c.Clean != (len(c.Expect) == 0) || c.File == "" {
		return errors.New("it is clean and expects something, or neither, or has no file")
	}
	for i := range c.Runs {
		for _, claim := range c.Runs[i].Claims {
			if !known(claim.Outcome) || claim.Outcome == Hit && !wants(c.Expect, claim.decided()) {
				return fmt.Errorf("run %d: %s %s is no %s", i+1, claim.Guideline, claim.Object, claim.Outcome)
			}
		}
		for _, l := range c.Runs[i].Missed {
			if !wants(c.Expect, l) {
				return fmt.Errorf("run %d: %s %s is missed, and not expected", i+1, l.Guideline, l.Object)
			}
		}
	}
	return nil
}

func known(o Outcome) bool { return o == Hit || o == False || o == Forbidden || o == Allowed }
