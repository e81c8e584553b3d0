package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

// englishPages are the pages that are translated, by the name of the translation.
var englishPages = map[string]string{
	"README.md":       "../../README.md",
	"custom-rules.md": "../../docs/custom-rules.md",
	"install.md":      "../../docs/install.md",
	"tuning.md":       "../../docs/tuning.md",
}

var (
	pageFence   = regexp.MustCompile("(?ms)^ *````[^`\n]*\n.*?^ *````$|^ *```[^`\n]*\n.*?^ *```$")
	pageLink    = regexp.MustCompile(`\]\(([^)]+)\)`)
	pageHeading = regexp.MustCompile(`(?m)^(#+) (.+)$`)
	pageComment = regexp.MustCompile(`(?m)([ \t]+(#|--|//)|^(#|--|//)|%%)\s.*$`)
	pageSource  = regexp.MustCompile(`<!-- english: (\w+) -->\n$`)
)

// TestJapanesePages: they have the commands, sections and links of the English pages, and are as new.
func TestJapanesePages(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../docs/ja/*.md")
	if err != nil || len(files) != len(englishPages) {
		t.Fatalf("got %v, %v, want %d pages", files, err, len(englishPages))
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			comparePages(t, englishPages[filepath.Base(file)], file)
		})
	}
}

func comparePages(t *testing.T, englishFile, file string) {
	t.Helper()
	english, japanese := handWritten(t, englishFile), handWritten(t, file)
	if diff := cmp.Diff(pageBlocks(english), pageBlocks(japanese)); diff != "" {
		t.Errorf("the code is another (-English +Japanese):\n%s", diff)
	}
	if diff := cmp.Diff(pageShape(english), pageShape(japanese)); diff != "" {
		t.Errorf("the headings and links are others (-English +Japanese):\n%s", diff)
	}
	checkLinks(t, file, japanese)
	want := fmt.Sprintf("%x", sha256.Sum256([]byte(english)))[:12]
	if got := pageSource.FindStringSubmatch(japanese); got == nil || got[1] != want {
		t.Errorf("%s has changed since %s was translated: see `git log -p %s`, translate what is new, and end the page with <!-- english: %s -->",
			englishFile, file, englishFile, want)
	}
}

// handWritten reads what people wrote of a page.
func handWritten(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text, _, _ := strings.Cut(string(data), "<!-- the rest is generated")
	return text
}

// pageBlocks returns the fenced blocks without their comments, which are translated.
func pageBlocks(page string) []string {
	var blocks []string
	for _, block := range pageFence.FindAllString(page, -1) {
		blocks = append(blocks, pageComment.ReplaceAllString(block, ""))
	}
	return blocks
}

// pageShape returns the level and the number of links of each section.
func pageShape(page string) []string {
	var shape []string
	prose := pageFence.ReplaceAllString(page, "")
	for _, section := range regexp.MustCompile(`(?m)^#`).Split(prose, -1)[1:] {
		level := 1 + len(section) - len(strings.TrimLeft(section, "#"))
		shape = append(shape, fmt.Sprintf("%s with %d links", strings.Repeat("#", level), len(pageLink.FindAllString(section, -1))))
	}
	return shape
}

// checkLinks: files and sections that a page links to are there.
func checkLinks(t *testing.T, file, page string) {
	t.Helper()
	for _, link := range pageLink.FindAllStringSubmatch(pageFence.ReplaceAllString(page, ""), -1) {
		path, section, _ := strings.Cut(link[1], "#")
		if strings.Contains(path, "://") {
			continue
		}
		target := file
		if path != "" {
			target = filepath.Join(filepath.Dir(file), path)
		}
		if _, err := os.Stat(target); err != nil {
			t.Error(err)
		} else if section != "" && !pageAnchors(t, target)[section] {
			t.Errorf("there is no section %s", link[1])
		}
	}
}

// pageAnchors returns the sections of a file as GitHub names them: letters of any script, lower case, hyphens for spaces.
func pageAnchors(t *testing.T, file string) map[string]bool {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	anchors := map[string]bool{}
	for _, heading := range pageHeading.FindAllStringSubmatch(pageFence.ReplaceAllString(string(data), ""), -1) {
		anchors[strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_', unicode.IsMark(r):
				return unicode.ToLower(r)
			}
			return -1
		}, heading[2])] = true
	}
	return anchors
}
