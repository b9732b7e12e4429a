"""Numbers over time, by the answer, day and week, without a verdict."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports import report
from voicerehearsal.coaching.metrics import METRICS, metric_called, numbers
from voicerehearsal.coaching.targets import TARGETS
from voicerehearsal.coaching.trends import (
    ENOUGH,
    WINDOW,
    By,
    Point,
    Trend,
    by_period,
    rolling_median,
    sparkline,
    usual_of,
)
from voicerehearsal.errors import UsageError
from voicerehearsal.values import Endings

values = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60)


def test_a_rolling_median_by_hand() -> None:
    """Each value with the two before it; the first ones with what there is."""
    assert rolling_median([1.0, 9.0, 2.0, 3.0, 100.0], window=3) == [1.0, 5.0, 2.0, 3.0, 3.0]


@settings(deadline=None, max_examples=50)
@given(values=values, window=st.integers(1, 9))
def test_a_rolling_median_lies_within_its_window(values: list[float], window: int) -> None:
    """As long as the values, never outside what it looks at, and the plain median at the end."""
    middle = rolling_median(values, window=window)
    assert len(middle) == len(values)
    for at, value in enumerate(middle):
        seen = values[max(0, at + 1 - window) : at + 1]
        assert min(seen) <= value <= max(seen)
    assert middle[-1] == median(values[-window:])


def test_one_odd_answer_does_not_move_the_median() -> None:
    """The reason for a median: a single answer in five can be anything."""
    assert rolling_median([140.0, 141.0, 400.0, 139.0, 142.0])[-1] == 141.0


def test_a_sparkline_by_hand() -> None:
    """Lowest and highest are the lowest and highest block; equal values lie in the middle."""
    assert sparkline([0.0, 3.5, 7.0], width=8) == "▁▅█"
    assert sparkline([5.0, 5.0], width=8) == "▄▄"
    assert sparkline([1.0, 2.0, 3.0], width=2) == "▁█"
    assert sparkline([], width=8) == ""
    assert sparkline([0.0, 7.0], width=8, ascii_only=True).isascii()


@settings(deadline=None, max_examples=50)
@given(values=values, width=st.integers(1, 40), scale=st.sampled_from([0.5, 2.0, 64.0]))
def test_a_sparkline_keeps_the_order_of_values(values: list[float], width: int, scale: float) -> None:
    """One character a value, a higher value never a lower block, and the unit does not matter."""
    shown = values[-width:]
    line = sparkline(values, width=width)
    assert len(line) == len(shown)
    ranked = sorted(zip(shown, line, strict=True))
    assert [block for _, block in ranked] == sorted(line)
    if max(abs(value) for value in shown) > 1e-6:
        assert sparkline([scale * value for value in values], width=width) == line


def test_what_is_usual_by_hand() -> None:
    """The median, and 1.4826 times the median distance from it, whatever one odd answer is."""
    assert usual_of([140.0, 150.0, 160.0, 999.0, 145.0]) == (150.0, pytest.approx(14.826), 5)
    assert usual_of([]) is None


def test_a_day_is_one_of_this_computers_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half past three in the afternoon of London is the next day in Tokyo, and Monday there begins a week."""
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    sunday = datetime(2026, 3, 1, 14, 30, tzinfo=UTC).timestamp()  # 23:30 in Tokyo
    numbers = [(sunday, 100.0, 1), (sunday + 3600, 120.0, 2), (sunday + 7200, 160.0, 3)]
    for by in ("day", "week"):
        first, second = by_period(numbers, by)
        assert (first.value, first.answers, second.value, second.answers, second.answer_id) == (100.0, 1, 140.0, 2, 3)
        assert second.when == datetime(2026, 3, 1, 15, tzinfo=UTC)
    monkeypatch.undo()
    time.tzset()


@settings(deadline=None, max_examples=50)
@given(
    steps_s=st.lists(st.floats(0, 5 * 86_400), min_size=1, max_size=40),
    by=st.sampled_from(["day", "week"]),
)
def test_every_answer_is_in_one_day_or_week(steps_s: list[float], by: By) -> None:
    """None is lost or counted twice, the days are in order, and each begins no later than its answers."""
    whens = [1.77e9 + sum(steps_s[: at + 1]) for at in range(len(steps_s))]
    points = by_period([(when, float(at), at) for at, when in enumerate(whens)], by)
    assert sum(point.answers for point in points) == len(whens)
    assert all(earlier.when < later.when for earlier, later in pairwise(points))
    longest = timedelta(days=7 if by == "week" else 1, hours=1)  # the day on which summer time ends is longer
    for point in points:
        assert timedelta(0) <= datetime.fromtimestamp(whens[point.answer_id], UTC) - point.when <= longest


