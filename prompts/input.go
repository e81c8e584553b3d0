package prompts

// Input is what one question is about. All texts of it that come from a pull request are data: the
// prompt puts them between marks that nobody who wrote them could have known.
type Input struct {
	Engine     string      // "mysql 8.4"
	Facts      []string    // of this repository's server: default collation, SQL mode
	Language   string      // of the answer: "en", "ja"
	Guidelines []Guideline // those that speak to the change; see Library.For

	Statements  []Statement // of the change set, in order
	Before      []Table     // the touched tables as they are now, those that exist
	After       []Table     // as the change set leaves them
	Neighbours  []Table     // other tables that help to judge
	Findings    []Finding   // what rules found
	Title       string      // of the pull request
	Description string

	Nonce string // chosen at random for this question
}

// Statement is one statement of the change set.
type Statement struct {
	ID   string // "S1": how the answer names it
	Path string // of its file
	SQL  string
}

// Table is a table's definition.
type Table struct{ Name, DDL string }

// Finding is what a rule says, so that the model doesn't.
type Finding struct{ Rule, Statement, Object, Message string }
