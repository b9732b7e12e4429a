"""Measures beside target and usual: what is said of them agrees with where they are drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.reports import report
from voicerehearsal.presenting.measure_rows import MeasureRow, measure_rows
from voicerehearsal.values import Fillers, Report, Target, Usual

_USUAL = {"words_per_minute": Usual(140.0, 10.0, 12), "steadiness": Usual(0.8, 0.1, 3)}


def _row(measured: Report, name: str) -> MeasureRow:
    return next(row for row in measure_rows(measured, _USUAL) if row.measure == name)


@pytest.mark.parametrize(
    ("rate", "towards", "beside"),
    [(120.0, "below", "within"), (140.0, "within", "within"), (175.0, "above", "above"), (100.0, "below", "below")],
)
def test_a_value_lies_where_it_is_said_to_lie(rate: float, towards: str, beside: str) -> None:
    """Inside the drawn band exactly when it is on target; beyond the usual only by more than chance would have it."""
    row = _row(report(rate=rate), "words_per_minute")
    assert (row.towards, row.beside) == (towards, beside)
    assert row.bar is not None
    assert row.bar.target is not None
    low, high = row.bar.target
    assert (low <= row.bar.at <= high) == (towards == "within")
    assert 0 <= low < high <= 100


def test_the_target_is_the_one_of_the_report() -> None:
    """A target that was stated when it was measured holds, whatever is stated today."""
    stated = replace(report(rate=120.0), targets={"words_per_minute": Target(100.0, 125.0, "my coach", "own")})
    row = _row(stated, "words_per_minute")
    assert (row.target, row.towards, row.source) == ("100–125", "within", "my coach")


def test_none_is_on_target_where_fewer_is_fine() -> None:
    """An answer without fillers is on target, and the target that stands beside it says so."""
    row = _row(replace(report(), fillers=Fillers((), 0, 0.0, 0.0, ())), "fillers_per_minute")
    assert (row.target, row.towards) == ("≤ 5", "within")


def test_a_habit_takes_answers() -> None:
    """With three earlier answers nothing is said of what is usual."""
    row = _row(report(), "steadiness")
    assert (row.usual, row.beside, row.bar) == ("", None, None)


def test_length_is_held_against_the_question() -> None:
    """The question's own length, not a measure's."""
    row = _row(report(), "speaking_s")
    assert (row.target, row.towards) == ("60–120", "within")
