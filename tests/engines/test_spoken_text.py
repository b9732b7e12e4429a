"""What of a text is said, and how long that may take."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicerehearsal.engines.spoken_text import plausible_duration_s, spoken_text
from voicerehearsal.values import Language

LANGUAGES = st.sampled_from(("en", "zh"))


@pytest.mark.parametrize(
    ("written", "language", "said"),
    [
        ("Tell me\nabout  yourself.", "en", "Tell me about yourself."),
        ("Thank you\n\nPlease go on", "en", "Thank you. Please go on"),
        ("Really?\n \nPlease go on", "en", "Really? Please go on"),
        ("谢谢\n\n请继续", "zh", "谢谢。 请继续"),
        ("Well done 🙂👍🏽!", "en", "Well done !"),
        ("My name is 王小明.", "en", "My name is ."),
        ("我会用 CRM。", "zh", "我会用 CRM。"),
        ("café – “naïve”, 50 % > €5", "en", "café – “naïve”, 50 % > €5"),
        ("one\0two\ud800three", "en", "one two three"),
        ("🙂", "en", ""),
        ("…!?", "zh", ""),
        ("你好", "en", ""),
        ("", "en", ""),
    ],
)
def test_what_is_said(written: str, language: Language, said: str) -> None:
    """Line breaks, emoji, other scripts, control characters, lone surrogates."""
    assert spoken_text(written, language) == said


@settings(deadline=None, max_examples=200)
@given(text=st.text(), language=LANGUAGES)
def test_what_can_be_said_is_one_line_and_can_be_said(text: str, language: Language) -> None:
    """Whatever is written: one line, encodable, no outer spaces; saying it again changes nothing."""
    said = spoken_text(text, language)
    said.encode("utf-8")
    assert said == said.strip()
    assert len(said.splitlines()) <= 1
    assert spoken_text(said, language) == said


@settings(deadline=None, max_examples=100)
@given(text=st.text(min_size=1), language=LANGUAGES, rate_wpm=st.integers(115, 450))
def test_the_believable_durations_make_sense(text: str, language: Language, rate_wpm: int) -> None:
    """Shortest below longest; twice the text takes longer and twice the rate does not."""
    said = spoken_text(text, language)
    shortest, longest = plausible_duration_s(said, rate_wpm)
    assert 0 <= shortest < longest
    assert plausible_duration_s(said * 2, rate_wpm)[1] >= longest
    assert plausible_duration_s(said, rate_wpm * 2)[0] <= shortest


def test_a_believable_duration_is_near_the_truth() -> None:
    """16 words at 160 a minute take 6 s: 3 and 12 s are believed, half a second and a minute are not."""
    said = "Tell me about yourself, and why you would like to work for us in customer service."
    shortest, longest = plausible_duration_s(said, 160)
    assert 0.5 < shortest < 3
    assert 12 < longest < 60
