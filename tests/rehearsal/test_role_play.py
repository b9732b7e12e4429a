"""The role-play: what the caller says next, and how the call ends."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.rehearsal.courses import answer, asked, follow, said, take, unheard, wordless
from voicerehearsal.rehearsal.course import AtMost
from voicerehearsal.rehearsal.role_play import RolePlay
from voicerehearsal.values import Caller

CALLER = Caller(
    upset=2, softer=("Well.", "All right."), harder=("What?", "Listen!"), content="Thank you.", fed_up="Goodbye!"
)
LATE = asked("late", "sorry", "feeling", "number", "time", caller=CALLER)
NOTHING = answer(LATE)


def lines(*replies: object) -> list[str]:
    """What the caller says, from the first line to the last, when these are the replies."""
    course, done, heard = RolePlay(LATE), [], []  # type: ignore[var-annotated]
    rest = list(replies)
    while (step := course.next(done)) is not None:
        heard += step.spoken
        if step.listens and not rest:
            break
        done = take(course, done, rest.pop(0) if step.listens else None)  # type: ignore[arg-type]
    return heard


def test_a_caller_who_is_helped_grows_calm_and_hears_the_last_word() -> None:
    """Half of the points, and calm: the content line, one more reply, and the call ended well."""
    replies = (answer(LATE, "sorry"), answer(LATE, "feeling"), NOTHING)
    assert lines(*replies) == ["late?", "Well.", "Thank you."]
    course = RolePlay(LATE)
    done, step = follow(course, *replies)
    assert step is None
    assert "ended well after 2 replies" in said(course.result(done))
    assert 'sorry ("sorry") (reply 1)' in said(course.result(done))
    assert "Not said: Number; Time" in said(course.result(done))
    assert course.comments(done) == []


def test_a_caller_who_is_provoked_hangs_up() -> None:
    """Beyond anger: the last line is not answered, and the line is dead."""
    replies = (answer(LATE, hurts="calm down"), answer(LATE, hurts="calm down", surges=1))
    assert lines(*replies) == ["late?", "What?", "Goodbye!"]
    course = RolePlay(LATE)
    done, step = follow(course, *replies)
    assert step is not None
    assert step.hangs_up
    assert not step.listens
    done = take(course, done, None)
    assert course.next(done) is None
    assert "hung up on you after 2 replies" in said(course.result(done))
    assert '"calm down": It hurts.' in said(course.result(done))


def test_softer_and_harder_lines_come_in_their_own_order() -> None:
    """Each list goes on where it was, and its last line comes again when there are no more."""
    helps = (answer(LATE, "sorry", "feeling"), answer(LATE, "number"))
    assert lines(NOTHING, NOTHING) == ["late?", "What?", "Listen!"]
    assert lines(NOTHING, answer(LATE, "sorry"), NOTHING) == ["late?", "What?", "Well.", "Listen!"]
    assert lines(NOTHING, answer(LATE, "sorry"), NOTHING, answer(LATE, "time"), NOTHING, NOTHING)[-1] == "Listen!"
    assert lines(helps[1], helps[0])[-1] == "Thank you."


def test_a_calm_caller_who_is_helped_stays_soft() -> None:
    """Below nothing there is no calmer, yet a point made is answered by a softer line, not by a harder one."""
    friendly = replace(LATE, caller=replace(CALLER, upset=0))
    course = RolePlay(friendly)
    done, step = follow(course, answer(friendly, "sorry"))
    assert "The caller is still calm: sorry" in said(course.comments(done))
    assert step is not None
    assert step.spoken == ("Well.",)


def test_the_same_point_twice_does_not_help_again() -> None:
    """Sorry once is heard; sorry twice is nothing new."""
    course = RolePlay(LATE)
    done, _ = follow(course, answer(LATE, "sorry"), answer(LATE, "sorry"))
    assert "nothing new" in said(course.comments(done))
    assert "angrier" in said(course.comments(done))


def test_silence_provokes() -> None:
    """A caller who hears nothing grows angrier, and it is said."""
    course = RolePlay(LATE)
    done, step = follow(course, unheard(LATE))
    assert "angrier than before: silence" in said(course.comments(done))
    assert step is not None
    assert step.spoken == ("What?",)


def test_without_a_recogniser_a_role_play_ends_with_one_sentence() -> None:
    """Nobody knows what the caller was told: no mood is made up."""
    course = RolePlay(LATE)
    done, step = follow(course, wordless(LATE))
    assert step is None
    assert "A role-play needs the recogniser, and there is no model" in said(course.comments(done))
    assert course.result(done) == []


def test_a_call_without_more_answers_is_left_open() -> None:
    """When the files run out in the middle of it, neither end is claimed."""
    course = AtMost(RolePlay(LATE), 1)
    done, step = follow(course, answer(LATE, "sorry"))
    assert step is None
    assert "left open after 1 reply" in said(course.result(done))


def test_a_question_without_a_caller_is_no_role_play() -> None:
    """It is refused at once."""
    with pytest.raises(ValueError, match="has no caller"):
        RolePlay(asked("late"))
