package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// signature is the value of X-Hub-Signature-256. X-Hub-Signature, with SHA-1, counts for nothing.
// https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries
type signature []byte

// parseSignature reads "sha256=" and 64 hexadecimal digits.
func parseSignature(header string) (signature, bool) {
	digits, ok := strings.CutPrefix(header, "sha256=")
	if !ok || len(digits) != hex.EncodedLen(sha256.Size) {
		return nil, false
	}
	mac, err := hex.DecodeString(digits)
	return mac, err == nil
}

// of reports whether one of the secrets signed the body: there are two of them while one is replaced by
// another. An empty secret signs nothing. All are tried, so that the time tells nothing.
func (s signature) of(body []byte, secrets []string) bool {
	found := false
	for _, secret := range secrets {
		mac := hmac.New(sha256.New, []byte(secret))
		mac.Write(body)
		if hmac.Equal(s, mac.Sum(nil)) && secret != "" {
			found = true
		}
	}
	return found
}
