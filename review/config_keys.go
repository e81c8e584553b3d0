package review

import (
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/goccy/go-yaml/ast"
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review/locale"
)

// configKey is a top-level key: how it is read, and what editors are told of it.
type configKey struct {
	name   string
	read   func(*layerReader, ast.Node)
	schema func(*schemaMaker) schema
}

// configKeys lists every key there is, in the order in which a layer's keys are read and shown.
func configKeys() []configKey {
	return []configKey{
		{"engine", (*layerReader).engine, (*schemaMaker).engine},
		{"language", (*layerReader).language, (*schemaMaker).language},
		{"lower_case_table_names", (*layerReader).lowerCaseTableNames, (*schemaMaker).lowerCaseTableNames},
		{"migrations", (*layerReader).migrations, (*schemaMaker).migrations},
		{"fail_on", (*layerReader).failOn, (*schemaMaker).failOn},
		{"preset", (*layerReader).presets, (*schemaMaker).preset},
		{"custom_rules", (*layerReader).customRules, (*schemaMaker).customRules},
		{"rules", (*layerReader).rules, (*schemaMaker).rules},
		{"required", (*layerReader).required, (*schemaMaker).required},
		{"ignore", (*layerReader).ignore, (*schemaMaker).ignore},
		{"stats", (*layerReader).stats, (*schemaMaker).stats},
		{"large_table", (*layerReader).largeTable, (*schemaMaker).largeTable},
		{"small_table", (*layerReader).smallTable, (*schemaMaker).smallTable},
		{"ai", (*layerReader).ai, (*schemaMaker).ai},
		{"review_drafts", (*layerReader).reviewDrafts, (*schemaMaker).reviewDrafts},
		{"request_changes", (*layerReader).requestChanges, (*schemaMaker).requestChanges},
		{"max_comments", (*layerReader).maxComments, (*schemaMaker).maxComments},
		{"sweep", (*layerReader).sweep, (*schemaMaker).sweep},
	}
}

var (
	languages = locale.Languages()
	failOns   = []string{"error", "warning", "never"}
	tools     = []string{
		string(ddlparse.PlainSQL), string(ddlparse.Flyway), string(ddlparse.GolangMigrate), string(ddlparse.Goose),
		string(ddlparse.Dbmate), string(ddlparse.SQLMigrate), string(ddlparse.Liquibase), string(ddlparse.Prisma),
		string(ddlparse.Atlas), string(ddlparse.RailsStruct), string(ddlparse.Skeema), string(ddlparse.SQLDef),
	}
)

// document reads the top level: unknown keys are named in the order of the file, known ones are read
// in the order of configKeys, because `required` looks at what `rules` said.
func (r *layerReader) document(root ast.Node) {
	entries, ok := entriesOf(root)
	if !ok {
		r.wrong(root, Msg("The file must be a mapping of keys to values, but this is %s.", typeOf(root)), Msg("Begin with `engine: mysql 8.4`."))
		return
	}
	values := r.keys(entries, r.keyNames())
	for _, key := range configKeys() {
		if v, ok := values[key.name]; ok {
			key.read(r, v)
		}
	}
}

// keyNames are the keys that this layer may have.
func (r *layerReader) keyNames() []string {
	var names []string
	for _, key := range configKeys() {
		if key.name != "required" || r.layer.Name == OrganisationLayer {
			names = append(names, key.name)
		}
	}
	return names
}

// keys returns the values by key, and reports keys that are not valid.
func (r *layerReader) keys(entries []*ast.MappingValueNode, valid []string) map[string]ast.Node {
	values := make(map[string]ast.Node, len(entries))
	for _, e := range entries {
		name := nameOf(e.Key)
		if slices.Contains(valid, name) {
			values[name] = e.Value
			continue
		}
		switch name {
		case "required":
			r.wrong(e.Key, Msg("The key `required` is only for the organisation's configuration."), Msg("Write these rules below `rules`."))
		default:
			r.wrong(e.Key, Msg("There is no key `%s` here.", name), didYouMean(name, valid))
		}
	}
	return values
}

// choice reads a text that must be one of a few.
func (r *layerReader) choice(key string, n ast.Node, valid []string) (string, bool) {
	s, ok := r.text(key, n)
	if ok && !slices.Contains(valid, s) {
		r.wrong(n, Msg("`%s` can't be `%s`.", key, s), didYouMean(s, valid))
		return "", false
	}
	return s, ok
}

func (r *layerReader) engine(n ast.Node) {
	s, ok := r.text("engine", n)
	if !ok {
		return
	}
	e, err := ddlparse.ParseEngine(s)
	if err != nil {
		r.wrong(n, Msg("`engine` can't be `%s`: %s.", s, err.Error()), engineAdvice(s))
		return
	}
	r.config.Engine = e
	r.set("engine", n)
}

