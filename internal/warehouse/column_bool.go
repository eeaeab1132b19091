package warehouse

import "github.com/ClickHouse/ch-go/proto"

// Bool binds a Bool column, or a UInt8 column of zeros and ones such as ReplacingMergeTree's is_deleted.
func Bool[R any, F ~bool](name string, field func(*R) *F) Column[R] {
	return Column[R]{name, func() buffer[R] {
		return &boolBuffer[R, F]{typed: typed{accepts: exactly("Bool", "UInt8")}, field: field}
	}}
}

type boolBuffer[R any, F ~bool] struct {
	proto.ColBool
	typed
	field func(*R) *F
}

// Type resolves what both embedded types offer: the server's type counts.
func (b *boolBuffer[R, F]) Type() proto.ColumnType { return b.typed.Type() }

func (b *boolBuffer[R, F]) gather(rows []R) error {
	for i := range rows {
		b.ColBool = append(b.ColBool, bool(*b.field(&rows[i])))
	}
	return nil
}

func (b *boolBuffer[R, F]) scatter(rows []R) {
	for i := range rows {
		*b.field(&rows[i]) = F(b.ColBool[i])
	}
}
