package extract

import (
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"

	"golang.org/x/tools/go/packages"
)

// said is a call of say in a template, whose first argument is a sentence: {{say "%d cases" .Cases}}.
var said = regexp.MustCompile(`[{(|]\s*say ("(?:[^"\\]|\\.)*")`)

// templates finds what the templates that a package embeds give to say.
func (f *flow) templates(p *packages.Package, in areas) error {
	for _, file := range p.EmbedFiles {
		if !slices.Contains([]string{".tmpl", ".html"}, path.Ext(file)) {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		in[f.relative(file)] = areaOf(f.relative(filepath.Join(p.Dir, "template")), p, nil)
		for _, m := range said.FindAllSubmatchIndex(text, -1) {
			sentence, err := strconv.Unquote(string(text[m[2]:m[3]]))
			if err != nil {
				return err
			}
			f.found[sentence] = append(f.found[sentence], token.Position{Filename: file, Offset: m[2]})
		}
	}
	return nil
}
