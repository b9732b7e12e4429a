"""From what a person asked for to the engines that do it; the only importer of `engines/`."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

from voicerehearsal.engines import (
    flac,
    model_install,
    model_store,
    portaudio_devices,
    portaudio_microphone,
    portaudio_speaker,
    praat,
    pyttsx3_voice,
    smile_effect,
    soundfiles,
    soxr_resampler,
    time_stretch,
    vosk_recogniser,
    webrtc_gate,
)
from voicerehearsal.errors import (
    DeviceError,
    JournalError,
    ModelError,
    RehearsalError,
    SoundFileError,
    UsageError,
    VoiceError,
)
from voicerehearsal.journal.home import data_home, now, recordings_folder
from voicerehearsal.journal.recordings import Context, Kind, Tape, copy_in, read_context
from voicerehearsal.journal.recovery import Recovered, Recovery
from voicerehearsal.journal.store import Answer, Journal
from voicerehearsal.packs import builtin_folder, find_pack
from voicerehearsal.ports import Microphone, Speaker, Voice
from voicerehearsal.rehearsal.again import with_what_was_asked
from voicerehearsal.rehearsal.analyse import analyse
from voicerehearsal.rehearsal.demonstration import SpokenAnswer, answer_in_pieces, joined
from voicerehearsal.rehearsal.interview import Equipment
from voicerehearsal.rehearsal.listen import Ear, Scribe, Scribes
from voicerehearsal.rehearsal.replay import Replay, treated
from voicerehearsal.values import Circumstances, Language, Question, QuestionRef, Report, Sound

ListedModel = model_store.ListedModel
listed_models = model_store.listed_models
find_model = model_store.find_model
verify_model = model_store.verify
install_model = model_install.install
list_devices = portaudio_devices.list_devices
how_to_get_a_voice = pyttsx3_voice.how_to_get_a_voice

_loading = threading.Lock()
_LOWERED_ST = 4.0


def equipment(
    *, language: Language, next_microphone: Callable[[], Microphone], speaker: Speaker | None, voice: Voice | None
) -> Equipment:
    """What a rehearsal in `language` is held with."""
    return Equipment(
        next_microphone=next_microphone,
        speaker=speaker,
        voice=voice,
        new_scribes=lambda: _scribes(language, warm=True),
        new_resampler=soxr_resampler.SoxrResampler,
        new_gate=webrtc_gate.WebrtcGate,
        phonetics=praat.PraatPhonetics(),
        read_sound=soundfiles.read_sound,
    )


def microphone(name: str | None) -> Microphone:
    """The microphone called `name`, or the system's own choice.

    Raises:
        UsageError: No microphone of that name.
        DeviceError: No microphone at all.
    """
    return portaudio_microphone.PortAudioMicrophone(name)


def answer_files(folder: Path) -> list[Path]:
    """The sound files of `folder` in name order; raises UsageError when there are none."""
    files = soundfiles.sound_files([folder]) if folder.is_dir() else []
    if not files:
        raise UsageError(f"There are no sound files in {folder}", "Put WAV, FLAC, OGG or MP3 files there.")
    return files


def files_for_microphones(files: Sequence[Path]) -> Callable[[], Microphone]:
    """One file after another, each standing for a microphone; what is wrong with one is raised when its turn comes."""
    rest = iter(files)

    def next_file() -> Microphone:
        path = next(rest, None)
        if path is None:
            raise SoundFileError("All answers of the folder have been used", "Add a file for another attempt.")
        return soundfiles.SoundFileMicrophone(path)

    return next_file


def demonstration_answers(
    questions: Sequence[Question], language: Language, heard_on: Speaker | None
) -> Callable[[], Microphone]:
    """A second voice's answers to `questions`, one after another; raises VoiceError when there is no voice at all."""
    pieces = [answer_in_pieces(question) for question in questions]
    voice = pyttsx3_voice.InterviewerVoice(language=language, cache=_voice_cache())
    spoken = iter(voice.render([piece for answer in pieces for piece in answer]))
    sounds = cycle([joined([_another_voice(next(spoken)) for _ in answer]) for answer in pieces])
    return lambda: SpokenAnswer(next(sounds), heard_on)


