package review

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/ddlparse"
)

// A declarative schema is reviewed by its difference: what the tool would run, at the places of the new text.
func TestDeclarativeDifference(t *testing.T) {
	t.Parallel()
	const before = "CREATE TABLE a (id INT PRIMARY KEY, gone INT, kept VARCHAR(10), KEY k (kept));\nCREATE TABLE old (id INT);\n"
	const after = "CREATE TABLE a (\n id INT PRIMARY KEY,\n kept VARCHAR(20),\n born INT,\n KEY k (kept, born)\n);\nCREATE TABLE fresh (id INT);\n"
	var said []string
	watch := &Rule{ID: "watch", Severity: Error, Check: func(p *Pass) {
		for _, s := range p.Steps() {
			for _, c := range s.Changes {
				said = append(said, s.Statement.Verb+" "+describe(c)+" at "+c.At().Span.String())
			}
		}
	}}
	_, err := (&Reviewer{Rules: []*Rule{watch}}).Review(context.Background(), &ChangeSet{
		History: []File{{Path: "db/.skeema", Data: []byte("schema=shop\n")}},
		Changed: []Changed{{Path: "db/schema.sql", Base: []byte(before), Head: []byte(after)}},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"ALTER TABLE drop index k at db/schema.sql:1:14",
		"ALTER TABLE add index k at db/schema.sql:5:2",
		"ALTER TABLE drop column gone at db/schema.sql:1:14",
		"ALTER TABLE modify column kept at db/schema.sql:3:2",
		"ALTER TABLE add column born at db/schema.sql:4:2",
		"CREATE TABLE create table fresh at db/schema.sql:7:1",
		"DROP TABLE drop table old at db/schema.sql:2:14",
	}
	if d := cmp.Diff(want, said); d != "" {
		t.Errorf("steps (-want +got):\n%s", d)
	}
}

func describe(c ddlparse.Change) string {
	switch c := c.(type) {
	case *ddlparse.DropIndex:
		return "drop index " + c.Name
	case *ddlparse.AddIndex:
		return "add index " + c.Index.Name
	case *ddlparse.DropColumn:
		return "drop column " + c.Name
	case *ddlparse.ModifyColumn:
		return "modify column " + c.Name
	case *ddlparse.AddColumn:
		return "add column " + c.Column.Name
	case *ddlparse.CreateTable:
		return "create table " + c.New.Name.Name
	case *ddlparse.DropTable:
		return "drop table " + c.Table.Name
	}
	return "something else"
}

// Tables of the same name in two databases are two tables, also where one script per database makes them.
func TestDeclarativeDatabases(t *testing.T) {
	t.Parallel()
	const script = "CREATE DATABASE IF NOT EXISTS %s;\nUSE %s;\nCREATE TABLE app (id BIGINT PRIMARY KEY);\n"
	var said []string
	watch := &Rule{ID: "watch", Severity: Error, Check: func(p *Pass) {
		for _, pr := range p.Problems(ddlparse.TableExists) {
			said = append(said, pr.Object)
		}
		for t := range p.Tables() {
			said = append(said, t.Name.String())
		}
	}}
	changed := func(name string) Changed {
		return Changed{Path: "db/schema/" + name + ".sql", Head: []byte(strings.ReplaceAll(script, "%s", name))}
	}
	_, err := (&Reviewer{Rules: []*Rule{watch}}).Review(context.Background(), &ChangeSet{Changed: []Changed{changed("config"), changed("portal")}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"config.app", "portal.app"}, said); d != "" {
		t.Errorf("tables (-want +got):\n%s", d)
	}
}
