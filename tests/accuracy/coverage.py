"""How well talking points are told in answers written without looking: `python -m tests.accuracy.coverage`.

The answers of `answers/*.toml` are literal ones, paraphrases and traps, each with the points that it makes. They are
read as text, and the English ones are said by the natural voice and heard by the recogniser, too. Scores are counted
over all pairs of an answer and a point of its question.
"""

from __future__ import annotations

import hashlib
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal

import numpy as np

from tests.accuracy.keywords import hear, hibari
from tests.accuracy.scoring import Check, heading
from voicerehearsal.measures.keywords import coverage, coverage_of_text
from voicerehearsal.measures.wordforms import tokens
from voicerehearsal.packs import builtin_folder, list_packs
from voicerehearsal.ports import Meaning
from voicerehearsal.values import Keywords, Language, Question, Samples, Word
from voicerehearsal.wiring.meanings import find_meaning

ANSWERS = Path(__file__).parent / "answers"

TIMED_ANSWERS = 20
"""So many answers of a language are timed."""

HEARD_EVERY = 3
"""Every so many English answers are spoken."""

Kind = Literal["literal", "paraphrase", "trap"]


@dataclass(frozen=True)
class Answer:
    """A labelled answer."""

    question: Question
    language: Language
    kind: Kind
    text: str
    makes: frozenset[str]


