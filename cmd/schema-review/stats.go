package main

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"os"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/schema-review/schema-review/ddlparse"
	"github.com/schema-review/schema-review/review"
	"github.com/spf13/cobra"
)

// statsOptions are the flags of stats.
type statsOptions struct {
	dsn, schema, output string
	percent             bool
}

// statsTime is what a server may take to answer: information_schema of many thousand tables is slow.
const statsTime = 2 * time.Minute

const statsHelp = `Write how large the tables of a server are, for reviews to go by.

It reads information_schema.tables in a read-only transaction and nothing else; the
account needs no more than SELECT on the tables. Rows are the server's estimate. With
--percent only each table's share of all bytes is written, no numbers.

Commit the file and name it in the configuration:

  stats: db/table-stats.yml

A change to a small table is then not worth a word, and one that locks a large table is
an error. large_table and small_table in the configuration say what counts as which.`

func newStats(c console) *cobra.Command {
	var o statsOptions
	cmd := &cobra.Command{
		Use:   "stats --dsn DSN",
		Short: "Write the sizes of a server's tables, for reviews to go by",
		Long:  statsHelp,
		Example: `  schema-review stats --dsn 'reader:secret@tcp(db:3306)/shop' --output db/table-stats.yml
  SCHEMA_REVIEW_DSN='reader@tcp(db:3306)/' schema-review stats --schema shop --percent`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.dsn = cmp.Or(o.dsn, c.getenv("SCHEMA_REVIEW_DSN"))
			return writeStats(cmd.Context(), c, &o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.dsn, "dsn", "", "`DSN` of the server: user:password@tcp(host:port)/schema; SCHEMA_REVIEW_DSN keeps it out of process lists")
	f.StringVar(&o.schema, "schema", "", "only the tables of the schema `NAME`; by default that of the DSN, or all")
	f.BoolVar(&o.percent, "percent", false, "write shares of all bytes in percent instead of rows and bytes")
	f.StringVar(&o.output, "output", "", "write to `FILE` instead of the terminal")
	return cmd
}

func writeStats(ctx context.Context, c console, o *statsOptions) error {
	stats, err := measure(ctx, o)
	if err != nil {
		return err
	}
	if o.percent {
		stats = stats.Shares()
	}
	var text bytes.Buffer
	if err := stats.Write(&text); err != nil {
		return err
	}
	if o.output == "" {
		_, err = c.out.Write(text.Bytes())
		return err
	}
	return os.WriteFile(o.output, text.Bytes(), 0o644) //nolint:gosec // it is committed, so everybody may read it
}

// measure asks the server.
func measure(ctx context.Context, o *statsOptions) (*review.TableStats, error) {
	if o.dsn == "" {
		return nil, fail("stats: --dsn is missing: user:password@tcp(host:port)/schema")
	}
	config, err := mysql.ParseDSN(o.dsn)
	if err != nil {
		return nil, fmt.Errorf("stats: --dsn: %w", err)
	}
	config.Timeout = cmp.Or(config.Timeout, 10*time.Second)
	connector, err := mysql.NewConnector(config)
	if err != nil {
		return nil, fmt.Errorf("stats: --dsn: %w", err)
	}
	db := sql.OpenDB(connector)
	defer db.Close()
	ctx, cancel := context.WithTimeout(ctx, statsTime)
	defer cancel()
	tables, err := tableSizes(ctx, db, cmp.Or(o.schema, config.DBName))
	if err != nil {
		return nil, fmt.Errorf("stats: %s: %w", config.Addr, err)
	}
	return &review.TableStats{Measured: time.Now().UTC().Format(time.DateOnly), Tables: tables}, nil
}

// sizeQuery lists the tables of a schema, or of all that are not the server's own.
const sizeQuery = `SELECT table_schema, table_name, COALESCE(table_rows, 0), COALESCE(data_length, 0) + COALESCE(index_length, 0)
FROM information_schema.tables
WHERE table_type IN ('BASE TABLE', 'SYSTEM VERSIONED') AND (table_schema = ? OR ? = '')
AND table_schema NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema', 'metrics_schema')
ORDER BY table_schema, table_name`

// tableSizes reads in a transaction that can't write.
func tableSizes(ctx context.Context, db *sql.DB, schema string) ([]review.TableSize, error) {
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer func() { _ = tx.Rollback() }()
	rows, err := tx.QueryContext(ctx, sizeQuery, schema, schema)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var tables []review.TableSize
	for rows.Next() {
		t := review.TableSize{Percent: -1}
		var name ddlparse.Name
		if err := rows.Scan(&name.Database, &name.Name, &t.Rows, &t.Bytes); err != nil {
			return nil, err
		}
		t.Name = name
		tables = append(tables, t)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	if len(tables) == 0 {
		return nil, fail("there are no tables that this account can see")
	}
	return tables, nil
}
