package queries

import (
	"context"
	"errors"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics/retention"
)

var (
	personDayLayout   = warehouse.LayoutOf[retention.PersonDay]()
	personFactsLayout = warehouse.LayoutOf[retention.PersonFacts]()
	visitStartLayout  = warehouse.LayoutOf[retention.VisitStart]()
)

// walkPersons answers from the persons' days, or visits, one person after the
// other: it takes the time of reading them and no memory that grows with them.
func (c *Catalog) walkPersons(ctx context.Context, answer *retention.Answer, parameters map[string]any) (err error) {
	walk := retention.NewWalk(answer)
	if answer.NeedsFacts() {
		facts := openCursor(ctx, c, personFactsLayout, "retention_facts", parameters, func(f *retention.PersonFacts) whose {
			return whose{f.MerchantID, f.Person}
		}, nil)
		defer facts.close()
		walk.Facts = func(merchantID string, person sevenday.Person) (retention.PersonFacts, error) {
			return factsOf(facts, whose{merchantID, person})
		}
	}
	if answer.Measure == retention.RollingN {
		err = walkRows(ctx, c, visitStartLayout, "retention_visits", parameters, walk.Visit)
	} else {
		err = walkRows(ctx, c, personDayLayout, "retention_days", parameters, walk.Day)
	}
	return errors.Join(err, walk.End())
}

// walkParameters are retentionParameters, but where it is asked who came back ever
// after all days that follow are read.
func walkParameters(q *retention.Query) map[string]any {
	parameters := retentionParameters(q)
	if q.Asks(retention.UnboundedN) {
		parameters["until"] = lastDay
	}
	return parameters
}

func walkRows[R any](
	ctx context.Context, c *Catalog, layout *warehouse.Layout[R], name string, parameters map[string]any, take func(*R) error,
) error {
	return warehouse.Stream(ctx, c.DB, layout, c.statement(name), parameters, func(rows []R) error {
		for i := range rows {
			if err := take(&rows[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// factsOf returns what is known of a person, nothing where that is not needed.
func factsOf(facts *cursor[retention.PersonFacts], of whose) (retention.PersonFacts, error) {
	if err := facts.skipTo(of); err != nil {
		return retention.PersonFacts{}, err
	}
	row, err := facts.peek()
	if err != nil || row == nil || facts.owner(row) != of {
		return retention.PersonFacts{}, err
	}
	return *row, nil
}
