package standin

import (
	"fmt"
	"slices"
)

// states are what events make of a review.
var states = map[string]string{"": "PENDING", "COMMENT": "COMMENTED", "APPROVE": "APPROVED", "REQUEST_CHANGES": "CHANGES_REQUESTED"}

// createReview takes all of a review or nothing.
func createReview(q *request) *answer {
	var in struct {
		Commit   string  `json:"commit_id"`
		Body     string  `json:"body"`
		Event    string  `json:"event"`
		Comments []draft `json:"comments"`
	}
	if no := q.read(&in); no != nil {
		return no
	}
	state, known := states[in.Event]
	if !known {
		return unprocessable(fmt.Sprintf("Variable $event of type PullRequestReviewEvent was provided invalid value %q", in.Event))
	}
	at := q.pull.head
	if in.Commit != "" {
		at = q.pull.commit(in.Commit)
	}
	if at == nil {
		return unprocessable("The commitOID is not part of the pull request")
	}
	v := &review{author: q.app.bot, app: q.app, state: state, body: in.Body, commit: at, drafts: in.Comments}
	if no := q.pull.refuse(v, in.Event); no != nil {
		return no
	}
	return ok(q.pull.submit(v).view())
}

// commit finds one of the pull request's commits.
func (p *Pull) commit(sha string) *commit {
	c := p.r.objects.commits[sha]
	if c == p.head || c != nil && slices.Contains(relate(p.base, p.head).ahead, c) {
		return c
	}
	return nil
}

// refuse tells why GitHub would not take a review.
func (p *Pull) refuse(v *review, event string) *answer {
	switch {
	case p.pending(v.author) != nil:
		return unprocessable("User can only have one pending review per pull request")
	case v.author == p.author && event == "APPROVE":
		return unprocessable("Can not approve your own pull request")
	case v.author == p.author && event == "REQUEST_CHANGES":
		return unprocessable("Can not request changes on your own pull request")
	case event == "REQUEST_CHANGES" && v.body == "":
		return unprocessable("You need to leave a comment indicating the requested changes.")
	case event == "COMMENT" && v.body == "" && len(v.drafts) == 0:
		return unprocessable("Review cannot be blank")
	case tooLong(v.body):
		return unprocessable("Body is too long (maximum is 65536 characters)")
	}
	for i := range v.drafts {
		if no := p.refuseDraft(&v.drafts[i], v.commit); no != nil {
			return no
		}
	}
	return nil
}

// refuseDraft names what is wrong, but not which of the comments it is.
func (p *Pull) refuseDraft(d *draft, at *commit) *answer {
	switch {
	case d.Path == "" || d.Body == "":
		return malformed("For 'properties/comments', missing required keys: path, body")
	case d.Line == 0 && d.Position == 0:
		return malformed("For 'properties/comments', \"position\" wasn't supplied")
	case d.Subject != "":
		return malformed("For 'properties/comments', \"subject_type\" is not a permitted key.")
	case tooLong(d.Body):
		return unprocessable("Pull request review comment body is too long (maximum is 65536 characters)")
	}
	var sentences []string
	for _, x := range p.check(d, at) {
		sentences = append(sentences, x.sentence())
	}
	if len(sentences) > 0 {
		return unprocessable(sentence(sentences))
	}
	return nil
}

// seen are the reviews that the caller sees: others' pending ones are hidden.
func (q *request) seen() []*review {
	return slices.DeleteFunc(slices.Clone(q.pull.reviews), func(v *review) bool {
		return v.state == "PENDING" && v.author != q.app.bot
	})
}

func listReviews(q *request) *answer {
	_, a := paged(q, q.seen(), func(v *review) any { return v.view() })
	return a
}

// theReview is the one that the path names.
func (q *request) theReview() *review {
	v := q.pull.review(q.number("review_id"))
	if v == nil || !slices.Contains(q.seen(), v) {
		return nil
	}
	return v
}

func getReview(q *request) *answer {
	if v := q.theReview(); v != nil {
		return ok(v.view())
	}
	return notFound()
}

func updateReview(q *request) *answer {
	v := q.theReview()
	if v == nil {
		return notFound()
	}
	var in struct{ Body string }
	if no := q.read(&in); no != nil {
		return no
	}
	switch {
	case v.author != q.app.bot:
		return forbidden()
	case tooLong(in.Body):
		return unprocessable("Body is too long (maximum is 65536 characters)")
	}
	v.body = in.Body
	q.g.touch()
	return ok(v.view())
}

// deleteReview deletes a pending review; others stay.
func deleteReview(q *request) *answer {
	v := q.theReview()
	switch {
	case v == nil:
		return notFound()
	case v.state != "PENDING":
		return unprocessable("Can not delete a non-pending pull request review")
	}
	q.pull.reviews = slices.DeleteFunc(q.pull.reviews, func(x *review) bool { return x == v })
	q.g.touch()
	return ok(v.view())
}

func listReviewComments(q *request) *answer {
	v := q.theReview()
	if v == nil {
		return notFound()
	}
	_, a := paged(q, v.comments, func(c *comment) any { return c.view() })
	return a
}

// submitReview submits a pending review.
func submitReview(q *request) *answer {
	v := q.theReview()
	if v == nil {
		return notFound()
	}
	var in struct{ Body, Event string }
	if no := q.read(&in); no != nil {
		return no
	}
	if v.state != "PENDING" || states[in.Event] == "" || in.Event == "" {
		return unprocessable("Could not submit the review: it was submitted before, or the event is unknown")
	}
	if in.Body != "" {
		v.body = in.Body
	}
	v.state = "" // no longer in its own way
	if no := q.pull.refuse(v, in.Event); no != nil {
		v.state = "PENDING"
		return no
	}
	v.state = states[in.Event]
	return ok(q.pull.submit(v).view())
}

func dismissReview(q *request) *answer {
	v := q.theReview()
	if v == nil {
		return notFound()
	}
	if v.state != "APPROVED" && v.state != "CHANGES_REQUESTED" {
		return unprocessable("Can not dismiss a commented pull request review")
	}
	v.state = "DISMISSED"
	q.g.touch()
	q.pull.reviewEvent("dismissed", v)
	return ok(v.view())
}
