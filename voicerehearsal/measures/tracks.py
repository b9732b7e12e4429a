"""Everything that is computed moment by moment, kept up with a sound that is still arriving."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from voicerehearsal.measures.levels import HOP, BandPowers, Contour, band_powers
from voicerehearsal.measures.smile_features import Timbre, timbre
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
        voice: Pitch, one row every 10 ms.
        timbre: From `smile_features.timbre`, one row every 10 ms; None where nobody asked for it.
    """

    bands: BandPowers
    voicing: Contour
    voice: VoiceTracks
    timbre: Timbre | None


class Tracks:
    """The tracks of a sound that is still arriving, so that little is left to compute at its end.

    The engine sees fixed blocks, each with a margin on both sides, so the tracks do not depend on how sound arrived.
    """

    def __init__(self, phonetics: Phonetics, *, with_timbre: bool = False) -> None:
        """`with_timbre`: also what a smile is told by."""
        self._phonetics = phonetics
        self._timbre: list[Timbre] | None = [] if with_timbre else None
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
        while not self._voice or len(samples) > len(self._voice) * _VOICE_BLOCK:
            self._hear_voice(samples)
        colours = None if self._timbre is None else np.concatenate(self._timbre)
        return SoundTracks(np.concatenate(self._bands), np.concatenate(self._voicing), self._joined_voice(), colours)

    def _compute(self, samples: Samples, end_block: int | None) -> None:
        for step, track, values in ((HOP, band_powers, self._bands), (_GATE_FRAME, voicing, self._voicing)):
            end = None if end_block is None else end_block * _BLOCK // step
            values.append(track(samples=samples, first_frame=self._blocks * _BLOCK // step, end_frame=end))

    def _hear_voice(self, samples: Samples) -> None:
        """One block more; the last one may be shorter."""
        start = len(self._voice) * _VOICE_BLOCK
        before = min(start, _VOICE_MARGIN)
        rows = min(_VOICE_BLOCK, len(samples) - start) // HOP
        near = samples[start - before : start + _VOICE_BLOCK + _VOICE_MARGIN]
        whole = self._phonetics.tracks(near)
        kept = slice(before // HOP, before // HOP + rows)
        self._voice.append(VoiceTracks(whole.f0_hz[kept], whole.strength[kept]))
        if self._timbre is not None:
            self._timbre.append(timbre(samples=near, voice=whole, first_frame=kept.start, end_frame=kept.stop))

    def _joined_voice(self) -> VoiceTracks:
        return VoiceTracks(
            np.concatenate([part.f0_hz for part in self._voice]),
            np.concatenate([part.strength for part in self._voice]),
        )