def _another_voice(path: Path) -> Sound:
    """The interviewer's voice lowered until it is someone else's; as easy to recognise, which eSpeak is not."""
    return time_stretch.lowered(soundfiles.read_sound(path), _LOWERED_ST)


def speaker(name: str | None) -> Speaker:
    """The speaker called `name`, or the system's own choice; raises as `microphone`."""
    return portaudio_speaker.PortAudioSpeaker(name)


def speaker_or_none(name: str | None) -> Speaker | None:
    """As `speaker`, but None when there is none at all."""
    try:
        return speaker(name)
    except DeviceError:
        return None


def interviewer_or_none(language: Language) -> Voice | None:
    """The best voice for `language` here, None when there is none."""
    try:
        return pyttsx3_voice.InterviewerVoice(language=language, cache=_voice_cache())
    except VoiceError:
        return None


def voice_names(language: Language) -> list[str]:
    """The voices here that speak `language`, the one in use first."""
    return [voice.name for voice in pyttsx3_voice.available_voices(language)]


def verified_model(language: Language) -> Path:
    """The folder of the model for `language`, every file checked; raises ModelError."""
    folder = find_model(language)
    verify_model(folder, language)
    return folder


def recover() -> list[Recovered]:
    """Save what rehearsals that died have left on the disk; raises JournalError when the disk refuses."""
    home = data_home()
    if not recordings_folder(home).exists():
        return []
    recovery = Recovery(encode=flac.encode_flac, read_comment=flac.read_comment, length_and_rate=flac.length_and_rate)
    with open_journal() as journal:
        return recovery.run(journal)


def recogniser_in_words(language: Language) -> str:
    """Which recogniser model is used, or why none."""
    try:
        return model_store.find_model(language).name
    except ModelError as error:
        return f"none ({error})"


@contextmanager
def the_only_rehearsal(*, needed: bool) -> Iterator[None]:
    """Hold the microphone against a second rehearsal, which would hear the first one's questions.

    Raises:
        DeviceError: Another rehearsal is going on.
    """
    if not needed:
        yield
        return
    import filelock

    home = data_home()
    home.mkdir(parents=True, exist_ok=True)
    try:
        with filelock.FileLock(home / "rehearsal.lock", timeout=0):
            yield
    except filelock.Timeout:
        raise DeviceError("Another rehearsal is going on and uses the microphone", "End it first; q leaves.") from None


def open_journal(*, read_only: bool = False) -> Journal:
    """The journal in the data folder; raises JournalError when it cannot be used."""
    return Journal.open(data_home(), read_only=read_only)


def replay_of(answer: Answer, heard_on: Speaker) -> Replay:
    """An answer to listen to; raises SoundFileError when its recording cannot be read."""
    recording = answer.recording
    if recording is None or not recording.exists():
        raise SoundFileError(f"The recording of answer {answer.id} is gone", "It was moved or deleted outside.")
    treat = functools.partial(treated, add_smile=smile_effect.with_smile, stretch=time_stretch.stretched)
    return Replay(soundfiles.read_sound(recording), heard_on, treat)


