"""What a page says of an answer's words, fillers and points: kept, and told what followed and how to take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import msgspec

from voicerehearsal.errors import UsageError
from voicerehearsal.languages import _, in_words

if TYPE_CHECKING:
    from voicerehearsal.journal.store import Journal
    from voicerehearsal.measures.point_corrections import PointVerdict
    from voicerehearsal.values import Filler, Report


class Words(msgspec.Struct, frozen=True):
    """What was said from one moment to another; "" nothing, None what was heard there is right."""

    start_s: float
    end_s: float
    text: str | None


class WordsSaid(msgspec.Struct, frozen=True):
    """Corrections of words, one after another."""

    corrections: list[Words]


class FillerSaid(msgspec.Struct, frozen=True):
    """A stretch that is a filler, or is none; None takes back what was said of it."""

    start_s: float
    end_s: float
    kind: Literal["filled_pause", "phrase"]
    verdict: Literal["confirmed", "struck"] | None
    text: str = ""


class PointSaid(msgspec.Struct, frozen=True):
    """A point that was made, or was not; None takes back what was said of it.

    `wordings` are what made it, or was wrongly taken for it; None: what was heard for it.
    """

    id: str
    verdict: Literal["made", "not_made"] | None = None
    wordings: list[str] | None = None


class LabelsSaid(msgspec.Struct, frozen=True):
    """Tags to put on and to take off, and the note; None leaves it."""

    add: list[str] = []
    remove: list[str] = []
    note: str | None = None


class Undo(msgspec.Struct, frozen=True):
    """What to send, and where below the answer, to take something back."""

    path: str
    body: dict[str, Any]


def correct_words(answer_id: int, said: WordsSaid) -> Undo:
    """Correct words; raises UsageError and JournalError as `wiring.correct_words`."""
    from voicerehearsal import wiring
    from voicerehearsal.measures.word_corrections import WordCorrection
    from voicerehearsal.wiring.words import correct_words as correct

    with wiring.open_journal(read_only=True) as journal:
        answer = journal.answer(answer_id)
        before = journal.word_corrections(answer_id)
    correct(answer, [WordCorrection(one.start_s, one.end_s, one.text) for one in said.corrections])
    with wiring.open_journal(read_only=True) as journal:
        after = journal.word_corrections(answer_id)
    back = [Words(one.start_s, one.end_s, None) for one in after if one not in before]
    back += [Words(one.start_s, one.end_s, one.text) for one in before if one not in after]
    return Undo("words", {"corrections": msgspec.to_builtins(back)})


def correct_fillers(answer_id: int, said: FillerSaid) -> Undo:
    """Say of a stretch whether it is a filler.

    Raises:
        UsageError: There is no such filler to strike, or the stretch is none.
        JournalError: The journal cannot be written.
    """
    from voicerehearsal import wiring
    from voicerehearsal.measures.corrections import same_filler
    from voicerehearsal.values import Filler

    with wiring.open_journal() as journal:
        duration_s = journal.answer(answer_id).duration_s
        if not 0 <= said.start_s < said.end_s <= duration_s + 0.1:
            raise UsageError(_("That is no stretch of this answer"), _("Nothing was changed."))
        meant = Filler(said.text.strip() or _um(journal, answer_id), said.start_s, said.end_s, said.kind, 1.0)
        known = next((one for one in journal.fillers(answer_id) if same_filler(one=one.filler, other=meant)), None)
        if known is None and said.verdict == "struck":
            raise UsageError(_("There is no filler at that moment"), _("Nothing was changed."))
        filler = meant if known is None else known.filler
        journal.correct(answer_id, [(filler, said.verdict)])
    was = None if known is None else known.verdict
    return Undo("fillers", msgspec.to_builtins(_as_said(filler, was)))


def _as_said(filler: Filler, verdict: Literal["confirmed", "struck"] | None) -> FillerSaid:
    return FillerSaid(filler.start_s, filler.end_s, filler.kind, verdict, filler.text)


def _um(journal: Journal, answer_id: int) -> str:
    """What a filled pause is written as."""
    return "嗯" if journal.answer(answer_id).language == "zh" else "um"


def correct_point(answer_id: int, said: PointSaid) -> Undo:
    """Say of a point whether it was made.

    Raises:
        UsageError: The answer does not have that point.
        JournalError: The journal cannot be written.
    """
    from voicerehearsal import wiring

    with wiring.open_journal() as journal:
        known = next((one for one in journal.points(answer_id) if one.measured.id == said.id), None)
        if known is None:
            what = _("Answer {n} has no point “{point}”").format(n=answer_id, point=said.id)
            raise UsageError(what, _("Nothing was changed."))
        from voicerehearsal.measures.point_corrections import PointVerdict, made, not_made

        verdict: PointVerdict | None = None
        if said.verdict is not None:
            by_ear = made(known.measured) if said.verdict == "made" else not_made(known.measured)
            verdict = by_ear if said.wordings is None else PointVerdict(said.verdict, tuple(said.wordings))
        journal.correct_points(answer_id, {said.id: verdict})
    was = known.verdict
    back = PointSaid(said.id) if was is None else PointSaid(said.id, was.verdict, list(was.wordings))
    return Undo("points", msgspec.to_builtins(back))


def label(answer_id: int, said: LabelsSaid) -> dict[str, Any]:
    """Put tags on an answer, take others off, and write its note; raises UsageError and JournalError."""
    from voicerehearsal import wiring
    from voicerehearsal.journal.labels import set_note, set_tags

    with wiring.open_journal() as journal:
        set_tags(journal, answer_id, add=said.add, remove=said.remove)
        if said.note is not None:
            set_note(journal, answer_id, said.note)
        answer = journal.answer(answer_id)
    return {"tags": answer.tags, "note": answer.note}


def measure(answer_id: int) -> None:
    """Measure an answer that was not measured, or measure it again; raises as `wiring.measure_again`."""
    from voicerehearsal import wiring

    with wiring.open_journal(read_only=True) as journal:
        answer = journal.answer(answer_id)
    wiring.keep_again(answer, wiring.measure_again(answer))


def delete(answer_id: int) -> list[str]:
    """Delete an answer for good, and say what could not be deleted; raises as `journal.deletion.delete`."""
    from voicerehearsal import wiring
    from voicerehearsal.journal.deletion import delete as delete_for_good
    from voicerehearsal.journal.doomed import doomed

    with wiring.the_only_rehearsal(needed=True), wiring.open_journal() as journal:
        journal.answer(answer_id)
        left = delete_for_good(journal, doomed(journal, [answer_id]))
    return [
        _("{path} was not deleted ({reason})").format(path=one.path, reason=one.reason)
        for one in left
        if one.answer_id == answer_id
    ]


def what_followed(before: Report | None, after: Report | None) -> str:
    """The numbers that a correction changed, in a sentence."""
    from voicerehearsal.coaching.metrics import METRICS, numbers
    from voicerehearsal.presenting.letter import shown, unit_of
    from voicerehearsal.presenting.measure_rows import SHOWN

    if before is None or after is None:
        return ""
    was, now = ({metric.name: value for metric, value in numbers(report)} for report in (before, after))
    changes = [
        _("{measure} from {before} to {after}").format(
            measure=in_words(METRICS[name].label),
            before=shown(METRICS[name], was[name]),
            after=in_words(shown(METRICS[name], now[name]) + unit_of(METRICS[name])),
        )
        for name in SHOWN
        if name in was and name in now and shown(METRICS[name], was[name]) != shown(METRICS[name], now[name])
    ]
    if not changes:
        return _("Kept. No measure changed.")
    return _("Kept. What followed: {changes}.").format(changes=", ".join(changes))
