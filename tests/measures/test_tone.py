"""Steady tone of made voices, the words for it, and the reasons when there is none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.measures.made_tracks import nuclei, swings, syllables, voice_of
from voicerehearsal.measures.tone import measure_tone
from voicerehearsal.measures.trust import NO_DOUBT, VoiceDoubt
from voicerehearsal.values import NOTHING_USUAL, Span, Surge, Tone, Usual

QUIET = -80.0


def _tone(
    voice=None,
    *,
    seconds=40.0,
    spread_db=3.0,
    gain_db=0.0,
    floor_db=QUIET,
    surges=(),
    usual=NOTHING_USUAL,
    doubt=NO_DOUBT,
    language="en",
    lead_s=1.0,
):
    """A talk of syllables after a second of background."""
    voice = syllables(seconds) if voice is None else voice
    levels_db = -25 + spread_db * np.random.default_rng(1).standard_normal(round(4 * seconds)) + gain_db
    lead = round(100 * lead_s)
    bands = swings(levels_db, floor_db + gain_db)
    bands = np.concatenate([np.full((lead, 13), 10 ** ((floor_db + gain_db) / 10) / 13, np.float32), bands])
    late = voice_of(np.concatenate([np.zeros(lead), voice.f0_hz]), float(voice.strength.max()))
    return measure_tone(
        voice=late,
        bands=bands,
        sounding=(Span(lead_s, lead_s + seconds),),
        nuclei_s=tuple(lead_s + at_s for at_s in nuclei(seconds)),
        surges=surges,
        usual=usual,
        doubt=doubt,
        language=language,
    )


def _missing_is_explained(result):
    unknown = {f"tone.{name}" for name in Tone.__dataclass_fields__ if getattr(result.tone, name) is None}
    return unknown == result.missing.keys() and all(result.missing.values())


def test_numbers_of_a_known_voice():
    """Normal steps of 2.5 st: SD, P90 − P10 (2.56 SD), SD(F0)/mean(F0), 0.95 as harmonicity; within a tenth."""
    result = _tone()
    tone = result.tone
    assert tone.pitch_sd_st == pytest.approx(2.5, rel=0.1)
    assert tone.pitch_range_st == pytest.approx(2.56 * 2.5, rel=0.1)
    assert tone.liveliness == pytest.approx(2.5 * np.log(2) / 12, rel=0.15)
    assert tone.harmonicity_db == pytest.approx(10 * np.log10(0.95 / 0.05), abs=0.01)
    assert tone.verdict == "steady"
    assert tone.steadiness == 1
    assert _missing_is_explained(result)


@pytest.mark.parametrize(("spread_st", "verdict"), [(0.8, "monotone"), (2.5, "steady"), (5.0, "lively")])
@pytest.mark.parametrize("f0_hz", [85, 120, 220, 300])
def test_verdict_is_the_same_for_men_women_and_children(spread_st, verdict, f0_hz):
    """The same melody has the same verdict on any voice: thresholds are relative."""
    assert _tone(syllables(40, f0_hz=f0_hz, spread_st=spread_st)).tone.verdict == verdict


def _habit(median_st, answers=5):
    return {"pitch_sd_st": Usual(median_st, 0.3, answers), "loudness_sd_db": Usual(3.0, 0.5, answers)}


def test_what_is_usual_for_the_speaker_decides_once_it_is_known():
    """A melody of 2.5 st is flat for one who usually has 4, lively for one with 1.2, steady for one with 2.4."""
    words = [_tone(usual=_habit(median)).tone.verdict for median in (4.0, 1.2, 2.4)]
    assert words == ["monotone", "lively", "steady"]


def test_a_habit_takes_five_answers():
    """What four answers had in common decides nothing yet."""
    assert [_tone(usual=_habit(4.0, answers)).tone.verdict for answers in (4, 5)] == ["steady", "monotone"]


def test_chinese_tones_are_not_taken_for_melody():
    """Endings are not counted; monotone or lively is said only against the speaker's own habit."""
    result = _tone(syllables(40, spread_st=0.8), language="zh")
    assert result.tone.endings is None
    assert result.tone.verdict is None
    assert "tones of their own" in result.missing["tone.verdict"]
    assert _missing_is_explained(result)
    assert _tone(syllables(40, spread_st=0.8), language="zh", usual=_habit(4.0)).tone.verdict == "monotone"


