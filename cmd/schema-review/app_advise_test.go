package main

import (
	"fmt"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review/bedrock/converse"
	"github.com/schema-review/schema-review/webhook/standin"
)

// What the model says and can be proven is posted with the rest, once; the check run says who was asked.
func TestAppAdvises(t *testing.T) {
	t.Parallel()
	m := newAdvisor(t, converse.Always(claiming(softDelete())))
	a := newAdvised(t, m, appOptions{})
	p := a.open(migration(2, append(members, dropNickname)...))
	run := a.says(p, "failure: 1 error, 1 design suggestion", "drop-column:7", "soft-delete-with-unique-key:3")
	has(t, "the check run", run.Summary, "MySQL 8.4", "Design suggestions by `"+advisingModel+"` with the prompts `", "15,000 tokens read, 400 written")
	if n := len(p.Reviews()); n != 1 {
		t.Errorf("%d reviews, want one with everything", n)
	}
	has(t, "the review", p.Reviews()[0].Body, advisingModel)
	if q := m.questions(); len(q) != 1 || q[0].Request.RequestMetadata["repo"] != "acme/shop" || q[0].Auth != "sigv4" {
		t.Errorf("%d questions: %+v", len(q), q)
	}
	for name, want := range map[string]float64{
		`model_questions_total answered`: 1, `model_claims_total kept`: 1, `model_tokens_total cache-read`: 6000, `model_tokens_total output`: 400,
		`model_calls_total ` + advisingModel: 1, `model_seconds_count ` + advisingModel: 1, `findings_total soft-delete-with-unique-key`: 1,
		`model_cost_total ` + advisingModel: (9000*3 + 400*15 + 6000*0.3) / 1e6,
	} {
		metric, labels, _ := strings.Cut(name, " ")
		if got := a.metric(metric, labels); got != want {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
}

// A model that takes longer than the wait doesn't hold up what rules found: that is said first, the rest is added.
func TestAppDoesNotWaitForTheModel(t *testing.T) {
	t.Parallel()
	ask, answer := gate(claiming(softDelete()))
	m := newAdvisor(t, ask)
	a := newAdvised(t, m, appOptions{}, "ADVICE_WAIT", "50ms")
	p := a.open(migration(2, append(members, dropNickname)...))
	said := a.meanwhileSays(p, "failure: 1 error", "drop-column:7")
	has(t, "the check run", said.Summary, "Design suggestions follow")
	close(answer)
	run := a.says(p, "failure: 1 error, 1 design suggestion", "drop-column:7", "soft-delete-with-unique-key:3")
	if run.ID != said.ID || strings.Contains(run.Summary, "follow") || !strings.Contains(run.Summary, advisingModel) {
		t.Errorf("check run %d, then %d:\n%s", said.ID, run.ID, run.Summary)
	}
	if r := p.Reviews(); len(r) != 2 || strings.Contains(r[1].Body, "mermaid") || !strings.Contains(r[1].Body, advisingModel) {
		t.Errorf("%d reviews, the last one says:\n%s", len(r), r[len(r)-1].Body)
	}
	if n := len(m.questions()); n != 1 {
		t.Errorf("%d questions, want 1", n)
	}
}

// Who waits for a model lets others work: with one worker, the second review doesn't wait for the first one's model.
func TestAppWorksWhileItWaits(t *testing.T) {
	t.Parallel()
	ask, answer := gate(claiming())
	a := newAdvised(t, newAdvisor(t, ask), appOptions{}, "WORKERS", "1", "ADVICE_WAIT", "50ms")
	first, second := a.open(migration(2, members...)), a.open(migration(3, members...))
	for _, p := range []*standin.Pull{first, second} {
		a.meanwhileSays(p, "success: No problems in 1 statement")
	}
	close(answer)
	a.says(first, "success: No problems in 1 statement")
	a.says(second, "success: No problems in 1 statement")
}

// gate is a model that answers when it is told to.
func gate(r converse.Reply) (ask converse.Script, answer chan struct{}) {
	answer = make(chan struct{})
	return func(converse.Call) converse.Reply { <-answer; return r }, answer
}

// meanwhileSays waits for what is said before the model has answered.
func (a *app) meanwhileSays(p *standin.Pull, verdict string, comments ...string) standin.CheckRun {
	a.t.Helper()
	var run standin.CheckRun
	eventually(a.t, a.serve, "what rules found is said", func() bool {
		runs := a.repo.CheckRuns(p.State().Head)
		if len(runs) > 0 {
			run = runs[len(runs)-1]
		}
		return run.Status == "completed"
	})
	if got := run.Conclusion + ": " + run.Title; got != verdict {
		a.t.Fatalf("got %q, want %q:\n%s", got, verdict, run.Summary)
	}
	if got := commentsOf(a.t, p); strings.Join(got, " ") != strings.Join(comments, " ") {
		a.t.Fatalf("got %v, want %v", got, comments)
	}
	return run
}

// Whatever is wrong with the model, what rules found is said in time, with a sentence about what is missing; a re-run gets it.
func TestAppWithoutAnAnswer(t *testing.T) {
	t.Parallel()
	cut := claiming(softDelete())
	cut.JSON, cut.Stop = cut.JSON[:len(cut.JSON)/2], "max_tokens"
	stopped := converse.Words("I can't help with that.")
	stopped.Stop = "guardrail_intervened"
	late := claiming(softDelete())
	late.Wait = 5 * time.Second
	for name, tt := range map[string]struct {
		reply    converse.Reply
		settings []string
		says     string
		outcome  string
	}{
		"denied":        {converse.Throw("AccessDeniedException", "no"), nil, "the model refused access", "denied"},
		"misconfigured": {converse.Throw("ResourceNotFoundException", "no such model"), nil, "the model is configured wrongly", "misconfigured"},
		"throttled":     {converse.Throw("ThrottlingException", "slow down"), []string{"BEDROCK_TIMEOUT", "1s"}, "Design suggestions are missing", ""},
		"timed out":     {late, []string{"BEDROCK_TIMEOUT", "1s"}, "the model took too long", "timed out"},
		"refused":       {stopped, nil, "declined to answer", "refused"},
		"truncated":     {cut, nil, "the model's answer was cut off", "truncated"},
		"malformed":     {converse.Words("All of it is fine!"), nil, "could not be read", "malformed"},
		"over budget":   {claiming(softDelete()), []string{"AI_DAILY_TOKENS", "100"}, "the budget for the model is used up", "over budget"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newAdvisor(t, converse.Always(tt.reply))
			a := newAdvised(t, m, appOptions{}, tt.settings...)
			p := a.open(migration(2, append(members, dropNickname)...))
			run := a.says(p, "failure: 1 error", "drop-column:7")
			has(t, "the check run", run.Summary, tt.says, "re-run")
			if tt.outcome != "" && a.metric("model_questions_total", `"`+tt.outcome+`"`) != 1 {
				t.Errorf("no question is counted as %s", tt.outcome)
			}
			if tt.outcome == "over budget" {
				if n := len(m.questions()); n > 0 {
					t.Errorf("%d questions beyond the budget", n)
				}
				return
			}
			m.says(converse.Always(claiming(softDelete())))
			a.repo.Rerun(run.ID, "ana")
			a.says(p, "failure: 1 error, 1 design suggestion", "drop-column:7", "soft-delete-with-unique-key:3")
		})
	}
}

// A kill while the model is asked loses nothing and repeats nothing, wherever the review is.
func TestAppIsKilledWhileTheModelThinks(t *testing.T) {
	t.Parallel()
	for name, wait := range map[string]string{"before anything is said": "60s", "after what rules found is said": "50ms"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ask, answer := gate(claiming(softDelete()))
			m := newAdvisor(t, ask)
			a := newAdvised(t, m, appOptions{}, "ADVICE_WAIT", wait)
			p := a.open(migration(2, append(members, dropNickname)...))
			if wait == "60s" {
				eventually(t, a.serve, "the model is asked", func() bool { return len(m.questions()) > 0 })
			} else {
				a.meanwhileSays(p, "failure: 1 error", "drop-column:7")
			}
			a.serve.stop(syscall.SIGKILL)
			close(answer)
			a.serve.start(t)
			a.settle()
			has(t, "the comments", strings.Join(commentsOf(t, p), " "), "drop-column:7", "soft-delete-with-unique-key:3")
			run := a.checked(p.State().Head, "failure: 1 error, 1 design suggestion")
			if n := len(a.repo.CheckRuns(p.State().Head)); n != 1 || len(p.Threads()) != 2 || strings.Contains(run.Summary, "follow") {
				t.Errorf("%d check runs, %d comments; the last check run says\n%s", n, len(p.Threads()), run.Summary)
			}
		})
	}
}

