package web

import (
	"html/template"
)

// strokes are the pages' icons: lines in a square of 16.
var strokes = map[string]string{
	"pull":     `<circle cx="4" cy="3.5" r="1.8"/><circle cx="4" cy="12.5" r="1.8"/><circle cx="12" cy="12.5" r="1.8"/><path d="M4 5.3v5.4M12 10.7V6a2 2 0 0 0-2-2H7.5M9.5 2 7.3 4l2.2 2"/>`,
	"talk":     `<path d="M2 2.5h12v8.5H7.5L4.5 14v-3H2z"/>`,
	"checks":   `<circle cx="8" cy="8" r="6.2"/><path d="m5.2 8.2 2 2 3.6-4"/>`,
	"file":     `<path d="M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3M8 7v4M6 9h4"/>`,
	"commit":   `<circle cx="8" cy="8" r="2.6"/><path d="M1 8h4.4M10.6 8H15"/>`,
	"eye":      `<path d="M1.2 8S3.5 3.5 8 3.5 14.8 8 14.8 8 12.5 12.5 8 12.5 1.2 8 1.2 8z"/><circle cx="8" cy="8" r="2"/>`,
	"success":  `<path d="m3 8.5 3.3 3.3L13 4.8"/>`,
	"failure":  `<path d="m4 4 8 8M12 4l-8 8"/>`,
	"progress": `<path d="M8 1.8A6.2 6.2 0 1 1 1.8 8"/>`,
	"neutral":  `<path d="M3.5 8h9"/>`,
	"notice":   `<circle cx="8" cy="8" r="6.2"/><path d="M8 7.2v4M8 4.6v.4"/>`,
	"warning":  `<path d="M8 1.8 15 14H1zM8 6.2v3.6M8 11.6v.4"/>`,
	"book":     `<path d="M3 2h10v12H4.5A1.5 1.5 0 0 1 3 12.5zM3 12.5A1.5 1.5 0 0 1 4.5 11H13"/>`,
	"database": `<ellipse cx="8" cy="3.8" rx="5" ry="2"/><path d="M3 3.8v8.4c0 1.1 2.2 2 5 2s5-.9 5-2V3.8M3 8c0 1.1 2.2 2 5 2s5-.9 5-2"/>`,
}

// icons of results that look like another.
var sameIcon = map[string]string{
	"in_progress": "progress", "queued": "progress", "timed_out": "failure", "cancelled": "neutral",
	"action_required": "failure", "skipped": "neutral", "stale": "neutral",
}

// icon is decoration: what it says is also there as text.
func icon(name string) template.HTML {
	if same, ok := sameIcon[name]; ok {
		name = same
	}
	return template.HTML(`<svg class="icon icon-` + template.HTMLEscapeString(name) + `" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">` + strokes[name] + `</svg>`)
}
