"""The smile, on made voices: what a reading moved by a known amount must give."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import msgspec
import numpy as np
import pytest
import soxr
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.conftest import Say
from voicerehearsal.engines.praat import PraatPhonetics
from voicerehearsal.engines.smile_effect import with_smile
from voicerehearsal.measures.calibration import LIKE_IRRITATED, NO_IRRITATED, Calibration, calibrate
from voicerehearsal.measures.levels import band_powers
from voicerehearsal.measures.smile import measure_smile
from voicerehearsal.measures.smile_features import Timbre, clear_frames, comparable_rows, timbre
from voicerehearsal.measures.tracks import Tracks
from voicerehearsal.rehearsal.phone_line import through_phone_line
from voicerehearsal.values import ANALYSIS_RATE_HZ, Samples, Smile, Sound, Span

VOWELS = {
    "a": (730, 1250, 2600),
    "e": (530, 1850, 2500),
    "o": (500, 900, 2500),
    "u": (430, 1100, 2400),
    "x": (600, 1500, 2550),
}
READ = "aeouxeaoxu"
ANSWER = "uxoaeaxueo" * 3
SHORT = ("Good morning, how are you?", "I am going to look into it.", "Thank you very much for calling.")
FORMANTS_UP = 1.06
PITCH_UP_ST = 4.0


@cache
def said(
    vowels: str, *, way: str = "neutral", seed: int = 0, whisper: bool = False, gain: float = 1.0, length_s: float = 0.3
) -> Samples:
    """Vowels with short gaps: pulses (or noise) through three resonances, the pitch gliding about 120 Hz."""
    rng = np.random.default_rng(seed)
    pitch_hz = 120 * 2 ** ((PITCH_UP_ST if way != "neutral" else 0) / 12)
    parts = [np.zeros(4800)]
    for vowel in vowels:
        count = round(length_s * ANALYSIS_RATE_HZ)
        glide = pitch_hz * 2 ** (np.linspace(1, -1, count) * rng.uniform(0.5, 1.5) / 12)
        phase = np.cumsum(glide / ANALYSIS_RATE_HZ)
        source = rng.standard_normal(count) * 0.3 if whisper else np.diff(np.floor(phase), prepend=0.0)
        source = source + (0.05 if way == "irritated" else 0.005) * rng.standard_normal(count)
        raised = FORMANTS_UP if way == "smiling" else 1.0
        first = 1.15 if way == "irritated" else raised
        wave = source
        for hz, width in zip(np.array(VOWELS[vowel]) * (first, raised, raised), (80, 100, 150), strict=True):
            wave = _resonance(wave, hz, 3 * width if whisper else width)  # an open glottis damps them
        if way != "irritated":
            wave = np.convolve(wave, (1, 0.6))[:count]  # a softer voice has less energy high up
        parts += [wave / np.sqrt(np.mean(wave**2)) * np.hanning(count) ** 0.3, np.zeros(800)]
    joined = np.concatenate([*parts, np.zeros(4800)]) * 0.03 + 1e-5 * rng.standard_normal(sum(map(len, parts)) + 4800)
    return np.clip(np.round(joined * gain * 32768), -32768, 32767).astype(np.int16)


def _resonance(wave: NDArray[np.float64], hz: float, width_hz: float) -> NDArray[np.float64]:
    time_s = np.arange(800) / ANALYSIS_RATE_HZ
    ring = np.exp(-np.pi * width_hz * time_s) * np.sin(2 * np.pi * hz * time_s)
    return np.convolve(wave, ring)[: len(wave)]


def rows_of(samples: Samples) -> tuple[Timbre, NDArray[np.float32]]:
    """Timbre and bands, as the product computes them."""
    tracks = Tracks(PraatPhonetics()).finish(samples=samples)
    return timbre(samples=samples, voice=tracks.voice), tracks.bands


def reading(way: str, seed: int = 0, vowels: str = READ) -> list[Timbre]:
    """One reading as a calibration takes it."""
    colours, bands = rows_of(said(vowels, way=way, seed=seed))
    return [comparable_rows(timbre=colours, clear=clear_frames(timbre=colours, bands=bands))]


def spoken(sound: Sound) -> list[Timbre]:
    """A sound of any rate as a reading."""
    wave = soxr.resample(sound.samples.astype(np.float32), sound.sample_rate_hz, ANALYSIS_RATE_HZ)
    colours, bands = rows_of(np.clip(np.round(wave), -32768, 32767).astype(np.int16))
    return [comparable_rows(timbre=colours, clear=clear_frames(timbre=colours, bands=bands))]


@cache
def calibration(*, with_irritated: bool = True) -> Calibration:
    """Three (or two) made readings."""
    found = calibrate(
        neutral=reading("neutral", 1),
        smiling=reading("smiling", 2),
        irritated=reading("irritated", 3) if with_irritated else (),
    ).calibration
    assert found is not None
    return found


def smile_of(samples: Samples, against: Calibration | None = None, mutes: tuple[Span, ...] = ()) -> Smile:
    """The section of the report."""
    colours, bands = rows_of(samples)
    return measure_smile(timbre=colours, bands=bands, calibration=against or calibration(), profile="mine", mutes=mutes)


def score_of(samples: Samples) -> float:
    """The score, which there must be."""
    score = smile_of(samples).score
    assert score is not None
    return score


def test_the_readings_lie_where_they_should() -> None:
    """Other words said like a reading score like it: neutral at most 0.25, smiling at least 0.75, else 0.4."""
    assert score_of(said(ANSWER, seed=5)) < 0.25
    assert score_of(said(ANSWER, way="smiling", seed=5)) > 0.75
    assert score_of(said(ANSWER, way="irritated", seed=5)) < 0.4


def test_a_smile_is_audible_and_its_absence_is_not() -> None:
    """`audible` follows the score and its uncertainty, over the whole and in every window."""
    smiling = smile_of(said(ANSWER, way="smiling", seed=6))
    assert smiling.audible
    assert [window.score > 0.5 for window in smiling.windows] == [True] * len(smiling.windows)
    assert smiling.windows[0].end_s == pytest.approx(smiling.windows[1].start_s)
    assert smile_of(said(ANSWER, seed=6)).audible is False


def test_the_evidence_is_what_was_moved() -> None:
    """Formants raised by 6 % and pitch by 4 st are found within 2.5 % and 0.5 st; the tract seems 6 ± 2.5 % shorter."""
    evidence = smile_of(said(ANSWER, way="smiling", seed=7)).evidence
    assert evidence["f0_st"] == pytest.approx(PITCH_UP_ST, abs=0.5)
    assert evidence["f2_percent"] == pytest.approx(6, abs=2.5)
    assert evidence["f3_percent"] == pytest.approx(6, abs=2.5)
    assert evidence["vocal_tract_length_percent"] == pytest.approx(-6, abs=2.5)


def test_short_answers_are_less_certain() -> None:
    """One and a half seconds are scored, with more doubt than nine."""
    short, long = smile_of(said(ANSWER[:5], seed=8)), smile_of(said(ANSWER, seed=8))
    assert short.score is not None
    assert short.uncertainty is not None
    assert long.uncertainty is not None
    assert short.uncertainty > 1.5 * long.uncertainty


@pytest.mark.parametrize("gain", [0.25, 4.0])
def test_gain_is_not_a_smile(gain: float) -> None:
    """12 dB softer or louder, the score stays within 0.02."""
    smiling = score_of(said(ANSWER, way="smiling", seed=9))
    assert score_of(said(ANSWER, way="smiling", seed=9, gain=gain)) == pytest.approx(smiling, abs=0.02)


def test_silence_around_an_answer_changes_nothing() -> None:
    """Two seconds before and after leave the score within 0.02."""
    answer = said(ANSWER, way="smiling", seed=10)
    padded = np.concatenate([np.zeros(32_000, np.int16), answer, np.zeros(32_000, np.int16)])
    assert score_of(padded) == pytest.approx(score_of(answer), abs=0.02)


def test_a_telephone_takes_no_smile_away() -> None:
    """Through 300–3400 Hz the score of nine voiced seconds moves by at most 0.15."""
    for way in ("neutral", "smiling"):
        answer = said(ANSWER, way=way, seed=11)
        line = through_phone_line(Sound(answer, ANALYSIS_RATE_HZ))
        wave = soxr.resample(line.samples.astype(np.float32), line.sample_rate_hz, ANALYSIS_RATE_HZ)
        assert score_of(np.round(wave).astype(np.int16)) == pytest.approx(score_of(answer), abs=0.15)


def test_what_was_said_under_a_mute_is_left_out() -> None:
    """A smiling half under a mute leaves the neutral half's score, within 0.1."""
    neutral, smiling = said(ANSWER, seed=12), said(ANSWER, way="smiling", seed=12)
    both = np.concatenate([neutral, smiling])
    mute = Span(len(neutral) / ANALYSIS_RATE_HZ, len(both) / ANALYSIS_RATE_HZ)
    assert smile_of(both, mutes=(mute,)).score == pytest.approx(score_of(neutral), abs=0.1)


