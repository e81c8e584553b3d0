package main

import (
	"bytes"
	"math"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/review/locale"
	"github.com/schema-review/schema-review/webhook"
)

// Thumbs say more than what somebody did; what nobody judged doesn't count.
func TestJudgement(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		state         string
		up, down      int
		liked, judged bool
	}{
		"fixed":                   {"fixed", 0, 0, true, true},
		"fixed, and disliked":     {"fixed", 0, 1, false, true},
		"dismissed":               {"dismissed", 0, 0, false, true},
		"dismissed, and liked":    {"dismissed", 2, 1, true, true},
		"dismissed, in two minds": {"dismissed", 1, 1, false, true},
		"suppressed":              {"suppressed", 0, 0, false, true},
		"left":                    {"left", 0, 0, false, false},
		"left, and liked":         {"left", 1, 0, true, true},
		"open":                    {"open", 0, 0, false, false},
		"withdrawn":               {"withdrawn", 0, 0, false, false},
		"undecided, in two minds": {"undecided", 3, 3, false, false},
	} {
		liked, judged := judgement(webhook.Comment{Posted: webhook.Posted{State: tt.state, Up: tt.up, Down: tt.down}})
		if liked != tt.liked || judged != tt.judged {
			t.Errorf("%s: liked %v, judged %v; want %v, %v", name, liked, judged, tt.liked, tt.judged)
		}
	}
}

// The values are those of published tables of Wilson's interval.
func TestShareInterval(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		count, of int
		low, high float64
	}{
		{0, 10, 0, 0.2775}, {10, 10, 0.7225, 1}, {5, 10, 0.2366, 0.7634}, {81, 263, 0.2553, 0.3662}, {0, 0, 0, 0},
	} {
		s := share{Count: tt.count, Of: tt.of}
		s.close()
		if math.Abs(s.Low-tt.low) > 5e-5 || math.Abs(s.High-tt.high) > 5e-5 {
			t.Errorf("%d of %d: %.4f to %.4f, want %.4f to %.4f", tt.count, tt.of, s.Low, s.High, tt.low, tt.high)
		}
	}
}

func TestReportGroups(t *testing.T) {
	t.Parallel()
	for by, want := range map[string][]string{
		"":          {"guideline soft-delete-with-unique-key 17", "guideline comma-separated-list 6", "guideline acme/テナント分離 3", "guideline status-as-several-booleans 1", "rule drop-column 42", "rule require-primary-key 13", "rule timestamp-column 13"},
		"guideline": {"guideline soft-delete-with-unique-key 17", "guideline comma-separated-list 6", "guideline acme/テナント分離 3", "guideline status-as-several-booleans 1"},
		"rule":      {"rule drop-column 42", "rule require-primary-key 13", "rule timestamp-column 13"},
		"repo":      {"repo acme/shop 75", "repo acme/bills 20"},
		"prompts":   {"prompts 3fa9c1d2e4b5a6f70819 15", "prompts b07d5e6611c2aa3419fe 11", "prompts  1"},
		"model":     {"model jp.vendor.large-v2 26", "model  1"},
	} {
		var got []string
		r := sampleReport(by)
		for _, g := range r.Groups {
			got = append(got, strings.Join([]string{g.Kind, g.Name, locale.Printer("en").Sprintf("%d", g.Posted)}, " "))
			if sum := g.Open + g.Fixed + g.Dismissed + g.Left + g.Withdrawn + g.Undecided; sum != g.Posted {
				t.Errorf("%s: %d of %d comments are in a state", g.Name, sum, g.Posted)
			}
		}
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Errorf("by %q (-want +got):\n%s", by, diff)
		}
		if r.Comments.Posted != 95 || len(r.Usage) != 2 {
			t.Errorf("by %q: %d comments, %d versions; want 95 and 2 whatever the groups are", by, r.Comments.Posted, len(r.Usage))
		}
	}
}

func TestSinceTime(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"30d": "2026-10-24", "2w": "2026-11-09", "2026-10-01": "2026-10-01", "2026-11-24": "",
		"": "", "d": "", "0d": "", "-1d": "", "30": "", "1h": "", "99999999d": "", "yesterday": "", "2026-13-01": "",
	} {
		got, ok := sinceTime(text, now)
		if ok != (want != "") || ok && got.Format(time.DateOnly) != want {
			t.Errorf("%q: got %s, %v; want %q", text, got, ok, want)
		}
	}
}

// Columns line up, also where names are wide.
func TestReportText(t *testing.T) {
	t.Parallel()
	for lang, wide := range map[string]string{"en": "  acme/テナント分離 ", "ja": "  acme/テナント分離 "} {
		var out bytes.Buffer
		if err := (reportText{w: &out, p: locale.Printer(lang), paint: newPaint(false)}).write(sampleReport("")); err != nil {
			t.Fatal(err)
		}
		text := out.String()
		has(t, "the report", text, wide, "2026-11-01", "3fa9c1d2e4b5 jp.vendor.large-v2", "11.75+", "66%", "object unknown (9)")
		var ends []int // of the column "posted"
		for row := range strings.Lines(text) {
			for _, name := range []string{"  soft-delete-with-unique-key ", wide, "  drop-column "} {
				if rest, ok := strings.CutPrefix(row, name); ok {
					ends = append(ends, totalWidth(cells(name))+len(rest)-len(strings.TrimLeft(rest, " "))+len(strings.Fields(rest)[0]))
				}
			}
		}
		if len(ends) != 3 || ends[0] != ends[1] || ends[1] != ends[2] {
			t.Errorf("the first figures end at %v:\n%s", ends, text)
		}
	}
}
