"""Everything that is computed moment by moment, kept up with a sound that is still arriving."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voicerehearsal.measures.levels import HOP, BandPowers, Contour, band_powers
from voicerehearsal.measures.voicing import voicing
from voicerehearsal.ports import Phonetics
from voicerehearsal.values import ANALYSIS_RATE_HZ, GATE_FRAME_S, Samples, VoiceTracks

_GATE_FRAME = round(GATE_FRAME_S * ANALYSIS_RATE_HZ)
_BLOCK = 5 * ANALYSIS_RATE_HZ
_AHEAD = ANALYSIS_RATE_HZ // 10
"""More than any window reaches beyond its frame."""

_VOICE_BLOCK = 2 * ANALYSIS_RATE_HZ  # short: the engine keeps everything else waiting while it computes
_VOICE_MARGIN = ANALYSIS_RATE_HZ // 4


@dataclass(frozen=True, slots=True)
class SoundTracks:
    """The tracks of a whole sound.

    Attributes:
        bands: From `levels.band_powers`, shape (n, 13), one row every 10 ms.
        voicing: From `voicing.voicing`, one value every 20 ms.
        voice: Pitch and formants, one row every 10 ms.
    """

    bands: BandPowers
    voicing: Contour
    voice: VoiceTracks


class Tracks:
    """The tracks of a sound that is still arriving, so that little is left to compute at its end.

    The engine sees fixed blocks, each with a margin on both sides, so the tracks do not depend on how sound arrived.
    """

    def __init__(self, phonetics: Phonetics) -> None:
        self._phonetics = phonetics
        self._blocks = 0
        self._bands: list[BandPowers] = []
        self._voicing: list[Contour] = []
        self._voice: list[VoiceTracks] = []

    def follow(self, *, samples: Samples) -> None:
        """Compute what can be known by now; `samples` is all sound so far, int16 mono at `ANALYSIS_RATE_HZ`."""
        while len(samples) >= (self._blocks + 1) * _BLOCK + _AHEAD:
            self._compute(samples, self._blocks + 1)
            self._blocks += 1
        while len(samples) >= (len(self._voice) + 1) * _VOICE_BLOCK + _VOICE_MARGIN:
            self._hear_voice(samples)

    def finish(self, *, samples: Samples) -> SoundTracks:
        """All tracks of the whole sound."""
        self.follow(samples=samples)
        self._compute(samples, None)
        while len(samples) > len(self._voice) * _VOICE_BLOCK:
            self._hear_voice(samples)
        return SoundTracks(np.concatenate(self._bands), np.concatenate(self._voicing), self._joined_voice())

    def _compute(self, samples: Samples, end_block: int | None) -> None:
        for step, track, values in ((HOP, band_powers, self._bands), (_GATE_FRAME, voicing, self._voicing)):
            end = None if end_block is None else end_block * _BLOCK // step
            values.append(track(samples=samples, first_frame=self._blocks * _BLOCK // step, end_frame=end))

    def _hear_voice(self, samples: Samples) -> None:
        """One block more; the last one may be shorter."""
        start = len(self._voice) * _VOICE_BLOCK
        before = min(start, _VOICE_MARGIN)
        rows = min(_VOICE_BLOCK, len(samples) - start) // HOP
        whole = self._phonetics.tracks(samples[start - before : start + _VOICE_BLOCK + _VOICE_MARGIN])
        kept = slice(before // HOP, before // HOP + rows)
        self._voice.append(VoiceTracks(whole.f0_hz[kept], whole.strength[kept], whole.formants_hz[kept]))

    def _joined_voice(self) -> VoiceTracks:
        parts = [_voiceless(0), *self._voice]
        return VoiceTracks(
            *(_joined([getattr(part, name) for part in parts]) for name in ("f0_hz", "strength", "formants_hz"))
        )


def _voiceless(rows: int) -> VoiceTracks:
    nothing = np.zeros(rows, np.float32)
    return VoiceTracks(nothing, nothing, np.full((rows, 3), np.nan, np.float32))


def _joined(parts: list[NDArray[np.float32]]) -> NDArray[np.float32]:
    return np.concatenate(parts)
