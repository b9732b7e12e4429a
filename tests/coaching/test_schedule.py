"""What to practise next: what went badly comes back first, what sits comes back later each time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from fsrs import Rating
from hypothesis import given
from hypothesis import strategies as st

from voicerehearsal.coaching.schedule import (
    LONGEST_DAYS,
    WEAKNESSES,
    Review,
    by_urgency,
    overdue,
    rating_of,
    standing,
    weakness,
)
from voicerehearsal.coaching.targets import TARGETS
from voicerehearsal.values import Question, QuestionRef

START = datetime(2026, 3, 1, 18, tzinfo=UTC)
DAY = timedelta(days=1)
A1, C2, C3 = (
    QuestionRef("complaint-calls", "a1"),
    QuestionRef("classic-questions", "c2"),
    QuestionRef("classic-questions", "c3"),
)

well = st.builds(Review, st.just(START), st.floats(0.8, 1.0), st.floats(110, 180), st.floats(0, 5))
anyhow = st.builds(
    Review, st.just(START), st.none() | st.floats(0, 1), st.none() | st.floats(40, 300), st.none() | st.floats(0, 40)
)


@pytest.mark.parametrize(
    ("review", "rating"),
    [
        (Review(START, None, 140, 0), Rating.Hard),
        (Review(START, 0.4, 140, 0), Rating.Again),
        (Review(START, 0.6, 140, 0), Rating.Hard),
        (Review(START, 0.8, 140, 0), Rating.Good),
        (Review(START, 1.0, 140, 2), Rating.Easy),
        (Review(START, 1.0, 220, 2), Rating.Good),
        (Review(START, 1.0, None, 2), Rating.Good),
        (Review(START, 1.0, 140, 9), Rating.Good),
    ],
)
def test_points_come_first_then_pace_and_fillers(review: Review, rating: Rating) -> None:
    """Half of the points are the least, four in five sit, and only a fluent answer with all of them is easy."""
    assert rating_of(review, "en") == rating


def test_what_sits_is_asked_less_and_less_often() -> None:
    """Answers that go well when due are each followed by a longer rest, until the longest."""
    reviews, rests = [Review(START, 0.9)], []
    for _ in range(8):
        due = standing(A1, reviews, "en").due
        rests.append(due - reviews[-1].when)
        reviews.append(Review(due, 0.9))
    assert rests == sorted(rests)
    assert rests[0] >= DAY
    assert rests[-1] == timedelta(days=LONGEST_DAYS)


@given(before=st.lists(well, max_size=5))
def test_a_bad_answer_brings_a_question_back_sooner(before: list[Review]) -> None:
    """Whatever went before, an answer without its points is due before one with all of them."""
    before = [Review(START + n * 3 * DAY, r.coverage, r.rate, r.fillers_per_minute) for n, r in enumerate(before)]
    when = START + 20 * DAY
    bad, good = (standing(A1, [*before, Review(when, share, 140, 1)], "en").due for share in (0.2, 1.0))
    assert when < bad < good


@given(reviews=st.lists(anyhow, min_size=1, max_size=12), hours=st.integers(1, 400))
def test_every_history_has_a_day(reviews: list[Review], hours: int) -> None:
    """Whatever was answered, and when, the question is due at some time after the last answer, within two months."""
    spread = [
        Review(START + n * timedelta(hours=hours), r.coverage, r.rate, r.fillers_per_minute)
        for n, r in enumerate(reviews)
    ]
    stands = standing(A1, spread, "zh")
    assert timedelta(0) < stands.due - stands.last <= timedelta(days=LONGEST_DAYS)
    assert stands.answers == len(reviews)


def test_due_before_new_before_not_yet_due() -> None:
    """The longest overdue is first, a question never asked comes before one that still sits."""
    stands = {
        ref: standing(ref, [Review(START + days * DAY, share)], "en")
        for ref, days, share in ((A1, 0, 0.2), (C2, 1, 0.2), (C3, 9, 1.0))
    }
    now = START + 10 * DAY
    assert overdue(stands.values(), now) == [A1, C2]
    questions = [Question(name, "?") for name in ("c2", "c3", "c1")]
    ordered = sorted(questions, key=by_urgency("classic-questions", stands, now))
    assert [question.id for question in ordered] == ["c2", "c1", "c3"]


def test_a_weakness_is_one_only_while_it_lasts() -> None:
    """A measure off target is a weakness, due again sooner the more often it was; on target it is none."""
    assert weakness("fillers_per_minute", []) is None
    assert weakness("fillers_per_minute", [(START, 9.0), (START + DAY, 0.0)]) is None
    once = weakness("fillers_per_minute", [(START, 1.0), (START + 5 * DAY, 9.0)])
    again = weakness("fillers_per_minute", [(START, 9.0), (START + 5 * DAY, 9.0)])
    assert once is not None
    assert again is not None
    assert START + 5 * DAY < again.due <= once.due


def test_every_weakness_has_a_target() -> None:
    """No measure is held against a person without a sourced target."""
    assert all(TARGETS[name].source for name in WEAKNESSES)
