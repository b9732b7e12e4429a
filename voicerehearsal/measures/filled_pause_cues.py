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
"""What a recogniser writes for a filled pause when it hears one."""

STAND_INS = frozenset(
    (
        *HESITATIONS,
        *("a", "an", "and", "the", "them", "some", "or", "of", "i'm", "i", "am", "are", "her", "in", "huh", "oh"),
        *("our", "on", "as", "all", "un", "up", "m", "n"),
    )
)
"""What free recognition writes in its place, seen on made ones and on the real ones of two speakers."""

SOUND_CUES = (
    "length",  # octaves over 0.3 s
    "moving",  # how fast the spectrum changes inside, dB
    "unsteady_pitch",  # semitones from one 10 ms to the next
    "voiced",  # share with a pitch
    "silence_before",  # share of the 0.12 s before
    "silence_after",
    "alone",  # both
    "nasal",  # how much of its upper bands it loses towards its end, 10 dB
    "many_pieces",
    "cut_before",  # how fast the spectrum changes at its edges, 10 dB
    "cut_after",
    "slow_voice",  # how long the recording's stretches of voice are, octaves over 0.3 s: learners read word by word
)
WORD_CUES = (
    "wordless",  # share without a word
    "stand_in",  # share under such a word
    "own_word",  # how exactly such a word covers it and nothing else
    "sure_word",  # share under another word, by the recogniser's confidence
    "slow_speech",  # how long the recording's words are for their spelling, octaves
)

_MARGIN = 2  # frames at either edge in which the sound is coming and going
_SILENCE = 12  # frames beside a stretch
_CHANGE_DB = (10.0, 6.0)  # caps, of a frame and of the mean
_LONGEST_OCTAVES = 0.6  # from about 0.45 s on longer is no likelier
_CREAK_VOICED = 0.6  # creaky voices lose their pitch; no more than this is held against them
_LEAST_VOICED = 0.3  # with less pitch than that its steadiness is not judged …
_UNSTEADY = 0.3  # … but taken to be this
_NASAL = 0.7  # told rightly of three in four
_LEAST_RUN = 6  # frames
_LETTER_S = 0.07  # a word takes about this a letter in careful speech …
_WORD_S = 0.08  # … and this


def sound_cues(*, frames: Frames, stretches: Stretches) -> Cues:
    """Columns as in `SOUND_CUES`."""
    start, end = stretches.start, stretches.end
    length_s = (end - start) * HOP_S
    before = _share(frames.quiet, start - _SILENCE, start)
    after = _share(frames.quiet, end, end + _SILENCE)
    voiced = _share(frames.f0_hz > 0, start, end)
    inside = start + _MARGIN, np.maximum(end - _MARGIN, start + _MARGIN + 1)
    most_frame_db, most_db = _CHANGE_DB
    columns = {
        "length": np.minimum(np.log2(length_s / 0.3), _LONGEST_OCTAVES),
        "moving": np.minimum(_mean(np.minimum(frames.change_db, most_frame_db), *inside), most_db),
        "unsteady_pitch": _unsteady_pitch(frames.f0_hz, inside, voiced),
        "voiced": np.maximum(voiced, _CREAK_VOICED),
        "silence_before": before,
        "silence_after": after,
        "alone": before * after,
        "nasal": _nasality(frames, stretches),
        "many_pieces": stretches.pieces >= 3,
        "cut_before": _sharpest_change(frames, start),
        "cut_after": _sharpest_change(frames, end),
        "slow_voice": np.full(len(start), _mean_run_octaves(frames.sonorant)),
    }
    return np.column_stack([np.asarray(columns[name], np.float64) for name in SOUND_CUES])


def word_cues(*, stretches: Stretches, words: Sequence[Word]) -> Cues:
    """Columns as in `WORD_CUES`."""
    start_s, end_s = stretches.start * HOP_S, stretches.end * HOP_S
    columns = dict.fromkeys(WORD_CUES, np.zeros(len(start_s)))
    columns["wordless"] = np.ones(len(start_s))
    if words:
        columns |= _under_words(start_s, end_s, words)
    return np.column_stack([columns[name] for name in WORD_CUES])


def nasal_close(*, frames: Frames, stretches: Stretches) -> NDArray[np.bool_]:
    """Whether each stretch closes with a nasal, shape (m,)."""
    return _nasality(frames, stretches) > _NASAL


