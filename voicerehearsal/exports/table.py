"""A flat table of answers as CSV or Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate, chain, islice
from typing import IO, Any, Literal

ColumnKind = Literal["whole", "number", "text", "yes_no", "time", "texts"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: integers, floats, text, booleans, times with a zone, or lists of text; None where unknown."""

    name: str
    kind: ColumnKind


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection")."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)

_ROWS_AT_ONCE = 10_000
"""A row group of Parquet, and all that is ever in memory."""


def write_csv(file: IO[bytes], columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> None:
    """Write a table as RFC 4180 has it, in UTF-8 with a mark at the beginning.

    Without the mark, Excel takes UTF-8 for the computer's old code page, and Chinese is lost; what else reads CSV today
    passes over it. Times are those of this computer's clock, with their zone. A text that a spreadsheet would take for
    a formula gets an apostrophe before it.
    """
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    try:
        writer = csv.writer(text)
        writer.writerow([column.name for column in columns])
        writer.writerows([_cell(value) for value in row] for row in rows)
    finally:
        text.detach()


def write_parquet(file: IO[bytes], columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> None:
    """Write a table as Parquet: times are instants in UTC, every column has its type."""
    import arro3.core as core
    import arro3.io

    schema = core.Schema([core.Field(column.name, _type(core, column.kind)) for column in columns])
    every = iter(rows)
    batches = (_batch(core, schema, columns, some) for some in iter(lambda: list(islice(every, _ROWS_AT_ONCE)), []))
    arro3.io.write_parquet(core.RecordBatchReader.from_batches(schema, batches), file, compression="zstd(3)")


def _cell(value: object) -> object:
    match value:
        case datetime():
            return value.astimezone().isoformat(timespec="milliseconds")
        case bool():
            return str(value).lower()
        case tuple():
            return _harmless(", ".join(value))
        case str():
            return _harmless(value)
        case _:
            return value


def _harmless(text: str) -> str:
    """`text` as text, whatever it begins with."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _batch(core: Any, schema: Any, columns: Sequence[Column], rows: list[Sequence[object]]) -> Any:  # noqa: ANN401 - as below
    values = zip(*rows, strict=True)
    arrays = [_array(core, column.kind, some) for column, some in zip(columns, values, strict=True)]
    return core.RecordBatch.from_arrays(arrays, schema=schema)


def _type(core: Any, kind: ColumnKind) -> Any:  # noqa: ANN401 - modules and values of a library loaded late
    types = core.DataType
    return {
        "whole": types.int64,
        "number": types.float64,
        "text": types.utf8,
        "yes_no": types.bool,
        "time": lambda: types.timestamp("ms", tz="UTC"),
        "texts": lambda: types.list(core.Field("item", types.utf8())),
    }[kind]()


def _array(core: Any, kind: ColumnKind, values: Sequence[Any]) -> Any:  # noqa: ANN401 - as above
    wanted = _type(core, kind)
    if kind == "time":
        return core.Array([(when - _EPOCH) // _MILLISECOND for when in values], core.DataType.int64()).cast(wanted)
    if kind == "texts":
        ends = core.Array([0, *accumulate(map(len, values))], core.DataType.int32())
        return core.list_array(ends, core.Array(list(chain(*values)), core.DataType.utf8()), type=wanted)
    return core.Array(list(values), wanted)
