"""Whether the recording can be trusted: level, clipping, background, and a word of warning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from voicerehearsal.measures.levels import HOP_S, Contour, frame_powers
from voicerehearsal.measures.timeline import without
from voicerehearsal.values import ANALYSIS_RATE_HZ, Audio, Samples, Span

QUIET_DBFS = -45.0
CLIPPED_RATIO = 0.001
NOISY_SNR_DB = 15.0
"""Where pause edges and syllables begin to suffer, by `make accuracy`."""

_FULL_SCALE = 32767
_ROUNDING_POWER = 1 / 12 / 32768.0**2
_LEAST_FRAMES = 10  # 0.1 s, to speak of a level at all
_EDGE_FRAMES = 2  # frames that an edge may fall in belong to neither side


@dataclass(frozen=True, slots=True)
class Tally:
    """What the recording's own samples, at their own rate, add up to; the same however they are cut in blocks."""

    samples: int = 0
    at_full_scale: int = 0
    not_zero: int = 0

    def plus(self, block: Samples) -> Tally:
        """The tally with one more block: int16, any shape."""
        loud = np.count_nonzero(block >= _FULL_SCALE) + np.count_nonzero(block <= -_FULL_SCALE)
        return replace(
            self,
            samples=self.samples + block.size,
            at_full_scale=self.at_full_scale + int(loud),
            not_zero=self.not_zero + int(np.count_nonzero(block)),
        )

    @property
    def clipped_ratio(self) -> float:
        """Share of samples at full scale, 0–1; 0 for an empty recording."""
        return self.at_full_scale / self.samples if self.samples else 0.0


def measure_quality(
    *,
    samples: Samples,
    sounding: Sequence[Span],
    mutes: Sequence[Span] = (),
    tally: Tally,
    sample_rate_hz: int,
    channels: int,
    duration_s: float,
) -> Audio:
    """Level of the voice, background and clipping.

    Args:
        samples: int16 mono at `ANALYSIS_RATE_HZ`, shape (n,).
        sounding: Stretches of speech, in order.
        mutes: When the line was muted: neither voice nor background.
        tally: Of the recording's own samples.
        sample_rate_hz: The recording's own.
        channels: The recording's own.
        duration_s: The recording's own, in seconds.

    Returns:
        The contract's `audio`. The level is the RMS of the voice (0 dB for a full-scale square wave), the SNR that over
        the RMS of everything else; None where there is less than 0.1 s of either.
    """
    powers = frame_powers(samples=samples)
    whole = (Span(0.0, len(samples) / ANALYSIS_RATE_HZ),)
    voice = _mean_power(powers, without(spans=sounding, cut=mutes), trim=0)
    background = _mean_power(powers, without(spans=whole, cut=(*sounding, *mutes)), trim=_EDGE_FRAMES)
    level_dbfs = None if voice is None else 10 * float(np.log10(max(voice, _ROUNDING_POWER)))
    snr_db = None
    if voice is not None and background is not None:
        snr_db = 10 * float(np.log10(max(voice, _ROUNDING_POWER) / max(background, _ROUNDING_POWER)))
    return Audio(
        duration_s=duration_s,
        sample_rate_hz=sample_rate_hz,
        channels=channels,
        level_dbfs=level_dbfs,
        clipped_ratio=tally.clipped_ratio,
        snr_db=snr_db,
        warnings=_warnings(tally, level_dbfs, snr_db),
    )


def _mean_power(powers: Contour, spans: Sequence[Span], *, trim: int) -> float | None:
    """Mean power inside stretches of time, `trim` frames left out at either end of each."""
    chosen = np.zeros(len(powers), np.bool_)
    for span in spans:
        chosen[round(span.start_s / HOP_S) + trim : max(0, round(span.end_s / HOP_S) - trim)] = True
    return float(np.mean(powers[chosen], dtype=np.float64)) if np.count_nonzero(chosen) >= _LEAST_FRAMES else None


def _warnings(tally: Tally, level_dbfs: float | None, snr_db: float | None) -> tuple[str, ...]:
    if tally.samples and not tally.not_zero:
        return ("The recording holds nothing but zeros: the microphone was muted, unplugged or not permitted.",)
    warnings = []
    if level_dbfs is not None and level_dbfs < QUIET_DBFS:
        warnings.append(
            f"Very quiet ({level_dbfs:.0f} dBFS): words and weak sounds may be missed. "
            "Move closer to the microphone or raise its level."
        )
    if tally.clipped_ratio > CLIPPED_RATIO:
        warnings.append(
            f"Clipped ({100 * tally.clipped_ratio:.1f} % of the samples): the microphone's level is too high, "
            "and loudness cannot be trusted."
        )
    if snr_db is not None and snr_db < NOISY_SNR_DB:
        warnings.append(
            f"Noisy (the voice is only {snr_db:.0f} dB above the background): pauses and syllables are less certain."
        )
    return tuple(warnings)
