package github

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/google/go-github/v60/github"
	"github.com/schema-review/schema-review/review"
	"github.com/schema-review/schema-review/webhook"
)

const (
	// The organisation's configuration lies at the top of its repository .github.
	orgRepository = ".github"
	orgConfigPath = "schema-review.yml"
	orgTTL        = 5 * time.Minute
)

// organisation is what an organisation says for all its repositories.
type organisation struct {
	job     webhook.Job   // for its repository .github
	layer   *review.Layer // nil = there is none
	prompts string        // the tree of its prompts, "" = there is none
}

// org reads what the organisation says: nothing where it has no repository .github, or the App may not see it. It is
// looked for with one call in some minutes; what there is goes by git's names.
func (c *Client) org(ctx context.Context, j webhook.Job) (organisation, error) {
	key := orgKey{j.Installation, j.Owner}
	if kept, ok := c.orgs.get(key); ok && c.options.Now().Before(kept.until) {
		return kept.organisation, nil
	}
	org, err := c.readOrg(ctx, webhook.Job{Installation: j.Installation, Owner: j.Owner, Repo: orgRepository})
	if err != nil && !isRefused(err) {
		return org, fmt.Errorf("configuration of %s: %w", j.Owner, err)
	}
	c.orgs.put(key, keptOrg{org, c.options.Now().Add(orgTTL)})
	return org, nil
}

func (c *Client) readOrg(ctx context.Context, home webhook.Job) (organisation, error) {
	org := organisation{job: home}
	_, list, _, err := c.rest(home.Installation).Repositories.GetContents(ctx, home.Owner, home.Repo, "", nil)
	if hasStatus(err, http.StatusNotFound, http.StatusNotImplemented) {
		return org, nil
	}
	if err != nil {
		return org, c.classify(err)
	}
	for _, entry := range list {
		switch {
		case entry.GetType() == "dir" && entry.GetName() == orgPromptsFolder:
			org.prompts = entry.GetSHA()
		case entry.GetType() == "file" && entry.GetName() == orgConfigPath:
			org.layer, err = c.orgLayer(ctx, home, entry)
		}
	}
	return org, err
}

func (c *Client) orgLayer(ctx context.Context, home webhook.Job, file *github.RepositoryContent) (*review.Layer, error) {
	data, err := c.blob(ctx, home, blobRef{file.GetSHA(), int64(file.GetSize())})
	if err != nil {
		return nil, err
	}
	return &review.Layer{Name: review.OrganisationLayer, Path: home.FullName() + "/" + orgConfigPath, Data: data}, nil
}

// orgs keeps what organisations say for some minutes.
type orgs struct {
	mu  sync.Mutex
	all map[orgKey]keptOrg
}

type orgKey struct {
	installation int64
	owner        string
}

type keptOrg struct {
	organisation
	until time.Time
}

func (o *orgs) get(k orgKey) (keptOrg, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	kept, ok := o.all[k]
	return kept, ok
}

func (o *orgs) put(k orgKey, kept keptOrg) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.all == nil {
		o.all = map[orgKey]keptOrg{}
	}
	o.all[k] = kept
}
