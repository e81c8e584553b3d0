// Package bedrock asks models on Amazon Bedrock. It is the only importer of the AWS SDK: a Client is a
// review.Model, and whatever AWS calls a thing stays inside. What a model can do is a table (family.go) that is
// corrected by what the model refuses (learn.go), because models change faster than tables.
package bedrock
