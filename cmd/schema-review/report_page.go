package main

import (
	"embed"
	"html/template"
	"io"

	"golang.org/x/text/message"
	numbers "golang.org/x/text/number"
)

//go:embed reportpage
var reportPageFiles embed.FS

// html writes the figures as a page that needs nothing beside itself: no script, no font, no network.
func (r *feedbackReport) html(w io.Writer, p *message.Printer, lang string) error {
	style, err := reportPageFiles.ReadFile("reportpage/page.css")
	if err != nil {
		return err
	}
	t, err := template.ParseFS(reportPageFiles, "reportpage/page.html")
	if err != nil {
		return err
	}
	return t.Execute(w, newReportPage(r, p, lang, template.CSS(style))) //nolint:gosec // ours, from this folder
}

// What the template shows.
type (
	reportPage struct {
		Lang, Headline string
		Style          template.CSS
		Tiles          []reportTile
		Key            []reportPart
		Columns        []string
		Sections       []reportSection
		Usage          *reportUsage // nil: no model was asked
		Legend         []string
	}
	reportTile    struct{ Name, Value string }
	reportSection struct {
		Name string
		Rows []reportRow
	}
	reportRow struct {
		Name, Label string
		Parts       []reportPart
		Cells       []string
		Whisker     *reportWhisker // nil: nobody judged
	}
	// reportPart is a part of a bar that is 100 wide, or what its colour means.
	reportPart struct {
		Class, Name string
		From, Width float64
	}
	reportWhisker struct {
		Label            string
		Low, Value, High float64
	}
	reportUsage struct {
		Name, Note string
		Columns    []string
		Rows       []reportRow
		Drops      []reportDrops
	}
	reportDrops struct {
		Name string
		Bars []reportBar
	}
	reportBar struct {
		Name, Count string
		Width       float64
	}
)

func newReportPage(r *feedbackReport, p *message.Printer, lang string, style template.CSS) *reportPage {
	page := &reportPage{Lang: lang, Headline: r.headline(p), Style: style, Columns: columnNames(p)}
	if r.Comments.Posted > 0 {
		page.Tiles, page.Key, page.Legend = r.tiles(p), partsOf(p, r.Comments), legend(p)
	}
	for _, g := range r.Groups {
		if last := len(page.Sections) - 1; last < 0 || page.Sections[last].Name != kindName(p, g.Kind) {
			page.Sections = append(page.Sections, reportSection{Name: kindName(p, g.Kind)})
		}
		section := &page.Sections[len(page.Sections)-1]
		section.Rows = append(section.Rows, rowOf(p, g))
	}
	if len(r.Usage) > 0 {
		page.Usage = usagePage(r.Usage, p)
	}
	return page
}

func (r *feedbackReport) tiles(p *message.Printer) []reportTile {
	t := r.Comments
	all := []reportTile{
		{p.Sprintf("comments"), p.Sprint(t.Posted)},
		t.Accepted.tile(p),
		{p.Sprintf("fixed"), p.Sprint(t.Fixed)},
		{p.Sprintf("dismissed"), p.Sprint(t.Dismissed)},
		{p.Sprintf("left open"), p.Sprint(t.Left)},
		{"👍 / 👎", p.Sprint(t.Up) + " / " + p.Sprint(t.Down)},
	}
	var sum usage
	for _, u := range r.Usage {
		sum.Reviews, sum.Unpriced, sum.Cost = sum.Reviews+u.Reviews, sum.Unpriced+u.Unpriced, sum.Cost+u.Cost
	}
	if sum.Reviews > 0 {
		all = append(all, reportTile{p.Sprintf("cost"), sum.cost(p)})
	}
	return all
}

func (s share) tile(p *message.Printer) reportTile {
	if s.Of == 0 {
		return reportTile{p.Sprintf("accepted"), "–"}
	}
	return reportTile{p.Sprintf("accepted, of %d (%.0f–%.0f)", s.Of, 100*s.Low, 100*s.High), p.Sprint(numbers.Percent(s.Value))}
}

func rowOf(p *message.Printer, g group) reportRow {
	row := reportRow{Name: groupName(p, g), Parts: partsOf(p, g.fates), Cells: cellsOf(p, g.fates)}
	row.Label = p.Sprintf("%d fixed, %d dismissed, %d left open, %d still open, %d other", g.Fixed, g.Dismissed, g.Left, g.Open, g.Withdrawn+g.Undecided)
	if s := g.Accepted; s.Of > 0 {
		row.Whisker = &reportWhisker{s.in(p), 100 * s.Low, 100 * s.Value, 100 * s.High}
	}
	return row
}

// partsOf cuts a bar into what became of the comments.
func partsOf(p *message.Printer, t fates) []reportPart {
	parts := []reportPart{
		{Class: "fixed", Name: p.Sprintf("fixed"), Width: float64(t.Fixed)},
		{Class: "dismissed", Name: p.Sprintf("dismissed"), Width: float64(t.Dismissed)},
		{Class: "left", Name: p.Sprintf("left open"), Width: float64(t.Left)},
		{Class: "open", Name: p.Sprintf("still open"), Width: float64(t.Open)},
		{Class: "other", Name: p.Sprintf("other"), Width: float64(t.Withdrawn + t.Undecided)},
	}
	from := 0.0
	for i := range parts {
		parts[i].Width *= 100 / float64(t.Posted)
		parts[i].From = from
		from += parts[i].Width
	}
	return parts
}

func usagePage(all []usage, p *message.Printer) *reportUsage {
	head := usageColumns(p)
	page := &reportUsage{Name: head[0], Note: costNote(p), Columns: append([]string{""}, head[1:]...)}
	for _, u := range all {
		row := u.row(p)
		page.Rows = append(page.Rows, reportRow{Name: row[0], Cells: row[1:]})
		if u.dropped() > 0 {
			page.Drops = append(page.Drops, u.bars(p))
		}
	}
	return page
}

// bars are the reasons for which claims were dropped, as parts of all claims.
func (u *usage) bars(p *message.Printer) reportDrops {
	d := reportDrops{Name: p.Sprintf("%s: claims dropped", shortPrompts(u.Prompts))}
	for _, reason := range u.drops() {
		n := u.Dropped[reason]
		d.Bars = append(d.Bars, reportBar{reason, p.Sprint(n), 100 * float64(n) / float64(max(u.Claims, u.dropped()))})
	}
	return d
}
