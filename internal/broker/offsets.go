package broker

import (
	"context"

	"github.com/twmb/franz-go/pkg/kadm"
)

// EndOffsets returns, per partition of the topic, the offset that the next
// record will get: everything below it is in Kafka. A partition that was never
// written to has 0. A topic that does not exist is an Internal error, a cluster
// that doesn't answer an Unavailable one.
func EndOffsets(ctx context.Context, addresses []string, topic string) (map[int32]int64, error) {
	ends := map[int32]int64{}
	err := administer(addresses, func(admin *kadm.Client) error {
		listed, err := admin.ListEndOffsets(ctx, topic)
		if err == nil {
			err = listed.Error()
		}
		listed.Each(func(end kadm.ListedOffset) { ends[end.Partition] = end.Offset })
		return unavailable("ask for the end of", topic, err)
	})
	if err != nil {
		return nil, err
	}
	return ends, nil
}
