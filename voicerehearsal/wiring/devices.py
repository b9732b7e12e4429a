"""Microphones, speakers and voices, and what a rehearsal is held with."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

from voicerehearsal.engines import (
    portaudio_devices,
    portaudio_microphone,
    portaudio_speaker,
    pyttsx3_voice,
    smile_effect,
    soundfiles,
    time_stretch,
)
from voicerehearsal.errors import DeviceError, InUseError, SoundFileError, UsageError, VoiceError
from voicerehearsal.journal.answers import Answer
from voicerehearsal.journal.home import data_home
from voicerehearsal.ports import Microphone, Speaker, Voice
from voicerehearsal.rehearsal.analyse_voice import Profile
from voicerehearsal.rehearsal.demonstration import SpokenAnswer, answer_in_pieces, joined
from voicerehearsal.rehearsal.interview import Equipment
from voicerehearsal.rehearsal.replay import Replay
from voicerehearsal.rehearsal.treatment import treated
from voicerehearsal.values import Language, Question, Sound
from voicerehearsal.wiring.hearing import new_ear, new_scribe
from voicerehearsal.wiring.meanings import understanding

list_devices = portaudio_devices.list_devices
look_for_devices = portaudio_devices.look_again
how_to_get_a_voice = pyttsx3_voice.how_to_get_a_voice

_LOWERED_ST: Mapping[Language, float] = {"en": 4.0, "zh": -4.0}
"""Which way leaves a voice that still sounds like one: the English one is high, the Chinese one low."""


def equipment(
    *,
    language: Language,
    next_microphone: Callable[[], Microphone],
    speaker: Speaker | None,
    voice: Voice | None,
    profile: Profile | str,
) -> Equipment:
    """What a rehearsal in `language` is held with; `profile` is the smile calibration, or why there is none."""
    return Equipment(
        next_microphone=next_microphone,
        speaker=speaker,
        voice=voice,
        new_scribe=lambda: new_scribe(language, warm=True),
        new_ear=new_ear,
        read_sound=soundfiles.read_sound,
        profile=profile,
        understanding=understanding(),
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
    pieces = [answer_in_pieces(question, language) for question in questions]
    voice = pyttsx3_voice.InterviewerVoice(language=language, cache=_voice_cache())
    spoken = iter(voice.render([piece for answer in pieces for piece in answer]))
    sounds = cycle([joined([_another_voice(next(spoken), language) for _ in answer]) for answer in pieces])
    return lambda: SpokenAnswer(next(sounds), heard_on)


def _another_voice(path: Path, language: Language) -> Sound:
    """The interviewer's voice moved until it is someone else's; as easy to recognise, which eSpeak's English is not."""
    return time_stretch.lowered(soundfiles.read_sound(path), _LOWERED_ST[language])


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


def read_aloud(voice: Voice, text: str) -> Sound:
    """`text` in the interviewer's voice; raises VoiceError when it cannot be said."""
    return soundfiles.read_sound(voice.render([text])[0])


def voice_names(language: Language) -> list[str]:
    """The voices here that speak `language`, the one in use first."""
    return [voice.name for voice in pyttsx3_voice.available_voices(language)]


@contextmanager
def the_only_rehearsal(*, needed: bool) -> Iterator[None]:
    """Hold the microphone against a second rehearsal, which would hear the first one's questions.

    Raises:
        InUseError: Another rehearsal is going on.
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
        raise InUseError(
            "Another rehearsal is going on and uses the microphone", "End it first: in its terminal, or in the studio."
        ) from None


def replay_of(answer: Answer, heard_on: Speaker) -> Replay:
    """An answer to listen to; raises SoundFileError when its recording cannot be read."""
    recording = answer.recording
    if recording is None or not recording.exists():
        raise SoundFileError(f"The recording of answer {answer.id} is gone", "It was moved or deleted outside.")
    treat = functools.partial(treated, add_smile=smile_effect.with_smile, stretch=time_stretch.stretched)
    return Replay(soundfiles.read_sound(recording), heard_on, treat)


def _voice_cache() -> Path:
    return data_home() / "voice-cache"
