package standin

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
)

func getApp(q *request) *answer {
	v := q.app.view()
	v["installations_count"] = len(q.app.installations())
	return ok(v)
}

func listInstallations(q *request) *answer {
	_, a := paged(q, q.app.installations(), func(i *Installation) any { return i.view() })
	return a
}

// theInstallation is the one that the path names, nil when it is none of the App's.
func (q *request) theInstallation() *Installation {
	i := q.g.installs[q.number("installation_id")]
	if i == nil || i.app != q.app {
		return nil
	}
	return i
}

func getInstallation(q *request) *answer {
	if i := q.theInstallation(); i != nil {
		return ok(i.view())
	}
	return notFound()
}

func repoInstallation(q *request) *answer {
	r := q.g.repos[strings.ToLower(q.PathValue("owner")+"/"+q.PathValue("repo"))]
	if r == nil || q.app.installation(r) == nil {
		return notFound()
	}
	return ok(q.app.installation(r).view())
}

// createToken makes an installation token, narrowed as asked.
// https://docs.github.com/rest/apps/apps#create-an-installation-access-token-for-an-app
func createToken(q *request) *answer {
	i := q.theInstallation()
	switch {
	case i == nil:
		return notFound()
	case !i.suspended.IsZero():
		return refusal(http.StatusForbidden, "This installation has been suspended")
	}
	var in struct {
		Repositories  []string          `json:"repositories"`
		RepositoryIDs []int64           `json:"repository_ids"`
		Permissions   map[string]string `json:"permissions"`
	}
	if len(q.body) > 0 {
		if no := q.read(&in); no != nil {
			return no
		}
	}
	t := &token{installation: i, expires: q.g.Clock.Now().Add(lifetime), permissions: maps.Clone(i.permissions)}
	if no := t.narrow(in.Permissions); no != nil {
		return no
	}
	if no := t.only(in.Repositories, in.RepositoryIDs); no != nil {
		return no
	}
	secret := "ghs_" + random(18)
	q.g.tokens[secret] = t
	selection := "all"
	v := obj{"token": secret, "expires_at": stamp(t.expires), "permissions": t.permissions}
	if i.selected != nil || t.repos != nil {
		selection = "selected"
		repos := list{}
		for _, r := range t.repos {
			repos = append(repos, r.view())
		}
		v["repositories"] = repos
	}
	v["repository_selection"] = selection
	return created(v)
}

// narrow keeps the permissions asked for; more than was granted is refused.
func (t *token) narrow(asked map[string]string) *answer {
	if len(asked) == 0 {
		return nil
	}
	for name, level := range asked {
		if !t.may(name, level) {
			return refusal(http.StatusUnprocessableEntity, "The permissions requested are not granted to this installation.")
		}
	}
	narrowed := maps.Clone(asked)
	narrowed["metadata"] = "read"
	t.permissions = narrowed
	return nil
}

// only keeps the repositories asked for.
func (t *token) only(names []string, ids []int64) *answer {
	for _, r := range t.installation.repositories() {
		if slices.Contains(names, r.Name) || slices.Contains(ids, r.ID) {
			t.repos = append(t.repos, r)
		}
	}
	if len(t.repos) < max(len(names), len(ids)) {
		return refusal(http.StatusUnprocessableEntity, "There is at least one repository that does not exist or is not accessible to the parent installation.")
	}
	return nil
}

func revokeToken(q *request) *answer {
	maps.DeleteFunc(q.g.tokens, func(_ string, t *token) bool { return t == q.token })
	return none()
}

func listRepositories(q *request) *answer {
	all := slices.DeleteFunc(q.token.installation.repositories(), func(r *Repository) bool { return !q.token.sees(r) })
	views, a := paged(q, all, func(r *Repository) any { return r.view() })
	a.body = obj{"total_count": len(all), "repositories": views}
	return a
}

// conversion is what a manifest's code is exchanged for.
type conversion struct{ app *App }

// Manifest is a person registering an App from a manifest: the code is good for one exchange.
func (g *GitHub) Manifest(o AppOptions) (code string) {
	a := g.NewApp(o)
	g.mu.Lock()
	defer g.mu.Unlock()
	code = random(20)
	g.codes[code] = &conversion{app: a}
	return code
}

