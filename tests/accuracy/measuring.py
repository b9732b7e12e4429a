"""How a recording is measured here: through the product's own path, in this one place."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import cast

import numpy as np
import soundfile
import soxr

from voicerehearsal import wiring
from voicerehearsal.engines.praat import PraatPhonetics
from voicerehearsal.engines.webrtc_gate import WebrtcGate
from voicerehearsal.measures.sound import Sounds, hear
from voicerehearsal.measures.tracks import Tracks
from voicerehearsal.values import ANALYSIS_RATE_HZ, GATE_FRAME_S, Language, Report, Samples


@cache
def measure_file(path: Path, language: str) -> Report:
    """The report of a recording, as `analyze` gives it; the recogniser is English's or Chinese's."""
    return wiring.measure_file(path, name=path.name, language=cast(Language, language), asked=None)


def hear_samples(samples: Samples) -> Sounds:
    """Speech, syllables and voice of a sound, int16 mono at the analysis rate, without a recogniser."""
    gate, length = WebrtcGate(), round(GATE_FRAME_S * ANALYSIS_RATE_HZ)
    frames = samples[: len(samples) // length * length].reshape(-1, length)
    tracks = Tracks(PraatPhonetics()).finish(samples=samples)
    return hear(tracks=tracks, gate=np.array([gate.speech(frame) for frame in frames], np.bool_))


def read_samples(path: Path) -> Samples:
    """A sound file as int16 mono at the analysis rate."""
    wave, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    mono = soxr.resample(wave.mean(axis=1), rate_hz, ANALYSIS_RATE_HZ)
    return np.clip(np.round(mono * 32768), -32768, 32767).astype(np.int16)
