// Package archtest holds the tests of the module's own shape: who may import
// whom, that every package says what it is for, and that SQL lives in .sql
// files. It has no code of its own.
//
//	go test ./internal/archtest
//
// A ban names its reason; whoever wants to lift one changes the reason first.
package archtest
