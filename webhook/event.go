package webhook

// Event is a delivery after it was read: the jobs that it asks for, or the reason why there are none.
type Event struct {
	GUID   string // X-GitHub-Delivery: the same when a delivery is sent again
	Name   string // X-GitHub-Event
	Action string
	Repo   string // "owner/name", "" for events of an installation
	Jobs   []Job
	Head   string // head commit of the pull request as of this event, "" when it doesn't say
	Force  bool   // a person asked to review again
	Reason string // why there is nothing to do; "" when there are jobs
}
