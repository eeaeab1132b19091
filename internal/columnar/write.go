package columnar

import (
	"io"

	"github.com/parquet-go/parquet-go"
)

// Write writes rows as one Parquet file, compressed with Zstandard. The fields'
// parquet tags name and type the columns: `parquet:"amount,decimal(2:18)"`,
// `parquet:"event_time,timestamp(millisecond)"`, `parquet:"store_id,optional"`.
// Rows without a tag on any field panic in the library: a mistake in the
// program's text.
func Write[R any](w io.Writer, rows []R) error {
	writer := parquet.NewGenericWriter[R](w, parquet.Compression(&parquet.Zstd))
	if _, err := writer.Write(rows); err != nil {
		return err
	}
	return writer.Close()
}
