package webhook

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
)

// maxGuesses is how many wrong codes are taken until a new one is made.
const maxGuesses = 5

// oneTimeCode opens the set-up page once.
type oneTimeCode struct {
	text    string // "" = there is none
	guesses int
}

// newOneTimeCode has 80 random bits, as 16 letters and digits.
func newOneTimeCode(random io.Reader) (oneTimeCode, error) {
	var b [10]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return oneTimeCode{}, fmt.Errorf("make a one-time code: %w", err)
	}
	return oneTimeCode{text: base32.StdEncoding.EncodeToString(b[:])}, nil
}

// String groups it for people: ABCD-EFGH-IJKL-MNOP.
func (c oneTimeCode) String() string {
	return c.text[:4] + "-" + c.text[4:8] + "-" + c.text[8:12] + "-" + c.text[12:]
}

// is compares in constant time; spaces, dashes and case don't matter.
func (c oneTimeCode) is(typed string) bool {
	typed = strings.ToUpper(strings.NewReplacer("-", "", " ", "", "\t", "").Replace(typed))
	return c.text != "" && same(typed, c.text)
}

// same compares two secrets in constant time, whatever their lengths.
func same(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

// token is a random secret that fits a cookie and a URL.
func token(random io.Reader) (string, error) {
	var b [32]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return "", fmt.Errorf("make a token: %w", err)
	}
	return hex.EncodeToString(b[:]), nil
}
