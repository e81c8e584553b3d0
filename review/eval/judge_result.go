package eval

// Judged is what a second model thinks of the words of the findings, and how far it can be believed.
type Judged struct {
	Model       string       `json:"model"`
	Prompts     string       `json:"prompts"`    // version of what the judge is told
	Agreement   []Agreement  `json:"agreement"`  // with people, on labelled examples: as a whole ("good"), then each criterion
	Calibrated  bool         `json:"calibrated"` // else the scores count for nothing
	Unanswered  int          `json:"unanswered"` // examples that the judge gave no judgement of; they count as disagreement
	Disagreed   []Disagreed  `json:"disagreed"`  // examples that it judges otherwise than people
	Scores      []JudgeScore `json:"scores"`     // as a whole ("good"), then each criterion
	Wordings    []Wording    `json:"wordings"`   // that it judged, in the order of the cases
	NotJudged   int          `json:"not_judged"` // findings without a judgement: the judge's model failed
	InputTokens int          `json:"input"`      // of examples and findings
	Output      int          `json:"output"`
}

// Agreement is how often a judge and people say the same.
type Agreement struct {
	Name  string   `json:"name"`
	N     int      `json:"n"`
	Agree int      `json:"agree"`
	Kappa *float64 `json:"kappa"` // Cohen's: 0 is what chance gives, 1 is always; null where one of them always says the same
	Share Figure   `json:"share"` // with Wilson's interval
}

// enough reports whether the judge sees it as people do.
func (a Agreement) enough() bool {
	return a.N >= JudgeExamples && a.Kappa != nil && *a.Kappa >= JudgeKappa && float64(a.Agree) >= JudgeAgreement*float64(a.N)
}

// Disagreed is an example that a judge sees otherwise than people.
type Disagreed struct {
	Example string   `json:"example"`
	People  []string `json:"people"` // the criteria that it fails; none: it is good
	Judge   []string `json:"judge"`
	Notes   string   `json:"notes"`
}

// JudgeScore is the share of findings that meet a criterion.
type JudgeScore struct {
	Name   string `json:"name"`
	Share  Figure `json:"share"`
	Counts bool   `json:"counts"` // the judge is calibrated, and in this criterion too
}

// Wording is a finding with what the judge says of its words.
type Wording struct {
	Case string `json:"case"`
	Label
	Title string   `json:"title"`
	Fails []string `json:"fails"` // none: it is good
	Notes string   `json:"notes"`
}

// What a judge must reach on the labelled examples, as a whole, before its scores count. A judge that calls all
// of them good agrees on half of them; kappa is what is left when such luck is taken off.
const (
	JudgeAgreement = 0.80
	JudgeKappa     = 0.60
	JudgeExamples  = 24
)
