package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/schema-review/schema-review/review"
)

// disk reads files below a folder by their slash separated paths in it.
type disk struct{ root string }

func (d disk) file(path string) string { return filepath.Join(d.root, filepath.FromSlash(path)) }

// read gives a file's content. Symbolic links are not followed: they lead out of what is reviewed.
func (d disk) read(path string) ([]byte, error) {
	info, err := os.Lstat(d.file(path))
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errNoFile
	case info.Size() > review.MaxFile:
		return nil, review.ErrTooLarge
	}
	f, err := os.Open(d.file(path))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data := make([]byte, info.Size()) // no room to grow: thousands of small files are kept at once
	n, err := io.ReadFull(f, data)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return data[:n], err
}

var errNoFile = errors.New("not a plain file")

// walk lists the files below the given paths, in order and each once.
func (d disk) walk(ctx context.Context, paths []string) ([]string, error) {
	var found []string
	for _, p := range paths {
		err := filepath.WalkDir(d.file(p), func(name string, e fs.DirEntry, err error) error {
			switch {
			case ctx.Err() != nil:
				return ctx.Err()
			case err != nil:
				return err
			case e.IsDir() && name != d.file(p) && noSource(e.Name()):
				return fs.SkipDir
			case !e.Type().IsRegular():
				return nil
			}
			rel, err := filepath.Rel(d.root, name)
			found = append(found, filepath.ToSlash(rel))
			return err
		})
		if err != nil {
			return nil, plainError(err)
		}
	}
	slices.Sort(found)
	return slices.Compact(found), nil
}

// noSource reports folders that hold other people's files.
func noSource(name string) bool { return name == ".git" || name == "node_modules" }

// plainError says what is wrong with a file, without the name of the system call.
func plainError(err error) error {
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("%s: %w", pathError.Path, pathError.Err)
	}
	return err
}

// below reports whether the path is one of the names, or lies in one of them; "." is everything.
func below(path string, names []string) bool {
	return slices.ContainsFunc(names, func(n string) bool {
		return n == "." || path == n || strings.HasPrefix(path, n+"/")
	})
}

func exists(file string) bool {
	_, err := os.Lstat(file)
	return err == nil
}
