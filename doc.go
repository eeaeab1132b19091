// Package sevenday is the vocabulary of the pipeline: the records that mini
// programs send (entries, transactions, coupons, merchants), the seven portals
// users come through, money, calendar days and the kinds of error.
//
// It holds no I/O and imports the standard library only, so that every stage
// can speak it without depending on any other stage.
//
//	day := sevenday.NewCalendar(shanghai).Day(event.EventTime)
//	fmt.Println(day, event.Portal, event.Amount) // 2026-11-21 scan 12.50
package sevenday
