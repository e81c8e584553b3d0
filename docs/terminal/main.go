// Command terminal draws what a program prints in colour: ANSI text on standard input, an SVG on standard output.
//
// The documentation's picture is made by .ci/picture, from a real review.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

func main() {
	title := flag.String("title", "", "the command, shown as typed at a prompt")
	head := flag.Int("head", 1000, "lines that are shown of the beginning")
	tail := flag.Int("tail", 0, "lines that are shown of the end")
	columns := flag.Int("columns", 200, "columns of the terminal; longer lines are folded")
	flag.Parse()
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	lines := strings.Split(strings.TrimRight(strings.ReplaceAll(string(text), "\r", ""), "\n"), "\n")
	lines = shorten(lines, *head, *tail)
	if *title != "" {
		lines = append([]string{"\x1b[1m$ " + *title + "\x1b[0m"}, lines...)
	}
	if _, err := io.WriteString(os.Stdout, draw(lines, *columns)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

// shorten leaves out the middle, up to a place where a paragraph ends, and says so.
func shorten(lines []string, head, tail int) []string {
	if len(lines) <= head+tail+1 {
		return lines
	}
	for head > 1 && lines[head-1] != "" {
		head--
	}
	left := len(lines) - head - tail
	note := fmt.Sprintf("\x1b[2m… %d more lines …\x1b[0m", left)
	return append(append(lines[:head:head], note, ""), lines[len(lines)-tail:]...)
}
