// Package converse is a stand-in for Amazon Bedrock Runtime, for tests, the demo and recordings: it speaks Converse
// and CountTokens on the loopback, is as strict as the real service about what it is sent, and says what a script
// tells it to. It knows no AWS code, so that it can't share a mistake with the client that it checks.
package converse
