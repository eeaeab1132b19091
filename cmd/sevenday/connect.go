package main

import (
	"context"

	"sevenday/internal/warehouse"
	"sevenday/queries"
)

// dial connects to the warehouse that the configuration names: --clickhouse, or
// the one of the running `sevenday up`, there as the named user.
func (a *app) dial(ctx context.Context, user string) (*warehouse.DB, error) {
	if a.config.ClickHouse != "" {
		return warehouse.DialDSN(ctx, a.config.ClickHouse)
	}
	e, err := readEndpoints(a.config.Dir)
	if err != nil {
		return nil, err
	}
	return warehouse.Dial(ctx, e.ClickHouse, user)
}

// catalog opens the queries over the configured warehouse; close it afterwards.
func (a *app) catalog(ctx context.Context) (*queries.Catalog, func(), error) {
	sources, err := tables()
	if err != nil {
		return nil, nil, err
	}
	views, err := queries.ReadViews(sources...)
	if err != nil {
		return nil, nil, err
	}
	db, err := a.dial(ctx, warehouse.UserDashboard)
	if err != nil {
		return nil, nil, err
	}
	return &queries.Catalog{DB: db, Views: views}, func() { a.complain(db.Close()) }, nil
}

// complain logs an error of cleaning up, which changes no result.
func (a *app) complain(err error) {
	if err != nil {
		a.log.Warn("cleaning up", "error", err)
	}
}
