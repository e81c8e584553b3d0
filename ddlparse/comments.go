package ddlparse

// Comments returns the spans of a source's comments, in order, marks included. Text in string
// literals that looks like a comment is none, and neither is an executable comment that runs on the engine.
func Comments(src *Source, e Engine) []Span {
	l := newLexer(src, 0, int32(len(src.Text)), lexOptions{engine: e})
	var spans []Span
	for {
		t, ok := l.next()
		if !ok {
			return spans
		}
		if t.kind == comment {
			spans = append(spans, Span{src, t.start, t.end})
		}
	}
}
