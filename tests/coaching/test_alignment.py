"""Two transcripts aligned: nothing is lost, and what is alike is found."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from voicerehearsal.coaching.alignment import Piece, align
from voicerehearsal.values import Word


def words(text: str) -> tuple[Word, ...]:
    """The words of a text, a second each."""
    return tuple(Word(one, float(at), at + 0.8, 0.9) for at, one in enumerate(text.split()))


def told(pieces: Sequence[Piece]) -> list[tuple[str, str, str]]:
    """Kind and both texts of every piece."""
    return [
        (piece.kind, " ".join(word.text for word in piece.a), " ".join(word.text for word in piece.b))
        for piece in pieces
    ]


spoken = st.lists(st.sampled_from(["I", "i", "went", "to", "school", "and", "home"]), max_size=12).map(
    lambda texts: words(" ".join(texts))
)
spoken_in_chinese = st.lists(st.sampled_from(["客户", "客户服务", "服务", "我", "我们", "很"]), max_size=8).map(
    lambda texts: words(" ".join(texts))
)


@settings(max_examples=50)
@given(spoken, spoken)
def test_aligning_gives_both_transcripts_back(a: tuple[Word, ...], b: tuple[Word, ...]) -> None:
    """Every word is in one piece, in order and with its times; neighbours differ in kind; no piece lies."""
    pieces = align(a, b, "en")
    assert tuple(word for piece in pieces for word in piece.a) == a
    assert tuple(word for piece in pieces for word in piece.b) == b
    changes = [piece.kind != "same" for piece in pieces]
    assert all(one != other for one, other in pairwise(changes))
    for piece in pieces:
        assert (piece.kind == "only_b", piece.kind == "only_a") == (not piece.a, not piece.b)
        alike = [word.text.casefold() for word in piece.a] == [word.text.casefold() for word in piece.b]
        assert alike is (piece.kind == "same")


@settings(max_examples=50)
@given(spoken_in_chinese, spoken_in_chinese)
def test_aligning_chinese_gives_both_texts_back(a: tuple[Word, ...], b: tuple[Word, ...]) -> None:
    """Words may be cut into characters, but no character is lost and time runs on."""
    pieces = align(a, b, "zh")
    for side, whole in (("a", a), ("b", b)):
        found = [word for piece in pieces for word in getattr(piece, side)]
        assert "".join(word.text for word in found) == "".join(word.text for word in whole)
        starts = [word.start_s for word in found]
        assert starts == sorted(starts)


@settings(max_examples=50)
@given(spoken)
def test_an_answer_against_itself_is_all_the_same(a: tuple[Word, ...]) -> None:
    """One piece, or none when nothing was said."""
    assert [piece.kind for piece in align(a, a, "en")] == (["same"] if a else [])


def test_what_changed_is_found_where_it_is() -> None:
    """A word replaced, one gone and one new, each between what stayed."""
    a, b = words("Well I went to school in the city"), words("I walked to school in the big city")
    assert told(align(a, b, "en")) == [
        ("only_a", "Well", ""),
        ("same", "I", "I"),
        ("replaced", "went", "walked"),
        ("same", "to school in the", "to school in the"),
        ("only_b", "", "big"),
        ("same", "city", "city"),
    ]


def test_a_lone_common_word_amid_changes_is_no_likeness() -> None:
    """Two different sentences that share an "and" are one change, not two."""
    a, b = words("my parents farmed and sold milk here"), words("our company answers and files every letter")
    assert [piece.kind for piece in align(a, b, "en")] == ["replaced"]


def test_chinese_cut_into_other_words_is_the_same_text() -> None:
    """客户服务 as one word and as two; only what was said otherwise is a change, and it has its times."""
    pieces = align(words("我 做 客户服务 工作"), words("我 做 客户 服务"), "zh")
    assert [(piece.kind, "".join(word.text for word in piece.a)) for piece in pieces] == [
        ("same", "我做客户服务"),
        ("only_a", "工作"),
    ]
    assert pieces[1].a[0].start_s == 3.0
