package prompts

import "strings"

// told is a guideline's text as the model reads it. Tokens are paid for with every review, so an example is
// one line, and the good one is left to people: the judgement in words is what the model goes by.
func (g Guideline) told() string {
	var b strings.Builder
	label, sql := "", ""
	for line := range strings.Lines(g.Text) {
		mark := strings.TrimSpace(line)
		switch {
		case label == "" && exampleLabel(mark) != "":
			label, sql = exampleLabel(mark), ""
		case label != "" && mark == "```":
			b.WriteString(example(label, sql))
			label = ""
		case label != "":
			sql += line
		default:
			b.WriteString(line)
		}
	}
	return strings.TrimSpace(squeeze(b.String()))
}

// exampleLabel returns the words in front of an example that opens here, "" where none does.
func exampleLabel(mark string) string {
	kind, ok := strings.CutPrefix(mark, "```sql ")
	if !ok {
		return ""
	}
	switch kind, _, _ = strings.Cut(kind, " "); kind {
	case "base":
		return "Beside"
	case "bad":
		return "Bad"
	case "good":
		return "Good"
	}
	return ""
}

func example(label, sql string) string {
	if label == "Good" {
		return ""
	}
	return label + ": " + oneLine(sql) + "\n"
}

// squeeze leaves no two empty lines behind each other.
func squeeze(text string) string {
	for strings.Contains(text, "\n\n\n") {
		text = strings.ReplaceAll(text, "\n\n\n", "\n\n")
	}
	return text
}
