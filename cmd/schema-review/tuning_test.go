package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review/bedrock/converse"
	"github.com/schema-review/schema-review/review/eval"
	"github.com/schema-review/schema-review/webhook/store"
	"golang.org/x/tools/txtar"
)

const tuningDoc = "../../docs/tuning.md"

func readTuningDoc(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(tuningDoc)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestTuningDoc does what the page tells a DBRE to do, in its order, with its files: in a repository, with a stand-in
// for Bedrock.
func TestTuningDoc(t *testing.T) {
	t.Parallel()
	doc := readTuningDoc(t)
	bedrock := converse.New(tuningModel)
	t.Cleanup(bedrock.Close)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "tuning.txtar"), tuningScript(t, doc), 0o600); err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 dir,
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			for name, value := range map[string]string{
				"HOME": e.WorkDir, "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "dbre", "GIT_AUTHOR_EMAIL": "dbre@example.com",
				"GIT_COMMITTER_NAME": "dbre", "GIT_COMMITTER_EMAIL": "dbre@example.com",
				"AWS_ENDPOINT_URL_BEDROCK_RUNTIME": bedrock.URL, "AWS_REGION": converse.Region, "AWS_EC2_METADATA_DISABLED": "true",
				"AWS_ACCESS_KEY_ID": converse.Key, "AWS_SECRET_ACCESS_KEY": converse.Secret,
				"BEDROCK_MODEL_ID": "jp.anthropic.claude-sonnet-4-6", "DATABASE_URL": "sqlite:" + filepath.Join(e.WorkDir, "serve.db"),
			} {
				e.Setenv(name, value)
			}
			s, err := store.Open(t.Context(), "sqlite:"+filepath.Join(e.WorkDir, "serve.db"), store.Options{})
			if err != nil {
				return err
			}
			s.Close()
			return nil
		},
	})
}

// tuningScript is the page as a script: a repository with an earlier guideline, a branch with a migration and the
// files of the page, and then its commands.
func tuningScript(t *testing.T, doc string) []byte {
	t.Helper()
	guideline, cases := fence(t, doc, "````markdown\n", "\n````\n"), fence(t, doc, "```text\n", "\n```\n")
	seats := fence(t, guideline, "```sql bad\n", "```")
	commands := shellCommands(doc)
	if len(commands) < 15 {
		t.Fatalf("got the commands %q, want those of the page", commands)
	}
	var script strings.Builder
	script.WriteString("cd repo\nexec git init -q -b main\nexec git add .\nexec git commit -q -m base\nexec git checkout -q -b holds\n" +
		"cp $WORK/new/guideline.md .github/schema-review/guidelines/hold-without-expiry.md\n" +
		"unquote $WORK/new/cases.txtar.quoted\n" +
		"cp $WORK/new/cases.txtar.quoted .github/schema-review/cases/hold-without-expiry.txtar\n" +
		"cp $WORK/new/V2__seat_holds.sql db/migration/V2__seat_holds.sql\n")
	for _, c := range commands {
		if !strings.HasPrefix(c, "cd ") {
			c = "exec " + c
		}
		script.WriteString(c + "\n")
		if strings.Contains(c, " eval add ") { // and label it
			script.WriteString("exec sed -i 's/^clean$/expect hold-without-expiry seat_holds/' .github/schema-review/cases/stock-holds.txtar\n")
		}
	}
	script.WriteString("! exec schema-review eval --prompts . --cases cases --runs 3 --replay answers --judge other\nstderr 'no recorded answer of other for case judge example hot-counter/good'\n" +
		"exec schema-review eval --prompts . --cases cases --runs 3 --replay answers --judge jp.amazon.nova-2-lite-v1:0 --format html --output eval.html\n" +
		"exec schema-review eval --prompts . --cases cases --runs 3 --replay answers --judge jp.amazon.nova-2-lite-v1:0\nstdout 'not calibrated: it agrees too little'\n")
	script.WriteString("exists feedback.html eval.html compare.html eval.md\n")
	return txtar.Format(&txtar.Archive{Comment: []byte(script.String()), Files: []txtar.File{
		{Name: "repo/db/migration/V1__seats.sql", Data: []byte("CREATE TABLE seats (id BIGINT UNSIGNED NOT NULL PRIMARY KEY COMMENT 'key') COMMENT 'seats';\n")},
		{Name: "repo/.github/schema-review/guidelines/hold-without-expiry.md", Data: []byte(strings.Replace(guideline, "A row holds", "A row keeps", 1))},
		{Name: "repo/.github/schema-review/cases/README.md", Data: []byte("Cases.\n")},
		{Name: "new/cases.txtar.quoted", Data: quoted(cases)},
		{Name: "new/guideline.md", Data: []byte(guideline)},
		{Name: "new/V2__seat_holds.sql", Data: []byte(seats)},
	}})
}

