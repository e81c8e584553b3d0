package github

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/google/go-github/v60/github"
)

func inOrder(list []string) string {
	slices.Sort(list)
	return strings.Join(list, ", ")
}

// webhook looks at where GitHub delivers to.
func (x *examination) webhook(ctx context.Context) {
	hook, _, err := x.c.app().Apps.GetHookConfig(ctx)
	switch {
	case hasStatus(err, http.StatusNotFound), err == nil && hook.GetURL() == "":
		x.wrong("webhook", "the App has no webhook", "give it the URL of this server's POST /webhook, and a secret, at "+x.settings())
	case err != nil:
		x.wrong("webhook", "its settings can't be read: "+reason(err), "try again")
	case hook.GetSecret() == "":
		x.wrong("webhook", hook.GetURL()+" has no secret: deliveries are refused", "set GITHUB_WEBHOOK_SECRET's value at "+x.settings())
	case hook.GetInsecureSSL() == "1":
		x.wrong("webhook", hook.GetURL()+" is used without looking at its certificate", "enable SSL verification at "+x.settings())
	default:
		x.ok("webhook", "%s", hook.GetURL())
	}
}

// recent is how far back deliveries are looked at.
const recent = 24 * time.Hour

// deliveries looks whether GitHub reaches us: the newest hundred tell.
func (x *examination) deliveries(ctx context.Context) {
	page, _, err := x.c.app().Apps.ListHookDeliveries(ctx, &github.ListCursorOptions{PerPage: perPage})
	if err != nil {
		x.wrong("deliveries", "their list can't be read: "+reason(err), "try again")
		return
	}
	since := x.c.options.Now().Add(-recent)
	page = slices.DeleteFunc(page, func(d *github.HookDelivery) bool { return d.GetDeliveredAt().Before(since) })
	x.judge(page)
}

// judge goes by the newest attempt: what failed before was caught up, or will be.
func (x *examination) judge(newestFirst []*github.HookDelivery) {
	if len(newestFirst) == 0 {
		x.note("deliveries", "none in the last day", "open a pull request, or redeliver an older one at "+x.settings()+"/advanced")
		return
	}
	failed := 0
	for _, d := range newestFirst {
		if !delivered(d) {
			failed++
		}
	}
	last := newestFirst[0]
	counts := fmt.Sprintf("%d of the last %d failed", failed, len(newestFirst))
	switch {
	case !delivered(last):
		x.wrong("deliveries", fmt.Sprintf("%s, the newest with %s", counts, ending(last)), remedy(last.GetStatusCode()))
	case failed > 0:
		x.note("deliveries", counts+", and the newest arrived", "serve catches up with the others while it runs")
	default:
		x.ok("deliveries", "the last %d arrived", len(newestFirst))
	}
}

func delivered(d *github.HookDelivery) bool {
	return d.GetStatusCode() >= 200 && d.GetStatusCode() < 300
}

func ending(d *github.HookDelivery) string {
	if d.GetStatusCode() == 0 {
		return "no answer (" + d.GetStatus() + ")"
	}
	return fmt.Sprintf("status %d (%s)", d.GetStatusCode(), d.GetStatus())
}

// remedy is what usually helps when deliveries end with that status.
func remedy(code int) string {
	switch code {
	case 0:
		return "let GitHub reach the webhook's URL: DNS, firewall, a certificate that it trusts, and serve running behind it"
	case http.StatusUnauthorized:
		return "GITHUB_WEBHOOK_SECRET and the secret in the App's settings differ"
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		return "the webhook's URL has to lead to POST /webhook of LISTEN_ADDR"
	case http.StatusRequestEntityTooLarge:
		return "the proxy before serve has to let 25 MiB pass"
	case http.StatusServiceUnavailable:
		return "serve or its database is not ready: see /readyz and the log"
	}
	return "see the log of serve, and of the proxy before it"
}
