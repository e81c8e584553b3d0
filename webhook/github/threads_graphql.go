package github

import (
	"context"
	"strings"
	"time"
)

// The conversations at lines, and the reviews: what a query asks for beside the head, which tells whether
// a newer commit was pushed. Reactions are asked for of a conversation's first comment alone: of all, the query would
// count as 20 and not as 3.
// https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
const (
	threadsFields = `reviewThreads(first:100,after:$threads){pageInfo{hasNextPage endCursor}nodes{
isResolved line startLine path
root:comments(first:1){nodes{createdAt reactionGroups{content reactors(first:20){totalCount nodes{__typename}}}}}
comments(first:20){totalCount nodes{id fullDatabaseId body state isMinimized author{__typename login}}}}}
`
	reviewsFields = `reviews(first:100,after:$reviews){pageInfo{hasNextPage endCursor}nodes{
fullDatabaseId state body author{__typename login}}}
`
)

func threadsQuery(threads, reviews, id bool) string {
	arguments, fields := "$owner:String!,$repo:String!,$number:Int!", "headRefOid state\n"
	if id {
		fields += "fullDatabaseId\n"
	}
	if threads {
		arguments, fields = arguments+",$threads:String", fields+threadsFields
	}
	if reviews {
		arguments, fields = arguments+",$reviews:String", fields+reviewsFields
	}
	return strings.Join([]string{"query(", arguments, "){repository(owner:$owner,name:$repo){pullRequest(number:$number){\n", fields, "}}}"}, "")
}

type threadsAnswer struct {
	Repository struct {
		PullRequest struct {
			HeadRefOid    string
			DatabaseID    int64  `json:"fullDatabaseId,string"`
			State         string // "OPEN", "CLOSED", "MERGED"
			ReviewThreads page[threadNode]
			Reviews       page[reviewNode]
		}
	}
}

type page[T any] struct {
	PageInfo struct {
		HasNextPage bool
		EndCursor   string
	}
	Nodes []T
}

type threadNode struct {
	IsResolved      bool
	Line, StartLine int
	Path            string
	Root            struct{ Nodes []rootNode }
	Comments        struct {
		TotalCount int
		Nodes      []commentNode
	}
}

type commentNode struct {
	ID          string
	DatabaseID  int64 `json:"fullDatabaseId,string"` // databaseId ends at 2,147,483,647
	Body        string
	State       string // "PENDING": of a draft, which only we see
	IsMinimized bool
	Author      *authorNode
}

// rootNode is what is read of a conversation's first comment alone.
type rootNode struct {
	CreatedAt      time.Time
	ReactionGroups []struct {
		Content  string // "THUMBS_UP", "THUMBS_DOWN"
		Reactors struct {
			TotalCount int
			Nodes      []struct {
				Typename string `json:"__typename"`
			}
		}
	}
}

// people counts those who reacted so, without bots among the first twenty: ours and others' are no opinion.
func (n rootNode) people(content string) (count int) {
	for _, g := range n.ReactionGroups {
		if g.Content != content {
			continue
		}
		count = g.Reactors.TotalCount
		for _, r := range g.Reactors.Nodes {
			if r.Typename == "Bot" {
				count--
			}
		}
	}
	return count
}

type reviewNode struct {
	DatabaseID int64 `json:"fullDatabaseId,string"`
	State      string
	Body       string
	Author     *authorNode
}

type authorNode struct {
	Typename string `json:"__typename"`
	Login    string
}

// by is what somebody wrote; accounts that were deleted have no author.
func (a *authorNode) by(body string) wrote {
	if a == nil {
		return wrote{body: body}
	}
	return wrote{bot: a.Typename == "Bot", login: a.Login, body: body}
}

// readGraphQL reads the conversation, a page of threads and one of reviews a call.
func (c *Client) readGraphQL(ctx context.Context, e *eavesdrop) error {
	t := e.target
	variables := map[string]any{"owner": t.Owner, "repo": t.Repo, "number": t.Number, "threads": nil, "reviews": nil}
	for threads, reviews := true, true; threads || reviews; {
		var answer threadsAnswer
		if err := c.graphql(ctx, t.Installation, threadsQuery(threads, reviews, t.PullID == 0), variables, &answer); err != nil {
			return err
		}
		pull := answer.Repository.PullRequest
		e.talk.head, e.talk.past.seesHidden = pull.HeadRefOid, true
		e.talk.merged = pull.State == "MERGED"
		e.talk.closed = pull.State == "CLOSED" || e.talk.merged
		if t.PullID == 0 {
			e.about(pull.DatabaseID)
		}
		for _, n := range pull.ReviewThreads.Nodes {
			e.threadNode(n)
		}
		for _, n := range pull.Reviews.Nodes {
			e.review(n.DatabaseID, n.State, n.Author.by(n.Body))
		}
		threads = pull.ReviewThreads.next(variables, "threads")
		reviews = pull.Reviews.next(variables, "reviews")
	}
	return nil
}

// next sets the variable to where the next page begins, and reports whether there is one.
func (p *page[T]) next(variables map[string]any, name string) bool {
	variables[name] = p.PageInfo.EndCursor
	if !p.PageInfo.HasNextPage {
		delete(variables, name)
	}
	return p.PageInfo.HasNextPage
}

func (e *eavesdrop) threadNode(n threadNode) {
	if len(n.Comments.Nodes) == 0 {
		return
	}
	root := n.Comments.Nodes[0]
	if root.State == "PENDING" {
		return
	}
	c := &comment{
		id: root.DatabaseID, node: root.ID, path: n.Path, first: n.StartLine, last: n.Line,
		resolved: n.IsResolved, minimized: root.IsMinimized,
		answered: n.Comments.TotalCount > len(n.Comments.Nodes), // so many are never only ours
	}
	if c.first == 0 {
		c.first = c.last
	}
	for _, n := range n.Root.Nodes {
		c.up, c.down, c.at = n.people("THUMBS_UP"), n.people("THUMBS_DOWN"), n.CreatedAt
	}
	var replies []wrote
	for _, r := range n.Comments.Nodes[1:] {
		replies = append(replies, r.Author.by(r.Body))
	}
	e.thread(c, root.Author.by(root.Body), replies)
}
