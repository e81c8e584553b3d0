package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"

	"github.com/schema-review/schema-review/review"
)

// blobReader reads contents of a repository through one git process.
type blobReader struct {
	ctx       context.Context //nolint:containedctx // lives no longer than the process
	cmd       *exec.Cmd
	in        io.WriteCloser
	out       *bufio.Reader
	complaint bytes.Buffer
}

func (r *repository) blobReader(ctx context.Context) (*blobReader, error) {
	b := &blobReader{ctx: ctx, cmd: r.command(ctx, "cat-file", "--batch")}
	b.cmd.Stderr = &b.complaint
	out, err := b.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	b.out = bufio.NewReaderSize(out, 1<<16)
	if b.in, err = b.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	return b, b.cmd.Start()
}

// close ends the process; what was asked for and not read is dropped.
func (b *blobReader) close() {
	_ = b.in.Close()
	_, _ = io.Copy(io.Discard, b.out)
	_ = b.cmd.Wait() // all that was wanted has been read, or the failure is known
}

// read gives contents, in order. Asking and reading go on side by side: neither pipe fills up.
func (b *blobReader) read(ids []string) ([]review.Content, error) {
	contents := make([]review.Content, len(ids))
	asked := make(chan error, 1)
	go func() {
		w := bufio.NewWriter(b.in)
		for _, id := range ids {
			_, _ = w.WriteString(id + "\n") // Flush tells of the first error
		}
		err := w.Flush()
		asked <- err
	}()
	for i := range ids {
		data, err := b.next()
		if err != nil && err != review.ErrTooLarge { //nolint:errorlint // ours, never wrapped
			return nil, err
		}
		contents[i] = review.Content{Data: data, Err: err}
	}
	if err := <-asked; err != nil {
		return nil, b.failure(err)
	}
	return contents, nil
}

// next reads one answer: a line with id, type and size, the content, a line break.
func (b *blobReader) next() ([]byte, error) {
	header, err := b.out.ReadString('\n')
	if err != nil {
		return nil, b.failure(err)
	}
	words := strings.Fields(header)
	if len(words) != 3 {
		return nil, fmt.Errorf("git cat-file: %s: this clone lacks the content of a file; run `git fetch`", strings.TrimSpace(header))
	}
	size, err := strconv.ParseInt(words[2], 10, 64)
	if err != nil {
		return nil, b.failure(err)
	}
	return b.content(size)
}

func (b *blobReader) content(size int64) ([]byte, error) {
	if size > review.MaxFile {
		if _, err := io.CopyN(io.Discard, b.out, size+1); err != nil {
			return nil, b.failure(err)
		}
		return nil, review.ErrTooLarge
	}
	data := make([]byte, size+1)
	if _, err := io.ReadFull(b.out, data); err != nil {
		return nil, b.failure(err)
	}
	return data[:size:size], nil
}

func (b *blobReader) failure(err error) error {
	return gitError(b.ctx, fmt.Errorf("cat-file: %w", err), "")
}
