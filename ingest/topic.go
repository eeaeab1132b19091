package ingest

import (
	"context"
	"errors"
	"strings"

	"github.com/segmentio/kafka-go"
)

// compacts tells whether Kafka may remove single records of the topic, so that
// gaps between offsets are natural. It is asked anew each time, because an
// operator can change it.
func (c *cluster) compacts(ctx context.Context, from source) (bool, error) {
	const setting = "cleanup.policy"
	response, err := c.client.DescribeConfigs(ctx, &kafka.DescribeConfigsRequest{
		Resources: []kafka.DescribeConfigRequestResource{{
			ResourceType: kafka.ResourceTypeTopic, ResourceName: from.topic, ConfigNames: []string{setting},
		}},
	})
	if err != nil {
		return false, unavailable("ask for the settings of", from, err)
	}
	for _, resource := range response.Resources {
		if resource.Error != nil {
			return false, unavailable("ask for the settings of", from, resource.Error)
		}
		for _, entry := range resource.ConfigEntries {
			if entry.ConfigName == setting {
				return strings.Contains(entry.ConfigValue, "compact"), nil
			}
		}
	}
	return false, unavailable("ask for the settings of", from, errors.New("the broker does not tell "+setting))
}
