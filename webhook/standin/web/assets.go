package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"path"
	"strings"
	"time"
)

// files are what the pages are made of. mermaid.tiny.js.gz is the file dist/mermaid.tiny.js of the npm package
// @mermaid-js/tiny 11.17.2 (MIT, its licence beside it), packed with gzip -9n: 672 KB instead of 2.6 MB.
//
//go:embed assets
var files embed.FS

// The templates are parsed once: a mistake in them is found by any test. blocks draw what stands in comments.
var (
	templates = template.Must(template.New("").Funcs(functions).ParseFS(files, "assets/*.tmpl"))
	blocks    = template.Must(template.ParseFS(files, "assets/blocks.tmpl"))
)

// asset serves a style or script; what was packed stays so, as every browser unpacks gzip.
func asset(w http.ResponseWriter, r *http.Request) {
	name := path.Base(r.PathValue("name"))
	data, err := files.ReadFile("assets/" + name)
	if err != nil {
		data, err = files.ReadFile("assets/" + name + ".gz")
		w.Header().Set("Content-Encoding", "gzip")
	}
	if err != nil || strings.HasSuffix(name, ".tmpl") {
		w.Header().Del("Content-Encoding")
		http.NotFound(w, r)
		return
	}
	secure(w, pageSecurity)
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
}

// respond writes a whole page, or says why there is none.
func respond(w http.ResponseWriter, name string, data any) {
	var b bytes.Buffer
	if err := templates.ExecuteTemplate(&b, name, data); err != nil {
		http.Error(w, fmt.Sprintf("this page can't be drawn: %v", err), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(b.Bytes()) // the browser may have gone
}

// draw draws a block that stands in a comment.
func draw(name string, data any) template.HTML {
	var b strings.Builder
	if err := blocks.ExecuteTemplate(&b, name, data); err != nil {
		return template.HTML(template.HTMLEscapeString(err.Error()))
	}
	return template.HTML(b.String())
}
