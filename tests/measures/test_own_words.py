"""Points made in the speaker's own words, and what the user taught."""

from __future__ import annotations

import pytest

from voicerehearsal.measures.keywords import coverage_of_text
from voicerehearsal.ports import Meaning
from voicerehearsal.values import Caution, Learned, Question, TalkingPoint
from voicerehearsal.wiring.meanings import find_meaning

QUESTION = Question(
    "q",
    "A customer complains. What do you do?",
    points=(
        TalkingPoint(
            "apologise",
            "Apologise",
            ("I apologise", "say sorry"),
            examples=("I tell the customer how sorry we are that this happened.", "First I ask them to forgive us."),
        ),
        TalkingPoint(
            "notes",
            "Take notes",
            ("take notes", "write it down"),
            examples=("I write every detail on my pad while they talk.", "I keep a record of what the caller says."),
        ),
        TalkingPoint(
            "promise",
            "Promise a call",
            ("call you back {time}",),
            examples=("I tell them that they will hear from me {time}.",),
        ),
    ),
    cautions=(Caution(("calm down",), "rude"),),
)


@pytest.fixture(scope="module")
def meaning() -> Meaning:
    found = find_meaning("en")
    assert found is not None
    return found


def _made(text: str, meaning: Meaning | None, learned: Learned | None = None) -> dict[str, str]:
    result = coverage_of_text(question=QUESTION, text=text, meaning=meaning, learned=learned or Learned())
    return {point.id: point.evidence[0].how for point in result.points if point.covered}


def test_own_words_count_by_meaning(meaning: Meaning) -> None:
    """A point said in other words is made, and shows that it was recognised by its meaning, with its certainty."""
    text = "While they talk I put every detail down on paper."
    result = coverage_of_text(question=QUESTION, text=text, meaning=meaning)
    [made] = [point for point in result.points if point.covered]
    assert made.id == "notes"
    assert made.evidence[0].how == "meaning"
    assert 0.5 <= made.evidence[0].certainty <= 1


def test_words_come_first(meaning: Meaning) -> None:
    """A phrase that was said is shown as words, with certainty 1."""
    assert _made("I always take notes.", meaning)["notes"] == "words"


def test_denied_phrases_do_not_come_back_by_meaning(meaning: Meaning) -> None:
    """What was denied, or is others' doing, is near in meaning and still makes no point."""
    assert "notes" not in _made("I never take notes.", meaning)
    assert "apologise" not in _made("Some people just say sorry.", meaning)


def test_a_promise_needs_its_time(meaning: Meaning) -> None:
    """A slot that nothing fills is not filled by meaning either."""
    assert "promise" in _made("I'll call you back by five o'clock.", meaning)
    assert "promise" not in _made("I tell them that they will hear from me soon.", meaning)


@pytest.mark.parametrize("with_model", [True, False])
def test_corrections_are_remembered(meaning: Meaning, *, with_model: bool) -> None:
    """A wording called right makes the point as the user's own; one called wrong no longer does."""
    model = meaning if with_model else None
    accepted = Learned(accepted={"notes": ("scribble like a court clerk",)})
    assert _made("I scribble like a court clerk.", model, accepted)["notes"] == "yours"
    rejected = Learned(rejected={"notes": ("take notes for myself",)})
    assert "notes" not in _made("I take notes for myself", model, rejected)


def test_a_question_without_points_has_none(meaning: Meaning) -> None:
    """Nothing to look for is no error, with a model and without."""
    for model in (meaning, None):
        result = coverage_of_text(question=Question("q", "Why?"), text="Because I like it.", meaning=model)
        assert (result.points, result.coverage) == ((), None)
