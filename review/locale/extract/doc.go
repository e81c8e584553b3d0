// Package extract finds the sentences that the program says to people: the keys of translations. It follows
// what a message.Printer is given back to the constants that it comes from, through parameters, fields,
// variables and results, so that no list of functions that take sentences has to be kept. Only the
// generator and the tests of translations use it.
package extract
