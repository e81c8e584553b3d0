package webhook

import (
	"errors"

	"github.com/schema-review/schema-review/review"
	"golang.org/x/text/message"
)

// farewell is what the check run says when the stages ended with an error, nil when more attempts
// follow or nobody is there to read it.
func (r *run) farewell(err error) *Notice {
	var (
		gone    *GoneError
		refused *RefusedError
		n       Notice
	)
	switch {
	case errors.Is(err, ErrLost), errors.As(err, &gone):
		return nil
	case errors.As(err, &refused):
		n = failedNotice(r.printer(), review.Msg(refused.Sentence).In(r.printer()))
	case errors.Is(err, ErrSuperseded) && !r.task.Last:
		return nil // the next attempt knows whether that is so: deliveries come in any order
	case r.task.Last:
		n = failedNotice(r.printer(), r.printer().Sprintf("It was tried %d times, at last the stage “%s” failed.", r.task.Attempt, r.stage))
	default:
		return nil
	}
	return &n
}

func supersededNotice(p *message.Printer) Notice {
	return Notice{Conclusion: "cancelled", Title: p.Sprintf("A newer commit was pushed"), Summary: p.Sprintf("The review goes on there.")}
}

func closedNotice(p *message.Printer) Notice {
	return Notice{Conclusion: "cancelled", Title: p.Sprintf("Closed before the review ended"), Summary: p.Sprintf("Reopen the pull request to have it reviewed.")}
}

func draftNotice(p *message.Printer) Notice {
	return Notice{
		Conclusion: "neutral",
		Title:      p.Sprintf("Draft: not reviewed yet"),
		Summary:    p.Sprintf("It is reviewed when it is ready for review. With `review_drafts: true` in `.github/schema-review.yml`, drafts are reviewed too."),
	}
}

// failedNotice is neutral: red is for what rules found, and a gate that shuts for our own
// troubles would teach people to remove it.
func failedNotice(p *message.Printer, sentence string) Notice {
	return Notice{
		Conclusion: "neutral",
		Title:      p.Sprintf("Could not review"),
		Summary:    p.Sprintf("%s Nothing was judged. Re-run the check to try again.", sentence),
	}
}

func reusedNotice(p *message.Printer, v *Review) Notice {
	return Notice{
		Conclusion: v.Conclusion,
		Title:      v.Title,
		Summary:    p.Sprintf("The migrations are the same, before and after, as in #%d at %.7s: its verdict holds.", v.Number, v.Head),
	}
}
