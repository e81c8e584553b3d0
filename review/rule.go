package review

import (
	"slices"

	"github.com/schema-review/schema-review/ddlparse"
	"golang.org/x/text/message"
)

// Rule is a deterministic check. It decides, and may gate. Its page (problem, consequence, what to
// do instead, bad and good SQL) is review/rules/pages/<id>.md.
type Rule struct {
	ID       string // kebab case, never reused
	Title    string // one line, no full stop: "Foreign key and referenced column have different types"
	Category Category
	Severity Severity // default; Off = not on by default
	// Engines says on which servers it can speak; nil = all.
	Engines func(ddlparse.Engine) bool
	Params  []Param
	Check   func(*Pass) // nil: the report stage raises it, as it does those about suppressions
	Custom  *CustomRule // what a team wrote; nil for rules that come with the program
}

// TitleIn is the title in the printer's language, the id where there is none.
func (r *Rule) TitleIn(p *message.Printer) string {
	if r.Title == "" {
		return r.ID
	}
	return asMessage(r.Title).In(p)
}

// Category groups rules in lists and documentation.
type Category string

// The categories.
const (
	Syntax        Category = "syntax"
	Destructive   Category = "safety-destructive"
	DataDependent Category = "safety-data-dependent"
	Locking       Category = "safety-online-ddl"
	Compatibility Category = "compatibility-backward"
	IndexDesign   Category = "index"
	PrimaryKeys   Category = "key-primary"
	ForeignKeys   Category = "key-foreign"
	Types         Category = "type"
	Charsets      Category = "charset-collation"
	Naming        Category = "naming"
	TableOptions  Category = "table-option"
	Objects       Category = "object"
	Defaults      Category = "default-nullability"
	SizeLimits    Category = "size-limit"
	Privileges    Category = "privilege-security"
	Partitions    Category = "partition"
	Hygiene       Category = "migration-hygiene"
	Statements    Category = "statement"
	Suppressions  Category = "suppression"
	Custom        Category = "custom"
)

// Param is a setting of a rule. Default's type (int, bool, string or []string) is the type that
// configuration must give.
type Param struct {
	Name    string
	Default any
	Doc     string // one sentence
}

// DocIn is what the parameter does, in the printer's language.
func (p Param) DocIn(printer *message.Printer) string { return asMessage(p.Doc).In(printer) }

// On is an Engines value: the rule speaks on the given kinds only.
func On(kinds ...ddlparse.Kind) func(ddlparse.Engine) bool {
	return func(e ddlparse.Engine) bool {
		return slices.Contains(kinds, e.Kind)
	}
}
