"""Filled pauses found in the sound: um, uh, er, 嗯, 呃.

A recogniser writes "and", "the" or nothing for them, so they are told by how they sound: a vowel held still, level in
pitch, near the middle of the speaker's vowels, perhaps closed by a nasal, with silence beside it (O'Shaughnessy 1992;
Goto, Itou & Hayamizu 1999; Shriberg 2001). Each stretch of voice that may be one is weighed by a few cues, those of the
words among them where there are words, into one probability.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voicerehearsal.measures.filled_pause_cues import SOUND_CUES, WORD_CUES, nasal_close, sound_cues, word_cues
from voicerehearsal.measures.levels import HOP_S, BandPowers
from voicerehearsal.measures.still_stretches import Frames, Stretches, find_stretches, look
from voicerehearsal.values import Filler, Language, Span, VoiceTracks, Word

LEAST_CONFIDENCE = 0.3
"""Where few are missed, and few are wrong in talk with a handful a minute; of the least sure about half are right."""

LEAST_CLEARANCE_DB = 15.0
"""How far the loud parts of the voice must stand above the background."""

LEAST_VOICED_S = 1.0
LEAST_VOICED_SHARE = 0.2
"""Of the sounding time; whispers have next to none."""

_TEXTS: dict[Language, tuple[str, str]] = {"en": ("uh", "um"), "zh": ("呃", "嗯")}
"""Open, and closed by a nasal."""

WORDED_WEIGHTS: dict[str, float] = {
    "constant": -6.40,
    "length": 1.08,
    "moving": -0.33,
    "unsteady_pitch": -4.07,
    "voiced": 2.56,
    "silence_before": 0.10,
    "silence_after": 0.49,
    "alone": 2.49,
    "nasal": 0.74,
    "many_pieces": -0.74,
    "cut_before": 1.06,
    "cut_after": 1.89,
    "slow_voice": -0.65,
    "wordless": 1.56,
    "stand_in": -2.04,
    "own_word": 2.73,
    "sure_word": -3.02,
    "slow_speech": -1.03,
}
"""Logistic weights, fitted by penalised likelihood on 900 made fillers in read speech (`tests/accuracy`).

There they came 17 a minute; the constants are for three in ten of that.
"""

SOUND_WEIGHTS: dict[str, float] = {
    "constant": -3.16,
    "length": 0.81,
    "moving": -0.97,
    "unsteady_pitch": -7.01,
    "voiced": 1.41,
    "silence_before": 0.51,
    "silence_after": 0.67,
    "alone": 2.39,
    "nasal": 1.02,
    "many_pieces": -0.72,
    "cut_before": 0.94,
    "cut_after": 2.43,
    "slow_voice": -0.35,
}
"""The same where there are no words to weigh; the constant keeps fluent English and Mandarin reading free of them."""


@dataclass(frozen=True, slots=True)
class FilledPauses:
    """What was found, in order; `reason` says why filled pauses cannot be heard in this recording, None if they can."""

    events: tuple[Filler, ...]
    reason: str | None


def find_filled_pauses(
    *,
    bands: BandPowers,
    voice: VoiceTracks,
    sounding: Sequence[Span],
    words: Sequence[Word] | None,
    language: Language,
) -> FilledPauses:
    """Filled pauses, each with its edges and how likely it is one.

    Args:
        bands: From `levels.band_powers`, shape (n, 13).
        voice: Pitch of the same sound.
        sounding: Stretches of speech, in order.
        words: What was freely recognised; None without a recogniser.
        language: Of the answer: how a filled pause is written. Words are weighed in English alone.

    Returns:
        Events whose confidence is `LEAST_CONFIDENCE` or more; none, and the reason, where they cannot be heard.
    """
    frames = look(bands=bands, voice=voice, sounding=sounding)
    reason = _unheard(frames, sounding)
    if reason is not None:
        return FilledPauses((), reason)
    stretches = find_stretches(frames=frames)
    cues = sound_cues(frames=frames, stretches=stretches)
    if words is None or language != "en":
        confidence = _probability(cues, SOUND_WEIGHTS, SOUND_CUES)
    else:
        cues = np.hstack((cues, word_cues(stretches=stretches, words=words)))
        confidence = _probability(cues, WORDED_WEIGHTS, (*SOUND_CUES, *WORD_CUES))
    nasal = nasal_close(frames=frames, stretches=stretches)
    return FilledPauses(
        tuple(
            Filler(
                text=_TEXTS[language][int(nasal[i])],
                start_s=float(stretches.start[i] * HOP_S),
                end_s=float(stretches.end[i] * HOP_S),
                kind="filled_pause",
                confidence=round(float(confidence[i]), 2),
            )
            for i in _best(stretches, confidence)
        ),
        None,
    )


def _unheard(frames: Frames, sounding: Sequence[Span]) -> str | None:
    """Why filled pauses cannot be heard here, None if they can."""
    if not sounding:
        return "nobody speaks"
    voiced = frames.f0_hz > 0
    if np.count_nonzero(voiced) * HOP_S < LEAST_VOICED_S:
        return f"fewer than {LEAST_VOICED_S:g} s of voiced speech"
    if np.mean(voiced[frames.spoken]) < LEAST_VOICED_SHARE:
        return "the speech is hardly voiced (whispered, or hidden in noise)"
    if frames.clearance_db < LEAST_CLEARANCE_DB:
        return f"the voice stands less than {LEAST_CLEARANCE_DB:g} dB above the background"
    return None


def _probability(cues: NDArray[np.float64], weights: dict[str, float], names: Sequence[str]) -> NDArray[np.float64]:
    """Logistic score of each row, 0–1."""
    score = weights["constant"] + cues @ np.array([weights.get(name, 0.0) for name in names])
    probability: NDArray[np.float64] = 1 / (1 + np.exp(-score))
    return probability


def _best(stretches: Stretches, confidence: NDArray[np.float64]) -> list[int]:
    """Of stretches that overlap the likeliest, in order of time."""
    kept: list[int] = []
    for i in np.argsort(-confidence, kind="stable"):
        if confidence[i] < LEAST_CONFIDENCE:
            break
        if all(stretches.start[i] >= stretches.end[j] or stretches.end[i] <= stretches.start[j] for j in kept):
            kept.append(int(i))
    return sorted(kept, key=lambda i: int(stretches.start[i]))
