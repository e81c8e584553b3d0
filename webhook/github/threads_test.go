package github

import (
	"encoding/json"
	"testing"
)

// What GraphQL shows of a thread, and whether it is a comment of ours that counts.
func TestThreadNode(t *testing.T) {
	t.Parallel()
	n := newNotary([]string{"secret"}, 7)
	body := "text\n\n" + n.sign(marker{}.with(markFingerprint, "f"))
	for name, c := range map[string]struct {
		author, state string
		replies       string
		more          int
		counts        bool
		answered      bool
	}{
		"ours":              {`{"__typename":"Bot","login":"schema-review"}`, "SUBMITTED", "", 0, true, false},
		"in a draft":        {`{"__typename":"Bot","login":"schema-review"}`, "PENDING", "", 0, false, false},
		"of another App":    {`{"__typename":"Bot","login":"mirror"}`, "SUBMITTED", "", 0, false, false},
		"of a person":       {`{"__typename":"User","login":"schema-review"}`, "SUBMITTED", "", 0, false, false},
		"of nobody":         {`null`, "SUBMITTED", "", 0, false, false},
		"answered":          {`{"__typename":"Bot","login":"schema-review"}`, "SUBMITTED", `,{"fullDatabaseId":"2","body":"why?","author":{"__typename":"User","login":"ana"}}`, 0, true, true},
		"answered by us":    {`{"__typename":"Bot","login":"schema-review"}`, "SUBMITTED", `,{"fullDatabaseId":"2","body":"so","author":{"__typename":"Bot","login":"schema-review"}}`, 0, true, false},
		"answered by ghost": {`{"__typename":"Bot","login":"schema-review"}`, "SUBMITTED", `,{"fullDatabaseId":"2","body":"why?","author":null}`, 0, true, true},
		"a long talk":       {`{"__typename":"Bot","login":"schema-review"}`, "SUBMITTED", "", 30, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, err := json.Marshal(body)
			if err != nil {
				t.Fatal(err)
			}
			var node threadNode
			if err := json.Unmarshal([]byte(`{"path":"a.sql","line":3,"startLine":null,"comments":{"nodes":[{"id":"PRRC_1","fullDatabaseId":"3000000000","body":`+
				string(text)+`,"state":"`+c.state+`","author":`+c.author+`}`+c.replies+`]}}`), &node); err != nil {
				t.Fatal(err)
			}
			node.Comments.TotalCount = max(c.more, len(node.Comments.Nodes))
			e := &eavesdrop{slug: "schema-review", notary: n, talk: newConversation()}
			e.threadNode(node)
			got := e.talk.past.comments
			if (len(got) == 1) != c.counts {
				t.Fatalf("got %d comments, want one: %v", len(got), c.counts)
			}
			if c.counts && (got[0].id != 3_000_000_000 || got[0].first != 3 || got[0].answered != c.answered) {
				t.Errorf("got %+v, want answered: %v", got[0], c.answered)
			}
		})
	}
}