@pytest.mark.parametrize(
    "samples",
    [np.zeros(0, np.int16), np.zeros(48_000, np.int16), said("a", length_s=0.2), said(ANSWER, whisper=True)],
    ids=["nothing", "silence", "one syllable", "whisper"],
)
def test_too_little_voice_is_not_judged(samples: Samples) -> None:
    """Nothing, silence, a syllable and a whisper have no score, no evidence and a reason."""
    smile = smile_of(samples)
    assert (smile.score, smile.uncertainty, smile.audible) == (None, None, None)
    assert smile.reason is not None
    assert "voiced speech" in smile.reason
    assert smile.evidence == {}


def test_two_readings_cannot_exclude_excitement() -> None:
    """Without an irritated reading there is a score, and the reason says what it cannot tell."""
    two = calibration(with_irritated=False)
    smile = smile_of(said(ANSWER, way="smiling", seed=13), two)
    assert two.auc_irritated is None
    assert smile.score is not None
    assert smile.reason == NO_IRRITATED


def test_a_calibration_of_another_version_is_refused() -> None:
    """Features that are computed otherwise cannot be compared: no score, and the cure."""
    smile = smile_of(said(ANSWER), replace(calibration(), version=0))
    assert smile.score is None
    assert smile.reason is not None
    assert "calibrate again" in smile.reason