func engineAdvice(s string) Message {
	kind, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(s)), " ")
	kinds := []string{string(ddlparse.MySQL), string(ddlparse.MariaDB), string(ddlparse.TiDB), string(ddlparse.Aurora)}
	if near := prompts.Nearest(kind, kinds); near != "" && !slices.Contains(kinds, kind) {
		return Msg("Did you mean `%s`?", near)
	}
	return Message{}
}

func (r *layerReader) language(n ast.Node) {
	if s, ok := r.choice("language", n, languages); ok {
		r.config.Language = s
		r.set("language", n)
	}
}

func (r *layerReader) lowerCaseTableNames(n ast.Node) {
	i, ok := r.number("lower_case_table_names", n)
	if !ok {
		return
	}
	if i < 0 || i > 2 {
		r.wrong(n, Msg("`lower_case_table_names` can't be %d.", i), Msg("Write what `SELECT @@lower_case_table_names` gives on the server: 0, 1 or 2."))
		return
	}
	r.config.LowerCaseTableNames = i
	r.set("lower_case_table_names", n)
}

func (r *layerReader) failOn(n ast.Node) {
	s, ok := r.choice("fail_on", n, failOns)
	if !ok {
		return
	}
	r.config.FailOn = Off
	if s != "never" {
		r.config.FailOn, _ = ParseSeverity(s)
	}
	r.set("fail_on", n)
}

// migrations replaces the list: a repository's layout has nothing to do with other ones.
func (r *layerReader) migrations(n ast.Node) {
	items, ok := r.items("migrations", n)
	if !ok {
		return
	}
	r.config.Migrations = nil
	for _, item := range items {
		if m, ok := r.migrationFiles(item); ok {
			r.config.Migrations = append(r.config.Migrations, m)
		}
	}
	r.set("migrations", n)
}

func (r *layerReader) migrationFiles(n ast.Node) (m MigrationFiles, ok bool) {
	values := r.keys(r.entries("migrations", n), []string{"path", "tool"})
	if v, has := values["tool"]; has {
		tool, _ := r.choice("tool", v, tools)
		m.Tool = ddlparse.Tool(tool)
	}
	v, has := values["path"]
	if !has {
		if _, mapping := entriesOf(n); mapping {
			r.wrong(n, Msg("This entry of `migrations` has no `path`."), Msg("Write `path: \"db/migrations/*.sql\"`."))
		}
		return m, false
	}
	m.Path, ok = r.fileGlob("path", v)
	return m, ok
}

// fileGlob reads a glob over files of the repository.
func (r *layerReader) fileGlob(key string, n ast.Node) (string, bool) {
	s, ok := r.glob(key, n, doublestar.ValidatePattern)
	if ok && strings.HasPrefix(s, "/") {
		r.wrong(n, Msg("`%s` begins with a slash, but paths are relative to the repository.", key), Msg("Write `%s`.", strings.TrimLeft(s, "/")))
		return "", false
	}
	return strings.TrimPrefix(s, "./"), ok
}

func (r *layerReader) glob(key string, n ast.Node, valid func(string) bool) (string, bool) {
	s, ok := r.filledText(key, n)
	if ok && !valid(s) {
		r.wrong(n, Msg("`%s` is not a glob: `%s`.", key, s), Msg("`*` stands for any text, `?` for one character, `[a-z]` for one of a range; brackets must be closed."))
		return "", false
	}
	return s, ok
}

func (r *layerReader) ai(n ast.Node) {
	values := r.keys(r.entries("ai", n), []string{"enabled", "guidelines", "max_comments"})
	if v, has := values["enabled"]; has {
		r.onOff("enabled", "ai.enabled", &r.config.AI.Enabled, v)
	}
	if v, has := values["guidelines"]; has {
		if s, ok := r.fileGlob("guidelines", v); ok {
			r.config.AI.Guidelines = s
			r.set("ai.guidelines", v)
		}
	}
	if v, has := values["max_comments"]; has {
		r.count("max_comments", "ai.max_comments", &r.config.AI.MaxComments, v)
	}
}

// count reads a number from 0 into its place.
func (r *layerReader) count(key, path string, into *int, n ast.Node) {
	i, ok := r.number(key, n)
	if ok && i < 0 {
		r.wrong(n, Msg("`%s` can't be %d.", key, i), Msg("Write 0 for none, or a larger number."))
		return
	}
	if ok {
		*into = i
		r.set(path, n)
	}
}

// onOff reads true or false into its place.
func (r *layerReader) onOff(key, path string, into *bool, n ast.Node) {
	if b, ok := r.boolean(key, n); ok {
		*into = b
		r.set(path, n)
	}
}
