package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"strings"
)

// Our own tables; River brings its own migrations. A file that was released is never edited.
//
//go:embed migrations/*.sql
var migrations embed.FS

// migrate runs the files that were not run yet. Their number is the schema's version.
func migrate(ctx context.Context, d database) error {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	return d.write(ctx, func(t tx) error {
		have, err := version(ctx, t)
		if err != nil {
			return err
		}
		if have > len(files) {
			return fmt.Errorf("the database was written by a newer schema-review (tables of version %d, this one knows %d): upgrade, or restore the backup of before the upgrade", have, len(files))
		}
		for i, file := range files[have:] {
			if err := apply(ctx, t, file, have+i+1); err != nil {
				return fmt.Errorf("create the tables of version %d: %w", have+i+1, err)
			}
		}
		return nil
	})
}

func version(ctx context.Context, t tx) (have int, err error) {
	const create = "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT PRIMARY KEY)"
	if _, err := t.exec(ctx, create); err != nil {
		return 0, fmt.Errorf("create the first table: %w", err)
	}
	_, err = one(t.query(ctx, "SELECT coalesce(max(version), 0) FROM schema_version"))(&have)
	return have, err
}

func apply(ctx context.Context, t tx, file string, number int) error {
	text, err := migrations.ReadFile(file)
	if err != nil {
		return err
	}
	for statement := range strings.SplitSeq(string(text), ";\n") {
		if strings.TrimSpace(statement) == "" {
			continue
		}
		if _, err := t.exec(ctx, statement); err != nil {
			return err
		}
	}
	_, err = t.exec(ctx, "INSERT INTO schema_version (version) VALUES ($1)", number)
	return err
}
