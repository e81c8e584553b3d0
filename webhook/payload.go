package webhook

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// payload is the little that is read of a delivery, whatever its event. What GitHub leaves out stays
// zero; what it adds is passed over.
// https://docs.github.com/webhooks/webhook-events-and-payloads
type payload struct {
	Action       string `json:"action"`
	Installation struct {
		ID int64 `json:"id"`
	} `json:"installation"`
	Repository repositoryPayload `json:"repository"`
	Sender     struct {
		Login string `json:"login"`
		Type  string `json:"type"`
	} `json:"sender"`
	PullRequest pullPayload       `json:"pull_request"`
	Changes     changesPayload    `json:"changes"`
	CheckRun    checkPayload      `json:"check_run"`
	CheckSuite  checkPayload      `json:"check_suite"`
	MergeGroup  mergeGroupPayload `json:"merge_group"`
}

type repositoryPayload struct {
	ID    int64  `json:"id"`
	Name  string `json:"name"`
	Owner struct {
		Login string `json:"login"`
	} `json:"owner"`
}

type pullPayload struct {
	Number int           `json:"number"`
	Head   commitPayload `json:"head"`
	Base   commitPayload `json:"base"`
}

type commitPayload struct {
	SHA  string            `json:"sha"`
	Repo repositoryPayload `json:"repo"`
}

// changesPayload tells what an edit changed. A change of the base branch has "base", with what it was.
type changesPayload struct {
	Base *struct{} `json:"base"`
}

// checkPayload is a check run or a check suite.
type checkPayload struct {
	HeadSHA    string `json:"head_sha"`
	HeadBranch string `json:"head_branch"` // of a suite
	ExternalID string `json:"external_id"` // of a run
	App        struct {
		ID int64 `json:"id"`
	} `json:"app"`
	PullRequests []pullPayload `json:"pull_requests"`
}

type mergeGroupPayload struct {
	HeadSHA string `json:"head_sha"`
	BaseSHA string `json:"base_sha"`
	BaseRef string `json:"base_ref"`
}

// payloadError says what is wrong with a body, in a sentence for whoever sent it.
type payloadError struct{ sentence string }

func (e *payloadError) Error() string { return e.sentence }

func readPayload(body []byte) (*payload, error) {
	var p payload
	err := json.Unmarshal(body, &p)
	var (
		syntax *json.SyntaxError
		kind   *json.UnmarshalTypeError
	)
	switch {
	case err == nil:
		return &p, nil
	case errors.As(err, &syntax):
		return nil, &payloadError{fmt.Sprintf("The body is not valid JSON: %s at byte %d.", syntax, syntax.Offset)}
	case errors.As(err, &kind):
		return nil, &payloadError{fmt.Sprintf("The payload's %s is a %s, want another type.", kind.Field, kind.Value)}
	}
	return nil, &payloadError{"The body can't be read as a payload."}
}

// job is the part of a job that all events of a repository have in common.
func (p *payload) job() Job {
	return Job{Installation: p.Installation.ID, Owner: p.Repository.Owner.Login, Repo: p.Repository.Name}
}

// repo is "owner/name", "" when the event is not about one.
func (p *payload) repo() string {
	if p.Repository.Name == "" {
		return ""
	}
	return p.Repository.Owner.Login + "/" + p.Repository.Name
}

// fromBot reports whether a program caused the event: other Apps, GitHub's own, and we ourselves. No
// person's login has brackets.
func (p *payload) fromBot() bool {
	return p.Sender.Type == "Bot" || strings.HasSuffix(p.Sender.Login, "[bot]")
}

// pulls are the pull requests of a check. GitHub lists those of other repositories too where a
// branch of this one is the head: they are none of this installation's business.
func (p *payload) pulls(c checkPayload) (numbers []int) {
	for _, pull := range c.PullRequests {
		here := pull.Base.Repo.ID == 0 || pull.Base.Repo.ID == p.Repository.ID
		if here && pull.Number > 0 {
			numbers = append(numbers, pull.Number)
		}
	}
	return numbers
}
