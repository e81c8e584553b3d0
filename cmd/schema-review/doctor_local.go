package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"os"
	"strings"

	"github.com/schema-review/schema-review/webhook/store"
)

// settings looks at what can be read and is still not wise.
func (d *doctor) settings(c *serverConfig) {
	d.ok("settings", d.p.Sprintf("can be read"))
	host, _, _ := net.SplitHostPort(c.admin) // it was read
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		d.note("admin address", d.p.Sprintf("%s can be reached from other machines", c.admin), d.p.Sprintf("ADMIN_LISTEN_ADDR has no passwords: keep it behind a firewall, or on 127.0.0.1"))
	}
	if info, err := os.Stat(c.credentialsFile); err == nil && info.Mode().Perm()&0o077 != 0 {
		d.note("credentials file", d.p.Sprintf("%s can be read by others", c.credentialsFile), "chmod 600 "+c.credentialsFile)
	}
}

// database opens it as serve does, and writes a line.
func (d *doctor) database(ctx context.Context, c *serverConfig) {
	kind, advice := "Postgres", d.p.Sprintf("check DATABASE_URL, that the server takes connections from here, and the user's rights")
	if path, ok := strings.CutPrefix(c.database, "sqlite:"); ok {
		kind, advice = path, d.p.Sprintf("check DATABASE_URL; the folder must exist, and serve's user must be able to write to it")
	}
	s, err := store.Open(ctx, c.database, store.Options{Log: slog.New(slog.DiscardHandler)})
	if errors.Is(err, store.ErrInUse) {
		d.ok("database", d.p.Sprintf("%s is in use, by serve most likely: see its /readyz", kind))
		return
	}
	if err != nil {
		d.wrong("database", kind+": "+err.Error(), advice)
		return
	}
	err = errors.Join(s.Ping(ctx), s.SetCursor(ctx, "doctor", d.now()))
	if err = errors.Join(err, s.Close()); err != nil {
		d.wrong("database", kind+": "+err.Error(), advice)
		return
	}
	d.ok("database", d.p.Sprintf("%s can be read and written", kind))
}

// cache writes a file to the cache's folder.
func (d *doctor) cache(c *serverConfig) {
	err := os.MkdirAll(c.cacheDir, 0o700)
	if err == nil {
		err = probe(c.cacheDir)
	}
	if err != nil {
		d.wrong("cache", plainError(err).Error(), d.p.Sprintf("set CACHE_DIR to a folder that serve's user can write to; it can be emptied at any time"))
		return
	}
	d.ok("cache", d.p.Sprintf("%s can be written", c.cacheDir))
}

func probe(folder string) error {
	f, err := os.CreateTemp(folder, ".doctor-*")
	if err != nil {
		return err
	}
	_, err = f.WriteString("doctor\n")
	return errors.Join(err, f.Close(), os.Remove(f.Name()))
}
