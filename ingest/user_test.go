package ingest_test

import (
	"testing"

	"sevenday"
	"sevenday/ingest"
	"sevenday/internal/broker/brokertest"
	"sevenday/internal/testservers"
	"sevenday/internal/warehouse"
)

func TestTheIngestUserMayDoAllThatIngestDoes(t *testing.T) {
	r := newRig(t, brokertest.Start(t, 1))
	r.write(sevenday.KindEntry, entries(10))
	user := testservers.ClickHouseAs(t, r.db, warehouse.UserIngest)
	r.run(func(c *ingest.Config) { c.DB = user })
	r.awaitRecords(sevenday.KindEntry, 10)
}
