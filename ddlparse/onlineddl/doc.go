// Package onlineddl predicts what a server does to a live table when it runs a DDL statement: the
// algorithm it chooses, the weakest lock that leaves, whether it rebuilds the table, and the clause that
// decides.
//
// What servers do is data, not code: operations.txt says for each operation, precondition, server and
// range of versions what was measured or what the manual says. The code only turns a statement into
// operations and facts:
//
//	operations.go, columns.go, types.go, indexes.go, options.go   step -> operations, each with its clause
//	facts.go                                                      table, column and session -> facts
//	table.go                                                      operations.txt -> rows
//	predict.go, outcome.go                                        rows that hold -> the worst of them
//	clauses.go                                                    ALGORITHM= and LOCK= -> refusal
package onlineddl
