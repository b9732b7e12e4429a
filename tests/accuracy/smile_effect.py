"""What adding a smile does to real voices, as Praat measures it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import parselmouth
from numpy.typing import NDArray

from tests.accuracy.corpora import clips
from tests.accuracy.scoring import Check, heading
from voicerehearsal.engines.smile_effect import with_smile
from voicerehearsal.engines.soundfiles import read_sound
from voicerehearsal.values import Sound

_CORPORA = {
    "asterisk_8k": 1,
    "mfa_fillers": 3,
    "osr_8k": 1,
    "pocketsphinx": 3,
    "praatio_aligned": 3,
    "speechbrain_asr": 7,
    "speechocean762": 12,
    "sppas_cmn": 2,
    "sppas_en_aligned": 5,
    "vosk_examples": 4,
}
"""Voices taken of each corpus: 8 to 48 kHz, English, Mandarin and learners of English."""
_LONGEST_S = 5.0
_HIGH_VOICE_HZ = 165.0
_SAME_FORMANT = 1.22
"""Praat at times calls F3 what was F4: such frames, moved by more than this either way, tell nothing."""
_STEP_S = 0.01


@dataclass(frozen=True)
class _Tracks:
    f0_hz: NDArray[np.float64]
    formants_hz: NDArray[np.float64]
    level_db: NDArray[np.float64]


@dataclass(frozen=True)
class _Effect:
    """What changed in one voice.

    Attributes:
        pitch_st: Median change of F0 without its sign, semitones.
        raised: Median change of F1 to F4, per cent.
        level_db: Change of the whole level.
        unvoiced_db: Median change of the level of frames without pitch, without its sign.
        clipped: Tops cut flat, two samples or more in a row at full scale, that were not before.
        same_length: Whether there are as many samples.
    """

    pitch_st: float
    raised: NDArray[np.float64]
    level_db: float
    unvoiced_db: float
    clipped: int
    same_length: bool


def check(root: Path) -> list[Check]:
    """Pitch, formants and level of real voices with a smile added, against the same without."""
    heading("a smile added: change of F0 (st), of F1 F2 F3 F4 (%), of the level, of unvoiced sound (dB)")
    effects, spent_s, lasting_s = [], 0.0, 0.0
    for name, sound in _voices(root):
        began_s = time.process_time()
        smiling = with_smile(sound)
        spent_s += time.process_time() - began_s
        lasting_s += sound.duration_s
        effect = _effect(sound, smiling)
        effects.append(effect)
        formants = " ".join(f"{percent:+6.1f}" for percent in effect.raised)
        rest = f"{effect.level_db:+6.2f} {effect.unvoiced_db:5.2f}"
        print(f"{name:<34} {sound.sample_rate_hz:>5} Hz  {effect.pitch_st:6.3f}  {formants}  {rest}")
    raised = np.array([effect.raised for effect in effects])
    first, second, third, fourth = np.nanmedian(raised, axis=0)
    print(f"{len(effects)} voices; F2 up in {np.mean(raised[:, 1] > 0):.0%}, F3 up in {np.mean(raised[:, 2] > 0):.0%}")
    return [
        Check("smile added: voices it was tried on", len(effects), at_least=10),
        Check("smile added: F0 moves in the worst voice, st", max(e.pitch_st for e in effects), at_most=0.1),
        Check("smile added: F2 rises in the median voice, %", second, at_least=8),
        Check("smile added: F3 rises in the median voice, %", third, at_least=6),
        Check("smile added: F1 rises less than F2, % of it", 100 * first / second, at_most=70),
        Check("smile added: F4 moves less than F3, % of it", 100 * abs(fourth) / third, at_most=70),
        Check("smile added: level moves in the worst voice, dB", max(abs(e.level_db) for e in effects), at_most=0.5),
        Check("smile added: unvoiced sound in the worst voice, dB", max(e.unvoiced_db for e in effects), at_most=0.5),
        Check("smile added: tops newly cut flat", sum(e.clipped for e in effects), at_most=0),
        Check("smile added: voices that last longer or shorter", sum(not e.same_length for e in effects), at_most=0),
        Check("smile added: CPU time over the sound's length", spent_s / lasting_s, at_most=0.05),
    ]


def _voices(root: Path) -> list[tuple[str, Sound]]:
    """The beginning of one recording of each voice."""
    found: dict[tuple[str, str], Path] = {}
    for clip in clips(root):
        taken = sum(corpus == clip.corpus for corpus, _ in found)
        if taken < _CORPORA.get(clip.corpus, 0):
            found.setdefault((clip.corpus, clip.speaker), clip.path)
    voices = []
    for (corpus, speaker), path in found.items():
        sound = read_sound(path)
        samples = sound.samples[: round(_LONGEST_S * sound.sample_rate_hz)]
        voices.append((f"{corpus} {speaker}", Sound(samples, sound.sample_rate_hz)))
    return voices


def _effect(sound: Sound, smiling: Sound) -> _Effect:
    plain = _tracks(sound, None)
    median_hz = float(np.median(plain.f0_hz[plain.f0_hz > 0]))
    before, after = _tracks(sound, median_hz), _tracks(smiling, median_hz)
    voiced = (before.f0_hz > 0) & (after.f0_hz > 0)
    unvoiced = (before.f0_hz == 0) & (after.f0_hz == 0)
    ratio = after.formants_hz[voiced] / before.formants_hz[voiced]
    ratio[np.abs(np.log(ratio)) > np.log(_SAME_FORMANT)] = np.nan
    rms = [float(np.sqrt(np.mean(s.samples.astype(float) ** 2))) for s in (sound, smiling)]
    return _Effect(
        pitch_st=float(np.median(np.abs(12 * np.log2(after.f0_hz[voiced] / before.f0_hz[voiced])))),
        raised=100 * (np.nanmedian(ratio, axis=0) - 1),
        level_db=float(20 * np.log10(rms[1] / rms[0])),
        unvoiced_db=float(np.median(np.abs(after.level_db[unvoiced] - before.level_db[unvoiced]))),
        clipped=max(0, _flat_tops(smiling) - _flat_tops(sound)),
        same_length=len(sound.samples) == len(smiling.samples),
    )


def _tracks(sound: Sound, median_hz: float | None) -> _Tracks:
    """Pitch, F1 to F4 and level every 10 ms; formants by the speaker's median pitch, none without."""
    heard = parselmouth.Sound(sound.samples / 32768, sound.sample_rate_hz)
    pitch = heard.to_pitch_ac(time_step=_STEP_S, pitch_floor=65, pitch_ceiling=500)
    times_s = pitch.xs()
    formants_hz = np.full((len(times_s), 4), np.nan)
    if median_hz is not None:
        ceiling_hz = min(5500 if median_hz > _HIGH_VOICE_HZ else 5000, sound.sample_rate_hz / 2)
        found = heard.to_formant_burg(time_step=_STEP_S, maximum_formant=ceiling_hz)
        formants_hz = np.array([[found.get_value_at_time(n, t) for n in (1, 2, 3, 4)] for t in times_s])
    return _Tracks(pitch.selected_array["frequency"], formants_hz, _level_db(sound, times_s))


def _flat_tops(sound: Sound) -> int:
    at_top = np.abs(sound.samples.astype(int)) >= 32_767
    return int((at_top[1:] & at_top[:-1]).sum())


def _level_db(sound: Sound, times_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """Level of the 10 ms about each time."""
    reach = round(_STEP_S / 2 * sound.sample_rate_hz)
    middles = np.rint(times_s * sound.sample_rate_hz).astype(int)
    windows = np.lib.stride_tricks.sliding_window_view(sound.samples, 2 * reach)
    power = np.mean(windows[middles - reach].astype(float) ** 2, axis=1)
    level: NDArray[np.float64] = 10 * np.log10(power + 1)
    return level
