package prompts

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"
	"unicode/utf8"
)

// Layer is a folder of files that overlay those of the layers before it by name: guidelines/ID.md and
// templates/NAME.md. Other files are left alone.
type Layer struct {
	Name string // for people: "built-in", "organisation", "repository"
	FS   fs.FS
	// Places are the paths of its files as people know them, where that is not Name and the path in the layer.
	Places map[string]string
}

// What a layer may hold at most: far more than anybody writes, and little enough to be read for every review.
const (
	MaxFileSize = 16 << 10 // bytes
	MaxFiles    = 300      // in each of its folders
)

// file is one file of a layer while it is read.
type file struct {
	layer, path string
	place       string // "" = layer and path
	problems    *[]Problem
}

// problem notes what is wrong. It returns false, for a check to end with.
func (f *file) problem(line int, format string, args ...any) bool {
	*f.problems = append(*f.problems, Problem{Layer: f.layer, File: f.path, At: f.place, Line: line, Format: format, Args: args})
	return false
}

// each calls read with the text of every Markdown file in a folder of the layer, in order of their names.
// A folder that isn't there is an empty one.
func (l Layer) each(folder string, problems *[]Problem, read func(f *file, text string)) {
	entries, err := fs.ReadDir(l.FS, folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		l.file(folder, problems).problem(0, problemUnreadable)
	}
	count := 0
	for _, e := range entries {
		if e.IsDir() || path.Ext(e.Name()) != ".md" || e.Name() == "README.md" {
			continue
		}
		f := l.file(path.Join(folder, e.Name()), problems)
		if count++; count > MaxFiles {
			f.problem(0, problemTooMany, MaxFiles)
			continue
		}
		if text, ok := f.text(l.FS); ok {
			read(f, text)
		}
	}
}

func (l Layer) file(path string, problems *[]Problem) *file {
	return &file{l.Name, path, l.Places[path], problems}
}

// text reads the file, with the line ends of Unix.
func (f *file) text(from fs.FS) (string, bool) {
	open, err := from.Open(f.path)
	if err != nil {
		return "", f.problem(0, problemUnreadable)
	}
	defer open.Close()
	data, err := io.ReadAll(io.LimitReader(open, MaxFileSize+1))
	switch {
	case err != nil:
		return "", f.problem(0, problemUnreadable)
	case len(data) > MaxFileSize:
		return "", f.problem(0, problemTooLarge, MaxFileSize>>10)
	case !utf8.Valid(data):
		return "", f.problem(0, problemNotText)
	}
	return strings.ReplaceAll(strings.TrimPrefix(string(data), "\ufeff"), "\r\n", "\n"), true
}