@dataclass
class Count:
    """Points told right and wrong."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    def add(self, answer: Answer, result: Keywords) -> None:
        """Count the points of an answer."""
        made = {point.id for point in result.points if point.covered}
        self.hits += len(made & answer.makes)
        self.false += len(made - answer.makes)
        self.missed += len(answer.makes - made)

    @property
    def precision(self) -> float:
        """Share of the points found that were made."""
        return self.hits / max(1, self.hits + self.false)

    @property
    def recall(self) -> float:
        """Share of the points made that were found."""
        return self.hits / max(1, self.hits + self.missed)

    def line(self, name: str) -> str:
        """One line of the table."""
        total = f"{self.hits} right, {self.false} false, {self.missed} missed"
        return f"{name:<34} precision {self.precision:.3f}  recall {self.recall:.3f}  ({total})"


def answers(folder: Path = ANSWERS) -> list[Answer]:
    """All labelled answers of a folder whose questions are in the built-in packs."""
    packs = [listed.pack for listed in list_packs([builtin_folder()]).packs]
    asked = {(pack.language, pack.id.removesuffix("-zh"), q.id): q for pack in packs for q in pack.questions}
    found = []
    for path in sorted(folder.glob("*.toml")):
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["answer"]:
            question = asked.get((row["language"], row["pack"].removesuffix("-zh"), row["question"]))
            if question is not None:
                makes = frozenset(row["makes"])
                found.append(Answer(question, row["language"], row["kind"], row["text"], makes))
    return found


def read(answer: Answer, meaning: Meaning | None) -> Keywords:
    """The points of an answer as text."""
    return coverage_of_text(question=answer.question, text=answer.text, language=answer.language, meaning=meaning)


def count(chosen: Iterable[Answer], judge: Callable[[Answer], Keywords]) -> Count:
    """All of them counted."""
    total = Count()
    for answer in chosen:
        total.add(answer, judge(answer))
    return total


def share_no_word(answer: Answer) -> bool:
    """Whether an answer has no content word (in Chinese: no two characters) of a phrase of the points it makes."""
    points = [point for point in answer.question.points if point.id in answer.makes]
    said = _content(answer.text)
    return not any(said & _content(phrase) for point in points for phrase in point.phrases)


def _by_phrases(result: Keywords) -> set[str]:
    """Points that a phrasing made, whatever else the answer means."""
    return {p.id for p in result.points if any(e.certainty == 1.0 or e.how == "sound" for e in p.evidence)}


def _content(text: str) -> set[str]:
    found = tokens(text)
    pairs = {a.text + b.text for a, b in pairwise(found) if not a.text.isascii()}
    return {token.key for token in found if token.kind == "content" and token.text.isascii()} | pairs


def on_text(all_answers: Sequence[Answer]) -> list[Check]:
    """Precision, recall and cost, per language and kind."""
    checks = []
    languages: tuple[Language, ...] = ("en", "zh")
    for language in languages:
        chosen = [answer for answer in all_answers if answer.language == language]
        if not chosen:
            continue
        meaning = find_meaning(language)
        heading(f"Talking points in {len(chosen)} labelled answers as text, {language}")
        results = {answer.text: read(answer, meaning) for answer in chosen}
        whole = count(chosen, lambda answer, results=results: results[answer.text])
        print(whole.line("all"))
        for kind in ("literal", "paraphrase", "trap"):
            of_kind = [answer for answer in chosen if answer.kind == kind]
            print(count(of_kind, lambda answer, results=results: results[answer.text]).line(kind))
        print(count(chosen, lambda answer: read(answer, None)).line("all, without a model of meaning"))
        own = [answer for answer in chosen if answer.kind == "paraphrase"]
        apart = [answer for answer in own if share_no_word(answer)]
        print(f"{len(apart)} of {len(own)} paraphrases share no content word with any phrasing of their points,")
        unsaid = [answer for answer in own if not _by_phrases(results[answer.text]) & answer.makes]
        print(f"{len(unsaid)} have none of their phrasings")
        cost_ms = _cost_ms(chosen, meaning)
        checks += [
            Check(f"points in {language} text: precision", whole.precision, at_least=0.92),
            Check(f"points in {language} text: recall", whole.recall, at_least=0.90),
            Check(f"points in {language} text: milliseconds an answer, mean", cost_ms, at_most=60),
        ]
    return checks


def _cost_ms(chosen: Sequence[Answer], meaning: Meaning | None) -> float:
    """Milliseconds of a clock on the wall for one answer, its question known."""
    timed = chosen[:: max(1, len(chosen) // TIMED_ANSWERS)]
    costs = []
    for answer in timed:
        read(answer, meaning)
        start = time.perf_counter()
        read(answer, meaning)
        costs.append(1000 * (time.perf_counter() - start))
    print(f"milliseconds an answer: mean {np.mean(costs):.1f}, median {np.median(costs):.1f}, worst {max(costs):.1f}")
    return float(np.mean(costs))


def spoken_and_heard(all_answers: Sequence[Answer], every: int = HEARD_EVERY) -> list[Check]:
    """English answers said by the natural voice and heard by the recogniser."""
    chosen = [answer for answer in all_answers if answer.language == "en"][::every]
    heading(f"Talking points in {len(chosen)} English answers said by a voice and heard by the recogniser")
    meaning = find_meaning("en")
    heard = count(chosen, lambda answer: _heard(answer, meaning))
    print(count(chosen, lambda answer: read(answer, meaning)).line("the same answers as text"))
    print(heard.line("said and heard"))
    return [Check("points in English, said and heard: recall", heard.recall, at_least=0.85)]


def _heard(answer: Answer, meaning: Meaning | None) -> Keywords:
    return coverage(question=answer.question, words=_words_heard(answer.text), meaning=meaning)


def _words_heard(text: str) -> tuple[Word, ...]:
    """What the recogniser makes of a text as the voice says it; the sound is kept for the next time."""
    folder = Path(tempfile.gettempdir()) / "voicerehearsal-said"
    folder.mkdir(exist_ok=True)
    path = folder / f"{hashlib.sha256(text.encode()).hexdigest()[:24]}.npy"
    if not path.exists():
        np.save(path, hibari(" ".join(text.split())))
    samples: Samples = np.load(path)
    return hear(samples)


def check() -> list[Check]:
    """Everything."""
    labelled = answers()
    return [*on_text(labelled), *spoken_and_heard(labelled)]


if __name__ == "__main__":
    for result in check():
        print(result.line())
