"""What points are recognised by: their words always, their meaning where there is a model, and what was corrected."""

from __future__ import annotations

from voicerehearsal.ports import Meaning
from voicerehearsal.rehearsal.understanding import BY_WORDS_ALONE, Understanding
from voicerehearsal.values import NOTHING_LEARNED, Learned, Question, QuestionRef, TalkingPoint, Word
from voicerehearsal.wiring.meanings import find_meaning

REF = QuestionRef("p", "q")
EXAMPLES = ("I write every detail on my pad while they talk.", "I keep a record of what the caller says.")
QUESTION = Question(
    "q", "What do you do?", points=(TalkingPoint("notes", "Take notes", ("take notes",), None, EXAMPLES),)
)


def _said(text: str) -> tuple[Word, ...]:
    return tuple(Word(word, at * 0.4, at * 0.4 + 0.3, 1.0) for at, word in enumerate(text.split()))


def test_why_there_is_no_meaning_is_passed_on_and_words_still_count() -> None:
    """A model that is missing or damaged costs only what words cannot tell."""
    understanding = Understanding(lambda _: "it is damaged", lambda _: NOTHING_LEARNED)
    found, why = understanding.covered(QUESTION, REF, _said("i take notes"), "en")
    assert why == "it is damaged"
    assert found.points[0].covered
    understanding.get_ready(QUESTION, REF, "en")
    assert BY_WORDS_ALONE.covered(QUESTION, REF, _said("i take notes"), "en")[1] == ""


def test_corrections_are_looked_up_for_the_question() -> None:
    """What was called right before makes the point, in answers to this question only."""
    asked: list[QuestionRef] = []

    def learned(ref: QuestionRef) -> Learned:
        asked.append(ref)
        return Learned(accepted={"notes": ("my little black book",)})

    def meaning(_: str) -> Meaning | str:
        return find_meaning("en") or ""

    understanding = Understanding(meaning, learned)
    understanding.get_ready(QUESTION, REF, "en")
    found, why = understanding.covered(QUESTION, REF, _said("that goes into my little black book"), "en")
    assert (found.points[0].evidence[0].how, why, set(asked)) == ("yours", "", {REF})
