package github

import (
	"bytes"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func newTestCache(t *testing.T, limit int64) *objectCache {
	t.Helper()
	c, err := newObjectCache(Options{CacheDir: t.TempDir(), CacheBytes: limit, Now: time.Now, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func blobKey(data []byte) objectKey { return objectKey{1, "blob", blobName(data)} }

// size is the room that the cache takes.
func (c *objectCache) size() (total int64, files int) {
	c.each(func(_ string, info fs.FileInfo) {
		total += onDisk(info.Size())
		files++
	})
	return total, files
}

func TestCache(t *testing.T) {
	t.Parallel()
	c := newTestCache(t, 1<<20)
	for _, data := range [][]byte{[]byte("a"), {}, bytes.Repeat([]byte("x"), 100_000)} {
		key := blobKey(data)
		if got := c.read(key); got != nil {
			t.Errorf("got %d bytes before they were written", len(got))
		}
		c.write(key, data)
		if got := c.read(key); got == nil || !bytes.Equal(got, data) {
			t.Errorf("got %d bytes, want %d", len(got), len(data))
		}
		other := key
		other.installation = 2
		if got := c.read(other); got != nil {
			t.Error("another installation can read it")
		}
	}
}

func TestCacheTakesNoOtherNames(t *testing.T) {
	t.Parallel()
	c := newTestCache(t, 1<<20)
	for _, name := range []string{"", "../../../../etc/passwd", "abc", "../aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"} {
		c.write(objectKey{1, "blob", name}, []byte("x"))
		if got := c.read(objectKey{1, "blob", name}); got != nil {
			t.Errorf("%q was kept", name)
		}
	}
}

// What is used stays, what isn't goes, and the bound holds.
func TestCacheIsBounded(t *testing.T) {
	t.Parallel()
	const limit = 1 << 20
	c := newTestCache(t, limit)
	now := time.Now()
	c.now = func() time.Time { return now }
	used := []byte("used all the time")
	c.write(blobKey(used), used)
	for i := range 600 {
		now = now.Add(2 * time.Hour)
		data := fmt.Appendf(nil, "%08d %s", i, bytes.Repeat([]byte("x"), 6000))
		c.write(blobKey(data), data)
		name := c.file(blobKey(data))
		if err := os.Chtimes(name, now, now); err != nil && c.read(blobKey(data)) != nil {
			t.Fatal(err)
		}
		if c.read(blobKey(used)) == nil {
			t.Fatalf("what is used was removed after %d writes", i)
		}
	}
	if total, files := c.size(); total > limit+limit/16+8192 || files < 64 {
		t.Errorf("got %d bytes in %d files, want at most %d bytes", total, files, limit)
	}
}

// A process that was killed leaves half a file, and a disk may lie.
func TestCacheIsVerified(t *testing.T) {
	t.Parallel()
	r := newReading(t, flyway(3))
	p := r.pull(added("db/migration/V4__x.sql", drop))
	want := r.read(r.job(p)).changes
	damaged := 0
	err := filepath.WalkDir(r.cache, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Base(filepath.Dir(filepath.Dir(name))) == "config" {
			return err
		}
		damaged++
		return os.Truncate(name, 5)
	})
	if err != nil || damaged < 4 {
		t.Fatalf("damaged %d files: %v", damaged, err)
	}
	got := r.read(r.job(p)).changes
	if diff := cmp.Diff(want.Set.History, got.Set.History); diff != "" || got.Content != want.Content {
		t.Error(diff)
	}
}

func TestUnfinishedFilesAreRemoved(t *testing.T) {
	t.Parallel()
	c := newTestCache(t, 1<<20)
	data := []byte("x")
	c.write(blobKey(data), data)
	dir := filepath.Dir(c.file(blobKey(data)))
	old, fresh := filepath.Join(dir, "unfinished-1"), filepath.Join(dir, "unfinished-2")
	for _, name := range []string{old, fresh} {
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	longAgo := time.Now().Add(-2 * time.Hour)
	if err := os.Chtimes(old, longAgo, longAgo); err != nil {
		t.Fatal(err)
	}
	c.sweep()
	if _, err := os.Stat(old); err == nil {
		t.Error("an old one is still there")
	}
	if _, err := os.Stat(fresh); err != nil {
		t.Errorf("a fresh one, which another process may be writing, is gone: %v", err)
	}
}

// Several processes share a folder, and sweep it at the same time.
func TestCacheIsShared(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var wg sync.WaitGroup
	for range 4 {
		c, err := newObjectCache(Options{CacheDir: dir, CacheBytes: 256 << 10, Now: time.Now, Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		wg.Go(func() {
			for i := range 300 {
				data := fmt.Appendf(nil, "content %d", i)
				c.write(blobKey(data), data)
				if got := c.read(blobKey(data)); got != nil && !bytes.Equal(got, data) {
					t.Errorf("got %q, want %q", got, data)
				}
			}
		})
	}
	wg.Wait()
}

func TestWithoutCache(t *testing.T) {
	t.Parallel()
	r := newReading(t, flyway(2), func(o *Options) { o.CacheDir = "" })
	got := r.read(r.job(r.pull(added("db/migration/V3__x.sql", drop)))).changes
	if len(got.Set.History) != 2 {
		t.Errorf("got %d files, want 2", len(got.Set.History))
	}
}

func TestBlobName(t *testing.T) {
	t.Parallel()
	// git hash-object of "hello\n" and of nothing.
	for text, want := range map[string]string{"hello\n": "ce013625030ba8dba906f756967f9e9ca394464a", "": "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"} {
		if got := blobName([]byte(text)); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}
