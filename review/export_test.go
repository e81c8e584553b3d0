package review

// Overlap is the table of rules that guidelines leave alone.
var Overlap = overlap
