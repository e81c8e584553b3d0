// Package po reads and writes translations as PO files, which translators and their tools know: a sentence in
// English (msgid) is followed by the translation (msgstr). Of the format it knows what is needed here,
// without contexts and plural forms, and it takes nothing else: a library that skips what it can't read
// would lose sentences in silence.
// https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html
package po

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// File is the translations of one area into one language.
type File struct {
	Language string
	Entries  []Entry
}

// Entry is a sentence and its translation.
type Entry struct {
	Key   string
	Text  string   // "" = not translated
	Files []string // where the sentence is written
	Notes []string // of translators
	Fuzzy bool     // a tool's guess, which a person has not looked at
}

// Read reads a file.
func Read(src []byte) (*File, error) {
	r := reader{file: &File{}}
	for i, line := range strings.Split(string(src), "\n") {
		if err := r.line(strings.TrimSpace(line)); err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	if err := r.end(); err != nil {
		return nil, fmt.Errorf("the last entry: %w", err)
	}
	return r.file, nil
}

type reader struct {
	file  *File
	entry Entry
	into  *string // what the next string belongs to; nil before the first msgid
	keyed bool    // the entry has a msgid
	said  bool    // and a msgstr
}

func (r *reader) line(line string) error {
	switch {
	case line == "":
		return r.end()
	case strings.HasPrefix(line, "#"):
		return r.comment(line)
	case strings.HasPrefix(line, `"`):
		return r.text(line)
	}
	word, rest, _ := strings.Cut(line, " ")
	switch {
	case word == "msgid" && !r.keyed:
		r.keyed, r.into = true, &r.entry.Key
	case word == "msgstr" && r.keyed && !r.said:
		r.said, r.into = true, &r.entry.Text
	default:
		return fmt.Errorf("%q is not expected here", word)
	}
	return r.text(rest)
}

func (r *reader) text(quoted string) error {
	if r.into == nil {
		return fmt.Errorf("a string without msgid: %s", quoted)
	}
	s, err := strconv.Unquote(quoted)
	if err != nil {
		return fmt.Errorf("not a string in double quotes: %s", quoted)
	}
	*r.into += s
	return nil
}

func (r *reader) comment(line string) error {
	if r.keyed {
		return fmt.Errorf("a comment inside of an entry: %s", line)
	}
	switch {
	case strings.HasPrefix(line, "#:"):
		r.entry.Files = append(r.entry.Files, strings.Fields(line[2:])...)
	case strings.HasPrefix(line, "#,"):
		r.entry.Fuzzy = r.entry.Fuzzy || strings.Contains(line, "fuzzy")
	case line == "#" || strings.HasPrefix(line, "# "):
		r.entry.Notes = append(r.entry.Notes, strings.TrimSpace(line[1:]))
	default:
		return fmt.Errorf("a comment of a kind that is not known: %s", line)
	}
	return nil
}

// end takes up the entry that an empty line ends. The one without a key is the header.
func (r *reader) end() error {
	e, keyed, said := r.entry, r.keyed, r.said
	r.entry, r.keyed, r.said, r.into = Entry{}, false, false, nil
	switch {
	case !keyed:
		return nil
	case !said:
		return fmt.Errorf("msgid %q has no msgstr", e.Key)
	case e.Key == "":
		r.file.Language = header(e.Text, "Language")
		return nil
	case slices.ContainsFunc(r.file.Entries, func(o Entry) bool { return o.Key == e.Key }):
		return fmt.Errorf("msgid %q stands here a second time", e.Key)
	}
	r.file.Entries = append(r.file.Entries, e)
	return nil
}

// header is a value of the header, "" when it isn't there.
func header(text, name string) string {
	for line := range strings.Lines(text) {
		if key, value, _ := strings.Cut(line, ":"); key == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
