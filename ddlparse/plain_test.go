package ddlparse

import "testing"

// What is plain needs no second opinion, so nothing that a server refuses may be.
func TestPlain(t *testing.T) {
	t.Parallel()
	tests := map[string]bool{
		"1":                         true,
		"'a', -1.5, NULL, now()":    true,
		"a > 0 AND b IS NOT NULL":   true,
		"lower(trim(t.a)) = 'x'":    true,
		"a IN (1, 2) OR NOT b = 3":  true,
		"a NOT IN (1, 2)":           true,
		"(a + b) * 2":               true,
		"a > > 0":                   false,
		"a >":                       false,
		"":                          false,
		"a b":                       false,
		"(a":                        false,
		"a IS NOT FOO":              false,
		"now() + interval 1 day":    false,
		"CASE WHEN a THEN b END":    false,
		"a LIKE 'x' ESCAPE '!'":     false,
		"(SELECT 1)":                false,
		"_utf8mb4'x'":               false,
		"a, , b":                    false,
		"cast(a AS char)":           false,
		"a BETWEEN 1 AND 2 OR b":    true,
		"a BETWEEN 1":               false,
		"a BETWEEN 1 OR 2":          false,
		"a COLLATE utf8mb4_bin = b": false,
	}
	for text, want := range tests {
		src := &Source{Text: text}
		if got := plainList(src, tokenize(src, 0, int32(len(text)), lexOptions{engine: DefaultEngine()})); got != want {
			t.Errorf("plainList(%q) = %v, want %v", text, got, want)
		}
	}
}
