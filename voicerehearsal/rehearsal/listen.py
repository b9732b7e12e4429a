"""An answer as it arrives: to the disk first, then to the rate of analysis, the speech gate and the recogniser.

A file and a live answer take this same path, which is why measuring a recording again gives the same report.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from voicerehearsal.errors import RehearsalError
from voicerehearsal.measures.quality import Tally
from voicerehearsal.measures.tracks import SoundTracks, Tracks
from voicerehearsal.ports import Phonetics, Recogniser, Resampler, SpeechGate
from voicerehearsal.rehearsal.endpoint import Endpointer
from voicerehearsal.values import ANALYSIS_RATE_HZ, GATE_FRAME_S, Samples, Word

_FRAME = round(GATE_FRAME_S * ANALYSIS_RATE_HZ)


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer, heard to its end.

    Attributes:
        samples: Int16 mono at `ANALYSIS_RATE_HZ`, shape (n,).
        gate: The speech gate's decisions, bool, one a frame of `GATE_FRAME_S`, shape (n // 320,).
        words: What was recognised; None when there was no recogniser.
        no_words_because: Why there was none, "" otherwise.
        sample_rate_hz: The recording's own rate.
        channels: The recording's own channels.
        tally: What the recording's own samples add up to.
        tracks: Level, voicing and pitch of `samples`.
    """

    samples: Samples
    gate: NDArray[np.bool_]
    words: tuple[Word, ...] | None
    no_words_because: str
    sample_rate_hz: int
    channels: int
    tally: Tally
    tracks: SoundTracks


class Scribe:
    """Writes down what is said, in a thread of its own; the recogniser may still be loading when the answer begins."""

    def __init__(self, make_recogniser: Callable[[], Recogniser]) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="scribe")
        self._recogniser: Future[Recogniser] = self._thread.submit(make_recogniser)
        self._last: Future[None] | None = None

    def accept(self, samples: Samples) -> None:
        """Queue the next sound."""
        self._last = self._thread.submit(lambda: self._recogniser.result().accept(samples))

    def finish(self) -> tuple[Word, ...]:
        """All words; raises ModelError when the recogniser could not be had."""
        try:
            if self._last is not None:
                self._last.result()
            return self._recogniser.result().finish()
        finally:
            self.close()

    def close(self) -> None:
        """Drop what is queued."""
        self._thread.shutdown(wait=False, cancel_futures=True)


class Ear:
    """One answer's way from the microphone to `Heard`."""

    def __init__(
        self,
        *,
        sample_rate_hz: int,
        resampler: Resampler,
        gate: SpeechGate,
        phonetics: Phonetics,
        scribe: Scribe | None = None,
        channels: int = 1,
        endpointer: Endpointer | None = None,
        with_timbre: bool = False,
    ) -> None:
        self.muted = False
        self._sample_rate_hz = sample_rate_hz
        self._channels = channels
        self._resampler = resampler
        self._gate = gate
        self._scribe = scribe
        self._endpointer = endpointer
        self._tally = Tally()
        self._tracks = Tracks(phonetics, with_timbre=with_timbre)
        self._sound = bytearray()
        self._decisions = bytearray()

    def hear(self, samples: Samples) -> None:
        """Take the next sound: int16 mono at the recording's own rate, any length."""
        self._tally = self._tally.plus(samples)
        self._take(self._resampler.feed(samples))

    def finish(self) -> Heard:
        """Everything heard; the ear is spent."""
        self._take(self._resampler.finish())
        samples = np.frombuffer(self._sound, np.int16)
        tracks = self._tracks.finish(samples=samples)  # while the scribe writes its last words
        words, reason = _written(self._scribe)
        return Heard(
            samples=samples,
            gate=np.frombuffer(self._decisions, np.bool_),
            words=words,
            no_words_because=reason,
            sample_rate_hz=self._sample_rate_hz,
            channels=self._channels,
            tally=self._tally,
            tracks=tracks,
        )

    def _take(self, samples: Samples) -> None:
        if len(samples) == 0:
            return
        if self._scribe is not None:
            self._scribe.accept(samples)
        self._sound += samples.tobytes()
        sound = np.frombuffer(self._sound, np.int16)
        self._tracks.follow(samples=sound)
        for at in range(len(self._decisions) * _FRAME, len(sound) - _FRAME + 1, _FRAME):
            frame = sound[at : at + _FRAME]
            speech = self._gate.speech(frame)
            self._decisions.append(speech)
            if self._endpointer is not None:
                self._endpointer.hear(frame, gate=speech, muted=self.muted)


def _written(scribe: Scribe | None) -> tuple[tuple[Word, ...] | None, str]:
    """What a scribe wrote, or None and why; whatever the recogniser does, the answer is measured by its sound."""
    if scribe is None:
        return None, "nobody wrote it down"
    try:
        return scribe.finish(), ""
    except RehearsalError as error:
        return None, str(error)
    except Exception as error:
        return None, f"the recogniser failed ({type(error).__name__}: {error})"


class NewEar(Protocol):
    """Makes an ear for one answer."""

    def __call__(self, *, sample_rate_hz: int, scribe: Scribe | None, with_timbre: bool, endpointer: Endpointer) -> Ear:
        """An ear for int16 mono at `sample_rate_hz`; `with_timbre` when a smile is to be told."""
