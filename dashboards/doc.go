// Package dashboards is the HTTP side of the pipeline: the API under /api/v1
// that pages and other programs read figures from, and the pages themselves,
// which are built from web/ and embedded.
//
// It computes no figure: it asks the Figures it is given, and says in HTTP what
// they said. It writes nothing, holds no session, and binds the loopback
// address unless it is told otherwise.
//
//	server, err := dashboards.New(dashboards.Config{Figures: catalog})
//	if err != nil {
//		return err
//	}
//	url, err := server.Listen()
//	if err != nil {
//		return err
//	}
//	fmt.Println(url) // http://127.0.0.1:8080
//	return server.Run(ctx)
package dashboards