def test_what_cannot_be_trusted_is_left_out():
    """A doubt about pitch leaves loudness, a doubt about level leaves pitch, both leave nothing; each says why."""
    no_pitch = _tone(doubt=VoiceDoubt(pitch="too noisy"))
    assert no_pitch.tone.pitch_sd_st is None
    assert no_pitch.tone.loudness_sd_db is not None
    assert no_pitch.missing["tone.pitch_sd_st"] == no_pitch.missing["tone.verdict"] == "too noisy"
    no_level = _tone(doubt=VoiceDoubt(level="clipped"))
    assert no_level.tone.loudness_sd_db is None
    assert no_level.tone.pitch_sd_st is not None
    assert no_level.missing["tone.surges"] == no_level.missing["tone.loudness_sd_db"] == "clipped"
    nothing = _tone(doubt=VoiceDoubt(pitch="a hum", level="a hum"))
    assert nothing.tone is None
    assert nothing.missing == {"tone": "a hum"}


def test_surges_and_uneven_loudness_cost_steadiness():
    """A quarter for each surge; loudness that varies by 12 dB takes half; both together are unsteady."""
    surge = Surge(5, 8, 1.2, 5.0)
    assert _tone(surges=(surge,)).tone.steadiness == 0.75
    uneven = _tone(spread_db=9, floor_db=-110).tone.steadiness
    assert 0.5 <= uneven < 0.9
    assert _tone(surges=(surge, surge)).tone.verdict == "unsteady"


@given(gain_db=st.floats(-12, 12))
@settings(deadline=None, max_examples=20)
def test_gain_changes_nothing(gain_db):
    """The whole section is the same for a louder or quieter recording; within 0.01."""
    plain, moved = _tone(), _tone(gain_db=gain_db)
    assert moved.missing == plain.missing
    assert moved.tone.verdict == plain.tone.verdict
    for name in ("pitch_median_hz", "pitch_sd_st", "liveliness", "loudness_sd_db", "loudness_drift_db_per_minute"):
        assert getattr(moved.tone, name) == pytest.approx(getattr(plain.tone, name), abs=0.01)


def test_background_noise_hides_harmonicity_alone():
    """At 15 dB over the background the noise would be heard as breath: None, and why; the pitch is still told."""
    result = _tone(spread_db=0, floor_db=-40)
    assert result.tone.harmonicity_db is None
    assert "above the background" in result.missing["tone.harmonicity_db"]
    assert result.tone.pitch_sd_st is not None
    assert _tone(lead_s=0.0).missing["tone.harmonicity_db"] == "there is no background to compare the voice with"


@pytest.mark.parametrize(
    ("f0_hz", "reason"),
    [
        ([0.0] * 4000, "less than 1 s of voiced speech"),
        (([120.0] * 8 + [0.0] * 92) * 40, "hardly any of the speech is voiced, as in a whisper"),
        (
            ([120.0] * 20 + [40.0, 300.0] * 15 + [0.0] * 5) * 75,
            "the pitch jumps about, as in a creaking voice or several at once",
        ),
    ],
)
def test_a_voice_that_cannot_be_judged_has_its_reason(f0_hz, reason):
    """A whisper, little voice, jumping pitch: no pitch and no verdict; loudness stays."""
    result = _tone(voice_of(f0_hz[:4000]))
    assert result.tone.pitch_median_hz is None
    assert result.tone.verdict is None
    assert result.missing["tone.pitch_median_hz"] == result.missing["tone.verdict"] == reason
    assert result.tone.loudness_sd_db is not None
    assert _missing_is_explained(result)


def test_a_short_answer_has_a_median_pitch_and_no_more():
    """Two seconds of voice tell where it lies, and not how much it moves."""
    result = _tone(voice_of([200.0] * 200 + [0.0] * 200), seconds=4.0)
    assert result.tone.pitch_median_hz == pytest.approx(200, abs=0.5)
    assert result.tone.pitch_sd_st is None
    assert "3 s of voiced speech" in result.missing["tone.pitch_sd_st"]
    assert _missing_is_explained(result)


def test_nothing_said_is_no_tone():
    """No speech at all: no section, one reason."""
    result = measure_tone(
        voice=voice_of([0.0] * 300), bands=np.full((300, 13), 1e-9, np.float32), sounding=(), nuclei_s=()
    )
    assert result.tone is None
    assert result.missing == {"tone": "less than 1 s of voiced speech"}
