package github

import (
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// due counts what was written, and reports whether it is time to look at the size of all.
func (c *objectCache) due(size int64) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.written += size
	if c.swept && c.written < c.limit/16 {
		return false
	}
	c.swept, c.written = true, 0
	return true
}

// sweep removes what was not used for the longest time, until a tenth of the room is free. Ages are told
// apart by the hour: that many files need not be held in memory.
func (c *objectCache) sweep() {
	sizes := map[int64]int64{} // by the hour of the last use
	total := int64(0)
	c.each(func(_ string, info fs.FileInfo) {
		sizes[hour(info)] += onDisk(info.Size())
		total += onDisk(info.Size())
	})
	if total <= c.limit {
		return
	}
	last, excess := int64(0), total-c.limit*9/10
	for _, h := range slices.Sorted(maps.Keys(sizes)) {
		if last = h; excess <= sizes[h] {
			break
		}
		excess -= sizes[h]
	}
	c.remove(last, total-c.limit*9/10)
}

// remove deletes files last used before that hour's end: those of earlier hours all, of this one as many as it takes.
func (c *objectCache) remove(last, excess int64) {
	freed := int64(0)
	take := func(wanted func(h int64) bool) {
		c.each(func(name string, info fs.FileInfo) {
			if freed < excess && wanted(hour(info)) && os.Remove(name) == nil {
				freed += onDisk(info.Size())
			}
		})
	}
	take(func(h int64) bool { return h < last })
	take(func(h int64) bool { return h == last })
	c.log.Info("cache of git objects was swept", slog.Int64("freed_bytes", freed))
}

func hour(info fs.FileInfo) int64 { return info.ModTime().Unix() / 3600 }

// each calls f for the files; what a killed process left is removed. Other processes may remove files meanwhile.
func (c *objectCache) each(f func(name string, info fs.FileInfo)) {
	_ = filepath.WalkDir(c.dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return nil //nolint:nilerr // it is gone
		}
		info, err := e.Info()
		if err != nil {
			return nil //nolint:nilerr // it is gone
		}
		if isUnfinished(name) {
			if c.now().Sub(info.ModTime()) > time.Hour {
				_ = os.Remove(name)
			}
			return nil
		}
		f(name, info)
		return nil
	})
}
