package prompts

import (
	"strings"
	"testing"
)

func TestNearest(t *testing.T) {
	t.Parallel()
	valid := []string{"drop-column", "drop-table", "en", "ja"}
	for name, want := range map[string]string{
		"drop-colum": "drop-column", "DROP_COLUMN": "drop-column", "drop_tables": "drop-table", "jp": "ja",
		"": "", "xyz": "", "something-else": "", strings.Repeat("x", 5000): "",
	} {
		if got := Nearest(name, valid); got != want {
			t.Errorf("Nearest(%.20q) = %q, want %q", name, got, want)
		}
	}
}
