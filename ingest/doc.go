// Package ingest is hop one of the pipeline: it appends what Kafka holds to the
// warehouse's log tables, every offset exactly once, good records and refused
// ones alike. Making events out of the log is hop two, package transform.
//
//	err := ingest.Run(ctx, ingest.Config{Brokers: brokers, DB: db, Decoder: decoder, Sealer: sealer})
//
// # How nothing is lost or doubled
//
// The position in a Kafka partition is never remembered: it is read from the
// log table, as the greatest offset there, the mark. One batch of records from
// mark+1 on becomes one block of rows, inserted as a whole or not at all under
// a deduplication token made of the mark it starts from. So at most one batch
// per mark is ever stored, whoever offers it and how often, and its successor
// starts where it ended. Whether an insert was acknowledged does not matter:
// after it the mark is read again, which says what happened. A writer that
// slept longer than the token is remembered is turned away by its lease, which
// the server compares with its own clock.
//
// Kafka's consumer group only spreads partitions over processes. If two
// processes believe that they own one partition, they compete for each batch
// and one of them wastes its work.
//
// # Every offset is accounted for
//
// Offsets without a record to land (transaction markers, records of aborted
// transactions, gaps that compaction left) are counted by one row of status
// "skipped" per batch, whose offset is the last such offset. What cannot be
// explained stops the partition until an operator decides: a head that
// retention removed before it was read, a mark beyond the end of the topic, a
// gap in a topic that is not compacted, a record at the mark that is not the
// one that was landed. The other partitions go on.
package ingest
