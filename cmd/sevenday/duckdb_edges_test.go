package main

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// edges are how many users are added whose events lie on or beside the edges of
// the definitions' windows, where simulated ones hardly ever do.
const edges = 400

// edgeMerchants send no sessions; they are in two time zones with two currencies.
var edgeMerchants = []string{"demo-coffee-chain", "demo-fruit-shop", "demo-life_service-000"}

// addEdges appends the users' events to the world's files.
func addEdges(t *testing.T, seed uint64, folder string) {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, edges))
	entries, transactions := appendTo(t, folder, "entries"), appendTo(t, folder, "transactions")
	last := lastDays[seed%2].Time()
	for i := range edges {
		e := edgeUser{
			random: random, merchant: edgeMerchants[random.IntN(len(edgeMerchants))], number: i,
			at: last.Add(-time.Duration(10*24*60+random.IntN(45*24*60)) * time.Minute),
		}
		e.come(entries)
		e.pay(transactions)
	}
	if err := errors.Join(entries.close(), transactions.close()); err != nil {
		t.Fatal(err)
	}
}

// edgeUser is a user with visits about half an hour apart, and an order.
type edgeUser struct {
	random   *rand.Rand
	merchant string
	number   int
	events   int
	at       time.Time
}

// beside returns a span or the next one shorter or longer, to the millisecond or to the minute.
func (e *edgeUser) beside(span time.Duration) time.Duration {
	steps := []time.Duration{0, time.Millisecond, -time.Millisecond, time.Minute, -time.Minute}
	return span + steps[e.random.IntN(len(steps))]
}

func (e *edgeUser) header() string {
	e.events++
	return fmt.Sprintf(`{"event_id":"edge-%d-%d","merchant_id":"%s","user_id":"edge-%d","event_time":"%s"`,
		e.number, e.events, e.merchant, e.number, e.at.UTC().Format("2006-01-02T15:04:05.000Z07:00"))
}

func (e *edgeUser) come(to *appended) {
	for _, portal := range []string{"scan", "search", "life_account"}[:1+e.random.IntN(3)] {
		to.line(`%s,"portal":"%s"}`, e.header(), portal)
		e.at = e.at.Add(e.beside(30 * time.Minute))
	}
	e.at = e.at.Add(-30 * time.Minute)
}

// pay orders a day or a week after the last visit or at its instant, now and then in
// two payments, and gives the money back after a week, whole, in part or with excess.
func (e *edgeUser) pay(to *appended) {
	e.at = e.at.Add(e.beside([]time.Duration{0, 24 * time.Hour, 168 * time.Hour}[e.random.IntN(3)]))
	order := fmt.Sprintf(`"transaction_id":"edge-%d","method":"balance"`, e.number)
	to.line(`%s,%s,"kind":"payment","amount":"10.01"}`, e.header(), order)
	first, paid := e.at, []string{"10.01", "5.00", "30.01"}
	if e.random.IntN(4) == 0 {
		e.at = first.Add(time.Hour)
		to.line(`%s,%s,"kind":"payment","amount":"20.00"}`, e.header(), order)
	}
	e.at = first.Add(e.beside([]time.Duration{time.Hour, 7 * 24 * time.Hour}[e.random.IntN(2)]))
	to.line(`%s,%s,"kind":"refund","amount":"%s"}`, e.header(), order, paid[e.random.IntN(len(paid))])
}

// appended is a file that lines are added to; close tells the first error.
type appended struct {
	file *os.File
	out  *bufio.Writer
}

func appendTo(t *testing.T, folder, kind string) *appended {
	t.Helper()
	file, err := os.OpenFile(filepath.Join(folder, kind+"-0001.ndjson"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	return &appended{file, bufio.NewWriter(file)}
}

func (a *appended) line(format string, arguments ...any) {
	fmt.Fprintf(a.out, format+"\n", arguments...)
}

func (a *appended) close() error { return errors.Join(a.out.Flush(), a.file.Close()) }
