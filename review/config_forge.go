package review

import "github.com/goccy/go-yaml/ast"

// The keys below say how a review appears on a forge; a review at the terminal doesn't know them.

func (r *layerReader) reviewDrafts(n ast.Node) {
	r.onOff("review_drafts", "review_drafts", &r.config.ReviewDrafts, n)
}

func (r *layerReader) requestChanges(n ast.Node) {
	r.onOff("request_changes", "request_changes", &r.config.RequestChanges, n)
}

func (r *layerReader) maxComments(n ast.Node) {
	r.count("max_comments", "max_comments", &r.config.MaxComments, n)
}

func (r *layerReader) sweep(n ast.Node) {
	r.onOff("sweep", "sweep", &r.config.Sweep, n)
}

func (*schemaMaker) reviewDrafts() schema {
	return flag("Whether pull requests are reviewed while they are drafts.", false)
}

func (*schemaMaker) requestChanges() schema {
	return flag("Whether a review that fails requests changes. Otherwise it comments, and the check fails.", false)
}

func (*schemaMaker) maxComments() schema {
	return schema{"type": "integer", "minimum": 0, "default": 30, "description": "How many comments one review may make; what is left over stands in its body."}
}

func (*schemaMaker) sweep() schema {
	return flag("Whether open pull requests are looked for that have no review yet, for example from before the App was installed.", true)
}

func (p *configPrinter) forge(c *Config) {
	p.value("", "review_drafts", "review_drafts", c.ReviewDrafts)
	p.value("", "request_changes", "request_changes", c.RequestChanges)
	p.value("", "max_comments", "max_comments", c.MaxComments)
	p.value("", "sweep", "sweep", c.Sweep)
}
