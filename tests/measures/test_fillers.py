"""Fillers counted together: rate, share and clusters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicerehearsal.measures.fillers import CLUSTER_GAP_S, SURE, measure_fillers, sure_ones
from voicerehearsal.values import Filler, Span

ANSWER = Span(1.0, 61.0)


def um(start_s: float, end_s: float | None = None, *, confidence: float = 0.8) -> Filler:
    """A filled pause of 0.4 s, or to `end_s`."""
    return Filler("um", start_s, start_s + 0.4 if end_s is None else end_s, "filled_pause", confidence)


def phrase(start_s: float, end_s: float) -> Filler:
    """A filler phrase."""
    return Filler("you know", start_s, end_s, "phrase", 1.0)


def test_rate_and_share_are_of_the_span() -> None:
    """Three fillers in a minute are three a minute, and 1.3 s of 60 s is their share; they stand in order of time."""
    found = measure_fillers(filled_pauses=(um(5), um(30)), phrases=(phrase(20, 20.5),), span=ANSWER)
    assert [event.start_s for event in found.events] == [5, 20, 30]
    assert (found.count, found.per_minute, found.share) == (3, pytest.approx(3), pytest.approx(1.3 / 60))


def test_a_mute_is_no_time_of_the_answer() -> None:
    """What is muttered during a mute does not count, and half a minute muted doubles the rate."""
    found = measure_fillers(filled_pauses=(um(5), um(20)), phrases=(), span=ANSWER, mutes=(Span(10, 40),))
    assert (found.count, found.per_minute) == (1, pytest.approx(2))


def test_outside_the_answer_nothing_counts() -> None:
    """A sound before the first or after the last sound of the answer is no filler of it."""
    assert measure_fillers(filled_pauses=(um(0.2), um(62)), phrases=(), span=ANSWER).count == 0


def test_one_moment_counts_once() -> None:
    """A filled pause heard inside a phrase is the phrase; one beside it stands for itself."""
    found = measure_fillers(filled_pauses=(um(5.1), um(5.9)), phrases=(phrase(5, 5.8),), span=ANSWER)
    assert [event.kind for event in found.events] == ["phrase", "filled_pause"]


def test_clusters_are_three_that_follow_on_each_other() -> None:
    """Three close together are a cluster from the first to the last; two are none, nor three far apart."""
    close = (um(5), um(7), um(10))
    apart = (um(20), um(22), um(40), um(44.4 + CLUSTER_GAP_S))
    found = measure_fillers(filled_pauses=(*close, *apart), phrases=(), span=ANSWER)
    assert found.clusters == (Span(5, 10.4),)


def test_doubtful_ones_are_counted_and_make_no_cluster() -> None:
    """Under one half an event counts in number, rate and share; it neither makes a cluster nor joins one."""
    doubtful = [um(at, confidence=SURE - 0.01) for at in (5, 7, 10)]
    found = measure_fillers(filled_pauses=doubtful, phrases=(), span=ANSWER)
    assert (found.count, found.per_minute, found.clusters) == (3, pytest.approx(3), ())
    assert found.share == pytest.approx(1.2 / 60)
    sure = [um(at, confidence=SURE) for at in (30, 33, 36)]
    between = um(34.5, confidence=0.3)
    mixed = measure_fillers(filled_pauses=(*doubtful, um(28, confidence=0.3), *sure, between), phrases=(), span=ANSWER)
    assert (mixed.count, mixed.clusters) == (8, (Span(30, 36.4),))
    assert sure_ones(events=mixed.events) == tuple(sure)


def test_an_answer_without_fillers() -> None:
    """No filler is a count of nothing, not something unknown."""
    found = measure_fillers(filled_pauses=(), phrases=(), span=ANSWER)
    assert (found.count, found.per_minute, found.share, found.clusters) == (0, 0, 0, ())


@given(st.lists(st.floats(1, 60), max_size=30), st.floats(0, 1000))
def test_later_is_the_same(starts_s: list[float], by_s: float) -> None:
    """Moving an answer in time changes neither count nor clusters; the share stays within 0–1."""
    here = measure_fillers(filled_pauses=[um(at) for at in starts_s], phrases=(), span=ANSWER)
    there = measure_fillers(
        filled_pauses=[um(at + by_s) for at in starts_s], phrases=(), span=Span(1.0 + by_s, 61.0 + by_s)
    )
    assert abs(here.count - there.count) <= sum(abs(at + 0.2 - 61) < 1e-6 for at in starts_s)
    assert 0 <= here.share <= 1
    assert all(cluster.duration_s > 0 for cluster in here.clusters)
