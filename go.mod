module github.com/schema-review/schema-review

go 1.26.8

require golang.org/x/text v0.43.0
