package warehouse_test

import (
	_ "embed"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sevenday/internal/testservers"
	"sevenday/internal/warehouse"
)

var (
	//go:embed testdata/read_views.sql
	readViews string
	//go:embed testdata/view_comments.sql
	viewComments string
)

// commentLayout is a result of one column, comment.
var commentLayout = warehouse.NewLayout(warehouse.String("comment", func(c *string) *string { return c }))

func TestViewsAreReplacedAndMayReadEarlierOnes(t *testing.T) {
	db := testservers.ClickHouse(t)
	migrate(t, db, migrations(t, "early"))
	for range 2 {
		if err := warehouse.CreateViews(t.Context(), db, migrations(t, "views", "early")...); err != nil {
			t.Fatal(err)
		}
	}
	if got := numbers(t, db, readViews, nil); !slices.Equal(got, []uint64{0}) {
		t.Errorf("the view of a view gave %v", got)
	}
}

// described is a description of the view a_colors.
func described(comment, column string) []warehouse.ViewDescription {
	return []warehouse.ViewDescription{{
		View: "a_colors", Comment: comment,
		Columns: []warehouse.ColumnDescription{{Name: "color", Type: "LowCardinality(String)", Comment: column}},
	}}
}

func TestViewsAndColumnsGetTheirComments(t *testing.T) {
	db := testservers.ClickHouse(t)
	migrate(t, db, migrations(t, "early"))
	want := []string{`it's a \ "view"`, "first\nsecond {color:String}", ""}
	if err := warehouse.CreateDescribedViews(t.Context(), db, described(want[0], want[1]), migrations(t, "views")...); err != nil {
		t.Fatal(err)
	}
	got, err := warehouse.Select(t.Context(), db, commentLayout, viewComments, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("comments of a_colors, its column, and of b_colors (-want +got):\n%s", diff)
	}
	if got := numbers(t, db, readViews, nil); !slices.Equal(got, []uint64{0}) {
		t.Errorf("the view of a view gave %v", got)
	}
}

func TestProgramsThatMakeViewsAtOnceDoNotHarmEachOther(t *testing.T) {
	db := testservers.ClickHouse(t)
	migrate(t, db, migrations(t, "early"))
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for range 10 {
				if err := warehouse.CreateDescribedViews(t.Context(), db, described("colors", "a color"), migrations(t, "views")...); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
}
