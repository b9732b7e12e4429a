"""One answer gathered for its page: report, question, what was usual, and the attempt before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from voicerehearsal.errors import SoundFileError
from voicerehearsal.languages import _, in_words
from voicerehearsal.studio.places import place_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voicerehearsal.journal.answers import Answer
    from voicerehearsal.measures.point_corrections import JudgedPoint
    from voicerehearsal.presenting.answer_picture import AnswerPicture
    from voicerehearsal.presenting.asked import AskedPack
    from voicerehearsal.presenting.report_rows import Row
    from voicerehearsal.values import Question, Report, Usual


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page of an answer shows.

    Attributes:
        answer: The answer.
        report: What was measured, as the speaker corrected it; None when it was not measured.
        points: Its talking points with what the speaker said of them.
        usual: What was usual for the speaker before.
        question: What was asked, as its pack words it now; None when it is not known.
        pack: The pack that is from, by its title; None where nothing was asked.
        before: The attempt at the same question before this one.
        corrections: How many corrections of words and fillers there are.
    """

    answer: Answer
    report: Report | None
    points: tuple[JudgedPoint, ...]
    usual: Mapping[str, Usual]
    question: Question | None
    pack: AskedPack | None
    before: int | None
    corrections: int

    @property
    def sound_gone(self) -> str:
        """Why it cannot be heard, "" when it can."""
        recording = self.answer.recording
        if recording is not None and recording.exists():
            return ""
        return _("The recording is gone: it was moved or deleted outside. What was measured on it stays.")


def shown(answer_id: int) -> Shown:
    """The answer of this number.

    Raises:
        UsageError: There is no such answer.
        JournalError: The journal cannot be read.
    """
    from voicerehearsal import wiring
    from voicerehearsal.journal.attempts import attempts
    from voicerehearsal.presenting.asked import asked_packs
    from voicerehearsal.wiring.asked import question_asked

    with wiring.open_journal(read_only=True) as journal:
        answer = journal.answer(answer_id)
        report = journal.report(answer_id)
        earlier = [] if answer.question is None else attempts(journal, answer.question, before=answer, limit=1)
        fillers = sum(one.verdict is not None for one in journal.fillers(answer_id))
        return Shown(
            answer=answer,
            report=report,
            points=journal.points(answer_id),
            usual={} if report is None else journal.usual_then(answer_id, report.language),
            question=question_asked(answer.question),
            pack=None if answer.question is None else asked_packs([answer.question])[answer.question.pack],
            before=earlier[0] if earlier else None,
            corrections=fillers + len(journal.word_corrections(answer_id)),
        )


def report_values(seen: Shown) -> dict[str, Any]:
    """What `_report.html` is drawn with."""
    from voicerehearsal.presenting.measure_rows import measure_rows
    from voicerehearsal.presenting.report_rows import report_rows

    report = seen.report
    heard = report is not None and report.pauses is not None
    return {
        "seen": seen,
        "answer": seen.answer,
        "report": report,
        "rows": [_without_commands(row) for row in report_rows(report, draw=True)] if heard and report else [],
        "measures": measure_rows(report, seen.usual) if heard and report is not None else [],
        "said": _said(report),
    }


def _without_commands(row: Row) -> Row:
    """The row without what to type in a terminal; the page has its own ways."""
    if ": voicerehearsal " not in row.text or place_for(row.text) is not None:
        return row
    return row._replace(text=in_words(row.text).partition("voicerehearsal ")[0].rstrip(":： "))


def _said(report: Report | None) -> list[tuple[str, bool]]:
    """The pieces of what was said, and whether each is a filler."""
    from voicerehearsal.presenting.answer_picture import said_in

    return [] if report is None else [(one.text, one.filler is not None) for one in said_in(report)]


def picture_of(seen: Shown, *, tracks: bool) -> AnswerPicture:
    """The data of the picture, with the tracks of its sound or without."""
    from voicerehearsal.presenting.answer_picture import AnswerPicture, answer_picture

    found, why = None, seen.sound_gone
    if tracks and not why:
        from voicerehearsal.presenting.answer_tracks import tracks_of

        try:
            found = tracks_of(seen.answer, seen.report)
        except SoundFileError as error:
            why = in_words(str(error))
    if seen.report is not None:
        return answer_picture(
            seen.answer.id, seen.report, tracks=found, no_tracks=why, pace_target=_pace_band(seen.report)
        )
    answer = seen.answer
    return AnswerPicture(
        answer=answer.id, language=answer.language, duration_s=answer.duration_s, tracks=found, no_tracks=why
    )


def _pace_band(report: Report) -> tuple[float, float] | None:
    from voicerehearsal.coaching.targets import PACE, held_against

    target = held_against(report).of(PACE[report.language])
    if target is None or target.low is None or target.high is None:
        return None
    return target.low, target.high
