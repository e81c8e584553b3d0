package peers

import (
	"cmp"
	"slices"
	"strings"

	"github.com/schema-review/schema-review/review"
)

// Imported is what a peer's configuration says in our words.
type Imported struct {
	Peer   Peer
	Path   string
	Preset string // that it begins with, "" for none: what the peer does where its file says nothing
	Engine string // as ParseEngine reads it, "" where the file doesn't tell
	Rules  []Setting
	Notes  []Note
}

// Setting is what it says of one of our rules.
type Setting struct {
	ID       string
	Severity review.Severity
	Params   []Param
	From     []string // the peer's rules that it stands for
}

// Param is a parameter of a rule with its value.
type Param struct {
	Name  string
	Value any
}

// Note names something that was left out, and why.
type Note struct {
	Line int // from 1
	What review.Message
}

// maxFile bounds how much is read: far more than anybody writes.
const maxFile = 256 << 10

// Import translates a peer's configuration. With problems there is no translation.
func Import(peer Peer, path string, data []byte, known []*review.Rule) (*Imported, []review.ConfigProblem) {
	list, err := peer.Rules()
	if err != nil {
		return nil, []review.ConfigProblem{{Path: path, Line: 1, Column: 1, Problem: review.Msg("%s", err.Error()), Fatal: true}}
	}
	r := &reader{peer: peer, path: path, text: string(data), rules: list, known: known}
	if len(data) > maxFile {
		r.wrong(1, review.Msg("The file is larger than %d KiB.", maxFile>>10), review.Message{})
		return nil, r.problems
	}
	readers[peer.Name](r)
	if len(r.problems) == 0 && !r.relevant {
		r.wrong(1, review.Msg("The file sets no rule of %s.", peer.Title), r.elsewhere())
	}
	if len(r.problems) > 0 {
		slices.SortStableFunc(r.problems, func(a, b review.ConfigProblem) int { return a.Line - b.Line })
		return nil, r.problems
	}
	return r.translate(), nil
}

// readers read each peer's file.
var readers = map[string]func(*reader){
	"bytebase": (*reader).bytebase, "atlas": (*reader).atlas, "skeema": (*reader).skeema,
	"squawk": (*reader).squawk, "strong-migrations": (*reader).strongMigrations, "sqle": (*reader).sqle,
}

// reader collects what a file says, and what is wrong with it.
type reader struct {
	peer     Peer
	path     string
	text     string
	rules    []Rule
	known    []*review.Rule
	relevant bool // the file is about the peer's rules
	preset   string
	engine   string
	settings []setting
	notes    []Note
	problems []review.ConfigProblem
}

// setting is what the file says of one of the peer's rules.
type setting struct {
	rule     Rule
	severity review.Severity
	line     int
	values   []value
}

// value is a parameter of a peer's rule: an int, a bool, a text or a list of texts.
type value struct {
	key   string
	value any
}

func (r *reader) wrong(line int, problem, advice review.Message) {
	r.problems = append(r.problems, review.ConfigProblem{Path: r.path, Line: line, Column: 1, Problem: problem, Advice: advice, Fatal: true})
}

func (r *reader) note(line int, what review.Message) {
	r.relevant = true
	r.notes = append(r.notes, Note{line, what})
}

// set says what the severity of a peer's rule is. A name that the peer does not have is a mistake.
func (r *reader) set(name string, severity review.Severity, line int, values ...value) {
	r.relevant = true
	i := slices.IndexFunc(r.rules, func(rule Rule) bool { return rule.Name == name })
	if i < 0 {
		r.wrong(line, review.Msg("%s has no rule `%s`.", r.peer.Title, plain(name)), r.didYouMean(name))
		return
	}
	r.settings = append(r.settings, setting{r.rules[i], severity, line, values})
}

func (r *reader) didYouMean(name string) review.Message {
	var names []string
	for _, rule := range r.rules {
		names = append(names, rule.Name)
	}
	if n := review.Nearest(name, names); n != "" {
		return review.Msg("Did you mean `%s`?", n)
	}
	return review.Msg("docs/compare.md lists those that are known.")
}

// elsewhere guesses whose file it is instead.
func (r *reader) elsewhere() review.Message {
	for _, mark := range []struct{ text, peer string }{
		{"StrongMigrations.", "strong-migrations"},
		{"excluded_rules", "squawk"},
		{"included_rules", "squawk"},
		{"RuleList", "sqle"},
		{"rule_list", "sqle"},
		{"ruleList", "bytebase"},
		{"Payload", "bytebase"},
		{"lint {", "atlas"},
		{"lint-", "skeema"},
	} {
		if mark.peer != r.peer.Name && strings.Contains(r.text, mark.text) {
			return review.Msg("It looks like a file for `--from %s`.", mark.peer)
		}
	}
	return review.Message{}
}

// lineOf is the line of a place in the file.
func (r *reader) lineOf(offset int) int {
	return 1 + strings.Count(r.text[:min(max(offset, 0), len(r.text))], "\n")
}

// plain is a foreign text as it may stand in a message: one line, not long, nothing that a terminal obeys.
func plain(s string) string {
	s = strings.Map(func(c rune) rune {
		if c < ' ' || c == 0x7f || c == '`' || c >= 0x80 && c < 0xa0 || c == 0x85 || c == 0x2028 || c == 0x2029 || c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069 {
			return ' '
		}
		return c
	}, strings.ToValidUTF8(s, "?"))
	if short := []rune(s); len(short) > 80 {
		return string(short[:80]) + "…"
	}
	return s
}

func byLine(a, b Note) int { return cmp.Compare(a.Line, b.Line) }
