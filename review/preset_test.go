package review

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// presetRules is a small catalogue: drop-table and require-primary-key stand in most presets, with other severities.
func presetRules() []*Rule {
	return []*Rule{
		{ID: "drop-table", Severity: Error, Params: []Param{{Name: "allow_pattern", Default: "", Doc: "Names."}}},
		{ID: "require-primary-key", Severity: Error},
		{ID: "timestamp-column", Severity: Notice},
	}
}

func TestPreset(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		org, repo string
		want      map[string]Severity // timestamp-column, require-primary-key
		origin    string              // of timestamp-column
		problems  []string
	}{
		"a preset sets rules": {
			repo: "preset: strict\n",
			want: map[string]Severity{"timestamp-column": Warning, "require-primary-key": Error}, origin: "preset strict (repo.yml:1)",
		},
		"the layer's own rules win, wherever they stand": {
			repo: "rules: {timestamp-column: off}\npreset: strict\n",
			want: map[string]Severity{"timestamp-column": Off, "require-primary-key": Error}, origin: "repo.yml:1",
		},
		"the later one of a list wins": {
			repo: "preset: [strict, skeema]\n",
			want: map[string]Severity{"timestamp-column": Warning, "require-primary-key": Warning}, origin: "preset strict (repo.yml:1)",
		},
		"a stronger layer's preset wins over weaker rules": {
			org: "rules: {timestamp-column: off}\n", repo: "preset: strict\n",
			want: map[string]Severity{"timestamp-column": Warning, "require-primary-key": Error}, origin: "preset strict (repo.yml:1)",
		},
		"strict lowers nothing": {
			org: "rules: {timestamp-column: error}\n", repo: "preset: strict\n",
			want: map[string]Severity{"timestamp-column": Error, "require-primary-key": Error}, origin: "org.yml:1",
		},
		"recommended forgets what the organisation set": {
			org: "preset: strict\nrules: {require-primary-key: off}\n", repo: "preset: recommended\n",
			want: map[string]Severity{"timestamp-column": Notice, "require-primary-key": Error}, origin: "preset recommended (repo.yml:1)",
		},
		"what the organisation requires stays": {
			org: "required: {timestamp-column: error}\nrules: {require-primary-key: error}\n", repo: "preset: [recommended, skeema]\n",
			want: map[string]Severity{"timestamp-column": Error, "require-primary-key": Warning}, origin: "org.yml:1",
		},
		"an unknown name costs the layer": {
			repo: "preset: strikt\nrules: {timestamp-column: error}\n",
			want: map[string]Severity{"timestamp-column": Notice, "require-primary-key": Error}, origin: "",
			problems: []string{"repo.yml:1:9: There is no preset `strikt`. Did you mean `strict`?"},
		},
		"a mapping is no name": {
			repo: "preset: {strict: true}\n",
			want: map[string]Severity{"timestamp-column": Notice, "require-primary-key": Error}, origin: "",
			problems: []string{"repo.yml:1:9: `preset` must be a list, but this is a mapping."},
		},
		"a number in the list": {
			repo: "preset: [strict, 5]\n",
			want: map[string]Severity{"timestamp-column": Notice, "require-primary-key": Error}, origin: "",
			problems: []string{"repo.yml:1:18: `preset` must be a text, but this is a number. Quotes make it a text."},
		},
		"nothing": {
			repo: "preset:\n",
			want: map[string]Severity{"timestamp-column": Notice, "require-primary-key": Error}, origin: "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var layers []Layer
			if tt.org != "" {
				layers = append(layers, Layer{Name: OrganisationLayer, Path: "org.yml", Data: []byte(tt.org)})
			}
			layers = append(layers, Layer{Name: RepositoryLayer, Path: "repo.yml", Data: []byte(tt.repo)})
			config, problems := LoadConfig(layers, presetRules(), nil)
			var said []string
			for _, p := range problems {
				said = append(said, p.Error())
			}
			if diff := cmp.Diff(tt.problems, said); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			got := map[string]Severity{}
			for _, r := range presetRules() {
				if r.ID != "drop-table" {
					got[r.ID] = config.Severity(r)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("severities (-want +got):\n%s", diff)
			}
			if o := config.Origins["rules.timestamp-column.severity"]; o != tt.origin {
				t.Errorf("origin %q, want %q", o, tt.origin)
			}
		})
	}
}

func TestPresetInShow(t *testing.T) {
	t.Parallel()
	config, _ := LoadConfig([]Layer{{Name: RepositoryLayer, Path: "repo.yml", Data: []byte("preset: [strict]\n")}}, presetRules(), nil)
	var text strings.Builder
	if err := config.Show(&text, presetRules()); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"preset: strict  # repo.yml:1\n", "  timestamp-column: warning  # preset strict (repo.yml:1)\n", "  require-primary-key: error  # built-in\n"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("Show lacks %q:\n%s", want, text.String())
		}
	}
	again, problems := LoadConfig([]Layer{{Name: RepositoryLayer, Path: "repo.yml", Data: []byte(text.String())}}, presetRules(), nil)
	if len(problems) > 0 || again.Severity(presetRules()[2]) != Warning {
		t.Errorf("what Show writes isn't read back: %v", problems)
	}
}

func TestPresetNames(t *testing.T) {
	t.Parallel()
	var names []string
	for _, p := range presetList() {
		names = append(names, p.Name)
	}
	if diff := cmp.Diff(presetNames, names); diff != "" {
		t.Errorf("presetNames and presetList differ:\n%s", diff)
	}
	files, err := presetFiles.ReadDir("presets")
	if err != nil || len(files) != len(names) {
		t.Errorf("%d files for %d presets, %v", len(files), len(names), err)
	}
}
