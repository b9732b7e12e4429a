"""How a rehearsal goes on, by kinds of practice: what is asked after what was heard."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rehearsal.courses import answer, asked, follow, said, take, unheard, wordless
from voicerehearsal.coaching.schedule import LATER, Urgency
from voicerehearsal.coaching.schedule import NEW as NEVER_ASKED
from voicerehearsal.errors import UsageError
from voicerehearsal.rehearsal.course import AtMost, Done, Planned
from voicerehearsal.rehearsal.drill import Drill
from voicerehearsal.rehearsal.follow_up import FollowedUp
from voicerehearsal.rehearsal.from_notes import FromNotes, Noted, left_out
from voicerehearsal.rehearsal.interruptions import AFTER_S, CUT_INS, PROBES, Interrupted
from voicerehearsal.rehearsal.kinds import questions_for
from voicerehearsal.rehearsal.questioning import Questioning
from voicerehearsal.rehearsal.shadowing import Shadowing
from voicerehearsal.values import Exercise, Pace, Pack, Question, TalkingPoint

HOLD = asked("hold", "ask", "how-long", "thank", follow_ups=("longer", "thanks", "other"))
LONGER = asked("longer", "return", follows="hold", when_missed=("how-long",))
THANKS = asked("thanks", "thank", follows="hold", when_missed=("thank",))
OTHER = asked("other", "other", follows="hold")
GREET = asked("greet", "smile")
PACK = Pack("small", "Small", "en", (HOLD, LONGER, THANKS, OTHER, GREET))
GOOD = answer(HOLD, "ask", "how-long", "thank")
OLD, NEW = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)


def as_practised(when: Mapping[str, datetime]) -> Urgency:
    """New questions first, then those practised longest ago."""
    return lambda question: (LATER, when[question.id].timestamp()) if question.id in when else (NEVER_ASKED, 0.0)


def interview(count: int = 4, ids: tuple[str, ...] = (), **practised: datetime) -> FollowedUp:
    """An interview over the small pack."""
    return FollowedUp(PACK, ids=ids, count=count, urgency=as_practised(practised))


# ---- planned ---------------------------------------------------------------------------------------------------------


def test_planned_questions_come_one_by_one_whatever_is_answered() -> None:
    """An attempt again at one of them takes nothing from the others."""
    course = Planned([HOLD, GREET])
    done, step = follow(course, GOOD)
    assert step is not None
    assert step.question == GREET
    again = [*done, Done(done[0].step.once_more(), GOOD, "silence")]
    assert course.next(again) == step
    assert course.next(take(course, again, answer(GREET))) is None


def test_as_many_answers_as_there_are_files() -> None:
    """Once the files are used up nothing is asked, but what needs no answer is still said."""
    assert follow(AtMost(Drill(HOLD), 1), answer(HOLD))[1] is None
    assert follow(AtMost(Drill(HOLD), 2), answer(HOLD))[1] is not None


# ---- drill -----------------------------------------------------------------------------------------------------------


def test_a_drill_ends_after_two_good_answers_running() -> None:
    """One good answer, a worse one, and two good ones: four attempts in all."""
    course = Drill(HOLD)
    done, step = follow(course, GOOD, answer(HOLD, "ask"), GOOD)
    assert step is not None
    assert (step.question, step.attempt) == (HOLD, 4)
    assert "once more" in said(course.comments(done)).lower()
    done, step = follow(course, GOOD, answer(HOLD, "ask"), GOOD, GOOD)
    assert step is None
    assert "It sits" in said(course.comments(done))


def _slow(pace: Pace | None) -> Pace | None:
    return None if pace is None else replace(pace, words_per_minute=90.0, verdict="slow")


@pytest.mark.parametrize(
    ("report", "why"),
    [
        (answer(HOLD, "ask"), "Still missing: How-long; Thank."),
        (answer(HOLD, "ask", "how-long", "thank", hurts="hang on"), 'leave out "hang on"'),
        (replace(GOOD, pace=_slow(GOOD.pace)), "90 words a minute is too slow"),
        (wordless(HOLD), "cannot be told without the words: there is no model"),
        (unheard(HOLD), "Nothing was heard"),
    ],
)
def test_a_drill_says_in_one_line_why_it_does_not_sit(report: object, why: str) -> None:
    """Points before cautions, cautions before pace; and what cannot be known is not guessed."""
    course = Drill(HOLD)
    done, step = follow(course, report)  # type: ignore[arg-type]
    assert step is not None
    (comment,) = course.comments(done)
    assert why in comment.text
    assert comment.good is False


# ---- interview -------------------------------------------------------------------------------------------------------


def test_the_follow_up_is_on_the_first_point_left_out() -> None:
    """With two points missing the one that comes first in the pack decides, and the screen says why."""
    _, step = follow(interview(), answer(HOLD, "ask"))
    assert step is not None
    assert step.question == LONGER
    assert "How-long" in step.because
    _, step = follow(interview(), answer(HOLD, "ask", "how-long"))
    assert step is not None
    assert step.question == THANKS


@pytest.mark.parametrize("report", [GOOD, wordless(HOLD), unheard(HOLD)])
def test_without_a_gap_that_is_known_the_oldest_follow_up_is_asked(report: object) -> None:
    """Everything was said, or nobody knows what: the follow-up practised longest ago."""
    _, step = follow(interview(longer=OLD, other=NEW, thanks=NEW), report)  # type: ignore[arg-type]
    assert step is not None
    assert step.question == LONGER
    assert step.because == ""


def test_after_its_follow_up_comes_the_next_main_question() -> None:
    """One follow-up each, then the other main question, then what else is in the pack, up to the count."""
    done, step = follow(interview(), answer(HOLD, "ask"), answer(LONGER), answer(GREET))
    assert [one.step.question.id for one in done] == ["hold", "longer", "greet"]
    assert step is not None
    assert step.question in (THANKS, OTHER)
    assert follow(interview(3), answer(HOLD, "ask"), answer(LONGER), answer(GREET))[1] is None


def test_an_interview_on_a_named_question_stays_with_it() -> None:
    """Named alone, it gets as many follow-ups as there is time for."""
    done, step = follow(interview(3, ids=("hold",)), answer(HOLD, "ask"), answer(LONGER), answer(THANKS))
    assert [one.step.question.id for one in done] == ["hold", "longer", "thanks"]
    assert step is None
    with pytest.raises(UsageError, match="no question 'hole'"):
        interview(ids=("hole",))


def test_everything_that_may_be_said_is_known_before() -> None:
    """Whatever is answered, each line of a step is among the texts that the voice has made."""
    course = Interrupted(interview(), "en", random.Random(1))
    for made in ((), ("ask",), ("ask", "how-long")):
        done: list[Done] = []
        while (step := course.next(done)) is not None:
            assert set(step.spoken) <= set(course.texts())
            by = "interrupted" if step.cut_in_after_s else "silence"
            done = take(course, done, answer(HOLD, *made), ended_by=by)  # type: ignore[arg-type]
        assert {one.step.question.id for one in done} >= {"hold", "greet"}


# ---- interruptions ---------------------------------------------------------------------------------------------------


def test_after_a_cut_in_comes_the_follow_up_at_once() -> None:
    """The follow-up is asked in the same breath as the interviewer stops the speaker, and is not cut off itself."""
    course = Interrupted(interview(), "en", random.Random(1))
    done = take(course, [], answer(HOLD, "ask"), ended_by="interrupted")
    step = course.next(done)
    assert step is not None
    assert step.question == LONGER
    assert step.lines[0] in CUT_INS["en"]
    assert step.lines[1] == LONGER.text
    assert step.cut_in_after_s is None


def test_without_a_follow_up_a_probe_is_put_to_the_same_question() -> None:
    """The second take counts as another attempt at it; afterwards the plan goes on."""
    course = Interrupted(Planned([GREET, HOLD]), "zh", random.Random(1))
    done = take(course, [], answer(GREET), ended_by="interrupted")
    step = course.next(done)
    assert step is not None
    assert (step.question, step.attempt, step.cut_in_after_s, step.goes_on) == (GREET, 2, None, True)
    assert step.lines[1] in PROBES["zh"]
    done = take(course, done, answer(GREET))
    assert said(course.comments(done)) == "Both parts together: 0 of 1 points. Left out: Smile."
    after = course.next(done)
    assert after is not None
    assert after.question == HOLD


def test_what_was_said_before_the_cut_in_counts() -> None:
    """A point made before it need not be made again."""
    course = Interrupted(Planned([HOLD]), "en", random.Random(1))
    done = take(course, [], answer(HOLD, "ask", "how-long"), ended_by="interrupted")
    done = take(course, done, answer(HOLD, "thank"))
    assert said(course.comments(done)) == "Both parts together: 3 of 3 points."


@given(st.integers())
@settings(max_examples=20)
def test_about_half_of_the_answers_are_cut_off(seed: int) -> None:
    """By chance, but the same for the same start, and never before twelve seconds."""
    questions = [asked(f"q{number}") for number in range(40)]
    course = Interrupted(Planned(questions), "en", random.Random(seed))
    done, cut = list[Done](), list[float]()
    while (step := course.next(done)) is not None:
        assert course.next(done) == step
        if step.cut_in_after_s is not None:
            cut.append(step.cut_in_after_s)
        done = take(course, done, answer(step.question))
    assert 6 <= len(cut) <= 34
    assert all(AFTER_S[0] <= after_s <= AFTER_S[1] for after_s in cut)


# ---- questioning -----------------------------------------------------------------------------------------------------

EXERCISES = asked(
    "kinds",
    "point",
    exercises=(Exercise("open", says="What happened?"), Exercise("closed", find_out="whether it is plugged in")),
)


def test_a_questioning_drill_tells_right_from_wrong_and_counts() -> None:
    """A kind named and a question asked, each told with its reason; one of two, and none of its own talking points."""
    course = Questioning(EXERCISES, "en")
    done, step = follow(course, answer(EXERCISES, says="that is an open question"))
    assert said(course.comments(done)) == "Right, open: it leaves room for a story."
    assert step is not None
    assert step.question.points == ()
    assert "closed question to find out whether it is plugged in" in step.spoken[0]
    done = take(course, done, answer(EXERCISES, says="how did you plug it in"))
    (comment,) = course.comments(done)
    assert comment.good is False
    assert '"how" makes it open' in comment.text
    assert course.next(done) is None
    assert said(course.result(done)) == "Score: 1 of 1 named rightly, 0 of 1 asked rightly."


def test_a_name_that_was_not_understood_is_answered_with_the_right_one() -> None:
    """What was heard is said, so that a mishearing can be told from a mistake."""
    course = Questioning(EXERCISES, "en")
    assert 'It is open: it leaves room for a story (I heard "pardon").' in said(
        course.comments(follow(course, answer(EXERCISES, says="pardon"))[0])
    )
    assert "not closed" in said(course.comments(follow(course, answer(EXERCISES, says="closed"))[0]))
    assert "needs the recogniser" in said(course.comments(follow(course, wordless(EXERCISES))[0]))


# ---- shadowing -------------------------------------------------------------------------------------------------------

MODEL = asked("model", model_answer="First I listen.\nThen I speak.")


def test_shadowing_puts_the_speaker_beside_the_voice() -> None:
    """What differs most is named, with both numbers; the model answer is what the voice says."""
    course = Shadowing([MODEL])
    step = course.next([])
    assert step is not None
    assert step.spoken == ("First I listen. Then I speak.",)
    assert step.measures_voice
    voice = answer(MODEL)
    assert voice.pace is not None
    hurried = replace(voice, pace=replace(voice.pace, words_per_minute=200.0))
    (comment,) = course.comments([Done(step, hurried, "silence", voice=voice)])
    assert "you spoke faster than the voice (200 to its 140 words/min)" in comment.text
    assert ("pace", "140", "200", "words/min") in comment.table
    (same,) = course.comments([Done(step, voice, "silence", voice=voice)])
    assert same.text == "You kept the pace and the pauses of the voice."


# ---- notes -----------------------------------------------------------------------------------------------------------

BULLETS = ("say sorry", "take notes")


def test_notes_are_shown_twice_and_then_hidden() -> None:
    """The third answer is from recall, and says which of the notes it left out."""
    course = FromNotes([Noted(HOLD, BULLETS, attempts=0)])
    done: list[Done] = []
    shown = []
    while (step := course.next(done)) is not None:
        shown.append(bool(step.shown))
        done = take(course, done, answer(HOLD, says="first i say sorry to the caller"))
    assert shown == [True, True, False]
    assert "From recall: 1 of 2 notes. Left out: take notes." in said(course.comments(done))


def test_attempts_of_earlier_days_count() -> None:
    """Who has answered twice with these notes is asked from recall at once, then the next question comes."""
    course = FromNotes([Noted(HOLD, BULLETS, attempts=2), Noted(GREET, BULLETS, attempts=1)])
    done, step = follow(course, answer(HOLD, says="i say sorry and take notes"))
    assert done[0].step.shown == ()
    assert "all 2 of your notes" in said(course.comments(done))
    assert step is not None
    assert (step.question, bool(step.shown)) == (GREET, True)


@pytest.mark.parametrize(
    ("bullet", "says", "left"),
    [
        ("say sorry", "i said sorry", False),
        ("call the warehouse", "then i called our warehouse about it", False),
        ("Thank", "thank you for waiting", False),
        ("call the warehouse", "i take notes of everything", True),
        ("call the warehouse", "", True),
    ],
)
def test_a_note_is_said_as_a_talking_point_is_made(bullet: str, says: str, left: bool) -> None:
    """Inflected, and in other company."""
    assert left_out(HOLD, [bullet], answer(HOLD, says=says)) == [bullet] * left


def test_a_note_called_like_a_talking_point_is_said_as_that_is() -> None:
    """Its label is no way to say it; its phrasings are."""
    point = TalkingPoint("how-long", "Say how long", ("about a minute",))
    question = replace(HOLD, points=(point,))
    assert left_out(question, ["say how long"], answer(question, says="it will take about a minute")) == []


def test_without_words_nothing_is_said_of_the_notes() -> None:
    """What was left out cannot be told."""
    course = FromNotes([Noted(HOLD, BULLETS, attempts=2)])
    assert "cannot be told" in said(course.comments(follow(course, wordless(HOLD))[0]))


# ---- which questions -------------------------------------------------------------------------------------------------


def test_a_kind_is_held_with_questions_that_have_what_it_needs() -> None:
    """The one practised longest ago of those; one named without it is refused, and those that have it are named."""
    pack = Pack("small", "Small", "en", (HOLD, MODEL, replace(MODEL, id="newer")))
    found: list[Question] = questions_for("shadowing", pack, ids=(), urgency=as_practised({"model": OLD, "newer": NEW}))
    assert [question.id for question in found] == ["model", "newer"]
    with pytest.raises(UsageError, match=r"'hold' has no model answer, .* These have: model, newer"):
        questions_for("shadowing", pack, ids=("hold",), urgency=as_practised({}))
    with pytest.raises(UsageError, match="No question of the pack 'small' has a caller"):
        questions_for("role-play", pack, ids=(), urgency=as_practised({}))
