package review

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A repository may overrule what the organisation says of how reviews appear, key by key.
func TestForgeKeysMerge(t *testing.T) {
	t.Parallel()
	c := mustLoad(t, organisation("review_drafts: true\nmax_comments: 10\nsweep: false"), repository("max_comments: 0"))
	if !c.ReviewDrafts || c.RequestChanges || c.MaxComments != 0 || c.Sweep {
		t.Errorf("got %+v", c)
	}
	if got := c.Origins["max_comments"]; got != repoPath+":1" {
		t.Errorf("max_comments comes from %s", got)
	}
	if c.AI.MaxComments != 10 {
		t.Error("max_comments of `ai` is another key")
	}
}

func TestForgeKeysDiffer(t *testing.T) {
	t.Parallel()
	before, after := mustLoad(t), mustLoad(t, repository("review_drafts: true\nrequest_changes: true\nmax_comments: 3\nsweep: false"))
	want := []Difference{{"max_comments", "30", "3"}, {"request_changes", "false", "true"}, {"review_drafts", "false", "true"}, {"sweep", "true", "false"}}
	if diff := cmp.Diff(want, Differences(before, after, catalogue())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// An organisation's file may have a key more than a repository's; all of them are still named.
func TestUnknownKeyOfOrganisation(t *testing.T) {
	t.Parallel()
	_, problems := LoadConfig([]Layer{organisation("zzzzzzzzz: 1")}, catalogue(), nil)
	if len(problems) != 1 || !strings.Contains(problems[0].Error(), "Write one of `engine`, ") {
		t.Errorf("got %v", problems)
	}
}
