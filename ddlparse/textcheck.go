package ddlparse

import "slices"

// checkText adds what the text of a statement shows besides syntax errors. One that it explains is not
// said again as a syntax error.
func (p *fileParser) checkText(r *reader, toks []token) {
	found := removedSyntax(p.options.Engine, r.src, toks)
	if wide := fullwidth(r.src, toks); wide != nil {
		found = append(found, wide)
	}
	for _, f := range found {
		if f.Kind == FullwidthPunctuation || f.Number == errSyntax {
			r.st.Problems = slices.DeleteFunc(r.st.Problems, func(pr *Problem) bool { return pr.Kind == SyntaxError })
		}
		if f.Object == "" {
			f.Object = r.st.objectPath()
		}
	}
	r.st.Problems = append(r.st.Problems, found...)
	r.st.queries = p.queries(r, toks)
}

// Removed returns what the statement uses that a server no longer has, as problems of kind
// RemovedSyntax: for a version that a team plans to move to.
func (s *Statement) Removed(e Engine) []*Problem {
	return removedSyntax(e, s.Span.Source, tokenize(s.Span.Source, s.Span.Start, s.Span.End, lexOptions{engine: e}))
}
