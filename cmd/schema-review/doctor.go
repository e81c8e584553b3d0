package main

import (
	"context"
	"fmt"
	"time"

	"github.com/schema-review/schema-review/webhook/github"
	"github.com/spf13/cobra"
	"golang.org/x/text/message"
)

const doctorHelp = `Check what serve needs, with the settings that serve would have: credentials and clock,
permissions and events, the way from GitHub to here, rate limits, GraphQL, database, cache,
and the model, which is asked for a few tokens.

Each line is OK, or says what is wrong and, below it, what to do. NOTE is worth knowing.

Run it where serve runs, with the same environment. It changes nothing on GitHub; like
serve, it brings the tables of the database up to date.

Exit codes: 0 nothing is wrong, 1 something is, 2 could not check.`

func newDoctor(c console) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "doctor",
		Short:   "Check what serve needs: credentials, permissions, webhook, database, model",
		Long:    doctorHelp,
		Example: "  schema-review doctor",
		Args:    cobra.NoArgs,
	}
	settings := newSettingsReader(cmd, c.getenv)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		d := &doctor{now: time.Now, p: printerOf(cmd)}
		d.examine(cmd.Context(), settings)
		if wrong := writeDiagnoses(c.out, newPaint(c.colour(false)), d.found, d.p); wrong > 0 {
			return errFindings
		}
		return cmd.Context().Err()
	}
	return cmd
}

// doctor collects what the checks found, in the order in which they depend on each other.
type doctor struct {
	now   func() time.Time
	p     *message.Printer
	found []github.Diagnosis
}

func (d *doctor) ok(check, text string) {
	d.found = append(d.found, github.Diagnosis{Check: check, Text: text})
}

func (d *doctor) note(check, text, advice string) {
	d.found = append(d.found, github.Diagnosis{Check: check, Health: github.Note, Text: text, Advice: advice})
}

func (d *doctor) wrong(check, text, advice string) {
	d.found = append(d.found, github.Diagnosis{Check: check, Health: github.Wrong, Text: text, Advice: advice})
}

// examineTime bounds the whole visit: GitHub may be unreachable.
const examineTime = 2 * time.Minute

func (d *doctor) examine(ctx context.Context, settings *settingsReader) {
	ctx, stop := context.WithTimeout(ctx, examineTime)
	defer stop()
	config, err := settings.read()
	if err != nil {
		for _, problem := range settings.problems {
			d.wrong("settings", problem.Error(), "")
		}
		return
	}
	d.settings(config)
	d.database(ctx, config)
	d.cache(config)
	d.gitHub(ctx, config)
	d.model(ctx, config)
}

// gitHub asks GitHub, when there is something to ask with.
func (d *doctor) gitHub(ctx context.Context, config *serverConfig) {
	if config.credentials == nil {
		d.wrong("credentials", d.p.Sprintf("there are none: neither GITHUB_APP_ID, GITHUB_APP_PRIVATE_KEY and GITHUB_WEBHOOK_SECRET, nor %s", config.credentialsFile),
			d.p.Sprintf("start serve and open its set-up page, or set them"))
		return
	}
	client, err := github.New(github.Options{
		AppID: config.credentials.AppID, Key: []byte(config.credentials.PrivateKey), APIURL: config.apiURL, GraphQLURL: config.graphQLURL,
		Secrets: config.markerKeys(), Now: d.now,
	})
	if err != nil {
		d.wrong("credentials", fmt.Sprint(err), "")
		return
	}
	d.found = append(d.found, client.Examine(ctx, d.p)...)
}