// Killed again and again, at any moment and over several commits: each thing is said once.
func TestAppIsKilledAgainAndAgain(t *testing.T) {
	t.Parallel()
	late := claiming(softDelete())
	late.Wait = 60 * time.Millisecond
	a := newAdvised(t, newAdvisor(t, converse.Always(late)), appOptions{}, "ADVICE_WAIT", "20ms", "CATCH_UP_INTERVAL", "1s")
	p := a.open(migration(2, append(members, dropNickname)...))
	for i := range 10 {
		time.Sleep(time.Duration(40+37*i) * time.Millisecond)
		a.serve.stop(syscall.SIGKILL)
		if i%4 == 3 {
			p.Push(migration(3, fmt.Sprintf("ALTER TABLE users ADD COLUMN age_%d INT;", i)))
		}
		a.serve.start(t)
	}
	a.eventually(p, "failure: 1 error, 1 design suggestion", "drop-column:7", "soft-delete-with-unique-key:3")
	if n := len(a.repo.CheckRuns(p.State().Head)); n != 1 {
		t.Errorf("%d check runs of the head", n)
	}
}

// A push while the model thinks: what it says of the older commit is not posted, and its verdict stays.
func TestAppLetsTheNewestHeadWinWithAModel(t *testing.T) {
	t.Parallel()
	ask, answer := gate(claiming(softDelete()))
	m := newAdvisor(t, ask)
	a := newAdvised(t, m, appOptions{}, "ADVICE_WAIT", "50ms")
	p := a.open(migration(2, append(members, dropNickname)...))
	head := p.State().Head
	a.meanwhileSays(p, "failure: 1 error", "drop-column:7")
	m.says(converse.Always(claiming()))
	p.Push(migration(2, members...))
	a.says(p, "success: No problems in 1 statement", "drop-column fixed hidden")
	close(answer)
	a.says(p, "success: No problems in 1 statement", "drop-column fixed hidden")
	for _, run := range a.repo.CheckRuns(head) {
		if run.Conclusion != "failure" {
			t.Errorf("the older commit's check run says %s: %s", run.Conclusion, run.Title)
		}
	}
}

