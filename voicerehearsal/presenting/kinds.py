"""From a kind of practice to the course that is followed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, get_args

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from voicerehearsal.journal.store import Journal
    from voicerehearsal.rehearsal.course import Course
    from voicerehearsal.rehearsal.kinds import KindOfPractice
    from voicerehearsal.values import Language, Pack, Question

_NEEDS_WORDS = {
    "role-play": "In a role-play the caller answers to your words",
    "questioning": "A questioning drill goes by your words",
}
_END_SILENCE_S = {"role-play": 2.0, "questioning": 1.5}
"""A caller does not wait as long as an interviewer does, and a name is one word."""
_MANY = 1000
_INTERRUPTIBLE = (None, "interview", "notes")


class NotesBegun(NamedTuple):
    """There was nothing to practise from yet, so notes were begun; `said` is where, and what to do with them."""

    said: str


def kind_called(name: str | None) -> KindOfPractice | None:
    """The kind of practice of this name; raises UsageError for any other."""
    from voicerehearsal.errors import UsageError
    from voicerehearsal.rehearsal.kinds import KindOfPractice

    if name is None:
        return None
    kinds: tuple[KindOfPractice, ...] = get_args(KindOfPractice)
    for kind in kinds:
        if name == kind:
            return kind
    raise UsageError(f"{name!r} is no kind of practice", f"There are: {', '.join(kinds)}.")


def usual_end_silence_s(kind: KindOfPractice | None) -> float:
    """The silence that ends an answer where nothing else is asked for."""
    return _END_SILENCE_S.get(kind or "", 4.0)


def pack_for(
    kind: KindOfPractice | None,
    id_or_path: str | None,
    language: Language | None,
    journal: Journal,
    *,
    ids: Sequence[str],
) -> Pack:
    """The pack asked for, else the one that has the questions asked for, else the one that is next.

    It has what this kind of practice needs.

    Raises:
        UsageError: There is none.
        PackError: It is broken.
    """
    from voicerehearsal.errors import UsageError
    from voicerehearsal.presenting.choices import named_pack, next_pack, packs_in
    from voicerehearsal.rehearsal.kinds import needed_for, suits

    if id_or_path is None:
        having = [pack for pack, questions in packs_in(language or "en", kind) if {*ids} <= {q.id for q in questions}]
        return having[0] if ids and having else next_pack(language, journal, kind)
    pack = named_pack(id_or_path, language)
    if kind is not None and not any(suits(kind, question) for question in pack.questions):
        known = [one.id for one, _ in packs_in(pack.language, kind)]
        raise UsageError(
            f"No question of the pack {pack.id!r} has {needed_for(kind)}, which {kind} needs",
            f"These packs have some: {', '.join(known)}." if known else "",
        )
    return pack


def check_options(kind: KindOfPractice | None, *, interruptions: bool, notes: Path | None) -> None:
    """Raise UsageError for options that do not go with this kind of practice."""
    from voicerehearsal.errors import UsageError

    if notes is not None and kind != "notes":
        raise UsageError("--notes goes with --kind notes", "Add --kind notes, or leave --notes out.")
    if interruptions and kind not in _INTERRUPTIBLE:
        raise UsageError(
            f"In {kind} nobody cuts in", "--interruptions goes with --kind interview or notes, or without --kind."
        )


def check_kind(kind: KindOfPractice | None, language: Language, *, unheard: bool) -> None:
    """What this kind of practice cannot be held without; said before anything is recorded.

    Args:
        kind: Which.
        language: What is spoken.
        unheard: Whether the speaker at the microphone has no loudspeaker.

    Raises:
        ModelError: It goes by words, and there is no recogniser.
        VoiceError: It goes by a voice, and there is none.
        DeviceError: It goes by a voice, and there is nothing to hear it on.
    """
    from voicerehearsal import wiring
    from voicerehearsal.errors import DeviceError, ModelError, VoiceError

    if kind in _NEEDS_WORDS:
        try:
            wiring.find_model(language)
        except ModelError as error:
            raise ModelError(f"{_NEEDS_WORDS[kind]}, so it needs the recogniser: {error.what}", error.cure) from error
    if kind != "shadowing":
        return
    if unheard:
        raise DeviceError("Shadowing needs a speaker to hear the voice on, and there is none", "Connect one.")
    if wiring.interviewer_or_none(language) is None:
        raise VoiceError("Shadowing needs a voice to follow, and there is none", wiring.how_to_get_a_voice(language))


def course_of(
    kind: KindOfPractice | None,
    pack: Pack,
    *,
    ids: Sequence[str],
    count: int,
    journal: Journal,
    notes: Path | None = None,
) -> Course | NotesBegun:
    """The course of this kind over questions of `pack`, or what was done because there are no notes to practise from.

    Args:
        kind: None for the plain rehearsal: planned questions, whatever is answered.
        pack: Where the questions are from.
        ids: The questions named, in order.
        count: How many questions, where the kind does not decide it.
        journal: For what was practised when.
        notes: A file of notes on the one question.

    Raises:
        UsageError: The pack has no such question, or it lacks what is needed.
        JournalError: Notes cannot be read.
    """
    from datetime import UTC, datetime

    from voicerehearsal.coaching.schedule import by_urgency
    from voicerehearsal.journal.standings import read_standings
    from voicerehearsal.presenting.own_targets import targets_for
    from voicerehearsal.rehearsal.course import Planned
    from voicerehearsal.rehearsal.drill import Drill
    from voicerehearsal.rehearsal.follow_up import FollowedUp
    from voicerehearsal.rehearsal.kinds import questions_for
    from voicerehearsal.rehearsal.plan import plan
    from voicerehearsal.rehearsal.questioning import Questioning
    from voicerehearsal.rehearsal.role_play import RolePlay
    from voicerehearsal.rehearsal.shadowing import Shadowing

    urgency = by_urgency(pack.id, read_standings(journal, pack.language, targets_for(pack)), datetime.now(UTC))
    if kind is None:
        return Planned(plan(pack, ids=ids, count=count, urgency=urgency))
    if kind == "interview":
        return FollowedUp(pack, ids=ids, count=count, urgency=urgency)
    questions = questions_for(kind, pack, ids=ids, urgency=urgency)
    match kind:
        case "drill":
            return Drill(questions[0])
        case "role-play":
            return RolePlay(questions[0])
        case "questioning":
            return Questioning(questions[0], pack.language)
        case "shadowing":
            return Shadowing(questions[: max(count, len(ids))])
        case "notes":
            return _from_notes(pack, questions, ids=ids, count=count, journal=journal, notes=notes)


def _from_notes(
    pack: Pack, questions: Sequence[Question], *, ids: Sequence[str], count: int, journal: Journal, notes: Path | None
) -> Course | NotesBegun:
    """The questions that have notes; without any, notes are begun for the first."""
    from voicerehearsal import wiring
    from voicerehearsal.errors import UsageError
    from voicerehearsal.journal.notes import begin_notes, notes_file, read_notes
    from voicerehearsal.rehearsal.from_notes import FromNotes, Noted
    from voicerehearsal.values import QuestionRef

    noted = []
    for question in questions[:1] if notes is not None else questions:
        ref = QuestionRef(pack.id, question.id)
        found = read_notes(notes or notes_file(journal.home, ref))
        if found is not None:
            before = journal.answers(limit=_MANY, question=ref, kinds=("practice",))
            attempts = sum(answer.started_at >= found.written_at for answer in before)
            noted.append(Noted(question, found.bullets, attempts))
    if noted:
        return FromNotes(noted if ids else noted[:count], wiring.understanding())
    if notes is not None:
        raise UsageError(f"There is no file {notes}", "Check the path.")
    path = notes_file(journal.home, QuestionRef(pack.id, questions[0].id))
    begin_notes(path, questions[0])
    return NotesBegun(
        f"There are no notes on {questions[0].id!r} yet. Its talking points are in {path} as a start: put them in your "
        "own words there, one a line, and start again."
    )
