package review

import (
	"context"
	"fmt"
	"sync"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/ddlparse/onlineddl"
)

// Plan is what a change set does to one set of migrations: steps over the schema it starts from. A
// repository with several independent migration directories has a Plan for each.
type Plan struct {
	Set    string // the directory of the set, or its file for a single one; "" for the top
	Tool   ddlparse.Tool
	Engine ddlparse.Engine

	Start, Final ddlparse.Schema
	Steps        []*ddlparse.Step  // of the change set, in order
	FirstStep    int               // number of the first of them; objects with Origin >= FirstStep are new
	Touched      []*ddlparse.Table // tables of Final that Steps created or changed, in order of first touch

	History     []*ddlparse.Migration // at the base, in the order in which the tool ran them
	Migrations  []*ddlparse.Migration // of the change set, in order
	Edited      []EditedMigration     // versioned files of the base that the change set edits, renames or deletes
	NotReviewed []NotReviewed

	// problems are those of the steps, of down sections and of the text of edited files, in order.
	problems map[ddlparse.ProblemKind][]*ddlparse.Problem

	memo sync.Map // what rules derived from the plan, by its type; see Memo

	online     map[*ddlparse.Step][]onlineddl.Prediction // see Online
	onlineOnce sync.Once

	rowVersions map[int]int // by the Origin of the table, see RowVersions

	sizes        map[string]*TableSize // see Stats
	large, small Threshold
}

// EditedMigration is a migration of the base that the change set edits, renames or deletes. What
// databases have run is Before; After only runs where nothing has run yet.
type EditedMigration struct {
	Before *ddlparse.Migration
	After  *ddlparse.Migration // nil when it was deleted
	// CommentsOnly: the statements are the same, only comments and white space differ.
	CommentsOnly bool
}

// Renamed reports whether the file was moved.
func (e EditedMigration) Renamed() bool { return e.After != nil && e.After.Path != e.Before.Path }

// NotReviewed is something the review left out, and why.
type NotReviewed struct {
	Path   string
	Span   ddlparse.Span // zero when it is the whole file
	What   string        // "CREATE PROCEDURE add_user", "" for the whole file
	Reason Message
	// Statement that was not understood, nil for other parts.
	Statement *ddlparse.Statement
}

// plan turns the change set into steps, one Plan for each set of migrations that it touches. What
// belongs to no set is named with the reason.
func plan(ctx context.Context, cs *ChangeSet, c *Config) ([]*Plan, []NotReviewed, error) {
	sets, notReviewed, err := newPlanFiles(cs).sets(cs, c)
	if err != nil {
		return nil, nil, fmt.Errorf("find migrations: %w", err)
	}
	var plans []*Plan
	for _, files := range sets {
		p := planSet(ctx, files, c)
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		p.finish()
		plans = append(plans, p)
	}
	return plans, notReviewed, nil
}

func locateOptions(cs *ChangeSet, c *Config) ddlparse.LocateOptions {
	o := ddlparse.LocateOptions{Explicit: cs.Explicit}
	for _, m := range c.Migrations {
		o.Globs = append(o.Globs, ddlparse.MigrationGlob{Pattern: m.Path, Tool: m.Tool})
	}
	return o
}

// planSet plans one set: by replaying what is new, or for a declarative schema by the difference.
func planSet(ctx context.Context, files []*planFile, c *Config) *Plan {
	engine, _ := engineOf(c)
	p := &Plan{Set: files[0].Set, Tool: files[0].Tool, Engine: engine}
	settings := ddlparse.Settings{Engine: engine, LowerCaseTableNames: c.LowerCaseTableNames}
	if files[0].Role == ddlparse.Declarative {
		p.planDeclarative(ctx, files, settings)
	} else {
		p.planVersioned(ctx, files, settings)
	}
	return p
}

// engineOf is the server that the migrations run on, and where that is known from.
func engineOf(c *Config) (e ddlparse.Engine, source string) {
	if c.Engine == (ddlparse.Engine{}) {
		return ddlparse.DefaultEngine(), "assumed"
	}
	return c.Engine, c.Origins["engine"]
}