func convertManifest(q *request) *answer {
	c := q.g.codes[q.PathValue("code")]
	if c == nil || q.g.Clock.Now().Sub(c.app.created) > lifetime {
		return notFound()
	}
	delete(q.g.codes, q.PathValue("code"))
	v := c.app.view()
	v["client_id"], v["client_secret"] = fmt.Sprintf("Iv1.%016x", c.app.ID), random(20)
	v["webhook_secret"], v["pem"] = c.app.Secret, string(c.app.KeyPEM)
	return created(v)
}

func rateLimit(q *request) *answer {
	if q.g.meter.limits.Hour < 0 {
		return refusal(http.StatusNotFound, "Rate limiting is not enabled.")
	}
	rate := map[string]int64{}
	for key, n := range q.g.meter.rate(q.g.meter.of(q.token.installation.ID, q.g.Clock.Now())) {
		rate[strings.ToLower(key)] = n
	}
	return ok(obj{"rate": rate, "resources": obj{"core": rate, "search": rate, "graphql": rate}})
}

func meta(*request) *answer {
	return ok(obj{"verifiable_password_authentication": false, "hooks": list{"192.30.252.0/22", "127.0.0.0/8"}})
}

func hookConfig(q *request) *answer {
	return ok(obj{"content_type": "json", "insecure_ssl": "0", "secret": "********", "url": q.app.url})
}

func updateHookConfig(q *request) *answer {
	var in struct{ URL, Secret string }
	if no := q.read(&in); no != nil {
		return no
	}
	if in.URL != "" {
		q.app.url = in.URL
	}
	if in.Secret != "" {
		q.app.Secret = in.Secret
	}
	return hookConfig(q)
}

func (d *delivery) view() obj {
	v := obj{
		"id": d.ID, "guid": d.GUID, "delivered_at": d.At.UTC().Format("2006-01-02T15:04:05.000Z"), "redelivery": d.Redelivery, "duration": d.Took.Seconds(),
		"status": d.Status, "status_code": d.StatusCode, "event": d.Event, "action": or(d.Action),
		"installation_id": nil, "repository_id": nil, "throttled_at": nil,
	}
	if d.Installation != 0 {
		v["installation_id"] = d.Installation
	}
	if d.Repository != 0 {
		v["repository_id"] = d.Repository
	}
	return v
}

// listDeliveries goes by cursor, newest first.
// https://docs.github.com/rest/apps/webhooks#list-deliveries-for-an-app-webhook
func listDeliveries(q *request) *answer {
	_, _, _, size := q.window(0, 30, 100)
	cursor := q.URL.Query().Get("cursor")
	out := list{}
	for _, d := range slices.Backward(q.app.deliveries) {
		if d.under || cursor != "" && d.cursor() > cursor {
			continue
		}
		if len(out) == size {
			return ok(out).set("Link", fmt.Sprintf("<%s?per_page=%d&cursor=%s>; rel=\"next\"", q.g.api("/app/hook/deliveries"), size, d.cursor()))
		}
		out = append(out, d.view())
	}
	return ok(out)
}

// cursor sorts as the deliveries do.
func (d *delivery) cursor() string { return fmt.Sprintf("v1_%020d", d.ID) }

func (q *request) theDelivery() *delivery {
	for _, d := range q.app.deliveries {
		if d.ID == q.number("delivery_id") {
			return d
		}
	}
	return nil
}

func getDelivery(q *request) *answer {
	d := q.theDelivery()
	if d == nil {
		return notFound()
	}
	v := d.view()
	v["url"] = q.app.url
	v["request"] = obj{"headers": d.request, "payload": rawJSON(d.Payload)}
	v["response"] = obj{"headers": d.answer, "payload": d.body}
	return ok(v)
}

// redeliver sends a delivery again; it is accepted at once and sent a little later.
func redeliver(q *request) *answer {
	d := q.theDelivery()
	if d == nil {
		return notFound()
	}
	q.app.again(d)
	return &answer{status: http.StatusAccepted, body: obj{}}
}
