package ddlparse

import "sync"

// featureInfo is a piece of syntax that not every server takes.
type featureInfo struct {
	name  string // the word the reader and the rules use
	title string // the words for a message: "an index on an expression"
	sinces
	refusal refusal
}

// refusal is the error number with which one kind of server refuses a feature, where it isn't the
// syntax error 1064; 0 says that the server ignores what is written.
type refusal struct {
	kind   Kind
	number int
}

const errSyntax = 1064

// featureByName is the table of features by name.
var featureByName = sync.OnceValue(func() map[string]*featureInfo {
	all := make(map[string]*featureInfo, len(features))
	for i := range features {
		all[features[i].name] = &features[i]
	}
	return all
})

// supports reports whether the server takes the feature; one that this package doesn't know counts as taken.
func (e Engine) supports(feature string) bool {
	f, ok := featureByName()[feature]
	return !ok || e.reached(f.of(e.Kind))
}

// Supports reports whether the server takes a feature, named as in Problem.Name of UnsupportedSyntax.
func (e Engine) Supports(feature string) bool { return e.supports(feature) }

// FeatureTitle returns the words for a feature in a message: "an index on an expression". It is "" for what
// is none: no server refuses that.
func FeatureTitle(feature string) string {
	if f, ok := featureByName()[feature]; ok {
		return f.title
	}
	return ""
}

// FeatureSince returns the version of a kind of server from which on it takes the feature: "" for all
// known versions, "never" for none.
func FeatureSince(feature string, k Kind) string {
	f, ok := featureByName()[feature]
	if !ok {
		return ""
	}
	if s := f.of(k); s != never {
		return string(s)
	}
	return "never"
}

// refusalNumber is the error with which the server refuses a feature that it doesn't take; 0 when it
// ignores it.
func (e Engine) refusalNumber(feature string) int {
	f, ok := featureByName()[feature]
	if !ok || f.refusal.kind == "" || f.refusal.kind != e.base().Kind {
		return errSyntax
	}
	return f.refusal.number
}
