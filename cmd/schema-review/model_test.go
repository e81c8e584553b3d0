package main

import (
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/schema-review/schema-review/review/bedrock/converse"
)

// startModel is a command of scripts: it starts a stand-in for Bedrock, and sets the variables that lead to it.
//
//	model answers FILE       what it says, whatever it is asked
//	model rambles FILE       the same, in an answer of 5,000 tokens: what is allowed less is cut
//	model throws EXCEPTION   or does instead
func startModel(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: model answers FILE | model rambles FILE | model throws EXCEPTION")
	}
	reply := converse.Reply{Tokens: 4321}
	switch args[0] {
	case "answers", "rambles":
		reply.JSON = ts.ReadFile(args[1])
	case "throws":
		reply.Exception = &converse.Exception{Code: args[1], Message: "as the script says"}
	default:
		ts.Fatalf("model %s: want answers, rambles or throws", args[0])
	}
	s := converse.New(func(c converse.Call) converse.Reply {
		r := reply
		if args[0] == "rambles" && c.Request.InferenceConfig.MaxTokens < 5000 {
			r.Stop = "max_tokens"
		}
		return r
	})
	ts.Defer(s.Close)
	for name, value := range map[string]string{
		"AWS_ENDPOINT_URL_BEDROCK_RUNTIME": s.URL, "AWS_REGION": converse.Region, "AWS_EC2_METADATA_DISABLED": "true",
		"AWS_ACCESS_KEY_ID": converse.Key, "AWS_SECRET_ACCESS_KEY": converse.Secret,
		"BEDROCK_MODEL_ID": "anthropic.claude-sonnet-4-5-20250929-v1:0",
	} {
		ts.Setenv(name, value)
	}
}