def test_readings_that_differ_are_told_apart() -> None:
    """A smile moved by 6 % and 4 st is told from neutral and irritated pieces: AUC at least 0.9 each."""
    assert calibration().tellable
    assert calibration().auc_neutral >= 0.9
    assert (calibration().auc_irritated or 0) >= 0.9


def test_a_smile_that_is_none_cannot_be_told() -> None:
    """Twelve seconds read twice in the same voice give no score, and the reason says that the two are alike."""
    first, second = (reading("neutral", seed, 4 * READ) for seed in (21, 22))
    alike = calibrate(neutral=first, smiling=second).calibration
    assert alike is not None
    assert not alike.tellable
    smile = smile_of(said(ANSWER, way="smiling"), alike)
    assert smile.score is None
    assert smile.reason == "the smiling reading cannot be told from the neutral one"


def test_irritation_that_sounds_like_the_smile_is_named() -> None:
    """With the smile read for the irritated voice there is a score against neutral, and the reason says so."""
    same = calibrate(
        neutral=reading("neutral", 1), smiling=reading("smiling", 2), irritated=reading("smiling", 2)
    ).calibration
    assert same is not None
    assert same.auc_irritated == 0.5
    assert same.usable
    smile = smile_of(said(ANSWER, way="smiling", seed=14), same)
    assert smile.score is not None
    assert smile.reason == LIKE_IRRITATED
    assert calibration().reason is None


