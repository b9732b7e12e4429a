"""Two reports side by side: what counts as a change, and what becomes of the points."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.reports import A2, report, reports
from voicerehearsal.coaching.comparison import ENOUGH, Measured, compare
from voicerehearsal.coaching.metrics import METRICS
from voicerehearsal.coaching.targets import DEFAULTS, Target
from voicerehearsal.values import Keywords, PointResult, Report, Usual

PACE = METRICS["words_per_minute"]
BAND = Target(130.0, 160.0, "")


def pointed(*made: str, order: bool | None = None) -> Report:
    """A report on a question with three points, of which some were made."""
    points = tuple(PointResult(name, name.title(), name in made, ()) for name in ("sorry", "listen", "offer"))
    return replace(report(), keywords=Keywords(points, len(made) / 3, order, ()))


@pytest.mark.parametrize("answers", [ENOUGH, 10, 30])
def test_chance_alone_seldom_passes_for_a_change(answers: int) -> None:
    """Of answers that differ by chance only, two are beyond the usual about once in twenty, however few there are."""
    rng = np.random.default_rng(answers)
    values = rng.normal(140, 10, (4000, answers))
    middles = np.median(values, axis=1, keepdims=True)
    spreads = 1.4826 * np.median(np.abs(values - middles), axis=1)
    found = [
        Measured(PACE, row[0], row[-1], Usual(float(middle), float(spread), answers)).beyond_usual
        for row, middle, spread in zip(values, middles[:, 0], spreads, strict=True)
    ]
    assert 0.035 <= np.mean(np.array(found, bool)) <= 0.065


def test_a_change_is_told_only_where_the_usual_is_known() -> None:
    """Too few answers, none at all, and answers that never differed tell nothing; enough of them do."""
    assert Measured(PACE, 120.0, 180.0, Usual(140.0, 5.0, ENOUGH - 1)).beyond_usual is None
    assert Measured(PACE, 120.0, 180.0).beyond_usual is None
    assert Measured(PACE, 120.0, 180.0, Usual(140.0, 0.0, 30)).beyond_usual is None
    assert Measured(PACE, None, 180.0, Usual(140.0, 5.0, 30)).beyond_usual is None
    assert Measured(PACE, 120.0, 180.0, Usual(140.0, 5.0, 30)).beyond_usual is True
    assert Measured(PACE, 135.0, 145.0, Usual(140.0, 5.0, 30)).beyond_usual is False


@pytest.mark.parametrize(
    ("a", "b", "towards"),
    [(180, 150, "nearer"), (150, 180, "further"), (135, 155, None), (120, 180, "further"), (180, 121, "nearer")],
)
def test_nearer_and_further_go_by_the_target(a: float, b: float, towards: str | None) -> None:
    """By the distance to the nearest edge; inside the band there is no nearer."""
    assert Measured(PACE, a, b, None, BAND).towards_target == towards


def test_points_are_gained_and_lost_by_their_ids() -> None:
    """Every point of the question is in exactly one of the four lists."""
    found = compare(
        pointed("sorry", "listen", order=False), pointed("listen", "offer", order=True), {}, DEFAULTS
    ).points
    assert found is not None
    names = [[point.id for point in some] for some in (found.gained, found.lost, found.kept, found.missed)]
    assert names == [["offer"], ["sorry"], ["listen"], []]
    assert found.order == (False, True)


def test_points_of_different_questions_are_not_compared() -> None:
    """It says so, and the share of points is left out too; the other measures stay."""
    found = compare(report(), report(question=A2, rate=150), {}, DEFAULTS)
    assert found.points is None
    assert "different questions" in found.no_points
    names = [one.metric.name for one in found.measures]
    assert "coverage" not in names
    assert names[0] == "words_per_minute"


def test_only_what_matters_is_shown() -> None:
    """The headlines, pace first, and of the other measures those that changed."""
    usual = {"pitch_sd_st": Usual(2.5, 0.1, 30), "steadiness": Usual(0.8, 0.1, 30)}
    other = report()
    assert other.tone is not None
    found = compare(report(), replace(other, tone=replace(other.tone, pitch_sd_st=4.0)), usual, DEFAULTS)
    names = [one.metric.name for one in found.shown]
    assert names[0] == "words_per_minute"
    assert "pitch_sd_st" in names
    assert "steadiness" not in names
    assert "syllables_per_second" not in names
    assert [one.metric.name for one in found.changed] == ["pitch_sd_st"]


@settings(max_examples=25)
@given(reports(), st.sampled_from([{}, {name: Usual(1.0, 1.0, 30) for name in METRICS}]))
def test_an_answer_does_not_differ_from_itself(one: Report, usual: dict[str, Usual]) -> None:
    """Any report against itself: no change, nothing gained or lost."""
    points = [] if one.keywords is None else [point.id for point in one.keywords.points]
    assume(len(points) == len(set(points)))  # as packs are held to
    found = compare(one, one, usual, DEFAULTS)
    assert not found.changed
    assert all(measured.towards_target is None for measured in found.measures)
    assert found.points is None or not (found.points.gained or found.points.lost)
