"""Reports that could have been measured: plain ones by hand, and any at all for hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from voicerehearsal.values import (
    Audio,
    CautionHit,
    Endings,
    Evidence,
    Filler,
    Fillers,
    Keywords,
    Language,
    Length,
    Pace,
    Pauses,
    PointResult,
    QuestionRef,
    RateWindow,
    Remark,
    Report,
    Silence,
    Smile,
    SmileWindow,
    Span,
    Surge,
    Target,
    Tone,
    Transcript,
    Word,
)

A1 = QuestionRef("classic-questions", "a1")
A2 = QuestionRef("classic-questions", "a2")

FILLERS = (
    Filler("um", 12.0, 12.5, "filled_pause", 0.9),
    Filler("uh", 20.0, 20.3, "filled_pause", 0.6),
    Filler("you know", 20.8, 21.2, "phrase", 0.8),
    Filler("um", 21.6, 22.0, "filled_pause", 0.7),
)
"""Of the whole report, 1.6 s in a span of 69.9 s less a mute of 1 s."""


def report(
    *,
    rate: float = 140.0,
    language: Language = "en",
    question: QuestionRef | None = A1,
    latency_s: float | None = 1.2,
    pauses_per_minute: float = 8.0,
    coverage: float = 0.75,
    duration_s: float = 75.0,
) -> Report:
    """A whole report with the numbers that matter to a test."""
    english = language == "en"
    return Report(
        source="answer.flac",
        language=language,
        question=question,
        question_end_s=-0.1,
        mutes=(Span(3.0, 4.0),),
        audio=Audio(duration_s, 16_000, 1, -24.0, 0.0, 41.0, ()),
        transcript=Transcript("good morning", (Word("good", 1.0, 1.2, 0.9), Word("morning", 1.2, 1.7, 1.0))),
        pace=Pace(
            words_per_minute=rate if english else 60.0,
            articulation_words_per_minute=rate + 20.0 if english else 80.0,
            characters_per_minute=None if english else rate,
            syllables_per_second=3.6,
            articulation_syllables_per_second=4.4,
            unit="wpm" if english else "cpm",
            verdict="good",
            windows=(RateWindow(1.0, 11.0, rate),),
            drift_per_minute=-2.5,
        ),
        pauses=Pauses(latency_s, 1.1, 71.0, 55.0, (Silence(5.0, 5.7, "short"),), 9, pauses_per_minute, 0.6, 1.9, 0.18),
        fillers=Fillers(FILLERS, 4, 3.4833, 0.0232, (Span(20.0, 22.0),)),
        keywords=Keywords(
            (PointResult("apologise", "Apologise", True, (Evidence("I am sorry", 4.0, 4.9),)),),
            coverage,
            None,
            (CautionHit("perfectionist", 9.0, 9.8, "worn out"),),
        ),
        tone=Tone(
            pitch_median_hz=118.0,
            pitch_range_st=6.5,
            pitch_sd_st=2.6,
            liveliness=0.14,
            loudness_sd_db=4.5,
            loudness_drift_db_per_minute=-0.8,
            harmonicity_db=14.0,
            endings=Endings(falling=6, rising=1, level=1),
            surges=(Surge(40.0, 46.0, 1.2, 5.0),),
            steadiness=0.8,
            verdict="steady",
        ),
        smile=Smile(
            score=0.7,
            uncertainty=0.15,
            audible=True,
            reason=None,
            profile="default",
            evidence={"f3_st": 0.6},
            windows=(SmileWindow(1.1, 31.1, 0.72),),
        ),
        length=Length(69.9, (60.0, 120.0), "good"),
        remarks=(Remark("praise", "pace", "An easy pace.", 1.0, 11.0),),
        missing={"pace.characters_per_minute" if english else "pace.words_per_minute": "another language's measure"},
    )


_numbers = st.floats(-1e6, 1e6, allow_nan=False)
_maybe = st.none() | _numbers
_text = st.text(st.characters(codec="utf-8"), max_size=20)


def reports() -> st.SearchStrategy[Report]:
    """Any report of the right types."""
    tuples = lambda each: st.lists(each, max_size=3).map(tuple)  # noqa: E731
    spans = st.builds(Span, _numbers, _numbers)
    evidence = st.builds(Evidence, _text, _maybe, _maybe)
    fillers = st.builds(Filler, _text, _numbers, _numbers, st.sampled_from(["filled_pause", "phrase"]), _numbers)
    return st.builds(
        Report,
        source=_text,
        language=st.sampled_from(["en", "zh"]),
        question=st.none() | st.builds(QuestionRef, _text, _text),
        question_end_s=_maybe,
        mutes=tuples(spans),
        audio=st.builds(
            Audio, _numbers, st.integers(1, 192_000), st.integers(1, 8), _maybe, _numbers, _maybe, tuples(_text)
        ),
        transcript=st.none()
        | st.builds(Transcript, _text, tuples(st.builds(Word, _text, _numbers, _numbers, _numbers))),
        pace=st.none()
        | st.builds(
            Pace,
            _maybe,
            _maybe,
            _maybe,
            _maybe,
            _maybe,
            st.sampled_from(["wpm", "cpm"]),
            st.sampled_from([None, "slow", "good", "fast"]),
            tuples(st.builds(RateWindow, _numbers, _numbers, _numbers)),
            _maybe,
        ),
        pauses=st.none()
        | st.builds(
            Pauses,
            _maybe,
            _numbers,
            _numbers,
            _numbers,
            tuples(st.builds(Silence, _numbers, _numbers, st.sampled_from(["short", "long", "dead_air"]))),
            st.integers(0, 999),
            _numbers,
            _maybe,
            _maybe,
            _numbers,
        ),
        fillers=st.none() | st.builds(Fillers, tuples(fillers), st.integers(0, 99), _numbers, _numbers, tuples(spans)),
        keywords=st.none()
        | st.builds(
            Keywords,
            tuples(st.builds(PointResult, _text, _text, st.booleans(), tuples(evidence))),
            _maybe,
            st.none() | st.booleans(),
            tuples(st.builds(CautionHit, _text, _maybe, _maybe, _text)),
        ),
        tone=st.none() | _tones(),
        smile=st.none()
        | st.builds(
            Smile,
            score=_maybe,
            uncertainty=_maybe,
            audible=st.none() | st.booleans(),
            reason=st.none() | _text,
            profile=_text,
            evidence=st.dictionaries(_text, _numbers, max_size=3),
            windows=tuples(st.builds(SmileWindow, _numbers, _numbers, _numbers)),
        ),
        length=st.none()
        | st.builds(
            Length,
            _numbers,
            st.none() | st.tuples(_numbers, _numbers),
            st.sampled_from([None, "short", "good", "long"]),
        ),
        remarks=tuples(
            st.builds(Remark, st.sampled_from(["praise", "change", "exercise"]), _text, _text, _maybe, _maybe)
        ),
        missing=st.dictionaries(_text, _text, max_size=3),
        targets=st.dictionaries(_text, st.builds(Target, _maybe, _maybe, _text), max_size=2),
    )


def _tones() -> st.SearchStrategy[Tone]:
    return st.builds(
        Tone,
        pitch_median_hz=_maybe,
        pitch_range_st=_maybe,
        pitch_sd_st=_maybe,
        liveliness=_maybe,
        loudness_sd_db=_maybe,
        loudness_drift_db_per_minute=_maybe,
        harmonicity_db=_maybe,
        endings=st.none() | st.builds(Endings, st.integers(0, 99), st.integers(0, 99), st.integers(0, 99)),
        surges=st.lists(st.builds(Surge, _numbers, _numbers, _numbers, _numbers), max_size=3).map(tuple),
        steadiness=_maybe,
        verdict=st.sampled_from([None, "monotone", "steady", "lively", "unsteady"]),
    )