@pytest.mark.parametrize("sentence", SHORT)
def test_one_short_sentence_is_told_only_when_it_smiles(say: Say, sentence: str) -> None:
    """A second of voice read twice, as it is, softer, or begun elsewhere, is never told apart; with a smile it is."""
    plain = say(sentence)
    neutral = spoken(plain)
    softer = replace(plain, samples=np.round(plain.samples * 0.5).astype(np.int16))
    shifted = replace(plain, samples=np.pad(plain.samples, (77, 0)))
    for again in (plain, softer, shifted):
        found = calibrate(neutral=neutral, smiling=spoken(again)).calibration
        assert found is not None
        assert not found.usable
        assert found.neutral.voiced_s < 2
    found = calibrate(neutral=neutral, smiling=spoken(with_smile(plain))).calibration
    assert found is not None
    assert found.usable


def test_a_calibration_of_another_version_is_not_usable() -> None:
    """However well its readings were told apart."""
    assert calibration().usable
    assert not replace(calibration(), version=0).usable


@given(
    seed=st.integers(0, 2**32 - 1),
    frames=st.integers(40, 120),
    away=st.floats(-60, 60),
    known=st.floats(0, 1),
)
def test_what_is_said_of_other_sounds_is_finite(seed: int, frames: int, away: float, known: float) -> None:
    """However few sounds answer and neutral reading share, and however few formants are known, no number is NaN."""
    rng = np.random.default_rng(seed)
    rows = np.full((frames, 17), 0, np.float32)
    rows[:, :14] = calibration().centre + rng.normal(away * rng.standard_normal(14), 1, (frames, 14))
    rows[:, 14:] = 100 * np.log(rng.uniform(300, 3400, (frames, 3)))
    rows[rng.random(frames) > known, 14:] = np.nan
    loud = np.full((frames, 13), 1e-3, np.float32)
    smile = measure_smile(timbre=rows, bands=loud, calibration=calibration(), profile="mine")
    assert smile.score is not None
    assert np.isfinite([smile.score, *smile.evidence.values(), *(window.score for window in smile.windows)]).all()


def test_sounds_of_no_common_class_give_no_evidence() -> None:
    """An answer whose sounds do not occur in the neutral reading is not compared with it."""
    strange = replace(calibration().neutral, counts=(0.1,) * 64, formant_counts=(0.0,) * 64)
    assert smile_of(said(ANSWER), replace(calibration(), neutral=strange)).evidence == {}


def test_an_empty_reading_gives_no_calibration() -> None:
    """A reading without voice is named."""
    result = calibrate(neutral=reading("neutral"), smiling=[np.zeros((0, 17), np.float32)])
    assert result.calibration is None
    assert result.reason == "the smiling reading has less than 0.5 s of voiced speech"


def test_a_calibration_survives_json() -> None:
    """Written and read back, it is the same."""
    kept = msgspec.json.encode(calibration())
    assert msgspec.json.decode(kept, type=Calibration) == calibration()


def test_timbre_by_blocks_is_timbre_of_the_whole() -> None:
    """Computed in three goes, as a sound arrives, every row is the same."""
    samples = said(READ)
    voice = Tracks(PraatPhonetics()).finish(samples=samples).voice
    whole = timbre(samples=samples, voice=voice)
    cuts = (0, 123, 250, len(whole))
    parts = [timbre(samples=samples, voice=voice, first_frame=a, end_frame=b) for a, b in pairwise(cuts)]
    np.testing.assert_allclose(np.concatenate(parts), whole, rtol=1e-4, atol=1e-3)
    assert len(whole) == len(band_powers(samples=samples))
