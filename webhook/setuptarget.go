package webhook

import (
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
)

// What the form lets choose.
const (
	ownerOrganisation = "organisation"
	ownerPersonal     = "personal"
	keepFile          = "file"
	keepShow          = "show"
)

// formError is a sentence for the person at the form.
type formError string

func (e formError) Error() string { return string(e) }

// setupTarget is what the form says, as it was typed.
type setupTarget struct {
	Host         string // github.com, SUBDOMAIN.ghe.com or a GitHub Enterprise Server
	Owner        string // who owns the App: ownerOrganisation or ownerPersonal
	Organisation string
	WebhookURL   string
	Keep         string // where credentials go: keepFile or keepShow
}

func targetOf(r *http.Request) setupTarget {
	return setupTarget{
		Host:         strings.ToLower(strings.TrimSpace(r.PostFormValue("host"))),
		Owner:        r.PostFormValue("owner"),
		Organisation: strings.TrimSpace(r.PostFormValue("organisation")),
		WebhookURL:   strings.TrimSpace(r.PostFormValue("webhook_url")),
		Keep:         r.PostFormValue("keep"),
	}
}

// check brings what was typed into shape, or says what is wrong with it.
func (t *setupTarget) check() (err error) {
	if t.Owner != ownerOrganisation && t.Owner != ownerPersonal || t.Keep != keepFile && t.Keep != keepShow {
		return formError("Choose who owns the App, and where its credentials go.")
	}
	if t.Host, err = gitHubHost(t.Host); err != nil {
		return err
	}
	if t.Owner == ownerOrganisation && !accountName.MatchString(t.Organisation) {
		return formError("Give the organisation's name as it stands in its address: github.com/NAME.")
	}
	t.WebhookURL, err = webhookURL(t.WebhookURL, t.Host)
	return err
}

var (
	// https://docs.github.com/enterprise-cloud@latest/admin/identity-and-access-management/iam-configuration-reference/username-considerations-for-external-authentication
	accountName = regexp.MustCompile(`^[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?$`)
	hostName    = regexp.MustCompile(`^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::[0-9]{1,5})?$`)
)

// gitHubHost takes a host name, or its https address, and nothing else: the server is going to call it.
func gitHubHost(typed string) (string, error) {
	host := strings.TrimSuffix(strings.TrimPrefix(typed, "https://"), "/")
	if !hostName.MatchString(host) {
		return "", formError("Give GitHub's host name alone: github.com, or that of your GitHub Enterprise Server.")
	}
	name, _, _ := strings.Cut(host, ":")
	if ip, err := netip.ParseAddr(name); err == nil && (ip.IsLinkLocalUnicast() || ip.IsUnspecified() || ip.IsMulticast()) {
		return "", formError("No GitHub is at that address.")
	}
	if host == "www.github.com" || host == "api.github.com" {
		return "github.com", nil
	}
	return host, nil
}

// webhookURL checks the address that GitHub sends events to. Inside a company, GitHub Enterprise Server
// may have to do without TLS.
func webhookURL(typed, host string) (string, error) {
	u, err := url.Parse(typed)
	if err != nil || u.Host == "" || u.User != nil || u.Fragment != "" || u.RawQuery != "" {
		return "", formError("Give the whole webhook URL, such as https://schema-review.example.com/webhook.")
	}
	if u.Scheme != "https" && (u.Scheme != "http" || isCloud(host)) {
		return "", formError("The webhook URL has to begin with https://.")
	}
	if u.Path == "" || u.Path == "/" {
		u.Path = "/webhook"
	}
	return u.String(), nil
}

// isCloud tells GitHub's own hosts from GitHub Enterprise Server.
func isCloud(host string) bool { return host == "github.com" || strings.HasSuffix(host, ".ghe.com") }

// apis are the addresses of the REST and GraphQL APIs.
// https://docs.github.com/enterprise-server@latest/rest/using-the-rest-api/getting-started-with-the-rest-api
func (t setupTarget) apis() (rest, graphQL string) {
	if isCloud(t.Host) {
		return "https://api." + t.Host, "https://api." + t.Host + "/graphql"
	}
	return "https://" + t.Host + "/api/v3", "https://" + t.Host + "/api/graphql"
}

// registration is the page of GitHub that takes the manifest.
func (t setupTarget) registration(state string) string {
	at := "https://" + t.Host
	if t.Owner == ownerOrganisation {
		at += "/organizations/" + t.Organisation
	}
	return at + "/settings/apps/new?state=" + url.QueryEscape(state)
}

// appName is a name to begin with; GitHub's page lets change it, and takes at most 34 characters.
func (t setupTarget) appName() string {
	name := "schema-review"
	if t.Owner == ownerOrganisation {
		name += "-" + t.Organisation
	}
	return name[:min(len(name), 34)]
}
