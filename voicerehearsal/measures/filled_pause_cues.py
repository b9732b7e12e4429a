"""What speaks for and against a stretch of voice being a filled pause."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from voicerehearsal.measures.levels import HOP_S, Contour
from voicerehearsal.measures.still_stretches import Frames, Stretches
from voicerehearsal.values import Word

Cues = NDArray[np.float64]
"""One row a stretch, one column a cue, shape (m, k)."""

HESITATIONS = frozenset(["um", "uh", "er", "erm", "hmm", "ah"])
"""What the recogniser of filled pauses writes for one."""

STAND_INS = frozenset(
    (
        *HESITATIONS,
        *("a", "an", "and", "the", "them", "some", "or", "of", "i'm", "i", "am", "are", "her", "in", "huh", "oh"),
        *("our", "on", "as", "all", "un", "up", "m", "n"),
    )
)
"""What the free recogniser writes for one; measured on made ones, and on the real ones of two speakers."""

SOUND_CUES = (
    "length",
    "short",
    "stillness",
    "drift",
    "pitch_flat",
    "pitch_low",
    "voiced",
    "silence_before",
    "silence_after",
    "both_silent",
    "loud",
    "central_f1",
    "central_f2",
    "nasal",
    "pieces2",
    "pieces3",
    "cut_before",
    "cut_after",
)
WORD_CUES = ("wordless", "stand_in", "own_word", "in_word", "sure_word", "slow_word", "suspect")

_SILENCE_CAP = 25  # frames
_EDGE = 2
_LETTER_S = 0.07  # a word takes about this a letter in careful speech …
_WORD_S = 0.08  # … and this


def sound_cues(*, frames: Frames, stretches: Stretches) -> Cues:
    """Columns as in `SOUND_CUES`."""
    start, end = stretches.start, stretches.end
    length = (end - start) * HOP_S
    inner_start, inner_end = start + _EDGE, np.maximum(end - _EDGE, start + _EDGE + 1)
    voiced = frames.f0_hz > 0
    pitch = np.where(voiced, 12 * np.log2(np.maximum(frames.f0_hz, 1)), 0)
    usual = np.median(pitch[voiced]) if voiced.any() else 0.0
    pitch = np.where(voiced, pitch - usual, 0)
    share = _mean(voiced.astype(float), start, end)
    safe = np.maximum(share, 0.05)
    mean_pitch = _mean(pitch, start, end) / safe
    steps = np.minimum(np.abs(np.diff(pitch, prepend=pitch[:1])), 1) * voiced
    unsteady = _mean(steps, inner_start, inner_end) / safe
    known = share > 0.3
    before, after = _silence(frames.quiet, start, -1), _silence(frames.quiet, end, 1)
    f1, f2 = _formant_offsets(frames, stretches, voiced)
    half = (start + stretches.first_end) // 2
    drift = np.sqrt(
        np.mean((_mean(frames.shape_db, start, half) - _mean(frames.shape_db, half, stretches.first_end)) ** 2, axis=1)
    )
    several = stretches.pieces > 1
    columns = {
        "length": np.minimum(np.log2(length / 0.3), 1.3),
        "short": np.maximum(0.2 - length, 0) * 10,
        "stillness": np.minimum(_mean(np.minimum(frames.change_db, 10), inner_start, inner_end), 6),
        "drift": np.minimum(drift, 8),
        "pitch_flat": np.where(known, np.minimum(unsteady, 1), 0.3),
        "pitch_low": np.where(known, np.clip(mean_pitch, -6, 6), 0.0),
        "voiced": share,
        "silence_before": before,
        "silence_after": after,
        "both_silent": before * after,
        "loud": np.clip((_mean(frames.level_db, start, end) - frames.loud_db) / 6, -4, 1),
        "central_f1": f1,
        "central_f2": f2,
        "nasal": np.where(several, _nasality(frames, stretches), 0),
        "pieces2": stretches.pieces == 2,
        "pieces3": stretches.pieces == 3,
        "cut_before": _strongest(frames, start),
        "cut_after": _strongest(frames, end),
    }
    return np.column_stack([np.asarray(columns[name], np.float64) for name in SOUND_CUES])


def word_cues(*, stretches: Stretches, words: Sequence[Word], suspects: Sequence[Word]) -> Cues:
    """Columns as in `WORD_CUES`."""
    start, end = stretches.start * HOP_S, stretches.end * HOP_S
    length = end - start
    shared, own_length = _shared(start, end, words)
    stand_in = np.array([word.text in STAND_INS for word in words], bool)
    sure = np.array([word.confidence for word in words])
    expected = np.array([_WORD_S + _LETTER_S * len(word.text) for word in words])
    best = shared.argmax(axis=1) if len(words) else np.zeros(len(start), np.intp)
    rows = np.arange(len(start))
    if not len(words):
        none = np.zeros(len(start))
        own = in_word = slow = sureness = standing = none
        covered = none
    else:
        covered = np.minimum(shared.sum(axis=1) / length, 1)
        standing = shared[:, stand_in].sum(axis=1) / length
        most = shared[rows, best]
        union = length + own_length[best] - most
        own = np.where(stand_in[best], most / union, 0)
        # how much of the best word lies outside the stretch: a vowel inside a word leaves the rest over
        in_word = np.where(stand_in[best], 0, np.minimum((own_length[best] - most) / 0.3, 1)) * (most > 0)
        sureness = (shared[:, ~stand_in] * sure[~stand_in]).sum(axis=1) / length
        slow = np.where(most > 0, np.clip(np.log2(np.maximum(own_length[best], 0.03) / expected[best]), -1, 2), 0)
    heard = [word for word in suspects if word.text in HESITATIONS]
    suspect = np.zeros(len(start))
    if heard:
        shared, own_length = _shared(start, end, heard)
        union = length[:, None] + own_length - shared
        suspect = (shared / union * np.array([word.confidence for word in heard])).max(axis=1)
    columns = {
        "wordless": 1 - covered,
        "stand_in": standing,
        "own_word": own,
        "in_word": in_word,
        "sure_word": sureness,
        "slow_word": slow,
        "suspect": suspect,
    }
    return np.column_stack([np.asarray(columns[name], np.float64) for name in WORD_CUES])


def nasal_close(*, frames: Frames, stretches: Stretches) -> NDArray[np.bool_]:
    """Whether each stretch closes with a nasal, shape (m,)."""
    return (stretches.pieces > 1) & (_nasality(frames, stretches) > 0.5)


def _nasality(frames: Frames, stretches: Stretches) -> NDArray[np.float64]:
    """How much the last piece loses of its bands over 400 Hz against the first, in 10 dB, −1…2."""
    upper = frames.shape_db[:, 2:8].mean(axis=1) - frames.shape_db[:, :2].mean(axis=1)
    fall = _mean(upper, stretches.start, stretches.first_end) - _mean(upper, stretches.last_start, stretches.end)
    nasality: NDArray[np.float64] = np.clip(fall / 10, -1, 2)
    return nasality


def _formant_offsets(
    frames: Frames, stretches: Stretches, voiced: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How far F1 and F2 of the first piece lie from the speaker's own medians, in octaves, 0 where unknown."""
    offsets = []
    for column in (0, 1):
        formant = frames.formants_hz[:, column]
        usable = voiced & np.isfinite(formant) & (formant > 0)
        if not usable.any():
            offsets.append(np.zeros(len(stretches.start)))
            continue
        octaves = np.where(usable, np.log2(np.where(usable, formant, 1) / np.median(formant[usable])), 0)
        share = _mean(usable.astype(float), stretches.start, stretches.first_end)
        mean = _mean(octaves, stretches.start, stretches.first_end) / np.maximum(share, 0.05)
        offsets.append(np.where(share > 0.3, np.minimum(np.abs(mean), 1), 0.3))
    return offsets[0], offsets[1]


