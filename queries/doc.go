// Package queries answers the questions that people, scripts and pages ask of
// the published figures: it reads the sums from the warehouse, and lets the
// metric's own arithmetic make rates, intervals and states of them.
//
// Every reader of figures goes through a Catalog, so a number is the same on
// the command line, on a page and in an export.
package queries
