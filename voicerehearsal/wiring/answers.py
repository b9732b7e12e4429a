"""Answers measured, kept and found again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from voicerehearsal.coaching.targets import Targets
from voicerehearsal.engines import flac, soundfiles
from voicerehearsal.errors import JournalError, SoundFileError
from voicerehearsal.journal import au
from voicerehearsal.journal.home import data_home, now, recordings_folder
from voicerehearsal.journal.own_targets import targets_or_defaults
from voicerehearsal.journal.recordings import Context, Kind, Tape, copy_in, read_context
from voicerehearsal.journal.recovery import Recovered, Recovery
from voicerehearsal.journal.store import Answer, Journal
from voicerehearsal.measures.keywords import coverage_of_text
from voicerehearsal.rehearsal.again import with_what_was_asked
from voicerehearsal.rehearsal.analyse import analyse
from voicerehearsal.rehearsal.analyse_voice import NOT_CALIBRATED, Profile
from voicerehearsal.values import Circumstances, Keywords, Language, Pack, Question, QuestionRef, Report
from voicerehearsal.wiring.asked import question_asked
from voicerehearsal.wiring.hearing import hear_file, new_scribe
from voicerehearsal.wiring.meanings import understanding
from voicerehearsal.wiring.smiles import find_profile
from voicerehearsal.wiring.words import reworded_with


def recover() -> list[Recovered]:
    """Save what rehearsals that died have left on the disk; raises JournalError when the disk refuses."""
    home = data_home()
    if not recordings_folder(home).exists():
        return []
    recovery = Recovery(encode=flac.encode_flac, read_comment=flac.read_comment, length_and_rate=flac.length_and_rate)
    with open_journal() as journal:
        return recovery.run(journal)


def recording_going_on() -> bool:
    """Whether there is a recording that is neither finished nor idle for so long that it could be recovered."""
    folder = recordings_folder(data_home())
    return folder.exists() and any(path.suffix == au.SUFFIX for path in folder.iterdir())


def open_journal(*, read_only: bool = False) -> Journal:
    """The journal in the data folder; raises JournalError when it cannot be used."""
    return Journal.open(data_home(), read_only=read_only)


def measure_file(
    path: Path,
    *,
    name: str,
    language: Language | None,
    asked: tuple[str, Question] | None,
    profile: Profile | None = None,
    targets: Targets | None = None,
) -> Report:
    """Measure a recording, the same way as a live answer.

    It is held against the targets of today, so measuring again gives the same report while these are the same; what was
    in force is in the report.

    Args:
        path: WAV, FLAC, OGG or MP3, any rate, any channels.
        name: What the report calls it.
        language: What is spoken; None for what the recording itself knows, else English.
        asked: Id of the pack and the question answered; None for what the recording itself knows.
        profile: The speaker's smile calibration; None for the one the recording was made with, else the default one.
        targets: What it is held against; None for the person's own over those of the pack.

    Raises:
        SoundFileError: Unreadable, or without a single sample.
    """
    reader = soundfiles.SoundFileReader(path)
    try:
        circumstances, question, own_voice = _circumstances(path, language, asked)
        own = profile or (find_profile(circumstances.profile) if own_voice else NOT_CALIBRATED)
        heard = hear_file(reader, new_scribe(circumstances.language, warm=False), with_timbre=isinstance(own, Profile))
        return analyse(
            heard,
            source=name,
            circumstances=circumstances,
            question=question,
            profile=own,
            understanding=understanding(),
            targets=_targets(circumstances) if targets is None else targets,
            truncated=reader.truncated,
        )
    finally:
        reader.close()


def cover_text(pack: Pack, question: Question, text: str) -> Keywords:
    """The talking points of a written answer, without times; raises JournalError when the journal is damaged."""
    known = understanding()
    meaning = known.meaning(pack.language)
    return coverage_of_text(
        question=question,
        text=text,
        language=pack.language,
        meaning=None if isinstance(meaning, str) else meaning,
        learned=known.learned(QuestionRef(pack.id, question.id)),
    )


def keep_import(path: Path, report: Report) -> int:
    """Keep a measured recording in the journal and return the number of its answer.

    A recording from elsewhere is copied, byte for byte, and is what it says of itself: a rehearsal's keeps its kind and
    its time. One that the journal has, wherever this copy of it lies, gets its report renewed.

    Raises:
        JournalError: The disk refuses, or the talking points that are known would be lost.
    """
    with open_journal() as journal:
        known = journal.answer_like(path)
        if known is not None:
            _refuse_to_forget(journal, known, report)
            return _keep_in_place(journal, known, report).id
        context = read_context(path, read_comment=flac.read_comment)
        kind: Kind = "imported" if context is None else context.kind
        started_at = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC) if context is None else context.started_at
        kept = copy_in(path, recordings_folder(journal.home), started_at=started_at)
        pack = report.question.pack if report.question is not None else None
        session = journal.start_session(kind, pack, report.language, started_at=started_at)
        return journal.keep(session, report, kept, started_at, attempt=1).id


def _refuse_to_forget(journal: Journal, known: Answer, report: Report) -> None:
    """Raise JournalError when `report` has no talking points where the stored one has."""
    stored = journal.report(known.id)
    if report.keywords is not None or stored is None or stored.keywords is None:
        return
    reason = report.missing.get("keywords", "not measured")
    raise JournalError(
        f"Answer {known.id} keeps its stored report, because the new one is without talking points ({reason})",
        f"Give --pack ID|FILE --question {known.question.id}." if report.transcript and known.question else "",
    )


@dataclass
class JournalArchive:
    """Keeps the answers of one session, which begins with its first answer."""

    journal: Journal
    kind: Kind
    pack: str
    language: Language
    kind_of_practice: str | None = None
    clock: Callable[[], datetime] = now
    _session: int | None = None
    _started_at: dict[str, datetime] = field(default_factory=dict)

    @property
    def session_id(self) -> int | None:
        """The session that the answers are kept in; None before the first one."""
        return self._session

    def new_tape(self, sample_rate_hz: int, circumstances: Circumstances) -> Tape:
        """Begin a recording in the recordings folder; raises JournalError when the disk refuses."""
        context = Context(kind=self.kind, started_at=self.clock(), circumstances=circumstances)
        folder = recordings_folder(self.journal.home)
        tape = Tape.open(folder, sample_rate_hz=sample_rate_hz, context=context, encode=flac.encode_flac)
        self._started_at[tape.path.stem] = context.started_at
        return tape

    def keep(self, report: Report, recording: Path, *, attempt: int) -> int:
        """Store an answer and return its number; raises JournalError when the disk refuses."""
        started_at = self._started_at[recording.stem]
        if self._session is None:
            self._session = self.journal.start_session(
                self.kind, self.pack, self.language, started_at=started_at, kind_of_practice=self.kind_of_practice
            )
        return self.journal.keep(self._session, report, recording, started_at=started_at, attempt=attempt).id


def measure_again(
    answer: Answer,
    *,
    language: Language | None = None,
    asked: tuple[str, Question] | None = None,
    profile: Profile | None = None,
    targets: Targets | None = None,
) -> Report:
    """Measure a kept answer as it would be measured today, as the answer to what was asked then.

    Args:
        answer: Its name, language and question stay, also where its pack is not here any more.
        language: What was spoken after all.
        asked: What was asked after all, as for `measure_file`.
        profile: The speaker's smile calibration, as for `measure_file`.
        targets: What it is held against, as for `measure_file`; what a pack that is not here any more stated, stands.

    Raises:
        SoundFileError: Its recording is gone or cannot be read.
    """
    recording = answer.recording
    if recording is None or not recording.exists():
        raise SoundFileError(f"The recording of answer {answer.id} is gone", "It was moved or deleted outside.")
    with open_journal(read_only=True) as journal:
        stored = journal.report(answer.id)
    if asked is None and answer.question is not None:
        question = question_asked(answer.question)
        asked = None if question is None else (answer.question.pack, question)
        if question is None and targets is None and stored is not None:
            by_pack = {name: target for name, target in stored.targets.items() if target.whose == "pack"}
            targets = Targets({**by_pack, **_targets(Circumstances(question=answer.question)).stated})
    report = measure_file(
        recording,
        name=recording.name if stored is None else stored.source,
        language=language or (answer.language if stored is None else stored.language),
        asked=asked,
        profile=profile,
        targets=targets,
    )
    if asked is None and stored is not None and stored.question is not None:
        return with_what_was_asked(report, stored, _circumstances(recording, language, asked)[0].usual)
    return report


def keep_again(answer: Answer, report: Report) -> Report:
    """Store the new report of a kept answer, and return it with the speaker's corrections.

    Raises:
        JournalError: The disk refuses, or the words that are known would be lost.
    """
    with open_journal() as journal:
        stored = journal.report(answer.id)
        had_words = stored is not None and stored.transcript is not None
        if had_words and report.transcript is None and report.pauses is not None:
            reason = report.missing.get("transcript", "not measured")
            raise JournalError(f"Answer {answer.id} keeps its report, because the new one is without words ({reason})")
        kept = _keep_in_place(journal, answer, report)
        return journal.report(kept.id) or report


def _keep_in_place(journal: Journal, answer: Answer, report: Report) -> Answer:
    """Keep a new report of a known answer, with the words that the speaker corrected where they fit those of today."""
    corrections = journal.word_corrections(answer.id)
    heard = report if corrections else None
    if corrections:
        report = reworded_with(report, corrections, journal.usual_then(answer.id, report.language))
    return journal.keep(
        answer.session_id, report, answer.recording, answer.started_at, attempt=answer.attempt, as_heard=heard
    )


def _targets(known: Circumstances) -> Targets:
    """The targets of today; a broken file of own ones costs no measuring, and the command says what is wrong in it."""
    return targets_or_defaults(data_home(), None if known.question is None else known.question.pack)[0]


def _circumstances(
    path: Path, language: Language | None, asked: tuple[str, Question] | None
) -> tuple[Circumstances, Question | None, bool]:
    """What is known of a recording, overruled by what the caller says; its question; whether a person speaks in it."""
    context = read_context(path, read_comment=flac.read_comment)
    own_voice = context is None or context.kind != "demonstration"
    known = context.circumstances if context is not None else Circumstances()
    if language is not None:
        known = replace(known, language=language)
    if asked is not None:
        pack, question = asked
        return replace(known, question=QuestionRef(pack, question.id)), question, own_voice
    return known, question_asked(known.question), own_voice
