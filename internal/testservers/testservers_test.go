package testservers

import "testing"

func TestMain(m *testing.M) { Main(m) }

func TestEveryTestHasADatabaseOfItsOwn(t *testing.T) {
	first, second := ClickHouse(t), ClickHouse(t)
	if first.Database() == second.Database() {
		t.Errorf("both databases are %s", first.Database())
	}
	if err := first.Ping(t.Context()); err != nil {
		t.Error(err)
	}
}
