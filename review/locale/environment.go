package locale

import (
	"cmp"
	"strings"

	"golang.org/x/text/language"
)

// FromEnvironment is the language that the variables of the environment ask for, as POSIX orders them; the
// default one when they ask for another or for none.
// https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html#tag_08_02
func FromEnvironment(getenv func(string) string) string {
	wanted := cmp.Or(getenv("LC_ALL"), getenv("LC_MESSAGES"), getenv("LANG"))
	wanted, _, _ = strings.Cut(wanted, ".") // ja_JP.UTF-8
	wanted, _, _ = strings.Cut(wanted, "@")
	tag, err := language.Parse(wanted)
	if err != nil {
		return Languages()[0]
	}
	_, i, confidence := language.NewMatcher(supported).Match(tag)
	if confidence == language.No {
		i = 0
	}
	return Languages()[i]
}
