package eval

import (
	"cmp"
	"embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

//go:embed page
var pageFiles embed.FS

// HTML writes a result, and the comparison with an earlier one where there is one, as a page that needs nothing
// beside itself: no script, no font, no network. Whatever cases and claims say is text on it.
func HTML(w io.Writer, r *Result, c *Comparison) error {
	style, err := pageFiles.ReadFile("page/page.css")
	if err != nil {
		return err
	}
	t, err := template.New("page.tmpl").Funcs(pageFuncs()).ParseFS(pageFiles, "page/*.tmpl")
	if err != nil {
		return err
	}
	return t.Execute(w, newPage(r, c, template.CSS(style)))
}

// page is what the template shows, in the order in which it shows it.
type page struct {
	*Result
	Style      template.CSS
	Banners    []string
	Headline   []headline
	Compared   *compared
	Guidelines []pageGroup
	Languages  []pageGroup
	Noisy      []noisy
	Drops      []bar
	Failures   []bar
	CaseList   []pageCase
}

// headline is a figure at the top.
type headline struct {
	Name, Help string
	Plot       plot
}

// pageGroup is a row of the forest.
type pageGroup struct {
	Group
	PrecisionPlot, RecallPlot plot
}

// bar is a count as a part of the largest one.
type bar struct {
	Count
	Help string
	Part float64 // 0 to 100
}

func newPage(r *Result, c *Comparison, style template.CSS) *page {
	p := &page{
		Result: r, Style: style, Banners: banners(r), Headline: headlines(r),
		Guidelines: worstFirst(r.Guidelines), Languages: pageGroups(r.Languages), Noisy: noisiest(r.Cases),
		Drops: bars(r.Dropped), Failures: bars(r.Failures), CaseList: pageCases(r.Cases),
	}
	if c != nil {
		p.Compared = newCompared(c, r)
	}
	return p
}

func headlines(r *Result) []headline {
	most := 1.0
	for _, v := range []*float64{r.Clean.False.Value, highOf(r.Clean.False)} {
		if v != nil {
			most = max(most, *v)
		}
	}
	return []headline{
		{"Precision", "of what it says, how much is right", sharePlot(r.Overall.Precision)},
		{"Recall", "of what it should say, how much it says", sharePlot(r.Overall.Recall)},
		{"F1", "both in one figure", sharePlot(r.Overall.F1)},
		{"False positives per clean change set", "what a team hears when nothing is wrong", newPlot(r.Clean.False, 0, most, number)},
		{"Flip rate", "decisions that differ between runs of the same case", sharePlot(r.Overall.Flips)},
	}
}

func highOf(f Figure) *float64 {
	if f.Interval == nil {
		return nil
	}
	return &f.Interval.High
}

// worstFirst are the guidelines in the order in which somebody should look at them. Those without a figure are last.
func worstFirst(groups []Group) []pageGroup {
	list := pageGroups(groups)
	slices.SortStableFunc(list, func(a, b pageGroup) int { return cmp.Compare(sortValue(a.F1), sortValue(b.F1)) })
	return list
}

func sortValue(f Figure) float64 {
	if f.Value == nil {
		return 2
	}
	return *f.Value
}

func pageGroups(groups []Group) []pageGroup {
	list := make([]pageGroup, len(groups))
	for i, g := range groups {
		list[i] = pageGroup{g, sharePlot(g.Precision), sharePlot(g.Recall)}
	}
	return list
}

func bars(counts []Count) []bar {
	largest := 1
	for _, c := range counts {
		largest = max(largest, c.N)
	}
	list := make([]bar, len(counts))
	for i, c := range counts {
		list[i] = bar{c, dropHelp(c.Name), 100 * float64(c.N) / float64(largest)}
	}
	return list
}

// pageFuncs are what the template can do.
func pageFuncs() template.FuncMap {
	english := message.NewPrinter(language.English)
	return template.FuncMap{
		"count":   func(n int) string { return english.Sprintf("%d", n) },
		"seconds": func(ms int64) string { return fmt.Sprintf("%.1f s", float64(ms)/1000) },
		"percent": percent,
		"join":    func(list []string) string { return strings.Join(list, ", ") },
		"anchor":  anchor,
		"cost":    func(f *float64) string { return fmt.Sprintf("%.4f", *f) },
		"kappa":   func(f *float64) string { return fmt.Sprintf("%.2f", *f) },
		"plot":    sharePlot,
		"short":   short,
	}
}

// anchor is the id of a case on the page.
func anchor(name string) string { return "case-" + strings.ReplaceAll(name, "/", "--") }

// Wrong are the claims of a group that shouldn't have been made.
func (g pageGroup) Wrong() int { return g.False + g.Forbidden }
