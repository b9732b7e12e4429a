"""Filler phrases told from the same words with a meaning, in words at made times."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.accuracy import filler_phrases as labelled
from voicerehearsal.measures.filler_phrases import find_filler_phrases
from voicerehearsal.measures.phrase_places import PAUSE_S
from voicerehearsal.values import Span, Word


def _found(line, language="en"):
    _, words, _ = next(labelled.sentences(line, language))
    return find_filler_phrases(words=words, sounding=labelled.sounding(words), language=language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (labelled.ENGLISH, "en"),
        (labelled.ENGLISH_AFTERWARDS, "en"),
        (labelled.CHINESE, "zh"),
        (labelled.CHINESE_AFTERWARDS, "zh"),
    ],
)
def test_labelled_sentences(text, language):
    """Of what is found at least 95 % is a filler, and at least 80 % of the fillers are found."""
    hits, false, missed = labelled.count(text, language, quiet=True)
    assert hits / (hits + false) >= 0.95
    assert hits / (hits + missed) >= 0.8


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("i know you like tea", "en"),
        ("what kind of product is it", "en"),
        ("do you know | the number", "en"),
        ("i mean that seriously", "en"),
        ("i would | like | to help", "en"),
        ("| like my manager said | listen", "en"),
        ("这个 产品 很 好", "zh"),
        ("然后 我们 就 回家 了", "zh"),
    ],
)
def test_phrases_with_a_meaning_are_no_fillers(line, language):
    """The plain cases that must never count."""
    assert _found(line, language) == ()


def test_an_event_is_the_phrase_at_its_time():
    """Text, start, end and kind of a phrase between two pauses; sure because of both."""
    (event,) = _found("so | you know | it works")
    assert (event.text, event.kind) == ("you know", "phrase")
    assert (event.start_s, event.end_s) == pytest.approx((0.98, 1.46))
    assert event.confidence == pytest.approx(0.9 * 0.95)


def test_twice_in_a_row_is_one_event():
    """A phrase said three times without anything between is one stumble."""
    (event,) = _found("那个 那个 那个 我 忘 了", "zh")
    assert event.text == "那个 那个 那个"


def test_a_chinese_phrase_in_pieces():
    """However the recogniser cuts 就是说, it is found, and not 就是 in it."""
    for pieces in ("就是说", "就是 说", "就 是 说"):
        (event,) = _found(f"我 觉得 | {pieces} | 没有 关系", "zh")
        assert event.text == pieces


def test_certainty_grows_with_the_signs():
    """By its words alone, with one pause, with two: ever surer."""
    lines = ("it was you know so hard", "it was you know | so hard", "it was | you know | so hard")
    confidences = [_found(line)[0].confidence for line in lines]
    assert confidences == sorted(set(confidences))


def test_a_gap_in_the_sound_is_a_pause_too():
    """Word edges without a gap between them, and silence in the sound: the pause is believed."""
    words = [Word(text, at, at + 0.3, 0.9) for at, text in zip((0.0, 0.3, 0.6), ("so", "actually", "yes"), strict=True)]
    assert find_filler_phrases(words=words, sounding=[Span(0, 0.9)], language="en") == ()
    found = find_filler_phrases(words=words, sounding=[Span(0, 0.5), Span(0.5 + 2 * PAUSE_S, 0.9)], language="en")
    assert [event.text for event in found] == ["actually"]


def test_nothing_said():
    """No words, no fillers."""
    assert find_filler_phrases(words=(), sounding=(), language="en") == ()


_vocabulary = st.sampled_from(
    ["you", "know", "i", "mean", "like", "kind", "of", "so", "and", "was", "it", "would", "the", "really", "actually"]
)
_answers = st.lists(
    st.tuples(_vocabulary, st.sampled_from([0.0, 0.05, 0.2, 0.5]), st.sampled_from([0.3, 0.69, 0.7, 1.0])), max_size=14
)


def _timed(said):
    words, at = [], 0.0
    for text, gap_s, confidence in said:
        words.append(Word(text, at + gap_s, at + gap_s + 0.3, confidence))
        at += gap_s + 0.3
    return words


@settings(deadline=None)
@given(_answers, st.data())
def test_a_guessed_word_never_adds_a_filler(said, data):
    """Whatever word the recogniser is less sure of, every filler still found was found before."""
    words = _timed(said)
    before = find_filler_phrases(words=words, sounding=labelled.sounding(words), language="en")
    if words:
        at = data.draw(st.integers(0, len(words) - 1))
        words[at] = replace(words[at], confidence=0.2)
    after = find_filler_phrases(words=words, sounding=labelled.sounding(words), language="en")
    for event in after:
        assert any(known.start_s <= event.start_s and event.end_s <= known.end_s for known in before)
        assert all(word.confidence >= 0.7 for word in words if event.start_s <= word.start_s < event.end_s)


@settings(deadline=None)
@given(_answers, st.floats(0, 100))
def test_later_is_the_same(said, shift_s):
    """An answer that comes later has the same fillers later, in order and apart."""
    words = _timed(said)
    later = [replace(word, start_s=word.start_s + shift_s, end_s=word.end_s + shift_s) for word in words]
    once = find_filler_phrases(words=words, sounding=labelled.sounding(words), language="en")
    again = find_filler_phrases(words=later, sounding=labelled.sounding(later), language="en")
    assert [event.text for event in again] == [event.text for event in once]
    assert all(a.end_s <= b.start_s + 1e-9 for a, b in pairwise(once))
