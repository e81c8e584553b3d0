package github

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/schema-review/schema-review/prompts"
	"github.com/schema-review/schema-review/review"
)

const (
	ordersTable = "CREATE TABLE orders (\n  id BIGINT PRIMARY KEY,\n  amount DOUBLE NOT NULL,\n  note TEXT\n);\n"
	firstAmount = "first orders.amount"
)

// head is what one push brings: what people did before, the migration, and what the model says.
type head struct {
	act   func(*replica)
	text  string // "" = as before
	model review.Model
	now   func(*judged)
	want  []string
}

func edited(old, new string) string { return strings.Replace(ordersTable, old, new, 1) }

// TestCarry follows comments of guidelines over heads.
func TestCarry(t *testing.T) {
	t.Parallel()
	said := head{model: claims(firstAmount), want: []string{"post " + firstAmount}}
	kept := []string{"open 1: " + firstAmount}
	noted := []string{"mark 1", "open 1: " + firstAmount}
	quiet := []string{"quiet " + firstAmount}
	forgotten := head{model: silent(), want: noted}
	other := claim(firstAmount, "In wholly other words, and at some length, this time.")
	dismiss := func(r *replica) { r.comments[0].resolved = true }
	remove := func(r *replica) { r.comments = nil }
	wider := edited("DOUBLE", "FLOAT")
	accept := "-- schema-review: ignore first we know (DBRE-1)\n" + ordersTable
	for name, heads := range map[string][]head{
		"claimed again":    {said, {model: claims(firstAmount), want: kept}},
		"worded otherwise": {said, {model: script{other}, want: kept}},
		"said of another statement": {
			said, {text: ordersTable + "ALTER TABLE orders MODIFY amount DOUBLE NOT NULL;\n", model: script{ofStatement("S2", claim(firstAmount))}, want: kept},
		},
		"forgotten once":             {said, forgotten, {model: claims(firstAmount), want: noted}, forgotten, {model: claims(firstAmount), want: noted}},
		"forgotten twice":            {said, forgotten, {model: silent(), want: []string{"disappeared 1", "gone 1"}}},
		"taken back stays away":      {said, forgotten, {model: silent(), want: []string{"disappeared 1", "gone 1"}}, {model: silent(), want: []string{"gone 1"}}},
		"taken back, claimed later":  {said, forgotten, {model: silent(), want: []string{"disappeared 1", "gone 1"}}, {model: claims(firstAmount), want: []string{"edit 1: " + firstAmount, "open 1: " + firstAmount}}, forgotten},
		"unreachable":                {said, forgotten, {model: unreachable(), want: kept}, {model: unreachable(), want: kept}, {model: claims(firstAmount), want: noted}},
		"nobody asked":               {said, {want: kept}, {want: kept}, {want: kept}},
		"mended":                     {said, {text: wider, model: silent(), want: []string{"changed 1", "gone 1"}}},
		"mended, nobody asked":       {said, {text: wider, want: []string{"changed 1", "gone 1"}}},
		"mended, unreachable":        {said, {text: wider, model: unreachable(), want: kept}, {text: wider, model: silent(), want: []string{"changed 1", "gone 1"}}},
		"mended, not asked yet":      {said, {text: wider, now: waiting, want: kept}, {text: wider, model: claims(firstAmount), want: noted}},
		"changed, claimed again":     {said, {text: wider, model: claims(firstAmount), want: noted}, {text: wider, model: claims(firstAmount), want: kept}},
		"changed elsewhere":          {said, {text: edited("TEXT", "VARCHAR(9)"), model: silent(), want: noted}},
		"column is gone":             {said, {text: edited("  amount DOUBLE NOT NULL,\n", ""), model: silent(), want: []string{"changed 1", "gone 1"}}},
		"everything is gone":         {said, {text: "-- Nothing.\n", model: silent(), want: []string{"changed 1", "gone 1"}}},
		"not understood":             {said, {text: edited("(", "(("), model: silent(), want: kept}},
		"accepted":                   {said, {text: accept, model: claims(firstAmount), want: []string{"accepted 1", "gone 1"}}, {text: accept, model: claims(firstAmount), want: []string{"gone 1"}}},
		"accepted, and forgotten":    {said, {text: accept, model: silent(), want: []string{"accepted 1", "gone 1"}}},
		"accepted, and not any more": {said, {text: accept, model: claims(firstAmount), want: []string{"accepted 1", "gone 1"}}, {text: ordersTable, model: claims(firstAmount), want: []string{"edit 1: " + firstAmount, "open 1: " + firstAmount}}},
		"dismissed":                  {said, {act: dismiss, model: claims(firstAmount), want: quiet}, {model: script{other}, want: quiet}, {model: silent(), want: quiet}},
		"dismissed, then changed":    {said, {act: dismiss, text: wider, model: claims(firstAmount), want: quiet}, {text: edited("DOUBLE", "DECIMAL(9,2)"), model: silent(), want: []string{"gone 1"}}, {model: claims(firstAmount), want: quiet}},
		"deleted":                    {said, {act: remove, model: script{other}, want: quiet}, {text: wider, model: claims(firstAmount), want: quiet}},
		"said of the table":          {said, {model: claims("first orders"), want: kept}, {model: silent(), want: noted}, {model: claims("first orders"), want: noted}},
		"said of the table, dismissed": {
			said, {act: dismiss, model: claims("first orders"), want: quiet},
		},
		"said of the table, changed": {
			said, {text: wider, model: claims("first orders"), want: []string{"changed 1", "gone 1", "post first orders"}},
		},
		"another column":    {said, {model: claims("first orders.note"), want: append([]string{"post first orders.note"}, noted...)}},
		"another guideline": {said, {model: claims("second orders.amount"), want: append([]string{"post second orders.amount"}, noted...)}},
		"too many open": {
			said, {model: claims("second orders.amount", "second orders.note"), now: func(j *judged) { j.advice = 2 }, want: append([]string{"post second orders.amount"}, noted...)},
		},
		"too many with rules": {
			said, {model: claims("second orders.amount"), now: func(j *judged) { j.limit = 1 }, want: append([]string{"outside second orders.amount", "tell"}, noted...)},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l, r, text := guidelines(t), newReplica(), ordersTable
			for i, h := range heads {
				if h.act != nil {
					h.act(r)
				}
				if h.text != "" {
					text = h.text
				}
				report := advised(t, l, text, h.model)
				change := func(j *judged) {
					if h.now != nil {
						h.now(j)
					}
				}
				p := r.review(report, string(rune('a'+i)), change)
				if diff := cmp.Diff(slices.Sorted(slices.Values(h.want)), p.steps()); diff != "" {
					t.Errorf("head %d (-want +got)\n%s\ndropped: %v", i, diff, report.Dropped)
				}
				if p := r.review(report, string(rune('a'+i)), change); !p.idle() {
					t.Errorf("head %d: the same review again does %v", i, p.steps())
				}
			}
		})
	}
}

func waiting(j *judged) { j.unadvised = true }

func ofStatement(id string, c prompts.Claim) prompts.Claim {
	c.Statement = id
	return c
}
