package standin

import (
	"fmt"
	"strings"
)

// account is a person, an organisation or a bot.
type account struct {
	id    int64
	login string
	kind  string // "User", "Organization", "Bot"
	view  frozen
}

func (a *account) actor() Actor { return Actor{Login: a.login, ID: a.id, Type: a.kind} }

func (a *account) email() string {
	return fmt.Sprintf("%d+%s@users.noreply.github.com", a.id, a.login)
}

// NewOrganization makes an account for an organisation.
func (g *GitHub) NewOrganization(login string) Actor { return g.newAccount(login, "Organization") }

// NewUser makes an account for a person. People who do something before have one, too.
func (g *GitHub) NewUser(login string) Actor { return g.newAccount(login, "User") }

func (g *GitHub) newAccount(login, kind string) Actor {
	g.mu.Lock()
	defer g.mu.Unlock()
	a := g.account(login, kind)
	a.kind = kind
	return a.actor()
}

// account finds an account by its name, which knows no case, and makes it when there is none.
func (g *GitHub) account(login, kind string) *account {
	key := strings.ToLower(login)
	if a := g.accounts[key]; a != nil {
		return a
	}
	a := &account{id: g.id(), login: login, kind: kind}
	g.accounts[key] = a
	return a
}

// person is the account of somebody who does something.
func (g *GitHub) person(login string) *account {
	if login == "" {
		login = "octocat"
	}
	if strings.HasSuffix(login, "[bot]") {
		return g.account(login, "Bot")
	}
	return g.account(login, "User")
}
