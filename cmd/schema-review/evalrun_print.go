package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"

	"github.com/schema-review/schema-review/review/eval"
	"github.com/schema-review/schema-review/review/locale"
)

// print writes what was measured to where it is wanted.
func (o *evalOptions) print(c console, e *evaluated) error {
	if o.output == "" {
		w := bufio.NewWriter(c.out)
		return errors.Join(o.render(w, c.colour(o.noColour), e), w.Flush())
	}
	file, err := os.Create(o.output)
	if err != nil {
		return about(plainError(err), "--output")
	}
	w := bufio.NewWriter(file)
	return errors.Join(o.render(w, false, e), w.Flush(), file.Close())
}

func (o *evalOptions) render(w io.Writer, colour bool, e *evaluated) error {
	switch o.format {
	case "json":
		return e.writeJSON(w)
	case "markdown":
		return eval.Markdown(w, e.result, e.comparison, locale.Printer(o.lang))
	case "html":
		return eval.HTML(w, e.result, e.comparison, locale.Printer(o.lang), o.lang)
	}
	return newEvalText(w, colour, locale.Printer(o.lang)).write(e)
}

// writeJSON writes the result, or the comparison where there is one: the results of its sides can be had by
// themselves.
func (e *evaluated) writeJSON(w io.Writer) error {
	if e.comparison == nil {
		return e.result.Write(w)
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(e.comparison)
}
