// Package columnar reads rows of Parquet files as records of the event contract,
// and writes rows to Parquet. It is the only package that knows a Parquet or
// Arrow library, so that either can be changed in one place. What the records
// mean, and whether they are good, it leaves to the decoder.
//
//	file, err := columnar.Open(opened, size)
//	...
//	err = file.Records(func(record []byte) error {
//		return send(record) // {"event_id":"e-1","amount":"12.50",...}
//	})
package columnar
