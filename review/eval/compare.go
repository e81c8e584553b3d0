package eval

// Comparison is two results side by side, over the cases that both have with the same files and labels.
type Comparison struct {
	Notice     string        `json:"notice,omitempty"` // ScriptedNotice, if a side is one of scripts
	Format     int           `json:"format"`
	Before     Setup         `json:"before"`
	After      Setup         `json:"after"`
	Cases      int           `json:"cases"`   // compared
	Skipped    []string      `json:"skipped"` // names of the cases that only one has, or that changed between them
	Overall    []Change      `json:"overall"`
	Guidelines []GroupChange `json:"guidelines"` // in the order of their ids
	Languages  []GroupChange `json:"languages"`
	// Unshared are guidelines that only one side's prompts have, though labels name them. Nobody can miss what they
	// were not asked about, so they are not in recall and F1 of Overall and Languages. What they claim counts.
	Unshared  []string   `json:"unshared"`
	Decisions []Decision `json:"decisions"` // what is decided otherwise, by case
}

// Change is one figure on both sides. It compares what both measured, so the sides may differ from their results.
type Change struct {
	Figure string `json:"figure"` // FigurePrecision and so on
	Before Figure `json:"before"`
	After  Figure `json:"after"`
	By     Figure `json:"by"`    // after - before, with the interval of the paired difference
	Trend  Trend  `json:"trend"` // what the interval allows to say
}

// GroupChange is a guideline or a language on both sides.
type GroupChange struct {
	Name    string   `json:"name"`
	Changes []Change `json:"changes"` // precision, recall, f1
}

// The figures that are compared.
const (
	FigurePrecision     = "precision"
	FigureRecall        = "recall"
	FigureF1            = "f1"
	FigureFalsePerClean = "false-per-clean" // less is better
)

// Trend is what a difference means.
type Trend string

// The trends. A difference is clear when its interval leaves out zero.
const (
	Better  Trend = "better"
	Worse   Trend = "worse"
	Unclear Trend = "unclear" // the interval includes zero
	Unknown Trend = "unknown" // too few case files, or nothing to divide by
)

// Decision is a label, or a wrong claim, that was decided otherwise.
type Decision struct {
	Case string `json:"case"`
	Label
	Expected bool `json:"expected"` // then After > Before is better; else it is worse
	// Before and After are the shares of runs that claim it, from 0 to 1.
	Before float64 `json:"before"`
	After  float64 `json:"after"`
}