def test_few_answers_are_too_early_to_tell() -> None:
    """A trend says so up to the number at which a window is full."""
    points = tuple(Point(datetime(2026, 1, 1, tzinfo=UTC), float(n), n, None) for n in range(9))
    for count in range(1, 9):
        trend = Trend(METRICS["coverage"], "en", count, points[0], points[:count])
        assert trend.too_early == (count < ENOUGH)
        assert trend.latest.value == count - 1
        assert trend.median == median(range(max(0, count - WINDOW), count))


def test_every_metric_is_a_field_of_the_report() -> None:
    """Names lead to numbers that a whole English and a whole Chinese report have."""
    found = {metric.name for spoken in ("en", "zh") for metric, _ in numbers(report(language=spoken))}
    assert found == set(METRICS)
    english = {metric.name: value for metric, value in numbers(report(rate=151.0))}
    assert english["words_per_minute"] == 151.0
    assert english["pause_longest_s"] == 1.9
    assert english["snr_db"] == 41.0


def test_what_the_voice_tells_is_followed() -> None:
    """Numbers below a section, shares of counts, and how many there are of a list; by hand from the whole report."""
    made = report()
    found = {metric.name: value for metric, value in numbers(made)}
    assert found["fillers_per_minute"] == 3.4833
    assert found["filled_pauses_per_minute"] == pytest.approx(3.4833 * 3 / 4)
    assert found["falling_endings"] == 6 / 8
    assert (found["surges"], found["smile_score"], found["pitch_sd_st"]) == (1, 0.7, 2.6)


def test_a_smile_that_cannot_be_told_and_phrases_that_do_not_end_are_no_numbers() -> None:
    """No score, no phrase end and nothing measured give no point; no filler gives zero a minute."""
    made = report()
    assert made.smile is not None
    assert made.tone is not None
    assert made.fillers is not None
    unknown = replace(
        made,
        smile=replace(made.smile, score=None),
        tone=replace(made.tone, endings=Endings(0, 0, 0), pitch_sd_st=None, surges=()),
        fillers=replace(made.fillers, events=(), count=0, per_minute=0.0, share=0.0),
    )
    found = {metric.name: value for metric, value in numbers(unknown)}
    assert not {"smile_score", "falling_endings", "pitch_sd_st"} & set(found)
    assert (found["surges"], found["filled_pauses_per_minute"]) == (0, 0)
    without = replace(made, tone=None, smile=None, fillers=None)
    assert not [metric for metric, _ in numbers(without) if metric.path[0] in ("tone", "smile", "fillers")]


def test_words_a_minute_are_not_read_from_chinese() -> None:
    """A Chinese report's words are the recogniser's cuts: only its characters are followed."""
    chinese = {metric.name: value for metric, value in numbers(report(rate=220.0, language="zh"))}
    assert chinese["characters_per_minute"] == 220.0
    assert not {"words_per_minute", "articulation_words_per_minute", "drift_per_minute"} & set(chinese)


def test_what_is_missing_is_not_a_number() -> None:
    """A section or value that is not known gives no point, least of all a zero."""
    quiet = replace(report(latency_s=None), pace=None, keywords=None)
    assert not {"words_per_minute", "coverage", "response_latency_s"} & {metric.name for metric, _ in numbers(quiet)}


@pytest.mark.parametrize(
    ("name", "near"), [("words_per_minut", "words_per_minute"), ("coverge", "coverage"), ("pace", "words_per_minute")]
)
def test_a_wrong_name_is_answered_with_the_right_one(name: str, near: str) -> None:
    """The nearest name comes first, then all of them."""
    with pytest.raises(UsageError, match=rf"Did you mean {near}\?") as caught:
        metric_called(name)
    assert all(known in str(caught.value) for known in METRICS)
    assert metric_called(near).name == near


def test_what_people_read_names_a_measure_too() -> None:
    """Tables show labels, so a label that only one measure has is as good as its name; of two, both are named."""
    assert metric_called("longest pause").name == "pause_longest_s"
    with pytest.raises(UsageError, match=r"Did you mean words_per_minute or characters_per_minute\?"):
        metric_called("Speech rate")


def test_a_name_like_no_other_gets_the_list_without_a_guess() -> None:
    """No hint is better than a wild one."""
    with pytest.raises(UsageError) as caught:
        metric_called("xyzzy")
    assert "Did you mean" not in str(caught.value)


def test_every_target_is_of_a_measure() -> None:
    """A target's name is that of a measure, so that a trend shows it."""
    assert set(TARGETS) <= set(METRICS)
    assert {"words_per_minute", "characters_per_minute", "response_latency_s", "coverage"} <= set(TARGETS)
