"""What follows from the steps of a sitting, the same for every face."""

from __future__ import annotations

from tests.reports import report
from voicerehearsal.presenting.taken_steps import (
    after,
    beside_earlier,
    has_comments,
    is_looked_back_on,
    is_pause,
    onward,
)
from voicerehearsal.rehearsal.course import Done
from voicerehearsal.rehearsal.events import Ended, Measured, Ringing
from voicerehearsal.rehearsal.step import Step
from voicerehearsal.values import Question

ASKED = Step(Question("a1", "Why?"))


def test_a_step_becomes_what_its_events_tell() -> None:
    """The report and what ended it are kept, anything else changes nothing; only a whole answer is a pause."""
    found = report()
    taken = after(after(Done(ASKED), Ended(by="silence")), Measured(found))
    assert taken == Done(ASKED, report=found, ended_by="silence")
    assert after(taken, Ringing()) == taken
    assert is_pause(taken)
    assert has_comments(taken)
    cut = after(Done(ASKED), Ended(by="interrupted"))
    assert not is_pause(cut)
    assert not has_comments(cut)


def test_the_key_for_going_on_says_where_it_leads() -> None:
    """To the end, to another question, or to the same one; a follow-up on it is another."""
    again = ASKED.once_more()
    assert onward(ASKED, None) == "finish"
    assert onward(ASKED, again) == "again"
    assert onward(ASKED, Step(Question("a2", "How?"))) == "next"
    assert onward(ASKED, Step(ASKED.question, lines=("And then?",))) == "next"


def test_another_attempt_is_compared_with_the_whole_one_before() -> None:
    """The first has nothing before it, and an attempt that was cut off is nothing to be compared with."""
    first = Done(ASKED, report(rate=140.0), "silence")
    second = Done(ASKED.once_more(), report(rate=170.0), "silence")
    found = beside_earlier([first, second], {})
    assert found is not None
    assert next((one.a, one.b) for one in found.measures if one.metric.name == "words_per_minute") == (140.0, 170.0)
    assert beside_earlier([first], {}) is None
    assert beside_earlier([Done(ASKED, report(), "interrupted"), second], {}) is None


def test_an_exercise_is_not_looked_back_on() -> None:
    """A step in a flow without talking points is none of the answers that a sitting ends with."""
    assert is_looked_back_on(ASKED)
    assert not is_looked_back_on(Step(ASKED.question, flows=True))
