"""What talking points are recognised by, beside their very words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from voicerehearsal.measures.keywords import coverage, make_ready
from voicerehearsal.ports import Meaning
from voicerehearsal.values import NOTHING_LEARNED, Keywords, Language, Learned, Question, QuestionRef, Word


@dataclass(frozen=True, slots=True)
class Understanding:
    """How an answer is understood.

    Attributes:
        meaning: The model of meaning for a language, loaded when first asked for; or why there is none, "" if unwanted.
        learned: What the user said before of answers to a question.
    """

    meaning: Callable[[Language], Meaning | str]
    learned: Callable[[QuestionRef], Learned]

    def covered(
        self, question: Question, ref: QuestionRef | None, words: tuple[Word, ...], language: Language
    ) -> tuple[Keywords, str]:
        """The talking points of an answer; and why they could not be looked for by meaning, "" when they could."""
        model, learned = self._for(ref, language)
        meaning = None if isinstance(model, str) else model
        found = coverage(question=question, words=words, language=language, meaning=meaning, learned=learned)
        return found, model if isinstance(model, str) else ""

    def get_ready(self, question: Question, ref: QuestionRef, language: Language) -> None:
        """Load what an answer to `question` will need, while there is time."""
        model, learned = self._for(ref, language)
        if not isinstance(model, str):
            make_ready(question=question, language=language, meaning=model, learned=learned)

    def _for(self, ref: QuestionRef | None, language: Language) -> tuple[Meaning | str, Learned]:
        return self.meaning(language), NOTHING_LEARNED if ref is None else self.learned(ref)


BY_WORDS_ALONE = Understanding(lambda _: "", lambda _: NOTHING_LEARNED)
"""Where nobody asked for more."""
