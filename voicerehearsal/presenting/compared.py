"""Two answers gathered to be compared: which two, what differs, and their words side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voicerehearsal.coaching.alignment import Piece, align
from voicerehearsal.coaching.comparison import Comparison, compare
from voicerehearsal.coaching.metrics import METRICS
from voicerehearsal.errors import RehearsalError, UsageError
from voicerehearsal.journal.answers import OWN_KINDS, Answer
from voicerehearsal.journal.attempts import attempts, measured_alike
from voicerehearsal.languages import _
from voicerehearsal.presenting.own_targets import targets_for

if TYPE_CHECKING:
    from voicerehearsal.journal.store import Journal
    from voicerehearsal.values import Report, Word


@dataclass(frozen=True, slots=True)
class Compared:
    """Two answers, the second against the first.

    Attributes:
        answers: The two.
        reports: What was measured.
        comparison: What differs.
        pieces: Their words side by side; [] where that cannot be.
        no_words: Why that cannot be, "" when it can.
        alike: Whether both were measured by today's definitions.
    """

    answers: tuple[Answer, Answer]
    reports: tuple[Report, Report]
    comparison: Comparison
    pieces: list[Piece]
    no_words: str
    alike: bool

    @property
    def blank(self) -> str:
        """What stands between words."""
        return "" if self.reports[1].language == "zh" else " "

    @property
    def anchors(self) -> list[tuple[float, float]]:
        """Where the same was said, seconds of the first and of the second: both rise from each to the next."""
        places: list[tuple[float, float]] = []
        for a, b in (
            pair for piece in self.pieces if piece.kind == "same" for pair in zip(piece.a, piece.b, strict=True)
        ):
            if not places or (a.start_s > places[-1][0] and b.start_s > places[-1][1]):
                places.append((a.start_s, b.start_s))
        return places


def latest_answer(journal: Journal) -> Answer | None:
    """The newest measured answer of a person's own to a known question; None when there is none."""
    newest = journal.answers(limit=20, kinds=OWN_KINDS)
    return next((answer for answer in newest if answer.question is not None and answer.measured), None)


def attempt_before(journal: Journal, later: Answer) -> Answer | None:
    """The attempt at the same question before `later`; None when that was the first or its question is not known."""
    if later.question is None:
        return None
    before = attempts(journal, later.question, before=later, limit=1)
    return journal.answer(before[0]) if before else None


def compared(journal: Journal, a: Answer, b: Answer) -> Compared:
    """The second answer against the first.

    Raises:
        UsageError: They are one and the same.
        RehearsalError: One of them was never measured.
    """
    if a.id == b.id:
        raise UsageError(_("An answer cannot be compared with itself"), _("Choose another one beside it."))
    reports = _report(journal, a), _report(journal, b)
    own = "demonstration" not in (a.kind, b.kind) and reports[0].language == reports[1].language
    usual = journal.usual(list(METRICS), reports[1].language) if own else {}
    targets = targets_for(b.question.pack if b.question is not None else None)
    no_words = _no_words(reports)
    return Compared(
        answers=(a, b),
        reports=reports,
        comparison=compare(*reports, usual, targets),
        pieces=[] if no_words else align(words_of(reports[0]), words_of(reports[1]), reports[1].language),
        no_words=no_words,
        alike=measured_alike(journal, (a, b)),
    )


def attempts_like(journal: Journal, answer: Answer) -> Iterator[Answer]:
    """The attempts at the question of `answer`, newest first, itself among them."""
    found = [] if answer.question is None else attempts(journal, answer.question)
    for number in found if answer.id in found else [answer.id, *found]:
        yield journal.answer(number)


def _report(journal: Journal, answer: Answer) -> Report:
    report = journal.report(answer.id)
    if report is None:
        what = _("Answer {n} has not been measured yet").format(n=answer.id)
        raise RehearsalError(what, _("`voicerehearsal analyze --again` does it."))
    return report


def words_of(report: Report) -> Sequence[Word]:
    """What was recognised; () where that is not known."""
    return report.transcript.words if report.transcript is not None else ()


def _no_words(reports: tuple[Report, Report]) -> str:
    a, b = reports
    if not words_of(a) or not words_of(b):
        return _("What was said is not known of both, so the words cannot be compared.")
    return "" if a.language == b.language else _("They are in two languages, so the words cannot be compared.")