// What was suggested once stays one comment, whatever the model says of the same object later.
func TestAppSaysASuggestionOnce(t *testing.T) {
	t.Parallel()
	m := newAdvisor(t, converse.Always(claiming(softDelete())))
	a := newAdvised(t, m, appOptions{})
	p := a.open(migration(2, members...))
	const comment = "soft-delete-with-unique-key:3"
	a.says(p, "success: No problems, 1 design suggestion", comment)
	was := a.comment(p)

	p.Push(files{"README.md": text("# Shop")})
	run := a.says(p, "success: No problems in 1 statement, earlier design suggestions: 1", comment)
	has(t, "the check run", run.Summary, "The model was not asked again: the migrations are those of ")
	if n := len(m.questions()); n != 1 {
		t.Errorf("%d questions: the same migrations were asked about again", n)
	}

	m.says(converse.Always(claiming(but(func(c *prompts.Claim) {
		c.Title, c.Consequence = "Left for good", "In other words: somebody who left can't come back with the address in `members.email`."
	}))))
	p.Push(migration(3, addAge))
	a.says(p, "success: No problems, 1 design suggestion", comment)
	m.says(converse.Always(claiming()))
	p.Push(migration(3, addAge, "ALTER TABLE users ADD COLUMN score INT;"))
	a.settle()
	has(t, "the comments", commentsOf(t, p)[0], comment)
	if again := a.comment(p); again.ID != was.ID || visible(again.Body) != visible(was.Body) {
		t.Errorf("the comment was changed:\n%s\nto\n%s", was.Body, again.Body)
	}
}

