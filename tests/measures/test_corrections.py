"""What a speaker says of fillers, applied to the measuring they heard and to any later one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports import FILLERS, report
from voicerehearsal.measures.corrections import Correction, Verdict, corrected, judged, same_filler
from voicerehearsal.measures.fillers import measure_fillers
from voicerehearsal.values import Filler, Report, Span

SPAN = Span(0.0, 60.0)
UM, UH, YOU_KNOW, LAST = FILLERS


def _report(*events: Filler) -> Report:
    """A report whose answer fills a minute and has these fillers."""
    made = report()
    assert made.pauses is not None
    found = measure_fillers(
        filled_pauses=[event for event in events if event.kind == "filled_pause"],
        phrases=[event for event in events if event.kind == "phrase"],
        span=SPAN,
    )
    pauses = replace(made.pauses, first_sound_s=SPAN.start_s, last_sound_s=SPAN.end_s)
    return replace(made, mutes=(), pauses=pauses, fillers=found)


def _fillers(made: Report, *corrections: Correction) -> tuple[Filler, ...]:
    after = corrected(report=made, corrections=corrections).fillers
    assert after is not None
    return after.events


def test_a_struck_filler_leaves_and_every_number_follows() -> None:
    """Count, rate, share and cluster are those of what is left; nothing else of the report changes."""
    made = _report(*FILLERS)
    assert made.fillers is not None
    assert made.fillers.clusters == (Span(20.0, 22.0),)
    after = corrected(report=made, corrections=[Correction(UH, "struck")])
    assert after.fillers is not None
    assert after.fillers.events == (UM, YOU_KNOW, LAST)
    assert (after.fillers.count, after.fillers.per_minute) == (3, pytest.approx(3.0))
    assert after.fillers.share == pytest.approx((0.5 + 0.4 + 0.4) / 60)
    assert after.fillers.clusters == ()
    assert replace(after, fillers=made.fillers) == made


def test_a_confirmed_filler_is_certain_and_nothing_else_changes() -> None:
    """Its confidence is 1, and the counts are as before."""
    made = _report(*FILLERS)
    assert made.fillers is not None
    after = corrected(report=made, corrections=[Correction(UH, "confirmed")])
    assert after.fillers == replace(made.fillers, events=(UM, replace(UH, confidence=1.0), YOU_KNOW, LAST))


def test_a_confirmed_filler_is_put_back_where_a_later_measuring_misses_it() -> None:
    """It stands in its place in time, certain, and counts."""
    after = _fillers(_report(UM, LAST), Correction(replace(UH, confidence=1.0), "confirmed"))
    assert after == (UM, replace(UH, confidence=1.0), LAST)


def test_a_struck_filler_that_a_later_measuring_misses_changes_nothing() -> None:
    """There is nothing to take away, and nothing is listed."""
    made = _report(UM)
    assert corrected(report=made, corrections=[Correction(UH, "struck")]) == made
    assert [one.filler for one in judged(events=(UM,), corrections=[Correction(UH, "struck")])] == [UM]


@pytest.mark.parametrize("verdict", ["confirmed", "struck"])
@pytest.mark.parametrize("by_s", [-0.14, 0.0, 0.14])
def test_a_verdict_holds_where_another_measuring_draws_the_edges_differently(verdict: Verdict, by_s: float) -> None:
    """Half of it shared is the same filler, whatever the measure calls it and wherever it cuts it."""
    moved = Filler("uh", UM.start_s + by_s, UM.end_s + by_s / 2, "filled_pause", 0.5)
    after = _fillers(_report(moved), Correction(UM, verdict))
    assert after == ((replace(moved, confidence=1.0),) if verdict == "confirmed" else ())


def test_neighbours_and_the_other_kind_are_not_meant() -> None:
    """A verdict on one filler leaves the next one alone, and a phrase at the same place."""
    beside = Filler("um", UM.end_s - 0.1, UM.end_s + 0.4, "filled_pause", 0.5)
    phrase = Filler("like", UM.start_s, UM.end_s, "phrase", 0.5)
    assert not same_filler(one=UM, other=beside)
    assert not same_filler(one=UM, other=phrase)
    assert _fillers(_report(beside, phrase), Correction(UM, "struck")) == (phrase, beside)


def test_the_nearer_of_two_verdicts_counts() -> None:
    """Where a later measuring makes one of two, the verdict that shares more of it holds; the other keeps its own."""
    short, long = Filler("um", 5.0, 5.3, "filled_pause", 1.0), Filler("uh", 5.3, 6.0, "filled_pause", 1.0)
    joined = Filler("um", 5.0, 6.0, "filled_pause", 0.4)
    assert _fillers(_report(joined), Correction(short, "struck"), Correction(long, "confirmed")) == (
        replace(joined, confidence=1.0),
    )
    assert _fillers(_report(joined), Correction(short, "confirmed"), Correction(long, "struck")) == (short,)


def test_fillers_that_cannot_be_known_stay_unknown() -> None:
    """A confirmed filler does not make a measure of what the recording does not allow to measure."""
    made = replace(report(), fillers=None)
    assert corrected(report=made, corrections=[Correction(UM, "confirmed")]) == made


_events = st.builds(
    lambda start_s, length_s, kind: Filler("um", start_s, start_s + length_s, kind, 0.5),
    st.floats(0.5, 58.0),
    st.floats(0.05, 1.0),
    st.sampled_from(["filled_pause", "phrase"]),
)
_corrections = st.builds(Correction, _events, st.sampled_from(["confirmed", "struck"]))


@given(st.lists(_events, max_size=8), st.lists(_corrections, max_size=4), st.sets(st.integers(0, 7)))
def test_every_filler_is_listed_once_and_struck_ones_stay_away(
    events: list[Filler], others: list[Correction], struck: set[int]
) -> None:
    """The list has every measured filler with at most its confidence changed; what is struck is in no report."""
    corrections = [*others, *(Correction(event, "struck") for at, event in enumerate(events) if at in struck)]
    listed = judged(events=events, corrections=corrections)
    assert [one.filler.start_s for one in listed] == sorted(one.filler.start_s for one in listed)
    places = [replace(one.filler, confidence=0.5) for one in listed]
    assert all(places.count(event) >= events.count(event) for event in events)
    left = _fillers(_report(*events), *corrections)
    kept = [one.filler for one in listed if not one.struck]
    assert all(event in kept for event in left)


@given(st.lists(_events, max_size=8), st.lists(_corrections, max_size=4))
def test_striking_twice_is_striking_once(events: list[Filler], others: list[Correction]) -> None:
    """What was struck is gone after the first time, however often the report is corrected."""
    struck = [Correction(event, "struck") for event in events[::2]] + [c for c in others if c.verdict == "struck"]
    once = corrected(report=_report(*events), corrections=struck)
    assert corrected(report=once, corrections=struck) == once
