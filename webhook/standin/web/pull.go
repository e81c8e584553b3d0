package web

import "time"

// Source is where the pages read.
type Source interface {
	// Pulls are all pull requests, in a stable order, as they are now.
	Pulls() []Pull
	// Version counts the changes of what can be seen.
	Version() uint64
	// Changes is closed at the first change after that version.
	Changes(since uint64) <-chan struct{}
}

// Pull is a pull request with everything that its pages show.
type Pull struct {
	Owner, Repo string
	Number      int
	Title, Body string
	Author      Author
	State       string // "open", "draft", "closed", "merged"
	Base, Head  string // branches
	Opened      time.Time
	Commits     []Commit
	Reviews     []Review
	Files       []File
	Checks      []CheckRun // of the newest commit
}

// Author is a person, or an App's bot.
type Author struct {
	Login string
	Bot   bool
}

// Commit is a commit of the pull request.
type Commit struct {
	SHA, Message string
	Author       Author
	At           time.Time
}

// Review is a review, with the threads that it began.
type Review struct {
	ID      int64
	Author  Author
	Body    string
	State   string // "COMMENTED", "CHANGES_REQUESTED", "APPROVED", "DISMISSED"
	At      time.Time
	Threads []Thread
}

// Thread is a conversation at a place of the diff.
type Thread struct {
	Path     string
	Side     string // "RIGHT", "LEFT"
	Start    int    // first line, equal to Line when it is one line
	Line     int    // last line; where it stood when it was begun, if the thread is outdated
	Hunk     string // the diff above the line, as it was when the thread was begun
	Outdated bool
	Resolved bool
	Comments []Comment
}

// Comment is one comment of a thread.
type Comment struct {
	ID        int64
	Author    Author
	Body      string
	At        time.Time
	Edited    bool
	Minimized string // why it is hidden: "outdated"; "" when it is shown
	Note      string // what visitors should know of it, "" for nothing
}

// File is a changed file.
type File struct {
	Path, OldPath        string // OldPath: where it was before, "" when it has not moved
	Status               string // "added", "modified", "removed", "renamed"
	Patch                string
	Additions, Deletions int
}

// CheckRun is a check run.
type CheckRun struct {
	ID                 int64
	Name               string
	Status, Conclusion string
	Title              string
	Summary, Text      string // Markdown
	Started, Completed time.Time
	Annotations        []Annotation
}

// Annotation is a remark of a check run at lines of a file.
type Annotation struct {
	Path       string
	Start, End int
	Level      string // "notice", "warning", "failure"
	Title      string
	Message    string
}
