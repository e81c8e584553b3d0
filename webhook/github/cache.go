package github

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// objectCache keeps on disk what never changes, by its SHA. Each installation has a folder of its own,
// so that no one can ask for what only another one may see. A file appears complete or not at all, and
// whoever reads one checks it: any number of processes may share the folder, and be killed.
type objectCache struct {
	dir   string // "" = nothing is kept
	limit int64
	now   func() time.Time
	log   *slog.Logger

	mu      sync.Mutex
	written int64 // since the last sweep
	swept   bool
}

func newObjectCache(o Options) (*objectCache, error) {
	if o.CacheDir != "" {
		if err := os.MkdirAll(o.CacheDir, 0o700); err != nil {
			return nil, fmt.Errorf("CACHE_DIR: %w", err)
		}
	}
	return &objectCache{dir: o.CacheDir, limit: o.CacheBytes, now: o.Now, log: o.Log}, nil
}

// objectKey names a kept object: what it is, and the SHA that it goes by.
type objectKey struct {
	installation int64
	kind, sha    string
}

func (c *objectCache) file(k objectKey) string {
	if c.dir == "" || !isSHA(k.sha) {
		return ""
	}
	return filepath.Join(c.dir, fmt.Sprint(k.installation), k.kind, k.sha[:2], k.sha[2:])
}

// read gives an object, nil when it isn't there. The newest use is its file's time.
func (c *objectCache) read(k objectKey) []byte {
	name := c.file(k)
	if name == "" {
		return nil
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil
	}
	now := c.now()
	if info, err := os.Stat(name); err == nil && now.Sub(info.ModTime()) > time.Hour {
		_ = os.Chtimes(name, now, now) // it may have been removed meanwhile
	}
	if data == nil {
		data = []byte{}
	}
	return data
}

// drop removes what turned out to be broken.
func (c *objectCache) drop(k objectKey) { _ = os.Remove(c.file(k)) }

// write keeps an object. A full disk makes reviews slower, and stops none.
func (c *objectCache) write(k objectKey, data []byte) {
	name := c.file(k)
	if name == "" {
		return
	}
	if err := writeWhole(name, data); err != nil {
		c.log.Warn("cache of git objects can't be written", slog.Any("err", err))
		return
	}
	if c.due(onDisk(int64(len(data)))) {
		c.sweep()
	}
}

// writeWhole makes the file appear at once: half of one never has its name.
func writeWhole(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), unfinished)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

const unfinished = "unfinished-*"

func isUnfinished(name string) bool {
	return strings.HasPrefix(filepath.Base(name), strings.TrimSuffix(unfinished, "*"))
}

// onDisk is how much room a file takes.
func onDisk(size int64) int64 { return (size + 4095) &^ 4095 }
