package po

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// Write writes a file as Read takes it.
func Write(f *File) []byte {
	var b bytes.Buffer
	writeString(&b, "msgid", "")
	writeString(&b, "msgstr", "Language: "+f.Language+"\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n")
	for _, e := range f.Entries {
		b.WriteByte('\n')
		for _, n := range e.Notes {
			fmt.Fprintln(&b, strings.TrimSpace("# "+n))
		}
		if len(e.Files) > 0 {
			fmt.Fprintln(&b, "#:", strings.Join(e.Files, " "))
		}
		if e.Fuzzy {
			fmt.Fprintln(&b, "#, fuzzy")
		}
		writeString(&b, "msgid", e.Key)
		writeString(&b, "msgstr", e.Text)
	}
	return b.Bytes()
}

// writeString writes a string, a line each where it has several.
func writeString(b *bytes.Buffer, word, s string) {
	if lines := strings.SplitAfter(strings.TrimSuffix(s, "\n"), "\n"); len(lines) > 1 {
		fmt.Fprintf(b, "%s \"\"\n", word)
		for i, line := range lines {
			if i == len(lines)-1 && strings.HasSuffix(s, "\n") {
				line += "\n"
			}
			fmt.Fprintln(b, quote(line))
		}
		return
	}
	fmt.Fprintf(b, "%s %s\n", word, quote(s))
}

// quote escapes what must be, and leaves the letters of any language as they are.
func quote(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r == '"' || r == '\\' || r < ' ' {
			q := strconv.Quote(string(r))
			b.WriteString(q[1 : len(q)-1])
			continue
		}
		b.WriteRune(r)
	}
	return `"` + b.String() + `"`
}
