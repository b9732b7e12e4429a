"""What the speaker knows better about talking points: made or not, in any later measuring and for later answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from voicerehearsal.values import Evidence, Language, Learned, PointResult, Report, Span, Word

SURE = 0.8
"""Evidence of less certainty is worth hearing again."""

CORRECTED = "you corrected which points were made"
"""Why nothing is said of their order then: it was told from where they were heard."""


@dataclass(frozen=True, slots=True)
class PointVerdict:
    """What the speaker said of one talking point of an answer.

    Attributes:
        verdict: Whether it was made.
        wordings: What they said when they made it, or what was wrongly taken for it; () when they only insist.
    """

    verdict: Literal["made", "not_made"]
    wordings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JudgedPoint:
    """A talking point as it was measured, as it stands, and what the speaker said of it (None: nothing)."""

    measured: PointResult
    result: PointResult
    verdict: PointVerdict | None

    @property
    def doubtful(self) -> bool:
        """Whether it counts as made, though nothing sure was heard and the speaker has said nothing of it."""
        return self.verdict is None and self.result.covered and not any(map(_is_sure, self.result.evidence))


def made(point: PointResult, words: str = "") -> PointVerdict:
    """The verdict that `point`, as it was measured, was made: by `words`, else by what was taken for it."""
    return PointVerdict("made", (words,) if words else _texts(point.evidence))


def not_made(point: PointResult) -> PointVerdict:
    """The verdict that `point`, as it was measured, was not made by anything that was taken for it or came near it."""
    return PointVerdict("not_made", _texts(point.evidence or (() if point.nearest is None else (point.nearest,))))


def judged_points(*, report: Report, verdicts: Mapping[str, PointVerdict]) -> tuple[JudgedPoint, ...]:
    """Every point of a report as it was measured, in its order, with what the speaker said of it."""
    if report.keywords is None:
        return ()
    words = () if report.transcript is None else report.transcript.words
    return tuple(
        JudgedPoint(point, _as_judged(point, verdicts.get(point.id), words, report.language), verdicts.get(point.id))
        for point in report.keywords.points
    )


def with_verdicts(*, report: Report, verdicts: Mapping[str, PointVerdict]) -> Report:
    """`report` with the points that the speaker says they made, without those they did not make; all else as it was.

    A made point has evidence of how="yours", with a time where its wording is in the transcript letter by letter.
    `coverage` is that of what is left, and `order` is not known once a point was wrongly missed or made.
    """
    judged = judged_points(report=report, verdicts=verdicts)
    if report.keywords is None or not any(one.verdict for one in judged):
        return report
    points = tuple(one.result for one in judged)
    keywords = replace(report.keywords, points=points, coverage=sum(point.covered for point in points) / len(points))
    if all(one.measured.covered == one.result.covered for one in judged):
        return replace(report, keywords=keywords)
    missing = report.missing | {"keywords.order": CORRECTED}
    return replace(report, keywords=replace(keywords, order=None), missing=missing)


def learned_from(verdicts: Iterable[tuple[str, PointVerdict]]) -> Learned:
    """What is to be remembered of verdicts on one question: (id of the point, verdict), the oldest first.

    A wording that was called both right and wrong is what it was called last.
    """
    newest: dict[tuple[str, str], tuple[str, PointVerdict]] = {}
    for point, verdict in verdicts:
        newest |= {(point, _letters(wording)): (wording, verdict) for wording in verdict.wordings}
    accepted: dict[str, list[str]] = {}
    rejected: dict[str, list[str]] = {}
    for (point, letters), (wording, verdict) in newest.items():
        if letters:
            (accepted if verdict.verdict == "made" else rejected).setdefault(point, []).append(wording)
    return Learned(*({point: tuple(wordings) for point, wordings in side.items()} for side in (accepted, rejected)))


def _is_sure(evidence: Evidence) -> bool:
    return evidence.how in ("words", "yours") and evidence.certainty >= SURE


def _texts(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.text for one in evidence if one.text))


def _as_judged(
    point: PointResult, verdict: PointVerdict | None, words: Sequence[Word], language: Language
) -> PointResult:
    if verdict is None:
        return point
    if verdict.verdict == "not_made":
        return replace(point, covered=False, evidence=(), nearest=None)
    if verdict.wordings:
        evidence = tuple(_said(wording, words, language) for wording in verdict.wordings)
    else:
        evidence = tuple(replace(one, how="yours", certainty=1.0) for one in point.evidence)
    return replace(point, covered=True, evidence=evidence or (Evidence("", None, None, "yours"),), nearest=None)


def _said(wording: str, words: Sequence[Word], language: Language) -> Evidence:
    where = _where(wording, words, language)
    if where is None:
        return Evidence(wording, None, None, "yours")
    return Evidence(wording, where.start_s, where.end_s, "yours")


def _where(wording: str, words: Sequence[Word], language: Language) -> Span | None:
    """Where a wording first occurs, whatever its case and punctuation; in English as whole words."""
    wanted = _letters(wording)
    owners = [index for index, word in enumerate(words) for _ in _letters(word.text)]
    text = "".join(_letters(word.text) for word in words)
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        first, last = owners[at], owners[at + len(wanted) - 1]
        whole = owners[at - 1 : at] != [first] and owners[at + len(wanted) : at + len(wanted) + 1] != [last]
        if whole or language == "zh":
            return Span(words[first].start_s, words[last].end_s)
        at = text.find(wanted, at + 1)
    return None


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
