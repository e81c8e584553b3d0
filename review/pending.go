package review

import "github.com/schema-review/schema-review/ddlparse"

// Until reading and replaying are there.
type parseOptions struct {
	Engine ddlparse.Engine
	Check  bool
}

func parse(*ddlparse.Source, ddlparse.Located, parseOptions) []*ddlparse.Migration { return nil }

func replay(start ddlparse.Schema, first int, ms []*ddlparse.Migration, each func(*ddlparse.Step)) (ddlparse.Schema, int) {
	return start, first
}

func diff(before, after ddlparse.Schema) []*ddlparse.Step { return nil }
