package main

import (
	"fmt"
	"html"
	"strings"
)

// The measures of the picture, in pixels.
const (
	cell   = 8.4
	line   = 19
	margin = 18
	bar    = 30 // the window's title bar
)

// draw makes the picture of a terminal that shows the lines. Each run is stretched to its cells, so that columns
// stand below each other whatever font there is.
func draw(lines []string, columns int) string {
	widest := 80
	var rows [][]run
	for _, l := range lines {
		rows = append(rows, fold(runs(l), columns)...)
	}
	var body strings.Builder
	for i, row := range rows {
		y := bar + margin + i*line
		for _, r := range row {
			widest = max(widest, r.column+r.cells)
			if strings.TrimSpace(r.text) != "" {
				body.WriteString(r.draw(y))
			}
		}
	}
	w, h := int(float64(widest)*cell)+2*margin, bar+margin+len(rows)*line
	return fmt.Sprintf(frame, w, h, w, h, w, h, body.String())
}

const frame = `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-label="A review in a terminal">
<rect width="%d" height="%d" rx="8" fill="#0d1117"/>
<circle cx="20" cy="16" r="5.5" fill="#ff5f57"/><circle cx="38" cy="16" r="5.5" fill="#febc2e"/><circle cx="56" cy="16" r="5.5" fill="#28c840"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK JP', monospace" font-size="14" fill="#e6edf3">
%s</g>
</svg>
`

func (r run) draw(y int) string {
	attributes := ""
	if r.colour != "" {
		attributes += fmt.Sprintf(` fill=%q`, r.colour)
	}
	if r.bold {
		attributes += ` font-weight="bold"`
	}
	if r.dim {
		attributes += ` opacity="0.6"`
	}
	text := strings.TrimLeft(r.text, " ")
	lead := len(r.text) - len(text)
	text = strings.TrimRight(text, " ")
	cells := r.cells - (len(r.text) - len(text))
	text = strings.ReplaceAll(text, " ", "\u00a0") // browsers join plain spaces, whatever xml:space says
	return fmt.Sprintf("<text x=\"%.1f\" y=\"%d\" textLength=\"%.1f\" lengthAdjust=\"spacingAndGlyphs\"%s>%s</text>\n",
		margin+float64(r.column+lead)*cell, y, float64(cells)*cell, attributes, html.EscapeString(text))
}
