"""What a speaker says of words, laid over what was recognised then and later."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicerehearsal.measures.word_corrections import (
    WordCorrection,
    corrected_words,
    judged_words,
    merged_corrections,
    spoken_words,
    stretch_of,
    unfitting,
)
from voicerehearsal.values import Language, Span, Word

HEARD = (
    Word("i", 1.0, 1.2, 1.0),
    Word("am", 1.2, 1.5, 0.9),
    Word("sore", 1.5, 2.1, 0.4),
    Word("too", 2.4, 2.6, 0.5),
    Word("here", 2.6, 3.0, 1.0),
)
SORRY = WordCorrection(1.5, 2.6, "sorry to")


def _texts(*corrections: WordCorrection) -> list[str]:
    return [word.text for word in corrected_words(words=HEARD, corrections=corrections)]


def test_corrected_words_share_the_time_by_their_length_and_are_sure() -> None:
    """Two words of five and two letters have five and two sevenths of it; the others are untouched."""
    _, am, sorry, to, here = corrected_words(words=HEARD, corrections=[SORRY])
    assert (am, here) == (HEARD[1], HEARD[4])
    assert sorry == Word("sorry", 1.5, pytest.approx(1.5 + 1.1 * 5 / 7, abs=1e-4), 1.0, corrected=True)
    assert to == Word("to", sorry.end_s, 2.6, 1.0, corrected=True)


def test_where_nothing_was_said_no_word_is_left_and_the_place_is_known() -> None:
    """It stays among what can be taken back, with what was recognised there."""
    none = WordCorrection(2.4, 2.6, "")
    assert _texts(none) == ["i", "am", "sore", "here"]
    place = judged_words(words=HEARD, corrections=[none])[3]
    assert (place.word.text, place.correction, place.heard) == ("", none, (HEARD[3],))


def test_a_later_hearing_is_corrected_where_it_cuts_the_sound_alike() -> None:
    """Edges may move; a word that reaches far beyond keeps its place, and the correction waits."""
    moved = (Word("i'm", 1.0, 1.55, 1.0), Word("sorry", 1.52, 2.08, 0.9), Word("two", 2.3, 2.65, 0.8))
    assert [word.text for word in corrected_words(words=moved, corrections=[SORRY])] == ["i'm", "sorry", "to"]
    long = (Word("unsurprisingly", 1.0, 3.6, 0.9),)
    assert corrected_words(words=long, corrections=[SORRY]) == long
    assert unfitting(words=long, corrections=[SORRY]) == (SORRY,)
    assert [word.text for word in corrected_words(words=(), corrections=[SORRY])] == ["sorry", "to"]


def test_a_part_of_a_correction_can_be_corrected() -> None:
    """What the newer one does not cover stays, as one correction with it; taking back reaches all of it."""
    sorry, to = corrected_words(words=HEARD, corrections=[SORRY])[2:4]
    known = merged_corrections(known=[SORRY], newer=[WordCorrection(to.start_s, 3.0, "to hear this")])
    assert known == (WordCorrection(1.5, 3.0, "sorry to hear this"),)
    known = merged_corrections(known=known, newer=[WordCorrection(sorry.start_s, sorry.end_s, None)])
    assert known == ()


@pytest.mark.parametrize(
    ("text", "language", "written"),
    [
        ("I’m sorry, Ms. O'Hara!", "en", "i'm sorry ms o'hara"),
        ("  follow-up:\tR&D 50% ", "en", "follow up r&d 50%"),
        ("‘so’ …", "en", "so"),
        ("By 4:30, or 5. Call 1,000 people.", "en", "by 4:30 or 5 call 1,000 people"),
        ("我很抱歉，OK？", "zh", "我很抱歉 OK"),
        ("", "en", ""),
    ],
)
def test_texts_are_written_as_recognisers_write(text: str, language: Language, written: str) -> None:
    """No punctuation, one blank between words, English in small letters."""
    assert spoken_words(text, language) == written
    assert spoken_words(written, language) == written


def test_a_stretch_is_that_of_the_words_meant() -> None:
    """Rounded or careless times mean whole words; where there is none, nothing."""
    assert stretch_of(words=HEARD, start_s=1.48, end_s=2.12) == Span(1.5, 2.1)
    assert stretch_of(words=HEARD, start_s=1.3, end_s=2.5) == Span(1.2, 2.6)
    assert stretch_of(words=HEARD, start_s=2.15, end_s=2.35) is None


_letters = st.text("abcd", min_size=1, max_size=5)


@st.composite
def _words(draw: st.DrawFn) -> tuple[Word, ...]:
    """Any words of an answer, in order, with and without pauses between."""
    at, made = 0.0, []
    for text in draw(st.lists(_letters, min_size=1, max_size=8)):
        start = round(at + draw(st.sampled_from([0.0, 0.3])), 2)
        at = round(start + draw(st.sampled_from([0.1, 0.35, 0.8])), 2)
        made.append(Word(text, start, at, draw(st.sampled_from([0.3, 1.0]))))
    return tuple(made)


@st.composite
def _corrections(draw: st.DrawFn, words: tuple[Word, ...]) -> tuple[WordCorrection, ...]:
    """Corrections of different words."""
    at, made = 0, []
    while at < len(words):
        count = draw(st.integers(1, min(3, len(words) - at)))
        if draw(st.booleans()):
            text = " ".join(draw(st.lists(_letters, max_size=3)))
            made.append(WordCorrection(words[at].start_s, words[at + count - 1].end_s, text))
        at += count
    return tuple(made)


@given(st.data())
def test_order_does_not_matter_and_taking_back_brings_what_was_heard(data: st.DataObject) -> None:
    """Corrections of different words, in any order, are the same; each taken back, nothing is left of them."""
    words = data.draw(_words())
    corrections = data.draw(_corrections(words))
    known = merged_corrections(known=(), newer=corrections)
    assert known == corrections
    shuffled = data.draw(st.permutations(corrections))
    assert merged_corrections(known=(), newer=shuffled) == known
    assert corrected_words(words=words, corrections=shuffled) == corrected_words(words=words, corrections=known)
    assert unfitting(words=words, corrections=known) == ()
    back = [WordCorrection(one.start_s, one.end_s, None) for one in data.draw(st.permutations(corrections))]
    assert merged_corrections(known=known, newer=back) == ()
    assert corrected_words(words=words, corrections=()) == words


@given(st.data())
def test_any_corrections_one_upon_another_say_what_was_said_last(data: st.DataObject) -> None:
    """Words stay in order, none over another, none lost beside those that were meant; the last text stands whole."""
    words = data.draw(_words())
    known: tuple[WordCorrection, ...] = ()
    for _ in range(3):
        shown = corrected_words(words=words, corrections=known)
        if not shown:
            break
        first, last = sorted(data.draw(st.integers(0, len(shown) - 1)) for _ in range(2))
        text = " ".join(data.draw(st.lists(_letters, max_size=2)))
        newer = WordCorrection(shown[first].start_s, shown[last].end_s, text)
        known = merged_corrections(known=known, newer=[newer])
        wanted = [word.text for word in shown[:first]] + text.split() + [word.text for word in shown[last + 1 :]]
        after = corrected_words(words=words, corrections=known)
        assert [word.text for word in after] == wanted
        assert all(one.end_s <= other.start_s for one, other in pairwise(after))
        assert all(one.end_s <= other.start_s for one, other in pairwise(known))
