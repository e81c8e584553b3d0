package review

import "github.com/schema-review/schema-review/ddlparse"

// ChangeSet is what is to be reviewed: the files that changed, and those that were there before.
type ChangeSet struct {
	// History are the files at the merge base (or all earlier ones), in any order: migrations, and the
	// small files that tell their tool (atlas.sum, migration_lock.toml, .skeema). Files that are also in
	// Changed may be here or not.
	History []File
	// Stats is the file of table sizes that the configuration names; nil when it names none.
	Stats   *Content
	Changed []Changed // the files that the change set adds, edits, renames or deletes
	// Explicit: the changed files were named one by one, so each is meant to be a migration.
	Explicit bool

	partial bool               // there are sets of migrations that nothing here belongs to
	located []ddlparse.Located // by Collect, which saw the whole repository; nil = to be found among the files here
}

// File is a file's path, slash separated and relative to the repository, and its content.
type File struct {
	Path string
	Data []byte
}

// Changed is one file that a change set touches.
type Changed struct {
	Path    string
	OldPath string // where it was before, "" when it has not moved
	Base    []byte // content at the merge base, nil when it is new
	Head    []byte // content now, nil when it was deleted
}
