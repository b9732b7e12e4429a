"""Chinese as comparable characters: full width, traditional forms and figures folded, however the words are cut."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from voicerehearsal.measures.wordforms import word_set

DIGITS = "零一二三四五六七八九"
NUMERAL = "零〇一二两三四五六七八九十百千万亿半"
"""The characters that numbers are written with."""

# Written apart, said alike, and meant alike wherever phrases are compared.
_SAME = str.maketrans(
    {
        "您": "你", "妳": "你", "她": "他", "它": "他", "牠": "他", "咱": "我", "两": "二", "〇": "零", "俩": "二",
        "作": "做", "帐": "账", "纪": "记", "地": "的", "得": "的", "哪": "那", "份": "分",
    }
)  # fmt: skip

_TOKEN = re.compile(r"[㐀-鿿]|[a-z]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_FIGURES = re.compile(r"(\d+(?:\.\d+)?)(%?)|(?<=\d):(?=\d)")
_PIECE = re.compile(r"\d+(?:[.:：]\d+|,\d{3})*[%％]?|[A-Za-z]+|\s+|.", re.DOTALL)
_SENTENCE_END = re.compile(r"[。！？!?；;…\n]|\.(?=\s|$)")
_COMMA = re.compile(r"[，,、:：—]")
_YEAR_FIGURES = 4


@dataclass(frozen=True, slots=True)
class Characters:
    """An answer character by character; all of the length of `plain`.

    Attributes:
        plain: Simplified, half width, figures as numerals, nothing but characters and small letters.
        keys: The same with characters merged that are said and meant alike: what is compared.
        source: The number of the word that each came from; never falls.
        ends: Characters after which a sentence ends.
        breaks: Characters after which there is a comma or a pause.
    """

    plain: str
    keys: str
    source: tuple[int, ...]
    ends: frozenset[int]
    breaks: frozenset[int]


def read_characters(words: Sequence[str], pauses: frozenset[int] = frozenset()) -> Characters:
    """The characters of an answer.

    Args:
        words: In order, as a recogniser cuts them or as `split_text` does.
        pauses: Numbers of the words after which there was a pause.
    """
    plain: list[str] = []
    source: list[int] = []
    ends: set[int] = set()
    breaks: set[int] = set()
    for number, word in enumerate(words):
        found = fold_chinese(word)
        plain.append(found)
        source += [number] * len(found)
        if not source:
            continue
        if _SENTENCE_END.search(word):
            ends.add(len(source) - 1)
        if number in pauses or _COMMA.search(word):
            breaks.add(len(source) - 1)
    text = "".join(plain)
    return Characters(text, keys_of(text), tuple(source), frozenset(ends), frozenset(breaks))


def split_text(text: str) -> list[str]:
    """A written answer as "words": single characters, numbers and Latin words, punctuation glued to the one before."""
    words: list[str] = []
    for piece in _PIECE.findall(unicodedata.normalize("NFC", text)):
        if words and not any(c.isalnum() for c in piece):
            words[-1] += piece.strip() or ("\n" if "\n" in piece else "")
        elif piece.strip():
            words.append(piece)
    return words


@lru_cache(maxsize=20_000)
def fold_chinese(text: str) -> str:
    """Simplified, half width and small; figures as the numerals that are said; all else left out.

    Traditional forms by OpenCC's tables (Kuo 2010 and others).
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = _FIGURES.sub(_said, _THOUSANDS.sub("", plain))
    if not plain.isascii():
        plain = _simplifier().convert(plain)
    return "".join(_TOKEN.findall(plain))


def keys_of(plain: str) -> str:
    """What characters are compared by."""
    return plain.translate(_SAME)


@lru_cache(maxsize=1)
def _simplifier() -> Any:  # noqa: ANN401 - the library has no types
    import opencc

    return opencc.OpenCC("t2s")


