package github

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/schema-review/schema-review/review"
)

// marker is what a comment or a review of ours says of itself, in an HTML comment that GitHub doesn't
// show. It is believed only in what our App wrote, and only with a code that we alone can make: people
// quote comments, and names in SQL can look like anything.
type marker []string // "key=value", no value with white space or angle brackets

// Keys of a comment's marker.
const (
	markFingerprint = "fp"    // the problem as it stands
	markFirst       = "first" // the problem as it was posted, where the statement was edited since
	markID          = "id"    // rule and object, whatever the statement
	markRule        = "rule"  // for people who look at the source of a comment
	markFixed       = "fixed" // head commit in which it was gone
	markHidden      = "hid"   // it was hidden then, or was about to be: so often
)

// Keys of a guideline's comment, whose finding a later report may not have.
const (
	markContent = "def" // hash of the object's definition when it was last claimed
	markSet     = "set" // of migrations
	markObject  = "obj"
	markMissed  = "missed" // so many complete runs in a row didn't claim it
	markRun     = "run"    // the last of them
	markFate    = "fate"   // what became of it
)

// Values of markHidden.
const (
	hiddenOnce  = "1"
	hiddenAgain = "2"
)

// Keys of a review's marker.
const (
	markHead   = "head" // the commit that was reviewed
	markInline = "in"   // the problems that got comments with this review, as they stood
	markIDs    = "ids"  // the same, whatever the statement
	markBody   = "out"  // the problems that the body tells of
	markMore   = "more" // the body tells of more than the marker can name
)

var markerPattern = regexp.MustCompile(`<!-- schema-review:v1 ((?:[a-z]+=[^\s<>]* )+)mac=([0-9a-f]{32}) -->`)

func (m marker) get(key string) string {
	for _, field := range m {
		if value, ok := strings.CutPrefix(field, key+"="); ok {
			return unescaped(value)
		}
	}
	return ""
}

func (m marker) list(key string) []string {
	return strings.FieldsFunc(m.get(key), func(r rune) bool { return r == '.' })
}

// with is the marker with one more field, where there is something to say.
func (m marker) with(key, value string) marker {
	if value == "" {
		return m
	}
	return append(slices.Clip(m), key+"="+url.QueryEscape(value))
}

// without is the marker without that field.
func (m marker) without(key string) marker {
	return slices.DeleteFunc(slices.Clone(m), func(field string) bool { return strings.HasPrefix(field, key+"=") })
}

func unescaped(value string) string {
	plain, err := url.QueryUnescape(value)
	if err != nil {
		return ""
	}
	return plain
}

// notary writes and reads markers of one pull request.
type notary struct {
	keys  []string // the first one signs, all of them are believed
	place string   // the pull request: a marker copied from elsewhere is worth nothing
}

// newNotary is for the pull request with that id, which stays when its repository is renamed.
func newNotary(keys []string, pullID int64) notary {
	return notary{keys, fmt.Sprintf("pull/%d", pullID)}
}

// sign writes the marker.
func (n notary) sign(m marker) string {
	fields := strings.Join(m, " ") + " "
	return "<!-- schema-review:v1 " + fields + "mac=" + n.mac(n.key(), fields) + " -->"
}

func (n notary) key() string {
	if len(n.keys) == 0 {
		return ""
	}
	return n.keys[0]
}

func (n notary) mac(key, fields string) string {
	h := hmac.New(sha256.New, []byte("schema-review marker\x00"+key))
	h.Write([]byte(n.place + "\x00" + fields))
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// read finds the marker in a text, nil when there is none that we wrote. The last one counts: it is where
// we put it.
func (n notary) read(body string) marker {
	all := markerPattern.FindAllStringSubmatch(body, -1)
	for _, found := range slices.Backward(all) {
		if n.wrote(found[1], found[2]) {
			return strings.Fields(found[1])
		}
	}
	return nil
}

func (n notary) wrote(fields, mac string) bool {
	return slices.ContainsFunc(n.keys, func(key string) bool {
		return hmac.Equal([]byte(n.mac(key, fields)), []byte(mac))
	})
}

// strip takes our markers out of a text.
func strip(body string) string {
	return strings.TrimRight(markerPattern.ReplaceAllString(body, ""), "\n") + "\n"
}

// problemID identifies a problem by rule and object, whatever the statement. The fingerprint of a guideline's is that.
func problemID(f review.Finding) string {
	if f.ByModel {
		return short(f.Fingerprint())
	}
	sum := sha256.Sum256([]byte(f.Rule + "\x00" + strings.ToLower(f.Object)))
	return hex.EncodeToString(sum[:8])
}

// short is a fingerprint as lists of many have it.
func short(fingerprint string) string {
	sum := sha256.Sum256([]byte(fingerprint))
	return hex.EncodeToString(sum[:5])
}
