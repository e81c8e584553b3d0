package eval

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/schema-review/schema-review/review"
)

// Archive is a folder of records.
type Archive struct {
	dir     string
	mu      sync.Mutex
	records map[string]*Record // by key
	reused  int
}

// OpenArchive reads a folder of records. Its *.json are records, all of them; other files may explain them.
func OpenArchive(dir string) (*Archive, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	a := &Archive{dir: dir, records: map[string]*Record{}}
	for _, e := range entries {
		if e.IsDir() || filepath.Ext(e.Name()) != ".json" {
			continue
		}
		if err := a.read(e.Name()); err != nil {
			return nil, fmt.Errorf("%s: %w", filepath.Join(dir, e.Name()), err)
		}
	}
	return a, nil
}

func (a *Archive) read(name string) error {
	data, err := os.ReadFile(filepath.Join(a.dir, name))
	if err != nil {
		return plain(err)
	}
	r, err := ParseRecord(data)
	if err != nil {
		return fmt.Errorf("this is no record of an answer: %w", err)
	}
	if name != r.Key+".json" {
		return fmt.Errorf("the record in it belongs into %s.json", r.Key)
	}
	a.records[r.Key] = r
	return nil
}

// plain is an error without the name of the file, which is said already.
func plain(err error) error {
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return path.Err
	}
	return err
}

// Models are the ids that the records were asked of.
func (a *Archive) Models() []string {
	ids := map[string]bool{}
	for _, r := range a.records {
		ids[r.Model] = true
	}
	return slices.Sorted(maps.Keys(ids))
}

// Reused is how many answers were there already.
func (a *Archive) Reused() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.reused
}

func (a *Archive) find(model string, of Asking, q review.Query) *Record {
	a.mu.Lock()
	defer a.mu.Unlock()
	r := a.records[keyOf(model, of.Run, askedOf(q))]
	if r != nil {
		a.reused++
	}
	return r
}

// keep writes a record, whole or not at all.
func (a *Archive) keep(r *Record) error {
	data, err := r.encode()
	if err != nil {
		return fmt.Errorf("record: %w", err)
	}
	file, err := os.CreateTemp(a.dir, ".record-*")
	if err != nil {
		return fmt.Errorf("record: %w", err)
	}
	defer os.Remove(file.Name()) // when it didn't come to its name
	_, err = file.Write(data)
	if err = errors.Join(err, file.Chmod(0o644), file.Close()); err == nil {
		err = os.Rename(file.Name(), filepath.Join(a.dir, r.Key+".json"))
	}
	if err != nil {
		return fmt.Errorf("record: %w", err)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.records[r.Key] = r
	return nil
}

// Replay answers from the archive alone.
func (a *Archive) Replay(model string) Source { return replay{a, model} }

type replay struct {
	archive *Archive
	model   string
}

func (p replay) Answer(_ context.Context, of Asking, q review.Query) (Given, error) {
	if r := p.archive.find(p.model, of, q); r != nil {
		return r.given()
	}
	return Given{}, &MissingError{Asking: of, Model: p.model, Why: p.archive.why(p.model, of, askedOf(q))}
}

// Record answers from the archive what is there, so that an evaluation that was cut short goes on where it
// stopped, asks the model for the rest, and keeps what it says. Outages are not kept.
func (a *Archive) Record(model string, from Source) Source { return recorder{a, model, from} }

type recorder struct {
	archive *Archive
	model   string
	from    Source
}

func (p recorder) Answer(ctx context.Context, of Asking, q review.Query) (Given, error) {
	if r := p.archive.find(p.model, of, q); r != nil {
		return r.given()
	}
	g, err := p.from.Answer(ctx, of, q)
	if failure, failed := errors.AsType[*review.ModelError](err); err != nil && (!failed || !itsOwn(failure.Kind)) {
		return g, err
	}
	r := newRecord(p.model, of, q, g, err)
	if broken := p.archive.keep(r); broken != nil {
		return g, broken
	}
	return r.given()
}

// why says what the archive has of the case, where it has anything.
func (a *Archive) why(model string, of Asking, asked Asked) string {
	a.mu.Lock()
	defer a.mu.Unlock()
	var runs, models int
	var other *Record
	for _, key := range slices.Sorted(maps.Keys(a.records)) {
		switch r := a.records[key]; {
		case r.Asked == asked && r.Model == model:
			runs++
		case r.Asked == asked:
			models++
		case r.Case == of.Case && r.Model == model:
			other = r
		}
	}
	switch {
	case runs > 0:
		return fmt.Sprintf("%d of its runs are recorded", runs)
	case models > 0:
		return "it is recorded of other models: " + strings.Join(a.Models(), ", ")
	case other != nil:
		return other.Asked.changed(asked)
	}
	return ""
}

// changed says what is asked otherwise than it was.
func (a Asked) changed(now Asked) string {
	switch {
	case a.System != now.System:
		return "the prompt has changed since it was recorded: who the model is and how it answers"
	case a.Stable != now.Stable:
		return "the prompt has changed since it was recorded: guidelines or facts of the engine"
	case a.Content != now.Content:
		return "what is asked about the case has changed since it was recorded"
	case a.MaxTokens != now.MaxTokens:
		return fmt.Sprintf("it was recorded with BEDROCK_MAX_TOKENS=%d", a.MaxTokens)
	}
	return "the form of the answer has changed since it was recorded"
}
