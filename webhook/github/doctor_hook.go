package github

import (
	"context"
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
		x.wrong("webhook", x.p.Sprintf("the App has no webhook"), x.p.Sprintf("give it the URL of this server's POST /webhook, and a secret, at %s", x.settings()))
	case err != nil:
		x.wrong("webhook", x.p.Sprintf("its settings can't be read: %s", reason(err)), x.p.Sprintf("try again"))
	case hook.GetSecret() == "":
		x.wrong("webhook", x.p.Sprintf("%s has no secret: deliveries are refused", hook.GetURL()), x.p.Sprintf("set GITHUB_WEBHOOK_SECRET's value at %s", x.settings()))
	case hook.GetInsecureSSL() == "1":
		x.wrong("webhook", x.p.Sprintf("%s is used without looking at its certificate", hook.GetURL()), x.p.Sprintf("enable SSL verification at %s", x.settings()))
	default:
		x.ok("webhook", hook.GetURL())
	}
}

// recent is how far back deliveries are looked at.
const recent = 24 * time.Hour

// deliveries looks whether GitHub reaches us: the newest hundred tell.
func (x *examination) deliveries(ctx context.Context) {
	page, _, err := x.c.app().Apps.ListHookDeliveries(ctx, &github.ListCursorOptions{PerPage: perPage})
	if err != nil {
		x.wrong("deliveries", x.p.Sprintf("their list can't be read: %s", reason(err)), x.p.Sprintf("try again"))
		return
	}
	since := x.c.options.Now().Add(-recent)
	page = slices.DeleteFunc(page, func(d *github.HookDelivery) bool { return d.GetDeliveredAt().Before(since) })
	x.judge(page)
}

// judge goes by the newest attempt: what failed before was caught up, or will be.
func (x *examination) judge(newestFirst []*github.HookDelivery) {
	if len(newestFirst) == 0 {
		x.note("deliveries", x.p.Sprintf("none in the last day"), x.p.Sprintf("open a pull request, or redeliver an older one at %s/advanced", x.settings()))
		return
	}
	failed := 0
	for _, d := range newestFirst {
		if !delivered(d) {
			failed++
		}
	}
	last := newestFirst[0]
	switch {
	case !delivered(last):
		x.wrong("deliveries", x.p.Sprintf("%d of the last %d failed, the newest with %s", failed, len(newestFirst), x.ending(last)), x.remedy(last.GetStatusCode()))
	case failed > 0:
		x.note("deliveries", x.p.Sprintf("%d of the last %d failed, and the newest arrived", failed, len(newestFirst)),
			x.p.Sprintf("serve catches up with the others while it runs"))
	default:
		x.ok("deliveries", x.p.Sprintf("the last %d arrived", len(newestFirst)))
	}
}

func delivered(d *github.HookDelivery) bool {
	return d.GetStatusCode() >= 200 && d.GetStatusCode() < 300
}

func (x *examination) ending(d *github.HookDelivery) string {
	if d.GetStatusCode() == 0 {
		return x.p.Sprintf("no answer (%s)", d.GetStatus())
	}
	return x.p.Sprintf("status %d (%s)", d.GetStatusCode(), d.GetStatus())
}

// remedy is what usually helps when deliveries end with that status.
func (x *examination) remedy(code int) string {
	switch code {
	case 0:
		return x.p.Sprintf("let GitHub reach the webhook's URL: DNS, firewall, a certificate that it trusts, and serve running behind it")
	case http.StatusUnauthorized:
		return x.p.Sprintf("GITHUB_WEBHOOK_SECRET and the secret in the App's settings differ")
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		return x.p.Sprintf("the webhook's URL has to lead to POST /webhook of LISTEN_ADDR")
	case http.StatusRequestEntityTooLarge:
		return x.p.Sprintf("the proxy before serve has to let 25 MiB pass")
	case http.StatusServiceUnavailable:
		return x.p.Sprintf("serve or its database is not ready: see /readyz and the log")
	}
	return x.p.Sprintf("see the log of serve, and of the proxy before it")
}
