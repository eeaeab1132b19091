package decode

import "sevenday"

// parseTime reads a time in RFC 3339 with its zone. What is finer than a
// millisecond is cut. A leap second, which UTC has at 23:59:60 only, becomes the
// last millisecond before it, so that it stays in its day.
//
// It is written by hand because it runs for every record: time.Parse takes
// about five times as long and accepts forms that the contract refuses.
func parseTime(s string) (sevenday.Millis, bool) {
	const head = len("2006-01-02T15:04:05")
	if len(s) <= head || s[4] != '-' || s[7] != '-' || s[10]|0x20 != 't' || s[13] != ':' || s[16] != ':' {
		return 0, false
	}
	year, month, day := number2(s, 0)*100+number2(s, 2), number2(s, 5), number2(s, 8)
	hour, minute, second := number2(s, 11), number2(s, 14), number2(s, 17)
	millis, rest, ok := cutFraction(s[head:])
	if !ok || number2(s, 0) < 0 || number2(s, 2) < 0 || !isDate(year, month, day) || hour > 23 || minute > 59 || second > 60 ||
		hour < 0 || minute < 0 || second < 0 {
		return 0, false
	}
	offset, ok := parseZone(rest)
	if !ok {
		return 0, false
	}
	minutes := int64(daysSince1970(year, month, day))*minutesPerDay + int64(hour*60+minute-offset)
	if second == 60 {
		if floorMod(minutes, minutesPerDay) != minutesPerDay-1 {
			return 0, false
		}
		second, millis = 59, 999
	}
	return sevenday.Millis((minutes*60+int64(second))*1000 + int64(millis)), true
}

const minutesPerDay = 24 * 60

// number2 reads two digits at i, -1000 where they are none: far enough below
// zero that no sum with another pair is a valid number.
func number2(s string, i int) int {
	tens, ones := s[i]-'0', s[i+1]-'0'
	if tens > 9 || ones > 9 {
		return -1000
	}
	return int(tens)*10 + int(ones)
}

// cutFraction reads an optional ".123456" as milliseconds and returns what follows.
func cutFraction(s string) (millis int, rest string, ok bool) {
	if s[0] != '.' {
		return 0, s, true
	}
	i, weight := 1, 100
	for ; i < len(s) && isDigit(s[i]); i++ {
		millis += int(s[i]-'0') * weight
		weight /= 10
	}
	return millis, s[i:], i > 1
}

// parseZone reads "Z" or "+08:00" as minutes east of UTC.
func parseZone(s string) (int, bool) {
	if s == "Z" || s == "z" {
		return 0, true
	}
	if len(s) != len("+08:00") || s[3] != ':' || s[0] != '+' && s[0] != '-' {
		return 0, false
	}
	hours, minutes := number2(s, 1), number2(s, 4)
	if hours < 0 || minutes < 0 || hours > 23 || minutes > 59 {
		return 0, false
	}
	if s[0] == '-' {
		return -(hours*60 + minutes), true
	}
	return hours*60 + minutes, true
}

func isDate(year, month, day int) bool {
	return year >= 0 && 1 <= month && month <= 12 && 1 <= day && day <= daysIn(year, month)
}

func daysIn(year, month int) int {
	if month == 2 {
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 30 + (month+month>>3)&1
}

// daysSince1970 counts days in the proleptic Gregorian calendar. Years begin in
// March, which puts the leap day last; a shift by 400 years keeps the divisions
// positive.
//
// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
func daysSince1970(year, month, day int) int {
	const daysPerEra, shift = 146097, 719468
	if month <= 2 {
		year--
		month += 12
	}
	year += 400
	era, yearOfEra := year/400, year%400
	dayOfYear := (153*(month-3)+2)/5 + day - 1
	return (era-1)*daysPerEra + yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear - shift
}

func floorMod(a, b int64) int64 { return ((a % b) + b) % b }
