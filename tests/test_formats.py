"""Reports as JSON and back."""

from __future__ import annotations

import json
import os
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports import report, reports
from voicerehearsal.errors import RehearsalError
from voicerehearsal.formats import printable, report_from_json, report_to_json
from voicerehearsal.values import Audio, Length, Report


@settings(deadline=None, max_examples=60)
@given(reports())
def test_what_is_written_can_be_read_and_written_again(made: Report) -> None:
    """Reading and writing again gives the same bytes: rounding happens once and loses no field."""
    line = report_to_json(made)
    again = report_from_json(line)
    assert report_to_json(again) == line
    assert b"\n" not in line
    assert again.missing == made.missing
    assert [word.text for word in (again.transcript.words if again.transcript else ())] == [
        word.text for word in (made.transcript.words if made.transcript else ())
    ]


def test_a_report_with_short_numbers_comes_back_whole() -> None:
    """Nothing is lost or moved where nothing needs rounding."""
    assert report_from_json(report_to_json(report())) == report()


def test_numbers_are_rounded_to_four_decimals_and_nothing_else_changes() -> None:
    """A float keeps four decimals and no negative zero; the keys are those of the contract."""
    made = replace(report(), fillers=None, question_end_s=-0.000001, length=Length(1 / 3, None, None))
    read = json.loads(report_to_json(made))
    assert read["length"]["speaking_s"] == 0.3333
    assert str(read["question_end_s"]) == "0.0"
    assert read["schema"] == "voicerehearsal.report/1"
    assert read["fillers"] is None


def test_equal_reports_give_equal_bytes() -> None:
    """Neither the order in which reasons were found nor a whole number in place of a float shows."""
    one = replace(report(), missing={"a": "1", "b": "2"}, length=Length(60.0, (60.0, 120.0), "good"))
    other = replace(report(), missing={"b": "2", "a": "1"}, length=Length(60, (60, 120), "good"))
    assert one == other
    assert report_to_json(one) == report_to_json(other)


@pytest.mark.parametrize("broken", [float("nan"), float("inf"), -float("inf")])
def test_a_number_that_is_none_is_refused_by_name(broken: float) -> None:
    """NaN and infinity never reach a file; the error names the field."""
    with pytest.raises(ValueError, match=r"report\.audio\.snr_db"):
        report_to_json(replace(report(), audio=Audio(1.0, 16_000, 1, None, 0.0, broken, ())))


def test_numpy_numbers_are_written_as_numbers() -> None:
    """A measure may hand over what numpy gave it."""
    made = replace(report(), question_end_s=np.float64(1.5))
    assert report_from_json(report_to_json(made)).question_end_s == 1.5


def test_a_file_name_that_is_not_utf8_can_be_written() -> None:
    """File names are bytes; one that is no UTF-8 must not lose the report."""
    made = replace(report(), source=os.fsdecode(b"caf\xe9.wav"))
    assert report_from_json(report_to_json(made)).source == "caf\N{REPLACEMENT CHARACTER}.wav"


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(codec="utf-8")), st.binary())
def test_any_file_name_can_be_printed(text: str, name: bytes) -> None:
    """Text that UTF-8 carries stays as it is; any other name becomes such text."""
    assert printable(text) == text
    assert printable(os.fsdecode(name)) == name.decode("utf-8", "replace")


def test_unknown_keys_are_passed_over() -> None:
    """A report of a later version that only added keys can be read."""
    tree = json.loads(report_to_json(report()))
    tree["mood"] = {"sunny": True}
    tree["audio"]["colour"] = "blue"
    assert report_from_json(json.dumps(tree).encode()) == report()


@pytest.mark.parametrize("line", [b"", b"{", b"[]", b"{}", b"\xff", b'{"schema":"voicerehearsal.report/2"}'])
def test_what_is_no_report_is_refused_in_one_sentence(line: bytes) -> None:
    """Anything else raises an error for people."""
    with pytest.raises(RehearsalError, match="not a report"):
        report_from_json(line)
