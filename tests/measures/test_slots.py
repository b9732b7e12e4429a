"""Stated times and numbers."""

from __future__ import annotations

import pytest

from voicerehearsal.measures.slots import numbers, stated_times
from voicerehearsal.measures.wordforms import tokens


def _words(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("I call you back by five o'clock", "by five oclock"),
        ("within two hours I ring", "within two hours"),
        ("you hear from us tomorrow morning", "tomorrow morning"),
        ("by close of business then", "by close of business"),
        ("on Friday at ten", "on friday at ten"),
        ("in the next half hour", "in the next half hour"),
        ("at quarter past four", "at quarter past four"),
        ("by 4 p.m. today", "by four pm today"),
        ("before noon", "before noon"),
    ],
)
def test_stated_times(text: str, time: str) -> None:
    """A time that somebody could be held to is found, all of it."""
    words = _words(text)
    [(first, last)] = stated_times(words)
    assert " ".join(words[first : last + 1]) == time


@pytest.mark.parametrize(
    "text",
    ["soon", "as soon as possible", "later", "in time", "last Friday", "two hours ago", "every Friday", "at one point"],
)
def test_no_stated_time(text: str) -> None:
    """What promises nothing, and what is past, is no stated time."""
    assert not stated_times(_words(text))


@pytest.mark.parametrize(
    "text", ["twenty per cent", "a third of our calls", "we doubled it", "300 calls", "99.5 %", "forty five"]
)
def test_numbers(text: str) -> None:
    """Figures, words, shares and multiples are numbers."""
    assert numbers(_words(text))


@pytest.mark.parametrize("text", ["one of them", "the first", "no one", "a lot"])
def test_no_number(text: str) -> None:
    """Pronouns and ranks are none."""
    assert not numbers(_words(text))
