"""Stretches of time against counting by the millisecond."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from voicerehearsal.measures.timeline import duration_s, inside, merged, without
from voicerehearsal.values import Span

SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda p: Span(p[0], p[0] + p[1])), max_size=6)


def _seconds(spans):
    return {second for span in spans for second in range(int(span.start_s), int(span.end_s))}


@settings(deadline=None)
@given(SPANS)
def test_merging_covers_the_same_time_once(spans):
    """In order, without overlap, nothing gained or lost."""
    union = merged(spans=spans)
    assert _seconds(union) == _seconds(spans)
    assert duration_s(spans=union) == len(_seconds(spans))
    assert all(a.end_s < b.start_s for a, b in pairwise(union))


@settings(deadline=None)
@given(SPANS, SPANS)
def test_cutting_leaves_what_is_in_the_first_alone(spans, cut):
    """Set difference, second by second."""
    assert _seconds(without(spans=spans, cut=cut)) == _seconds(spans) - _seconds(cut)


def test_a_moment_at_a_cut_belongs_to_the_cut_at_its_start_only():
    """Both ends of the span are inside; a cut holds its start, not its end."""
    span, cut = Span(1, 5), [Span(2, 3)]
    assert [inside(time_s=t, span=span, cut=cut) for t in (1, 2, 2.9, 3, 5, 5.1)] == [
        True,
        False,
        False,
        True,
        True,
        False,
    ]
