package store

import (
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestOpenErrorsAreForPeople(t *testing.T) {
	t.Parallel()
	closed, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := closed.Addr().String()
	closed.Close()
	newer := filepath.Join(t.TempDir(), "newer.db")
	s := open(t, "sqlite:"+newer, quick())
	change(t, s, "INSERT INTO schema_version (version) VALUES (99)")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	used := sqliteURL(t)
	open(t, used, quick())
	notes := filepath.Join(t.TempDir(), "notes.txt")
	if err := os.WriteFile(notes, []byte(strings.Repeat("these are notes\n", 100)), 0o600); err != nil {
		t.Fatal(err)
	}

	tests := map[string]struct{ url, want string }{
		"nothing":          {"", "must begin with sqlite: or postgres://"},
		"a path":           {"schema-review.db", "must begin with sqlite: or postgres://"},
		"another database": {"mysql://root:hunter2@127.0.0.1/x", "must begin with sqlite: or postgres://"},
		"no file":          {"sqlite:", "needs a file"},
		"in memory":        {"sqlite::memory:", "needs a file"},
		"no folder":        {"sqlite:" + filepath.Join(t.TempDir(), "none", "x.db"), "its folder must exist and be writable"},
		"a folder":         {"sqlite:" + t.TempDir(), "can't be used"},
		"no database":      {"sqlite:" + notes, "notes.txt"},
		"in use":           {used, ErrInUse.Error()},
		"newer":            {"sqlite:" + newer, "newer schema-review"},
		"not a URL":        {"postgres://u:hunter2%@127.0.0.1/x", "can't be read"},
		"no such option":   {"postgres://u:hunter2@127.0.0.1/x?sslmode=maybe", "sslmode"},
		"nobody there":     {"postgres://u:hunter2@" + address + "/x", address},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := Open(t.Context(), test.url, quick())
			if err == nil {
				s.Close()
				t.Fatal("no error")
			}
			if !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("got %q, want something with %q and without the password", err, test.want)
			}
		})
	}
}

func TestPostgresErrorsAreForPeople(t *testing.T) {
	t.Parallel()
	base := postgresURL(t)
	s := open(t, base, quick())
	change(t, s, "INSERT INTO schema_version (version) VALUES (99)")
	missing, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	missing.Path = "/no_such_database"
	tests := map[string]struct{ url, want string }{
		"newer":            {base, "newer schema-review"},
		"no such database": {missing.String(), "no_such_database"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := Open(t.Context(), test.url, quick()); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want something with %q", err, test.want)
			}
		})
	}
}

// TestOpenAgain: the tables are there, and so is what was in them.
func TestOpenAgain(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s, err := Open(t.Context(), url, quick())
		if err != nil {
			t.Fatal(err)
		}
		accept(t, s, push("1", 1, "a"))
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if accept(t, open(t, url, quick()), push("1", 1, "a")) {
			t.Error("the delivery was forgotten")
		}
	})
}

// TestReplicasStartAtOnce, on an empty database.
func TestReplicasStartAtOnce(t *testing.T) {
	t.Parallel()
	url := postgresURL(t)
	errs := make(chan error)
	for range 3 {
		go func() {
			s, err := Open(t.Context(), url, quick())
			if err == nil {
				err = s.Close()
			}
			errs <- err
		}()
	}
	for range 3 {
		if err := receive(t, "a start", errs); err != nil {
			t.Error(err)
		}
	}
}

// TestFilesAreTheOwnersAlone, also one that was there before with other permissions.
func TestFilesAreTheOwnersAlone(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "a 100% db?.db")
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	s := open(t, "sqlite:"+path, quick())
	accept(t, s, push("1", 1, "a"))
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, file := range files {
		names = append(names, file.Name())
		info, err := file.Info()
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %o", file.Name(), info.Mode().Perm())
		}
	}
	if got := strings.Join(names, " "); !strings.Contains(got, "a 100% db?.db-wal") {
		t.Errorf("files: %s; want the database with its write-ahead log", got)
	}
}

func TestPing(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s, err := Open(t.Context(), url, quick())
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Ping(t.Context()); err != nil {
			t.Error(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if err := s.Ping(t.Context()); err == nil {
			t.Error("a closed database answers")
		}
	})
}

// TestSQLiteIsDurable: what Accept has answered must survive the power going out.
func TestSQLiteIsDurable(t *testing.T) {
	t.Parallel()
	s := open(t, sqliteURL(t), quick())
	for pragma, want := range map[string]string{"synchronous": "2", "journal_mode": "wal"} { // 2 is FULL
		var got string
		if err := s.db.(*sqlite).writer.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %q, want %q (%v)", pragma, got, want, err)
		}
	}
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	o := Options{Workers: 9}.withDefaults()
	if o.Workers != 9 || o.Attempts != 12 || o.Lost != 15*time.Second || o.Replica == "" || o.Now == nil || o.Log == nil {
		t.Errorf("%+v", o)
	}
}