// quoted is an archive within an archive.
func quoted(archive string) []byte {
	return []byte(">" + strings.ReplaceAll(strings.TrimSuffix(archive, "\n"), "\n", "\n>") + "\n")
}

// fence is what stands in the first fence of a kind.
func fence(t *testing.T, doc, open, shut string) string {
	t.Helper()
	_, rest, found := strings.Cut(doc, open)
	text, _, closed := strings.Cut(rest, shut)
	if !found || !closed {
		t.Fatalf("there is no %q", open)
	}
	return text + "\n"
}

// shellCommands are the commands of a page in their order: those of its shell fences, and what a workflow runs of
// ours, in the workflow's folder.
func shellCommands(doc string) []string {
	var commands []string
	for _, found := range regexp.MustCompile("(?ms)^```(sh|yaml)\n(.*?)^```$").FindAllStringSubmatch(doc, -1) {
		for line := range strings.Lines(found[2]) {
			line = strings.TrimSpace(line)
			run, ours := strings.CutPrefix(line, "- run: schema-review ")
			switch {
			case found[1] == "sh":
				command, _, _ := strings.Cut(line, " # ")
				commands = append(commands, strings.TrimSpace(command))
			case ours:
				commands = append(commands, "cd .github/schema-review", "schema-review "+run)
			}
		}
	}
	return commands
}

// tuningModel sees holds that have no end, and finds every wording good. It is no model.
func tuningModel(c converse.Call) converse.Reply {
	if c.Operation == converse.CountTokens {
		return converse.Reply{Tokens: 1000}
	}
	asked := textOf(c.Request)
	if strings.Contains(asked, "<<<finding ") {
		return converse.Says(`{"notes":"Fine.","concrete":true,"correct":true,"actionable":true,"short":true,"language":true}`)
	}
	_, statements, _ := strings.Cut(asked, "<<<statements ")
	answer := prompts.Answer{Claims: []prompts.Claim{}}
	if table := heldTable.FindStringSubmatch(statements); table != nil && !strings.Contains(statements, "expires_at") {
		answer.Claims = append(answer.Claims, prompts.Claim{
			Guideline: "hold-without-expiry", Statement: "S1", Object: table[1], Quote: table[0], Confidence: "high", Title: "A hold has no end",
			Consequence: "An abandoned cart keeps what it holds for good.", Advice: "Add a column that says until when it counts.",
		})
	}
	data, err := json.Marshal(answer)
	if err != nil {
		return converse.Throw("InternalServerException", err.Error())
	}
	return converse.Says(string(data))
}

var heldTable = regexp.MustCompile(`CREATE TABLE (\w+_holds)`)

// TestTuningLinks: files and sections that the page links to are there.
func TestTuningLinks(t *testing.T) {
	t.Parallel()
	doc := readTuningDoc(t)
	for _, link := range regexp.MustCompile(`\]\(([^)]+)\)`).FindAllStringSubmatch(doc, -1) {
		file, section, _ := strings.Cut(link[1], "#")
		target := filepath.Join(filepath.Dir(tuningDoc), file)
		if file == "" {
			target = tuningDoc
		}
		info, err := os.Stat(target)
		if err != nil {
			t.Error(err)
			continue
		}
		if section != "" && !info.IsDir() && !hasSection(t, target, section) {
			t.Errorf("there is no section %s", link[1])
		}
	}
}

func hasSection(t *testing.T, file, section string) bool {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, heading := range regexp.MustCompile(`(?m)^#+ (.+)$`).FindAllStringSubmatch(string(data), -1) {
		anchor := regexp.MustCompile(`[^a-z0-9 -]`).ReplaceAllString(strings.ToLower(heading[1]), "")
		if strings.ReplaceAll(anchor, " ", "-") == section {
			return true
		}
	}
	return false
}

// TestTuningNumbers: what the page says of the judge is so.
func TestTuningNumbers(t *testing.T) {
	t.Parallel()
	doc := strings.Join(strings.Fields(readTuningDoc(t)), " ")
	examples, err := prompts.JudgeExamples()
	if err != nil {
		t.Fatal(err)
	}
	if len(examples) != 32 || eval.EnoughFiles != 6 || eval.JudgeAgreement != 0.8 || eval.JudgeKappa != 0.6 {
		t.Errorf("got %d examples, %d files, %v and %v: the page says otherwise", len(examples), eval.EnoughFiles, eval.JudgeAgreement, eval.JudgeKappa)
	}
	for _, want := range []string{"given 32 examples", "Under 80 % or a kappa of 0.6", "fewer than six case files"} {
		if !strings.Contains(doc, want) {
			t.Errorf("%q is gone", want)
		}
	}
}