def _said(match: re.Match[str]) -> str:
    """24 as 二十四, 3.5 as 三点五, 20% as 百分之二十, the colon of 3:30 as 点."""
    figures, percent = match.group(1), match.group(2)
    if figures is None:
        return "点"
    whole, _, fraction = figures.partition(".")
    following = match.string[match.end() : match.end() + 1]
    said = _one_by_one(whole) if len(whole) == _YEAR_FIGURES and following == "年" else _numeral(whole)
    if fraction:
        said += "点" + _one_by_one(fraction)
    return "百分之" + said if percent else said


def _one_by_one(figures: str) -> str:
    return "".join(DIGITS[int(figure)] for figure in figures)


def _numeral(figures: str) -> str:
    """A whole number as it is read aloud; long ones, and those that begin with 0, figure by figure."""
    if len(figures) > 8 or (figures[0] == "0" and len(figures) > 1):
        return _one_by_one(figures)
    value = int(figures)
    if value == 0:
        return DIGITS[0]
    high, low = divmod(value, 10_000)
    said = _below_ten_thousand(high) + "万" if high else ""
    if low and high and low < 1_000:
        said += DIGITS[0]
    said += _below_ten_thousand(low)
    return said.removeprefix("一") if said.startswith("一十") else said


def _below_ten_thousand(value: int) -> str:
    said, gap = "", False
    for power, unit in ((1_000, "千"), (100, "百"), (10, "十"), (1, "")):
        figure = value // power % 10
        if figure:
            said += (DIGITS[0] if gap and said else "") + DIGITS[figure] + unit
        gap = not figure
    return said


# ---- words -----------------------------------------------------------------------------------------------------------

FUNCTION_CHARACTERS = frozenset(
    "的地得了着过吗呢啊吧呀嘛哦嗯呃额哈哎我你您他她它们咱会要就也都还又再给把被让向跟对和与为替是在这那个些里上下来去"
    "很更挺太先能可以想将并且而且所有一某等之其此于用以去后时话"
)
"""Characters of which function words are made. A phrase need not be said with them, and they may slip in."""

_PRONOUNS = frozenset("我你您他她它")

FUNCTION_WORDS = word_set(
    "我们 你们 您们 他们 她们 咱们 大家 自己 那么 这么 这样 那样 这个 那个 这些 那些 一个 一些 一下 一种 因为 所以 "
    "而且 然后 "
    "首先 其次 接着 最后 同时 非常 特别 十分 真的 真诚 诚恳 尽量 尽可能 可能 可以 应该 需要 一定 肯定 必须 已经 正在 "
    "马上 "
    "立刻 立即 赶紧 之后 以后 的话 的时候 时候 就是 还是 也是 都是 还会 都会 也会 就会 会先 比较 有点 稍微 或者 以及 "
    "如果 "
    "其实 觉得 认为 有时 有时候 往往 通常 一般 一直 总是 随时 主动 好好 一遍 过来 下来 起来 出来 一起"
)
"""Words that colour a statement without changing what it is about."""


@lru_cache(maxsize=5_000)
def cut(plain: str) -> tuple[str, ...]:
    """Words of a folded text by jieba's dictionary and hidden Markov model (Sun 2012), glued ones taken apart."""
    import rjieba

    found: list[str] = []
    for word in rjieba.cut(plain):
        found += _apart(word, rjieba.has_word)
    return tuple(found)


def is_word(text: str) -> bool:
    """Whether the dictionary knows it."""
    import rjieba

    return bool(rjieba.has_word(text))


def _apart(word: str, known: Any) -> list[str]:  # noqa: ANN401 - the library has no types
    """我会 as 我 会, 记录下来 as 记录 下来: what the dictionary glues and a phrase must not insist on."""
    if word in FUNCTION_WORDS or len(word) == 1:
        return [word]
    if all(c in FUNCTION_CHARACTERS for c in word):
        return list(word)
    if len(word) == 3:
        for at, small in ((1, word[0]), (2, word[2])):
            if small in _PRONOUNS or (small in FUNCTION_CHARACTERS and not known(word)):
                return [*_apart(word[:at], known), *_apart(word[at:], known)]
    if len(word) >= 4 and known(word[:2]) and known(word[2:]):
        return [word[:2], *_apart(word[2:], known)]
    return [word]
