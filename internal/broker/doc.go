// Package broker brings Kafka to the pipeline: it starts the embedded broker
// with a data directory, makes the topics on it or on any real cluster, writes
// records and tells where a topic ends. It is the only package that knows
// franz-go; readers and writers elsewhere speak Kafka's protocol through
// kafka-go and cannot tell the embedded broker from a real one.
//
// It is no consumer: reading topics into the warehouse is package ingest.
//
//	embedded, err := broker.Start(ctx, broker.Config{Dir: dir})
//	...
//	defer embedded.Close()
//	err = broker.EnsureTopics(ctx, embedded.Addresses(), broker.DefaultPartitions)
package broker
