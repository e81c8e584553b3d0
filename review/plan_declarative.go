package review

import (
	"context"

	"github.com/schema-review/schema-review/ddlparse"
)

// planDeclarative compares the schema that the files describe at the base with the one that they
// describe now. The steps are the difference; they carry the new text's places.
func (p *Plan) planDeclarative(ctx context.Context, files []*planFile, settings ddlparse.Settings) {
	var base, head []parseJob
	for _, f := range files {
		if f.base != nil {
			base = append(base, parseJob{located: f.Located, data: f.base})
		}
		if f.head != nil {
			head = append(head, parseJob{located: f.Located, data: f.head, check: f.changed})
		}
	}
	changed := map[string]bool{}
	for _, f := range files {
		changed[f.Path] = f.changed
	}
	before, next := p.describe(ctx, base, settings, 1, func(m *ddlparse.Migration) { p.History = append(p.History, m) }, nil)
	after, _ := p.describe(ctx, head, settings, next, func(m *ddlparse.Migration) {
		if changed[m.Path] {
			p.Migrations = append(p.Migrations, m)
		}
	}, func(s *ddlparse.Step) {
		if changed[s.Migration.Path] {
			p.addProblems(s.Problems)
		}
	})
	p.Start, p.Final, p.FirstStep = before, after, next
	p.Steps = ddlparse.Diff(before, after, next)
	if n := len(p.Steps); n > 0 {
		p.Final = p.Steps[n-1].After
	}
	p.nameOwners()
}

// nameOwners gives the steps, which stand in no file, the migrations that their places lie in.
func (p *Plan) nameOwners() {
	owners := map[*ddlparse.Source]*ddlparse.Migration{}
	for _, m := range p.History {
		owners[m.Source] = m
	}
	for _, m := range p.Migrations {
		owners[m.Source] = m
	}
	for _, s := range p.Steps {
		if s.Migration = owners[s.Statement.Span.Source]; s.Migration == nil {
			s.Migration = &ddlparse.Migration{Path: s.Statement.Span.Path(), Source: s.Statement.Span.Source, Role: ddlparse.Declarative}
		}
	}
}

// describe replays one side of a declarative schema from nothing.
func (p *Plan) describe(ctx context.Context, jobs []parseJob, settings ddlparse.Settings, first int,
	each func(*ddlparse.Migration), step func(*ddlparse.Step),
) (ddlparse.Schema, int) {
	schema, next := ddlparse.NewSchema(settings), first
	for ms := range p.read(ctx, jobs) {
		schema, next = ddlparse.Replay(schema, next, ms, step)
		for _, m := range ms {
			each(m)
		}
	}
	return schema, next
}
