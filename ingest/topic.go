package ingest

import (
	"context"
	"errors"
	"strings"

	"github.com/segmentio/kafka-go"
)

// A policy is what Kafka does with a topic's old records: "delete", "compact" or both.
type policy string

// compacts tells whether Kafka may remove single records, so that gaps between
// offsets are natural.
func (p policy) compacts() bool { return strings.Contains(string(p), "compact") }

// expires tells whether Kafka may remove records that nothing newer replaces.
func (p policy) expires() bool { return strings.Contains(string(p), "delete") }

// policyOf returns the topic's policy. It is asked anew each time, because an
// operator can change it.
func (c *cluster) policyOf(ctx context.Context, from source) (policy, error) {
	const setting = "cleanup.policy"
	response, err := c.client.DescribeConfigs(ctx, &kafka.DescribeConfigsRequest{
		Resources: []kafka.DescribeConfigRequestResource{{
			ResourceType: kafka.ResourceTypeTopic, ResourceName: from.topic, ConfigNames: []string{setting},
		}},
	})
	if err != nil {
		return "", unavailable("ask for the settings of", from, err)
	}
	for _, resource := range response.Resources {
		if resource.Error != nil {
			return "", unavailable("ask for the settings of", from, resource.Error)
		}
		for _, entry := range resource.ConfigEntries {
			if entry.ConfigName == setting {
				return policy(entry.ConfigValue), nil
			}
		}
	}
	return "", unavailable("ask for the settings of", from, errors.New("the broker does not tell "+setting))
}
