package rules

import (
	"slices"
	"strings"

	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
)

// The rules of this file are about partitions: what the server refuses, and where rows will have no place.
// https://dev.mysql.com/doc/refman/8.4/en/partitioning-limitations.html

var partitionKeyNotInUniqueKey = &review.Rule{
	ID:       "partition-key-not-in-unique-key",
	Title:    "Unique key lacks a partitioning column",
	Category: review.Partitions,
	Severity: review.Error,
	Check: reportProblems(ddlparse.PartitionKey, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		return review.Msg("`%s` must be unique over all partitions and lacks `%s`, by which they are made; %s refuses it (error %s).", pr.Object, pr.Value, p.Engine.Title(), review.Errno(pr.Number)),
			review.Msg("Add `%s` to the key, or make it an ordinary index.", pr.Value)
	}),
}

var partitionColumnMissing = &review.Rule{
	ID:       "partition-column-missing",
	Title:    "Partitioning names a column that does not exist",
	Category: review.Partitions,
	Severity: review.Error,
	Check: reportProblems(ddlparse.PartitionColumn, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		return review.Msg("`%s` is partitioned by the column `%s`, which it does not have; %s refuses it (error %s).", pr.Table.String(), pr.Name, p.Engine.Title(), review.Errno(pr.Number)),
			review.Msg("Correct the name, or add `%s` in an earlier statement.", pr.Name)
	}),
}

var partitionNotFound = &review.Rule{
	ID:       "partition-not-found",
	Title:    "Partition does not exist",
	Category: review.Partitions,
	Severity: review.Error,
	Check: reportProblems(ddlparse.PartitionNotFound, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		engine, number := p.Engine.Title(), review.Errno(pr.Number)
		if pr.Reason == "table" {
			return review.Msg("`%s` is not partitioned when this statement runs; %s refuses %s (error %s).", pr.Table.String(), engine, pr.Value, number),
				review.Msg("Leave the clause out, or partition the table by PARTITION BY first.")
		}
		return review.Msg("`%s` has no partition `%s` when this statement runs; %s refuses %s (error %s).", pr.Table.String(), pr.Name, engine, pr.Value, number),
			review.Msg("Correct the name; information_schema.PARTITIONS lists them.")
	}),
}

var duplicatePartition = &review.Rule{
	ID:       "duplicate-partition",
	Title:    "Partitions overlap or share a name",
	Category: review.Partitions,
	Severity: review.Error,
	Check: reportProblems(ddlparse.DuplicatePartition, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		table, engine, number := pr.Table.String(), p.Engine.Title(), review.Errno(pr.Number)
		switch pr.Reason {
		case "name":
			return review.Msg("Two partitions of `%s` are called `%s`; %s refuses them (error %s).", table, pr.Name, engine, number),
				review.Msg("Give one of them another name.")
		case "value":
			return review.Msg("The value %s stands twice in the partitions of `%s`, in `%s` and `%s`; %s refuses it (error %s).", pr.Value, table, pr.Other, pr.Name, engine, number),
				review.Msg("Leave the value in one of them.")
		case "maxvalue":
			return review.Msg("The partition `%s` of `%s` stands behind `%s`, which takes everything up to MAXVALUE; %s refuses it (error %s).", pr.Name, table, pr.Other, engine, number),
				review.Msg("Put the partition with MAXVALUE last.")
		}
		return review.Msg("The bound of the partition `%s` of `%s` is not greater than that of `%s` before it; %s refuses it (error %s).", pr.Name, table, pr.Other, engine, number),
			review.Msg("Order the partitions by their bounds, each greater than the one before.")
	}),
}

var addPartitionAfterMaxvalue = &review.Rule{
	ID:       "add-partition-after-maxvalue",
	Title:    "Partition is added behind MAXVALUE",
	Category: review.Partitions,
	Severity: review.Error,
	Check: reportProblems(ddlparse.PartitionAfterMaxvalue, func(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
		return review.Msg("The last partition of `%s`, `%s`, takes everything up to MAXVALUE; %s refuses to add one behind it (error %s).", pr.Table.String(), pr.Name, p.Engine.Title(), review.Errno(pr.Number)),
			review.Msg("Split it: REORGANIZE PARTITION %s INTO (the new partition, and %s with MAXVALUE).", pr.Name, pr.Name)
	}),
}

// tooManyPartitions speaks of the server's limit as an error, and of the team's once a change set goes over it.
var tooManyPartitions = &review.Rule{
	ID:       "too-many-partitions",
	Title:    "Table has very many partitions",
	Category: review.Partitions,
	Severity: review.Warning,
	Params:   []review.Param{{Name: "max", Default: 1000, Doc: "How many partitions a table may have, subpartitions included."}},
	Check: func(p *review.Pass) {
		for _, pr := range p.Problems(ddlparse.TooManyPartitions) {
			p.Report(review.Finding{
				Object: pr.Table.String(), Span: pr.Span, Severity: review.Error,
				Problem: review.Msg("`%s` has %d partitions; %s allows %d and refuses it (error %s).", pr.Table.String(), atoi(pr.Value), p.Engine.Title(), atoi(pr.Other), review.Errno(pr.Number)),
				Advice:  review.Msg("Make partitions of longer ranges."),
			})
		}
		for t := range p.Tables() {
			n := partitionCount(t)
			if limit := review.Value[int](p, "max"); n > limit && n <= 8192 && partitionCount(startTable(p, t)) <= limit {
				p.Report(review.Finding{
					Object: t.Name.String(), Span: t.Partitions.Span,
					Problem: review.Msg("`%s` has %d partitions, more than %d: %s opens each of them for statements that don't name the partitioning column.", t.Name.String(), n, limit, p.Engine.Title()),
					Advice:  review.Msg("Make partitions of longer ranges, or drop old ones in the same job that adds new ones."),
				})
			}
		}
	},
}