def _under_words(
    start_s: NDArray[np.floating], end_s: NDArray[np.floating], words: Sequence[Word]
) -> dict[str, NDArray[np.float64]]:
    length_s = end_s - start_s
    shared_s, words_s = _shared(start_s, end_s, words)
    stand_in = np.array([word.text in STAND_INS for word in words])
    sure = np.array([word.confidence for word in words]) * ~stand_in
    expected_s = np.array([_WORD_S + _LETTER_S * len(word.text) for word in words])
    best = shared_s.argmax(axis=1)
    most_s = shared_s[np.arange(len(best)), best]
    likeness = most_s / (length_s + words_s[best] - most_s)
    usual = np.median(np.clip(np.log2(np.maximum(words_s, HOP_S) / expected_s), -1, 2))
    return {
        "wordless": 1 - np.minimum(shared_s.sum(axis=1) / length_s, 1),
        "stand_in": shared_s @ stand_in / length_s,
        "own_word": np.where(stand_in[best], likeness, 0),
        "sure_word": shared_s @ sure / length_s,
        "slow_speech": np.full(len(length_s), usual),
    }


def _shared(
    start_s: NDArray[np.floating], end_s: NDArray[np.floating], words: Sequence[Word]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Seconds that stretches and words have in common, shape (m, words); and the words' lengths."""
    first_s, last_s = np.array([word.start_s for word in words]), np.array([word.end_s for word in words])
    shared_s = np.minimum(end_s[:, None], last_s) - np.maximum(start_s[:, None], first_s)
    return np.maximum(shared_s, 0), last_s - first_s


def _unsteady_pitch(
    f0_hz: Contour, inside: tuple[NDArray[np.intp], NDArray[np.intp]], voiced: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Mean step of the pitch; a jump between octaves, the tracker's or the voice's, counts as one semitone."""
    pitch_st = 12 * np.log2(np.maximum(f0_hz, 1))
    steps_st = np.minimum(np.abs(np.diff(pitch_st, prepend=pitch_st[:1])), 1) * (f0_hz > 0)
    mean_st = np.minimum(_mean(steps_st, *inside) / np.maximum(voiced, _LEAST_VOICED), 1)
    return np.where(voiced > _LEAST_VOICED, mean_st, _UNSTEADY)


def _nasality(frames: Frames, stretches: Stretches) -> NDArray[np.float64]:
    """How much the last piece loses of its bands over 400 Hz against the first, in 10 dB, −1…2; 0 for one piece."""
    upper = frames.shape_db[:, 2:8].mean(axis=1) - frames.shape_db[:, :2].mean(axis=1)
    fall = _mean(upper, stretches.start, stretches.first_end) - _mean(upper, stretches.last_start, stretches.end)
    nasality: NDArray[np.float64] = np.where(stretches.pieces > 1, np.clip(fall / 10, -1, 2), 0.0)
    return nasality


def _sharpest_change(frames: Frames, at: NDArray[np.intp]) -> NDArray[np.float64]:
    """The fastest change of the spectrum within 30 ms of an edge, in 10 dB, 1.5 at most."""
    near = at[:, None] + np.arange(-3, 3)
    change_db = frames.change_db[np.clip(near, 0, len(frames.change_db) - 1)]
    sharpest: NDArray[np.float64] = np.minimum(change_db.max(axis=1, initial=0), 15.0).astype(np.float64)
    return sharpest / 10


def _mean_run_octaves(sonorant: NDArray[np.bool_]) -> float:
    turns = np.flatnonzero(np.diff(sonorant.astype(np.int8), prepend=0, append=0))
    runs = turns[1::2] - turns[::2]
    runs = runs[runs >= _LEAST_RUN]
    return float(np.log2(runs.mean() * HOP_S / 0.3)) if len(runs) else 0.0


def _share(mask: NDArray[np.bool_], start: NDArray[np.intp], end: NDArray[np.intp]) -> NDArray[np.float64]:
    """Share of the frames where the mask holds; beyond the ends of the recording it goes on as it is there."""
    padded = np.pad(mask.astype(np.float32), _SILENCE, mode="edge")
    return _mean(padded, start + _SILENCE, end + _SILENCE)


def _mean(values: NDArray[np.floating], start: NDArray[np.intp], end: NDArray[np.intp]) -> NDArray[np.float64]:
    """Mean of values `start` to `end` (exclusive), shape (m,)."""
    total = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
    mean: NDArray[np.float64] = (total[end] - total[start]) / np.maximum(end - start, 1)
    return mean
