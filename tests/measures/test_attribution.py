"""Whose deeds an answer tells of."""

from __future__ import annotations

import pytest

from voicerehearsal.measures.attribution import asks_for_a_story, unowned
from voicerehearsal.measures.wordforms import tokens


def _unowned(text: str, *, story: bool = False) -> str:
    words = [token.text for token in tokens(text)]
    return " ".join(words[i] for i in sorted(unowned(words, frozenset(), story=story)))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("some people just say sorry", "some people just say sorry"),
        ("I should have apologised", "i should have apologised"),
        ("my manager always tells us to smile but I listen", "my manager always tells us to smile"),
        ("I wish I could say that I listen", "i wish i could say that i listen"),
        ("a bad agent would promise a call", "a bad agent would promise a call"),
        ("should I apologise", "should i apologise"),
        ("my colleague took notes I didn't", "my colleague took notes"),
    ],
)
def test_not_the_speakers_own(text: str, part: str) -> None:
    """What others do, what was never done and what is only asked is told apart, up to the speaker's own clause."""
    assert _unowned(text) == part


@pytest.mark.parametrize(
    "text",
    [
        "I would apologise and then I would listen",
        "if a caller is angry I apologise",
        "I have to apologise",
        "my supervisor will call you back by four",
        "that must have been frustrating",
        "I help my colleagues when they struggle",
        "most customers just want to be heard so I listen",
    ],
)
def test_the_speakers_own(text: str) -> None:
    """Habits, promises and stories are the speaker's own."""
    assert not _unowned(text)


def test_in_a_story_what_one_would_do_does_not_count() -> None:
    """Asked for what happened, a supposition is no answer; what a colleague did is part of the story."""
    assert asks_for_a_story("Tell me about a time when a customer was furious.")
    assert not asks_for_a_story("How do you work in a team?")
    assert "let him talk" in _unowned("I suppose I would let him talk", story=True)
    assert not _unowned("my colleague had made a mistake", story=True)