def _silence(quiet: NDArray[np.bool_], at: NDArray[np.intp], step: int) -> NDArray[np.float64]:
    """Share of the quarter second before (step −1) or after (1) a frame that is quiet, counted from where it lies."""
    padded = np.pad(quiet.astype(float), _SILENCE_CAP, constant_values=1)
    first = at + _SILENCE_CAP - (_SILENCE_CAP if step < 0 else 0)
    return _mean(padded, first, first + _SILENCE_CAP)


def _strongest(frames: Frames, at: NDArray[np.intp]) -> NDArray[np.float64]:
    """The fastest change of the spectrum around a frame, capped, in 10 dB."""
    padded = np.pad(frames.change_db, 3, mode="edge")
    near = np.max([padded[np.clip(at + i, 0, len(padded) - 1)] for i in range(6)], axis=0)
    strongest: NDArray[np.float64] = np.minimum(near, 15.0) / 10
    return strongest


def _shared(start: Contour, end: Contour, words: Sequence[Word]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Seconds that stretches and words have in common, shape (m, words); and the words' lengths."""
    first = np.array([word.start_s for word in words])
    last = np.array([word.end_s for word in words])
    shared = np.minimum(end[:, None], last) - np.maximum(start[:, None], first)
    return np.maximum(shared, 0), last - first


def _mean(values: NDArray[np.floating], start: NDArray[np.intp], end: NDArray[np.intp]) -> NDArray[np.float64]:
    """Mean of rows `start` to `end` (exclusive), shape (m,) or (m, columns)."""
    total = np.zeros((len(values) + 1, *values.shape[1:]))
    np.cumsum(values, axis=0, dtype=np.float64, out=total[1:])
    count = np.maximum(end - start, 1).reshape(-1, *[1] * (values.ndim - 1))
    mean: NDArray[np.float64] = (total[end] - total[start]) / count
    return mean
