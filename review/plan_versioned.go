package review

import (
	"context"
	"slices"

	"github.com/schema-review/schema-review/ddlparse"
)

// planVersioned replays the history as databases have run it, with the base text of files that were
// edited since, and then what the change set brings. A new file that sorts before merged ones is
// replayed behind them all the same: that is when databases that are up to date get it.
func (p *Plan) planVersioned(ctx context.Context, files []*planFile, settings ddlparse.Settings) {
	start, next := p.replayHistory(ctx, files, ddlparse.NewSchema(settings))
	p.Start, p.FirstStep = start, next
	p.pairEdited(ctx, files)
	p.replayNew(ctx, files)
}

// replayHistory replays the merged files. Their steps are not kept, nor the changes of their
// statements: the schema holds what is left of them.
func (p *Plan) replayHistory(ctx context.Context, files []*planFile, schema ddlparse.Schema) (ddlparse.Schema, int) {
	next := 1
	var each func(*ddlparse.Step)
	if p.RowVersionLimit() > 0 {
		p.rowVersions, each = map[int]int{}, p.countRowVersions
	}
	for ms := range p.read(ctx, historyJobs(files)) {
		schema, next = ddlparse.Replay(schema, next, ms, each)
		for _, m := range ms {
			forgetChanges(m)
		}
		p.History = append(p.History, ms...)
	}
	return schema, next
}

func historyJobs(files []*planFile) []parseJob {
	var jobs []parseJob
	for _, f := range files {
		switch {
		case f.backward():
		case f.base != nil:
			jobs = append(jobs, parseJob{located: f.Located, data: f.base})
		case f.from != nil && f.from.Set != f.Set: // came from another directory, where it was run
			jobs = append(jobs, parseJob{located: f.from.Located, data: f.from.base})
		}
	}
	return jobs
}

// backward reports whether the file only ever runs backwards.
func (f *planFile) backward() bool { return f.Down || f.Role == ddlparse.Undo }

func forgetChanges(m *ddlparse.Migration) {
	for _, s := range m.Statements {
		s.Changes, s.Hidden = nil, nil
	}
}

// pairEdited compares both texts of merged files that the change set touches. A section that only
// the new text has, such as a changeset added to a Liquibase file, is new.
func (p *Plan) pairEdited(ctx context.Context, files []*planFile) {
	history := map[string][]*ddlparse.Migration{}
	for _, m := range p.History {
		history[m.Path] = append(history[m.Path], m)
	}
	for _, f := range files {
		if !f.changed || f.backward() || f.Role == ddlparse.Repeatable {
			continue
		}
		switch {
		case f.from != nil && f.head != nil:
			p.pairHead(ctx, history[f.from.Path], f)
		case f.base != nil && f.head != nil:
			p.pairHead(ctx, history[f.Path], f)
		case f.base != nil && f.to == nil:
			p.pair(history[f.Path], nil)
		}
	}
}

func (p *Plan) pairHead(ctx context.Context, before []*ddlparse.Migration, f *planFile) {
	for after := range p.read(ctx, []parseJob{{located: f.Located, data: f.head, check: true}}) {
		p.pair(before, after)
	}
}

// pair finds the section that each section of the base has become. A file that is one migration is
// the same one under whatever name.
func (p *Plan) pair(before, after []*ddlparse.Migration) {
	taken := make([]bool, len(after))
	single := len(before) == 1 && len(after) == 1
	for _, b := range before {
		e := EditedMigration{Before: b}
		for i, a := range after {
			if !taken[i] && (single || a.Version == b.Version && a.Title == b.Title) {
				e.After, taken[i] = a, true
				break
			}
		}
		e.CommentsOnly = e.After != nil && sameStatements(b.Statements, e.After.Statements) && sameStatements(b.Down, e.After.Down)
		if e.Renamed() || !e.CommentsOnly || single && b.Source.Text != e.After.Source.Text {
			p.Edited = append(p.Edited, e)
		}
	}
	for i, a := range after {
		if !taken[i] {
			p.Migrations = append(p.Migrations, a)
		}
	}
}

func sameStatements(a, b []*ddlparse.Statement) bool {
	return slices.EqualFunc(a, b, func(x, y *ddlparse.Statement) bool {
		return x.Text() == y.Text() || x.Normalized() == y.Normalized()
	})
}

// replayNew replays what no database has run: new files, new sections of merged files, and
// repeatable files whose text changed.
func (p *Plan) replayNew(ctx context.Context, files []*planFile) {
	sections := p.Migrations
	p.Migrations = nil
	schema, next := p.Start, p.FirstStep
	keep := func(s *ddlparse.Step) { p.Steps = append(p.Steps, s) }
	add := func(ms []*ddlparse.Migration) {
		schema, next = ddlparse.Replay(schema, next, ms, keep)
		p.Migrations = append(p.Migrations, ms...)
		for _, m := range ms {
			for _, s := range m.Statements {
				s.Changes = nil // the steps hold the resolved ones
			}
		}
	}
	add(sections)
	for ms := range p.read(ctx, newJobs(files)) {
		add(ms)
	}
	p.Final = schema
}

func newJobs(files []*planFile) []parseJob {
	jobs := make([]parseJob, 0, len(files))
	for _, f := range files {
		again := f.Role == ddlparse.Repeatable || f.backward()
		if f.changed && f.head != nil && (f.isNew() || again) {
			jobs = append(jobs, parseJob{located: f.Located, data: f.head, check: true})
		}
	}
	return jobs
}
