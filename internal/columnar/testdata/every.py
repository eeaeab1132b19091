"""Writes every.parquet beside this file, with pyarrow: one row of each type that records use, one of nulls, one of edges."""
import datetime, decimal, os
import pyarrow as pa
import pyarrow.parquet as pq

utc = datetime.timezone.utc
span = pa.struct([("name", pa.string()), ("enabled_at", pa.timestamp("us", "UTC"))])
columns = {
    "text": (pa.string(), ['a "quoted" \\ 水果\n', None, ""]),
    "integer": (pa.int64(), [-5, None, 9223372036854775807]),
    "small": (pa.int8(), [7, None, -128]),
    "unsigned": (pa.uint64(), [7, None, 18446744073709551615]),
    "real": (pa.float64(), [0.1, None, float("nan")]),
    "yes": (pa.bool_(), [True, None, False]),
    "day": (pa.date32(), [datetime.date(2026, 11, 21), None, datetime.date(1969, 12, 31)]),
    "millis": (pa.timestamp("ms", "UTC"), [datetime.datetime(2026, 11, 21, 18, 30, 0, 250000, utc), None, datetime.datetime(1969, 12, 31, 23, 59, 59, tzinfo=utc)]),
    "nanos": (pa.timestamp("ns", "Asia/Shanghai"), [datetime.datetime(2026, 11, 21, 18, 30, tzinfo=utc), None, None]),
    "local": (pa.timestamp("us"), [datetime.datetime(2026, 11, 21, 18, 30), None, None]),
    "cents": (pa.decimal128(18, 2), [decimal.Decimal("12.50"), None, decimal.Decimal("-0.07")]),
    "fine": (pa.decimal128(38, 4), [decimal.Decimal("1234567890123456.7800"), None, decimal.Decimal("-5.0000")]),
    "words": (pa.list_(pa.string()), [["a", None, "b"], None, []]),
    "spans": (pa.list_(span), [[{"name": "installments", "enabled_at": datetime.datetime(2026, 3, 2, tzinfo=utc)}, {"name": "takeaway", "enabled_at": None}], None, [None]]),
    "deep": (pa.list_(pa.list_(pa.int32())), [[[1, 2], [], [3]], None, [None, [4]]]),
    "group": (pa.struct([("a", pa.int32()), ("b", pa.struct([("c", pa.string())]))]), [{"a": 1, "b": {"c": "x"}}, None, {"a": None, "b": None}]),
    "pairs": (pa.map_(pa.string(), pa.int32()), [[("k", 1)], None, []]),
}
table = pa.table({name: pa.array(values, kind) for name, (kind, values) in columns.items()})
pq.write_table(table, os.path.join(os.path.dirname(os.path.abspath(__file__)), "every.parquet"), compression="snappy", version="2.6")
