// Command schema-review reviews database schema migrations on a laptop, in CI and in pull requests.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	collectGarbage()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], system())
	stop()
	os.Exit(code)
}
