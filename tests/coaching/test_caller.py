"""The mood of a caller: what calms and what provokes."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.rehearsal.courses import answer, asked
from voicerehearsal.coaching.caller import (
    FED_UP,
    PATIENCE_TURNS,
    call_end,
    follow_call,
    hear_reply,
    mood_in_words,
    turn_in_words,
)
from voicerehearsal.values import Report

POINTS = ("sorry", "feeling", "number", "time")
LATE = asked("late", *POINTS)


@st.composite
def replies(draw: st.DrawFn) -> Report:
    """Any reply."""
    made = draw(st.sets(st.sampled_from(POINTS)))
    return answer(LATE, *made, hurts=draw(st.sampled_from(["", "calm down"])), surges=draw(st.integers(0, 2)))


moods = st.integers(0, FED_UP)
known = st.sets(st.sampled_from(POINTS)).map(frozenset)


@given(moods, known, replies())
def test_a_mood_is_never_friendlier_than_friendly_and_moves_for_reasons(
    mood: int, before: frozenset[str], reply: Report
) -> None:
    """Each new point calms by one; what provokes raises by two at most."""
    turn = hear_reply(mood, before, reply)
    assert 0 <= turn.after <= mood + 2
    assert turn.after >= mood - len(turn.made)
    assert {point.id for point in turn.made}.isdisjoint(before)
    if turn.made and not turn.cautions and not turn.surges:
        assert turn.helped
    if not turn.made:
        assert turn.after > mood
        assert not turn.helped


@given(moods, known, replies(), st.sampled_from(POINTS))
def test_a_new_point_never_makes_it_worse(mood: int, before: frozenset[str], reply: Report, point: str) -> None:
    """Of two replies that differ in one point made, the one with it leaves the caller no angrier."""
    assert reply.keywords is not None
    made = {one.id for one in reply.keywords.points if one.covered}
    assert reply.tone is not None
    hurts = "calm down" if reply.keywords.cautions else ""
    more = answer(LATE, *made | {point}, hurts=hurts, surges=len(reply.tone.surges))
    assert hear_reply(mood, before, more).after <= hear_reply(mood, before, reply).after


@given(moods, st.lists(replies(), max_size=12))
def test_every_call_comes_to_an_end_and_only_once(upset: int, given_replies: list[Report]) -> None:
    """Patience is not endless, a point is never counted twice, and each mood begins where the last one ended."""
    turns = follow_call(upset, given_replies)
    made = [point.id for turn in turns for point in turn.made]
    assert len(made) == len(set(made))
    for one, following in pairwise(turns):
        assert following.before == min(one.after, FED_UP)
    if len(turns) >= PATIENCE_TURNS:
        assert call_end(turns[:PATIENCE_TURNS], points=len(POINTS)) is not None


def test_calm_is_not_enough_without_half_of_the_points() -> None:
    """A caller who was friendly from the start still wants their trouble dealt with."""
    one = follow_call(0, [answer(LATE, "sorry")])
    assert call_end(one, points=4) is None
    assert call_end(follow_call(0, [answer(LATE, "sorry", "time")]), points=4) == "content"
    angry = follow_call(4, [answer(LATE, *POINTS[:3], surges=1), answer(LATE, "time", surges=1)])
    assert call_end(angry, points=4) == "content"
    assert angry[-1].after > 0


def test_a_turn_is_told_in_words() -> None:
    """The mood, its direction, and the words that moved it; half calmed and half provoked is no change."""
    helped = hear_reply(3, frozenset(), answer(LATE, "sorry"))
    assert turn_in_words(helped) == 'The caller is annoyed, calmer than before: sorry ("sorry").'
    mixed = hear_reply(3, frozenset(), answer(LATE, "sorry", surges=1))
    assert turn_in_words(mixed).startswith("The caller is still angry: sorry")
    assert len({mood_in_words(mood) for mood in range(FED_UP + 2)}) == FED_UP + 2
