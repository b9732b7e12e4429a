"""Expected lengths of words, from their spelling and their place."""

from __future__ import annotations

import pytest

from voicerehearsal.measures.word_rate import word_times
from voicerehearsal.values import Word


def run_together(*texts: str, confidence: float = 1.0) -> list[Word]:
    """Words of a third of a second without a pause between them."""
    return [Word(text, n / 3, (n + 1) / 3, confidence) for n, text in enumerate(texts)]


def test_words_with_more_sounds_are_longer() -> None:
    """Between others each of these is longer than the one before, whatever its letters."""
    said = word_times(run_together("so", "a", "go", "though", "stone", "stronger", "responsibility", "so"))
    inner = said.expected[1:-1].tolist()
    assert inner == sorted(inner)
    assert len(set(inner)) == 6


@pytest.mark.parametrize(("spelled", "sounds_like"), [("knight", "kit"), ("hill", "hil"), ("it's", "its")])
def test_silent_letters_take_no_time(spelled: str, sounds_like: str) -> None:
    """A silent letter, a doubled one or an apostrophe adds no more than one sound."""
    one, other = (word_times(run_together("so", text, "so")).expected[1] for text in (spelled, sounds_like))
    assert abs(one - other) <= 0.7


def test_words_before_a_pause_are_longer() -> None:
    """The same word is expected to take longer at the end of a phrase than inside it, and than at its beginning."""
    words = [Word("paper", 0.0, 0.4, 1.0), Word("paper", 0.4, 0.8, 1.0), Word("paper", 0.8, 1.2, 1.0)]
    first, middle, last = word_times([*words, Word("so", 2.0, 2.2, 1.0)]).expected[:3]
    assert middle < first < last


def test_unsure_words_and_other_scripts_are_left_out() -> None:
    """Only words that the recogniser was sure of and that are spelled in Latin letters count."""
    words = [Word("sure", 0, 0.3, 0.9), Word("unsure", 0.3, 0.6, 0.5), Word("你好", 0.6, 0.9, 1.0)]
    said = word_times(words)
    assert said.at_s.tolist() == [0.15]
    assert said.taken_s.tolist() == [pytest.approx(0.3)]
    assert len(word_times([]).expected) == 0
