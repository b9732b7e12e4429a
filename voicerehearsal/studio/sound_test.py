"""The sound check: a live level, what is wrong with the microphone, and what was heard of a few words."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

import numpy as np

from voicerehearsal.errors import RehearsalError
from voicerehearsal.languages import _
from voicerehearsal.measures.quality import CLIPPED_RATIO, QUIET_DBFS
from voicerehearsal.ports import Microphone
from voicerehearsal.rehearsal.analyse import analyse
from voicerehearsal.rehearsal.analyse_voice import NOT_CALIBRATED
from voicerehearsal.rehearsal.endpoint import Endpointer
from voicerehearsal.rehearsal.listen import Ear, Heard, Scribe
from voicerehearsal.rehearsal.sound_check import microphone_trouble
from voicerehearsal.studio.messages import Level
from voicerehearsal.values import ANALYSIS_RATE_HZ, Circumstances, Language, Samples, Sound

LONGEST_S = 180.0
"""A microphone that nobody closes is closed by itself."""

_POLL_S = 0.05
_CLOSES_WITHIN_S = 10.0
_LOOKED_AT_S = 0.5
_END_SILENCE_S = 1.2
_UTTERANCE_S = 12.0
_SILENT_DBFS = -90.0
_FULL_SCALE = 32767


class SoundTest:
    """A microphone being tried in a thread of its own; the recogniser listens to every few words anew."""

    def __init__(
        self,
        *,
        microphone: str | None,
        speaker: str | None,
        language: Language,
        tell: Callable[..., None],
        tick: Callable[[Level], None],
        alone: Callable[[], bool],
    ) -> None:
        """Ready to start.

        Args:
            microphone: Its name, None for the system's own choice.
            speaker: What plays back.
            language: What is spoken.
            tell: Takes what changes in the `SoundCheck`, by name; `over=True` once the microphone is closed.
            tick: Takes the level.
            alone: Whether everybody has left.
        """
        self._microphone = microphone
        self._speaker_name = speaker
        self._language: Language = language
        self._tell = tell
        self._tick = tick
        self._alone = alone
        self._stop = threading.Event()
        self._replay = threading.Event()
        self._heard: Heard | None = None
        self._thread = threading.Thread(target=self._run, name="sound test", daemon=True)

    def start(self) -> None:
        """Open the microphone; returns at once."""
        self._thread.start()

    def play(self) -> None:
        """Play back what was heard last."""
        self._replay.set()

    def end(self) -> None:
        """Close the microphone, and wait until it is."""
        self._stop.set()
        if threading.current_thread() is not self._thread:
            self._thread.join(_CLOSES_WITHIN_S)

    def _run(self) -> None:
        from voicerehearsal import wiring

        failure: RehearsalError | None = None
        try:
            wiring.look_for_devices()
            microphone = wiring.microphone(self._microphone)
            self._equipment = wiring.equipment(
                language=self._language,
                next_microphone=lambda: microphone,
                speaker=wiring.speaker_or_none(self._speaker_name),
                voice=None,
                profile=NOT_CALIBRATED,
            )
            self._equipment.new_scribe().close()  # loaded before anybody is told to speak
            self._try(microphone)
        except RehearsalError as error:
            failure = error
        self._tell(over=True, failure=failure)

    def _try(self, microphone: Microphone) -> None:
        microphone.start()
        self._tell(microphone=microphone.name)
        try:
            tried_s = 0.0
            while not self._stop.is_set() and not self._alone() and tried_s < LONGEST_S:
                tried_s += self._hear_words(microphone)
        finally:
            microphone.stop()
            if self._equipment.speaker is not None:
                self._equipment.speaker.close()

    def _hear_words(self, microphone: Microphone) -> float:
        """Hear a few words, or nothing for a while; returns how long that took, in seconds."""
        scribe = self._equipment.new_scribe()
        endpointer = Endpointer(end_silence_s=_END_SILENCE_S)
        ear = self._new_ear(microphone, scribe, endpointer)
        latest: deque[Samples] = deque()
        elapsed_s = 0.0
        try:
            while not endpointer.over and elapsed_s < _UTTERANCE_S:
                if self._stop.is_set():
                    return elapsed_s
                if self._plays(microphone):
                    return elapsed_s
                block = microphone.read(_POLL_S)
                if block is None:
                    continue
                elapsed_s += len(block.samples) / microphone.sample_rate_hz
                ear.hear(block.samples)
                self._look_at(block.samples, latest, microphone)
                self._tick(_level(block.samples, endpointer, elapsed_s))
            if endpointer.started:
                self._judge(ear.finish())
        finally:
            scribe.close()
        return elapsed_s

    def _new_ear(self, microphone: Microphone, scribe: Scribe, endpointer: Endpointer) -> Ear:
        return self._equipment.new_ear(
            sample_rate_hz=microphone.sample_rate_hz, scribe=scribe, with_timbre=False, endpointer=endpointer
        )

    def _look_at(self, samples: Samples, latest: deque[Samples], microphone: Microphone) -> None:
        """Say what is wrong with the microphone, from the last half second."""
        latest.append(samples)
        if sum(map(len, latest)) >= _LOOKED_AT_S * microphone.sample_rate_hz:
            self._tell(trouble=microphone_trouble(np.concatenate(latest), name=microphone.name))
            latest.clear()

    def _judge(self, heard: Heard) -> None:
        self._heard = heard
        report = analyse(heard, source="", circumstances=Circumstances(language=self._language), question=None)
        text = None if report.transcript is None else report.transcript.text
        verdict, good = _verdict(report.audio.level_dbfs, report.audio.clipped_ratio)
        warnings = " ".join(report.audio.warnings)
        self._tell(
            heard=text,
            no_words_because=report.missing.get("transcript", "") if text is None else "",
            level_dbfs=report.audio.level_dbfs,
            verdict=warnings or verdict,
            good=good and not warnings,
        )

    def _plays(self, microphone: Microphone) -> bool:
        """Play back what was heard, where that is wanted; what the microphone hears of it is dropped."""
        speaker = self._equipment.speaker
        if not self._replay.is_set():
            return False
        self._replay.clear()
        if speaker is None or self._heard is None:
            return False
        self._tell(playing=True)
        playback = speaker.play(Sound(self._heard.samples, ANALYSIS_RATE_HZ))
        while not playback.done and not self._stop.is_set():
            microphone.read(_POLL_S)
        playback.stop()
        self._tell(playing=False)
        return True


def _verdict(level_dbfs: float | None, clipped_ratio: float) -> tuple[str, bool]:
    if level_dbfs is None:
        return _("Too little was said to tell the level."), False
    if clipped_ratio > CLIPPED_RATIO:
        return _("Too loud: turn the microphone's level down."), False
    if level_dbfs < QUIET_DBFS:
        return _("Too quiet: move closer, or turn the microphone's level up."), False
    return _("The level is good."), True


def _level(samples: Samples, endpointer: Endpointer, elapsed_s: float) -> Level:
    peak = int(np.abs(samples.astype(np.int32)).max()) if len(samples) else 0
    return Level(
        elapsed_s=elapsed_s,
        level_dbfs=endpointer.level_dbfs,
        silence_s=endpointer.silence_s,
        end_silence_s=endpointer.end_silence_s,
        left_s=None,
        muted=False,
        peak_dbfs=20 * float(np.log10(peak / (_FULL_SCALE + 1))) if peak else _SILENT_DBFS,
        clipped=peak >= _FULL_SCALE,
    )
