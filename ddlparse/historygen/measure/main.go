//go:build linux

// Command measure runs a program and prints what it took: wall, user and system time in microseconds and peak memory
// in megabytes. The program's own output is thrown away.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

func run(args []string) error {
	if len(args) == 0 {
		return errors.New("usage: measure PROGRAM [ARGUMENT]")
	}
	began := time.Now()
	cmd := exec.CommandContext(context.Background(), args[0], args[1:]...)
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w", args[0], err)
	}
	wall := time.Since(began)
	usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return errors.New("this system doesn't tell what a program used")
	}
	fmt.Println(wall.Microseconds(), cmd.ProcessState.UserTime().Microseconds(),
		cmd.ProcessState.SystemTime().Microseconds(), usage.Maxrss>>10)
	return nil
}