func partitionCount(t *ddlparse.Table) int {
	if t == nil || t.Partitions == nil {
		return 0
	}
	n := max(t.Partitions.Count, 1)
	if sub := t.Partitions.Sub; sub != nil {
		n *= max(sub.Count, 1)
	}
	return n
}

var partitionFunction = &review.Rule{
	ID:       "partition-by-unsupported-function",
	Title:    "Partitioning by a function or type that isn't allowed",
	Category: review.Partitions,
	Severity: review.Error,
	Engines:  review.On(ddlparse.MySQL, ddlparse.Aurora, ddlparse.MariaDB),
	Check:    reportProblems(ddlparse.PartitionFunction, sayPartitionFunction),
}

func sayPartitionFunction(p *review.Pass, pr *ddlparse.Problem) (problem, advice review.Message) {
	table, engine, number := pr.Table.String(), p.Engine.Title(), review.Errno(pr.Number)
	switch pr.Reason {
	case "function":
		return review.Msg("`%s` is partitioned by %s(), which is none of the functions that partitions may use; %s refuses it (error %s).", table, pr.Value, engine, number),
			review.Msg("Use a column itself, or YEAR(), TO_DAYS(), TO_SECONDS() or UNIX_TIMESTAMP().")
	case "time-zone":
		return review.Msg("The expression that partitions `%s` gives `%s` another value in another time zone; %s refuses it (error %s).", table, pr.Value, engine, number),
			review.Msg("Use UNIX_TIMESTAMP() of a TIMESTAMP column, or TO_DAYS() of a DATE or DATETIME column.")
	case "constant":
		return review.Msg("`%s` is partitioned by %s, which is the same for every row; %s refuses it (error %s).", table, pr.Value, engine, number),
			review.Msg("Name a column of the table.")
	case "string":
		return review.Msg("The partitions of `%s` compare numbers, and one has a string as its bound; %s refuses it (error %s).", table, engine, number),
			review.Msg("Write RANGE COLUMNS or LIST COLUMNS in place of RANGE or LIST, or the bound as a number.")
	}
	if strings.HasSuffix(pr.Other, "COLUMNS") || strings.HasSuffix(pr.Other, "KEY") {
		return review.Msg("`%s` is partitioned by `%s`, whose type %s does not take; %s refuses it (error %s).", table, pr.Value, pr.Other, engine, number),
			review.Msg("Partition by an integer, date or string column.")
	}
	return review.Msg("`%s` is partitioned by `%s`, which is no integer, and %s wants one; %s refuses it (error %s).", table, pr.Value, pr.Other, engine, number),
		review.Msg("Use RANGE COLUMNS, LIST COLUMNS or KEY, or a function that gives an integer, such as TO_DAYS().")
}

// rangeWithoutMaxvalue speaks once, where the partitions are made or the one with MAXVALUE goes: a job that adds
// partitions later is not asked again.
var rangeWithoutMaxvalue = &review.Rule{
	ID:       "range-partition-without-maxvalue",
	Title:    "RANGE partitions have an end",
	Category: review.Partitions,
	Severity: review.Warning,
	Check: func(p *review.Pass) {
		for t := range p.Tables() {
			start := startTable(p, t)
			if t.External || !hasEnd(t.Partitions) || start != nil && (start.IsOpaque() || hasEnd(start.Partitions)) {
				continue
			}
			reportEnd(p, t, start)
		}
	},
}

func reportEnd(p *review.Pass, t, start *ddlparse.Table) {
	last := t.Partitions.Parts[len(t.Partitions.Parts)-1]
	f := review.Finding{
		Object:  t.Name.String(),
		Span:    last.Span,
		Problem: review.Msg("No partition of `%s` takes values beyond `%s`: %s refuses to insert them (error %s).", t.Name.String(), last.Name, p.Engine.Title(), review.Errno(1526)),
		Advice:  review.Msg("End with PARTITION p_max VALUES LESS THAN (MAXVALUE), and split that one by REORGANIZE PARTITION in time."),
	}
	if start != nil && start.Partitions != nil && slices.Contains(start.Partitions.Parts, last) {
		for _, c := range review.Each[*ddlparse.AlterPartitions](p) {
			if p.Final().Same(c.Table, t.Name) {
				f.Span = c.Span // the one with MAXVALUE went
			}
		}
	} else if t.Partitions.Method == "RANGE" || len(t.Partitions.Columns) == 1 {
		behind := f.Span
		behind.Start = behind.End
		f.Fix = &review.Edit{Title: "Take the values beyond, too", Span: behind, New: ", PARTITION p_max VALUES LESS THAN (MAXVALUE)"}
	}
	p.Report(f)
}

// hasEnd reports whether the table is partitioned by ranges of which the last is bounded.
func hasEnd(p *ddlparse.Partitioning) bool {
	if p == nil || len(p.Parts) == 0 || p.Method != "RANGE" && p.Method != "RANGE COLUMNS" {
		return false
	}
	return !strings.Contains(strings.ToUpper(p.Parts[len(p.Parts)-1].Values), "MAXVALUE")
}
