package eval

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"golang.org/x/text/message"
)

//go:embed page
var pageFiles embed.FS

// HTML writes a result, and the comparison with an earlier one where there is one, as a page that needs nothing
// beside itself: no script, no font, no network. Whatever cases and claims say is text on it. The printer speaks the
// language of the page.
func HTML(w io.Writer, r *Result, c *Comparison, p *message.Printer, lang string) error {
	s := speaker{p}
	style, err := pageFiles.ReadFile("page/page.css")
	if err != nil {
		return err
	}
	t, err := template.New("page.tmpl").Funcs(s.funcs()).ParseFS(pageFiles, "page/*.tmpl")
	if err != nil {
		return err
	}
	page := s.newPage(r, c)
	page.Lang, page.Style = lang, template.CSS(style)
	return t.Execute(w, page)
}

// page is what the template shows, in the order in which it shows it.
type page struct {
	*Result
	Lang       string
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
	PrecisionPlot, RecallPlot, F1Plot plot
}

// bar is a count as a part of the largest one.
type bar struct {
	Count
	Help string
	Part float64 // 0 to 100
}

// speaker writes pages and comments in a language.
type speaker struct{ *message.Printer }

func (s speaker) newPage(r *Result, c *Comparison) *page {
	p := &page{
		Result: r, Banners: s.banners(r), Headline: s.headlines(r),
		Guidelines: s.pageGroups(WorstFirst(r.Guidelines)), Languages: s.pageGroups(r.Languages), Noisy: s.noisiest(r.Cases),
		Drops: s.bars(r.Dropped), Failures: s.bars(r.Failures), CaseList: s.pageCases(r.Cases),
	}
	if c != nil {
		p.Compared = s.newCompared(c, r)
	}
	return p
}

func (s speaker) headlines(r *Result) []headline {
	most := 1.0
	for _, v := range []*float64{r.Clean.False.Value, highOf(r.Clean.False)} {
		if v != nil {
			most = max(most, *v)
		}
	}
	return []headline{
		{s.Sprintf("Precision"), s.Sprintf("of what it says, how much is right"), s.sharePlot(r.Overall.Precision)},
		{s.Sprintf("Recall"), s.Sprintf("of what it should say, how much it says"), s.sharePlot(r.Overall.Recall)},
		{s.Sprintf("F1"), s.Sprintf("both in one figure"), s.sharePlot(r.Overall.F1)},
		{s.Sprintf("False positives per clean change set"), s.Sprintf("what a team hears when nothing is wrong"), s.newPlot(r.Clean.False, 0, most, number)},
		{s.Sprintf("Flip rate"), s.Sprintf("decisions that differ between runs of the same case"), s.sharePlot(r.Overall.Flips)},
	}
}

func highOf(f Figure) *float64 {
	if f.Interval == nil {
		return nil
	}
	return &f.Interval.High
}

func (s speaker) pageGroups(groups []Group) []pageGroup {
	list := make([]pageGroup, len(groups))
	for i, g := range groups {
		list[i] = pageGroup{g, s.sharePlot(g.Precision), s.sharePlot(g.Recall), s.sharePlot(g.F1)}
	}
	return list
}

func (s speaker) bars(counts []Count) []bar {
	largest := 1
	for _, c := range counts {
		largest = max(largest, c.N)
	}
	list := make([]bar, len(counts))
	for i, c := range counts {
		list[i] = bar{c, s.dropHelp(c.Name), 100 * float64(c.N) / float64(largest)}
	}
	return list
}

// funcs are what the template can do. What say is given in a template is found by review/locale/extract.
func (s speaker) funcs() template.FuncMap {
	return template.FuncMap{
		"say":     func(format string, args ...any) string { return s.Sprintf(format, args...) },
		"count":   func(n int) string { return s.Sprint(n) },
		"opinion": s.opinion,
		"outcome": s.outcomeWord,
		"seconds": func(ms int64) string { return s.Sprintf("%.1f s", float64(ms)/1000) },
		"percent": percent,
		"join":    func(list []string) string { return strings.Join(list, ", ") },
		"anchor":  anchor,
		"cost":    func(f *float64) string { return fmt.Sprintf("%.4f", *f) },
		"kappa":   func(f *float64) string { return fmt.Sprintf("%.2f", *f) },
		"plot":    s.sharePlot,
		"short":   short,
	}
}

// opinion is what a judge or people say of an example, by the criteria that it fails.
func (s speaker) opinion(fails []string) string {
	if len(fails) == 0 {
		return s.Sprintf("good")
	}
	return s.Sprintf("not %s", strings.Join(fails, ", "))
}

// anchor is the id of a case on the page.
func anchor(name string) string { return "case-" + strings.ReplaceAll(name, "/", "--") }