// A change that is taken back brings back what was suggested of it: the comment was closed with the change.
func TestAppSuggestsAgainWhatComesBack(t *testing.T) {
	t.Parallel()
	m := newAdvisor(t, converse.Always(claiming(softDelete())))
	a := newAdvised(t, m, appOptions{})
	p := a.open(migration(2, members...))
	const comment = "soft-delete-with-unique-key:3"
	a.says(p, "success: No problems, 1 design suggestion", comment)

	m.says(converse.Always(claiming()))
	p.Push(migration(2, slices.Replace(slices.Clone(members), 2, 3, "  email VARCHAR(320) NOT NULL,")...))
	a.settle()
	has(t, "the comment on what was changed", commentsOf(t, p)[0], "hidden")

	m.says(converse.Always(claiming(softDelete())))
	p.Push(migration(2, members...))
	a.says(p, "success: No problems, 1 design suggestion", comment)
}

// visible is what people see of a comment.
func visible(body string) string {
	text, _, _ := strings.Cut(body, "<!--")
	return text
}

// A repository that doesn't want a model is not asked about, and neither are drafts and merge groups.
func TestAppAsksNoModelWhereNobodyWantsIt(t *testing.T) {
	t.Parallel()
	m := newAdvisor(t, converse.Always(claiming(softDelete())))
	a := newAdvised(t, m, appOptions{base: files{configPath: text("ai: {enabled: false}")}})
	run := a.says(a.open(migration(2, members...)), "success: No problems in 1 statement")
	if strings.Contains(run.Summary, "esign suggestion") {
		t.Errorf("the check run says\n%s", run.Summary)
	}
	a.repo.Commit("main", "Ask", files{configPath: text("ai: {enabled: true}")})
	p := a.repo.OpenPull(standin.PullOptions{Head: "draft", Draft: true, Files: migration(3, members...)})
	a.says(p, "neutral: Draft: not reviewed yet")
	if n := len(m.questions()); n > 0 {
		t.Fatalf("%d questions", n)
	}
	p.Ready()
	a.says(p, "success: No problems, 1 design suggestion", "soft-delete-with-unique-key:3")
	a.repo.Commit("main", "Meanwhile", migration(2, "CREATE TABLE other (id BIGINT PRIMARY KEY);"))
	a.checked(a.repo.Queue(p).Head, "success: No problems in 1 statement")
	if n := len(m.questions()); n != 1 {
		t.Errorf("%d questions, want the one about the pull request", n)
	}
}

