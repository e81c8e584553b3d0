package review

import (
	"regexp"
	"strings"
)

// Fixed is a comment of ours after its problem went away with a commit: the old text is folded below. A comment
// that says so already stays as it is.
func (v Voice) Fixed(body, sha string) string { return v.Closed(body, sha, "") }

// Closed is Fixed for a guideline's comment: it says what became of the finding.
func (v Voice) Closed(body, sha string, fate Fate) string {
	markers := hiddenMarker.FindAllString(body, -1)
	text := strings.TrimSpace(hiddenMarker.ReplaceAllString(body, ""))
	headline, rest, _ := strings.Cut(text, "\n")
	if strings.HasPrefix(headline, "~~") {
		return body
	}
	headline = strings.TrimSpace(strings.ReplaceAll(headline, "**", ""))
	parts := []string{v.closing(headline, shortCommit(sha), fate)}
	if rest = strings.TrimSpace(rest); rest != "" {
		parts = append(parts, "<details><summary>"+v.say("What it was")+"</summary>", suggestionFence.ReplaceAllString(rest, "${1}sql"), "</details>")
	}
	return paragraphs(append(parts, markers...)...)
}

// closing is the first line of a comment whose problem is no longer there, with what became of it.
func (v Voice) closing(headline, commit string, fate Fate) string {
	switch fate {
	case Altered:
		return v.say("~~%s~~ Changed in %s.", headline, commit)
	case Disappeared:
		return v.say("~~%s~~ Not suggested any more as of %s.", headline, commit)
	case Accepted:
		return v.say("~~%s~~ Accepted in %s.", headline, commit)
	}
	return v.say("~~%s~~ Fixed in %s.", headline, commit)
}

var (
	// hiddenMarker is how a comment remembers what it is about.
	hiddenMarker = regexp.MustCompile(`<!-- schema-review:[^\n]*?-->`)
	// suggestionFence opens a suggestion, which is not to be applied any more.
	suggestionFence = regexp.MustCompile("(?m)^(`{3,})suggestion$")
)

// shortCommit is a commit as people write it, which forges make a link of.
func shortCommit(sha string) string {
	sha = strings.Map(func(r rune) rune {
		if strings.ContainsRune("0123456789abcdef", r) {
			return r
		}
		return -1
	}, strings.ToLower(sha))
	return sha[:min(len(sha), 7)]
}
