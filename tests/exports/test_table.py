"""Tables of answers, as spreadsheets and data frames read them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path

import arro3.io
import pytest

from voicerehearsal.errors import ExportError, UsageError
from voicerehearsal.exports.table import Column, write_csv, write_parquet
from voicerehearsal.exports.whole_file import whole_file

WHEN = datetime(2026, 3, 1, 9, 30, 0, 123_000, tzinfo=UTC)
COLUMNS = (
    Column("answer", "whole"),
    Column("started_at", "time"),
    Column("rate", "number"),
    Column("recovered", "yes_no"),
    Column("tags", "texts"),
    Column("note", "text"),
)
ROWS = ((1, WHEN, -2.5, True, ("best", "给 面试"), "再说“一遍”,\nplease"), (2, WHEN, None, False, (), None))


def test_csv_is_what_spreadsheets_expect() -> None:
    """A mark of UTF-8 at the beginning, cells with commas and lines whole, unknown numbers empty, times with a zone."""
    file = BytesIO()
    write_csv(file, COLUMNS, ROWS)
    text = file.getvalue().decode("utf-8")
    assert text[0] == "\ufeff"
    head, first, second = csv.reader(StringIO(text[1:], newline=""))
    assert head == [column.name for column in COLUMNS]
    assert datetime.fromisoformat(first[1]) == WHEN
    assert [first[0], *first[2:]] == ["1", "-2.5", "true", "best, 给 面试", "再说“一遍”,\nplease"]
    assert second[2:] == ["", "false", "", ""]


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_no_text_becomes_a_formula(begin: str) -> None:
    """What a spreadsheet would calculate gets an apostrophe; a number below zero stays a number."""
    file = BytesIO()
    write_csv(file, COLUMNS, [(1, WHEN, -1.0, False, (f"{begin}cmd|' /C calc'!A0",), f"{begin}1+1")])
    (row,) = list(csv.reader(StringIO(file.getvalue().decode("utf-8-sig"), newline="")))[1:]
    assert row[2] == "-1.0"
    assert row[4].startswith(f"'{begin}")
    assert row[5] == f"'{begin}1+1"


def test_parquet_has_types() -> None:
    """Instants, numbers, truth, text and lists come back as such, in any number of row groups."""
    file = BytesIO()
    write_parquet(file, COLUMNS, (ROWS[n % 2] for n in range(20_001)))
    table = arro3.io.read_parquet(BytesIO(file.getvalue())).read_all()
    assert [str(field.type) for field in table.schema] == [
        "arro3.core.DataType<Int64>\n",
        'arro3.core.DataType<Timestamp(ms, "UTC")>\n',
        "arro3.core.DataType<Float64>\n",
        "arro3.core.DataType<Boolean>\n",
        "arro3.core.DataType<List(Utf8)>\n",
        "arro3.core.DataType<Utf8>\n",
    ]
    assert table.num_rows == 20_001
    got = [tuple(table.column(c.name)[n].as_py() for c in COLUMNS) for n in (20_000, 1)]
    assert [(*row[:4], tuple(row[4]), row[5]) for row in got] == list(ROWS)


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    """What fails half way leaves nothing, what is there is replaced only when that is wanted, and then in one step."""
    file = tmp_path / "out.csv"

    def broken() -> Iterator[tuple[object, ...]]:
        yield ROWS[0]
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), whole_file(file, force=False) as out:
        write_csv(out, COLUMNS, broken())
    assert list(tmp_path.iterdir()) == []
    file.write_text("mine")
    with pytest.raises(UsageError, match="--force"), whole_file(file, force=False) as out:
        out.write(b"other")
    assert file.read_text() == "mine"
    with whole_file(file, force=True) as out:
        out.write(b"other")
        assert file.read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]
    assert file.read_text() == "other"
    with pytest.raises(ExportError, match="cannot be written"), whole_file(tmp_path / "no" / "x", force=False):
        pass
