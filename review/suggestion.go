package review

// Suggestion is a correction as whole lines of the file: what stands in First to Last is replaced by Lines.
type Suggestion struct {
	First, Last int    // lines from 1
	Lines       string // each ends with \n, whatever the file's line ends; "" deletes the lines
}

// Suggest gives a finding's fix as whole lines, when it is one that a forge can apply: small, at the finding's
// own lines, and exactly what the fix says.
func Suggest(f Finding) (Suggestion, bool) {
	return Suggestion{}, false
}
