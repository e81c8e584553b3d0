package ddlparse

import (
	"strings"
	"testing"
)

const benchText = "-- orders of a customer\nCREATE TABLE orders (\n  id bigint unsigned NOT NULL AUTO_INCREMENT COMMENT 'the key',\n  user_id bigint unsigned NOT NULL,\n  total decimal(12,2) NOT NULL DEFAULT '0.00',\n  created_at datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),\n  PRIMARY KEY (id),\n  KEY idx_user (user_id, created_at)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;\nALTER TABLE orders ADD COLUMN note varchar(255) NULL AFTER total, DROP INDEX idx_user;\n"

func BenchmarkSplit(b *testing.B) {
	src := &Source{Text: strings.Repeat(benchText, 1<<20/len(benchText))}
	o := lexOptions{engine: DefaultEngine()}
	b.SetBytes(int64(len(src.Text)))
	b.ReportAllocs()
	for b.Loop() {
		split(src, PlainSQL, o)
	}
}

func BenchmarkSplitSeed(b *testing.B) {
	src := &Source{Text: "INSERT INTO t VALUES " + strings.Repeat("(1234,'some text that is a name','2024-01-01 00:00:00'),\n", 20000) + "(1)"}
	o := lexOptions{engine: DefaultEngine()}
	b.SetBytes(int64(len(src.Text)))
	b.ReportAllocs()
	for b.Loop() {
		split(src, PlainSQL, o)
	}
}

func BenchmarkJudge(b *testing.B) {
	src := &Source{Text: strings.Repeat(benchText, 20)}
	o := lexOptions{engine: DefaultEngine()}
	pieces := split(src, PlainSQL, o)
	j := newJudge(o)
	b.SetBytes(int64(len(src.Text)))
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range pieces {
			if p.kind == pieceStatement {
				j.check(src, p.span, p.tokens, nil)
			}
		}
	}
}