def measure_file(path: Path, *, name: str, language: Language | None, asked: tuple[str, Question] | None) -> Report:
    """Measure a recording, the same way as a live answer.

    Args:
        path: WAV, FLAC, OGG or MP3, any rate, any channels.
        name: What the report calls it.
        language: What is spoken; None for what the recording itself knows, else English.
        asked: Id of the pack and the question answered; None for what the recording itself knows.

    Raises:
        SoundFileError: Unreadable, or without a single sample.
    """
    reader = soundfiles.SoundFileReader(path)
    try:
        circumstances, question = _circumstances(path, language, asked)
        scribes = _scribes(circumstances.language, warm=False)
        try:
            ear = Ear(
                sample_rate_hz=reader.sample_rate_hz,
                channels=reader.channels,
                resampler=soxr_resampler.SoxrResampler(reader.sample_rate_hz),
                gate=webrtc_gate.WebrtcGate(),
                phonetics=praat.PraatPhonetics(),
                scribes=scribes,
            )
            for block in reader.blocks():
                ear.hear(block)
            heard = ear.finish()
        finally:
            scribes.close()
        return analyse(heard, source=name, circumstances=circumstances, question=question, truncated=reader.truncated)
    finally:
        reader.close()


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
            return journal.keep(known.session_id, report, known.recording, known.started_at, attempt=known.attempt).id
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
    clock: Callable[[], datetime] = now
    _session: int | None = None
    _started_at: dict[str, datetime] = field(default_factory=dict)

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
            self._session = self.journal.start_session(self.kind, self.pack, self.language, started_at=started_at)
        return self.journal.keep(self._session, report, recording, started_at=started_at, attempt=attempt).id


def _circumstances(
    path: Path, language: Language | None, asked: tuple[str, Question] | None
) -> tuple[Circumstances, Question | None]:
    """What is known of a recording: what it was recorded with, overruled by what the caller says."""
    context = read_context(path, read_comment=flac.read_comment)
    known = context.circumstances if context is not None else Circumstances()
    if language is not None:
        known = replace(known, language=language)
    if asked is not None:
        pack, question = asked
        return replace(known, question=QuestionRef(pack, question.id)), question
    return known, _question_of(known)


def _question_of(known: Circumstances) -> Question | None:
    """The question a recording was made for, as its pack words it now; None when the pack is gone."""
    if known.question is None:
        return None
    try:
        pack = find_pack(known.question.pack, [builtin_folder()])
    except RehearsalError:
        return None
    return next((question for question in pack.questions if question.id == known.question.id), None)


def _voice_cache() -> Path:
    return data_home() / "voice-cache"


def _scribes(language: Language, *, warm: bool) -> Scribes:
    """One that writes words and, in English, one that listens for filled pauses alone."""
    words = Scribe(lambda: _model(language).recogniser(warm=warm))
    return Scribes(words, Scribe(lambda: _model(language).filler_recogniser()) if language == "en" else None)


def _model(language: Language) -> vosk_recogniser.VoskModel:
    """The model for `language`, verified and loaded once; raises ModelError when it is missing or damaged."""
    with _loading:
        return _load(language)


@functools.cache
def _load(language: Language) -> vosk_recogniser.VoskModel:
    return vosk_recogniser.VoskModel(verified_model(language))


def measure_again(
    answer: Answer, *, language: Language | None = None, asked: tuple[str, Question] | None = None
) -> Report:
    """Measure a kept answer as it would be measured today, as the answer to what was asked then.

    Args:
        answer: Its name, language and question stay, also where its pack is not here any more.
        language: What was spoken after all.
        asked: What was asked after all, as for `measure_file`.

    Raises:
        SoundFileError: Its recording is gone or cannot be read.
    """
    recording = answer.recording
    if recording is None or not recording.exists():
        raise SoundFileError(f"The recording of answer {answer.id} is gone", "It was moved or deleted outside.")
    with open_journal(read_only=True) as journal:
        stored = journal.report(answer.id)
    if asked is None and answer.question is not None:
        question = _question_of(Circumstances(question=answer.question))
        asked = None if question is None else (answer.question.pack, question)
    report = measure_file(
        recording,
        name=recording.name if stored is None else stored.source,
        language=language or (answer.language if stored is None else stored.language),
        asked=asked,
    )
    if asked is None and stored is not None and stored.question is not None:
        return with_what_was_asked(report, stored)
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
        kept = journal.keep(answer.session_id, report, answer.recording, answer.started_at, attempt=answer.attempt)
        return journal.report(kept.id) or report