// A review asks for no more than it may, and a repository for no more than its day allows; both are said.
func TestAppKeepsToBudgets(t *testing.T) {
	t.Parallel()
	t.Run("of a review", func(t *testing.T) {
		t.Parallel()
		m := newAdvisor(t, converse.Always(claiming(softDelete())))
		a := newAdvised(t, m, appOptions{}, "AI_REVIEW_TOKENS", "100")
		run := a.says(a.open(migration(2, members...)), "success: No problems in 1 statement")
		has(t, "the check run", run.Summary, "Some design suggestions are missing", "Not seen by the model:", "larger than the limit for one review")
		if n := len(m.questions()); n > 0 {
			t.Errorf("%d questions", n)
		}
	})
	t.Run("of a day", func(t *testing.T) {
		t.Parallel()
		expensive := claiming(softDelete())
		expensive.Usage = converse.Usage{Input: 25_000, Output: 400}
		m := newAdvisor(t, converse.Always(expensive))
		a := newAdvised(t, m, appOptions{}, "AI_DAILY_TOKENS", "30000")
		a.says(a.open(migration(2, members...)), "success: No problems, 1 design suggestion", "soft-delete-with-unique-key:3")
		a.restart(func() {})
		run := a.says(a.open(migration(3, members...)), "success: No problems in 1 statement")
		has(t, "the check run", run.Summary, "the budget for the model is used up")
		other := a.github.NewRepository("acme", "other")
		other.Commit("main", "The base", files{users: text("CREATE TABLE users (id BIGINT PRIMARY KEY);")})
		other.OpenPull(standin.PullOptions{Head: "x", Files: migration(2, members...)})
		a.settle()
		if n := len(m.questions()); n != 2 {
			t.Errorf("%d questions, want one for each repository", n)
		}
	})
}

// The model answers in the repository's language, or not at all.
func TestAppAdvisesInJapanese(t *testing.T) {
	t.Parallel()
	m := newAdvisor(t, converse.Always(claiming(but(func(c *prompts.Claim) {
		c.Title, c.Advice = "論理削除と一意キー", "有効な行だけが一意になるように、生成列を使います。"
		c.Consequence = "`deleted_at` を設定しても `members.email` は使われたままなので、退会した人は再登録できません。"
	}))))
	a := newAdvised(t, m, appOptions{base: files{configPath: text("language: ja")}})
	p := a.open(migration(2, members...))
	a.settle()
	if got := commentsOf(t, p); len(got) != 1 {
		t.Fatalf("%d comments; the program says:\n%s", len(got), a.serve.log())
	}
	has(t, "the comment", a.comment(p).Body, "論理削除と一意キー", "退会した人は再登録できません")
	run := a.repo.CheckRuns(p.State().Head)[0]
	has(t, "the check run", run.Summary, "設計の提案", advisingModel)
	m.says(converse.Always(claiming(softDelete())))
	q := a.open(migration(3, members...))
	a.settle()
	if n := len(q.Threads()); n != 0 || a.metric("model_claims_total", `"language"`) != 1 {
		t.Errorf("%d comments in English", n)
	}
	m.says(converse.Always(converse.Throw("AccessDeniedException", "no")))
	denied := a.open(migration(4, members...))
	a.settle()
	if said := a.repo.CheckRuns(denied.State().Head)[0].Summary; strings.Contains(said, "Design") || !strings.Contains(said, "設計の提案") {
		t.Errorf("the check run says\n%s", said)
	}
}

// Whoever opens a pull request from a fork need not have any rights here, so no model is paid for it before somebody
// who has them asks.
func TestAppAsksForForksOnRequest(t *testing.T) {
	t.Parallel()
	m := newAdvisor(t, converse.Always(claiming(softDelete())))
	a := newAdvised(t, m, appOptions{})
	p := a.repo.OpenPull(standin.PullOptions{Head: "change", Fork: "mallory", Author: "mallory", Files: migration(2, append(members, dropNickname)...)})
	run := a.says(p, "failure: 1 error", "drop-column:7")
	has(t, "the check run", run.Summary, "No model was asked, since the commits come from a fork.")
	if n := len(m.questions()); n != 0 {
		t.Fatalf("%d questions", n)
	}
	a.repo.Rerun(run.ID, "alice")
	a.says(p, "failure: 1 error, 1 design suggestion", "drop-column:7", "soft-delete-with-unique-key:3")
}
