"""What counts as the same word: inflections, British and American spelling, contractions, numbers.

Both sides of a comparison, the phrases of a talking point and the words of an answer, go through `tokens`; equal keys
are the same word. A key is no dictionary form ("apologise" and "apology" are both "apolog"): it is never shown.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

NEGATION = "NOT"
"""The key of every word that denies: not, n't, never, without…"""

_SCAN = re.compile(r"(?:[a-z]\.){2,}|[a-z]+(?:'[a-z]+)*|\d+(?:[.,]\d+)*|%|[\u3400-\u9fff]")
_VOWELS = "aeiouy"


def word_set(text: str) -> frozenset[str]:
    """The words of a text, blank between them: how the tables here are written down."""
    return frozenset(text.split())


_HESITATIONS = word_set("um umm uh uhm er erm hmm hm mm mhm ah eh huh")

_FUNCTION_CLASSES = {
    "i": "i we",
    "me": "me us",
    "my": "my our mine ours",
    "you": "you he she they him her them",
    "your": "your his their its",
    "self": "myself yourself himself herself themselves ourselves",
    "be": "be am is are was were been being",
    "the": "a an the this these those some any",
    "do": "do does did doing",
    "have": "have has had having",
    "will": "will would can could shall should may might must",
}
_FUNCTION_WORDS = (
    "it that to of in on at for with from by about as into onto over up out down off through and or but so if "
    "then because when while who which what how where why really very just quite actually also too even still "
    "always ever already now there here well please only such more most much than all both each own"
)
_FUNCTIONS = {word: word for word in _FUNCTION_WORDS.split()} | {
    word: key for key, words in _FUNCTION_CLASSES.items() for word in words.split()
}
_NEGATIONS = word_set("not never no nor neither without nobody")

_IRREGULAR = {
    word: base
    for base, words in {
        "begin": "began begun", "break": "broke broken", "bring": "brought", "build": "built", "buy": "bought",
        "catch": "caught", "choose": "chose chosen", "come": "came", "deal": "dealt", "do": "done",
        "drive": "drove driven", "fall": "fell fallen", "feel": "felt", "find": "found", "get": "got gotten",
        "give": "gave given", "go": "went gone goes going", "use": "used uses using", "grow": "grew grown",
        "hear": "heard", "hold": "held", "keep": "kept", "know": "knew known", "lead": "led", "learn": "learnt",
        "leave": "left", "lose": "lost", "make": "made", "meet": "met", "pay": "paid", "ring": "rang rung",
        "run": "ran", "say": "said says", "see": "saw seen", "sell": "sold", "send": "sent", "show": "shown",
        "speak": "spoke spoken", "spend": "spent", "stand": "stood", "stick": "stuck", "take": "took taken",
        "teach": "taught", "tell": "told", "think": "thought", "win": "won", "write": "wrote written",
        "understand": "understood", "agree": "agreed", "guarantee": "guaranteed",
        "angry": "anger angrily angrier angriest", "calm": "calmer", "fast": "faster fastest", "loud": "louder",
        "quick": "quicker", "slow": "slower", "happy": "happier", "low": "lower", "high": "higher",
        "person": "people", "evening": "evening", "morning": "morning", "program": "programme", "check": "cheque",
        "inquiry": "enquiry", "inquire": "enquire", "center": "centre", "advise": "advice", "practise": "practice",
        "fulfill": "fulfil", "percent": "%", "will": "wo", "shall": "sha", "ok": "okay",
    }.items()
    for word in words.split()
}  # fmt: skip

_FAMILIES = sorted(
    word_set(
        "acknowledg adapt advoca annoy apolog apprecia communicat educat empath enthusias explana explain "
        "frustrat graduat inconvenien loyal motivat optimis organis organiz patien perfection profit reassur "
        "recommend resol satisf solution solv strateg sympath understand"
    )
)
_FAMILY_KEYS = {"organis": "organiz", "explana": "explain", "solution": "solv", "resol": "solv"}

_CONTRACTED = {"m": "am", "re": "are", "ve": "have", "ll": "will", "d": "would"}
_IS_CONTRACTED = word_set("it that what he she there here who how where")
_WHOLE = {
    "cannot": "can not", "gonna": "going to", "wanna": "want to", "gotta": "got to", "ain't": "is not",
    "let's": "let us", "o'clock": "oclock", "dont": "do not", "didnt": "did not", "doesnt": "does not",
    "cant": "can not", "wont": "will not", "im": "i am", "ive": "i have", "thats": "that is",
}  # fmt: skip

_COUNTING = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
)
NUMBER_WORDS = _COUNTING.split()
"""Zero to nineteen, then the tens."""

_ONES, _TENS = NUMBER_WORDS[:20], NUMBER_WORDS[20:]


@dataclass(frozen=True, slots=True)
class Token:
    """One comparable word: `text` as folded, `key` what it is compared by."""

    text: str
    key: str
    kind: Literal["content", "function", "negation"]


def fold(text: str) -> str:
    """Lower case, no accents, straight apostrophes."""
    plain = unicodedata.normalize("NFKD", text).replace("’", "'").replace("‘", "'")
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=20_000)
def tokens(text: str) -> tuple[Token, ...]:
    """The comparable words of a text; hesitations ("um") leave none, a contraction leaves two."""
    found = (word for raw in _SCAN.findall(fold(text)) for word in _expand(raw))
    return tuple(_token(word) for word in found if word not in _HESITATIONS)


def _token(word: str) -> Token:
    if word in _NEGATIONS:
        return Token(word, NEGATION, "negation")
    if word in _FUNCTIONS:
        return Token(word, _FUNCTIONS[word], "function")
    return Token(word, key_of(word), "content")


def _expand(raw: str) -> list[str]:
    """Contractions, dotted abbreviations and figures as the words that are said."""
    if raw in _WHOLE:
        return _WHOLE[raw].split()
    if "." in raw and raw[0].isalpha():
        return [raw.replace(".", "")]
    if raw[0].isdigit():
        return _number(raw)
    if raw.endswith("n't"):
        return [_IRREGULAR.get(raw[:-3], "can" if raw == "can't" else raw[:-3]), "not"]
    base, _, ending = raw.partition("'")
    if ending in _CONTRACTED:
        return [base, _CONTRACTED[ending]]
    if ending == "s" and base in _IS_CONTRACTED:
        return [base, "is"]
    return [base]


def _number(figures: str) -> list[str]:
    """24 as twenty four, 300 as three hundred; larger or broken numbers stay figures."""
    digits = figures.replace(",", "")
    if not digits.isdigit() or int(digits) >= 1000:
        return [digits]
    hundreds, rest = divmod(int(digits), 100)
    words = [_ONES[hundreds], "hundred"] if hundreds else []
    if rest >= 20:
        words.append(_TENS[rest // 10 - 2])
        rest %= 10
        return [*words, _ONES[rest]] if rest else words
    return [*words, _ONES[rest]] if rest or not hundreds else words


@lru_cache(maxsize=20_000)
def key_of(word: str) -> str:
    """The key that a content word shares with its inflections and spellings.

    A light suffix stripper in the spirit of Porter (1980), with a table of families (apology, apologise) for the
    words that answers turn on, and without his later steps, which merge words that mean different things.
    """
    word = _american(_IRREGULAR.get(word, word))
    for family in _FAMILIES:
        if word.startswith(family):
            return _FAMILY_KEYS.get(family, family)
    if len(word) < 4:
        return word
    stem = _IRREGULAR.get(_strip(word), _strip(word))
    if len(stem) >= 4 and stem[-1] == "e":
        stem = stem[:-1]
    if len(stem) >= 5 and stem.endswith(("is", "ys")):
        stem = stem[:-1] + "z"
    if len(stem) >= 4 and stem[-1] == stem[-2]:
        stem = stem[:-1]
    return stem[:-1] + "i" if len(stem) >= 4 and stem[-1] == "y" else stem


def _american(word: str) -> str:
    """Behaviour as behavior, catalogue as catalog."""
    word = re.sub(r"^(behavi|fav|col|hon|hum|lab|neighb|endeav|rig|flav)our", r"\1or", word)
    return re.sub(r"^(catal|dial)ogue", r"\1og", word)


def _strip(word: str) -> str:
    """Take off -s, -ed, -ing and -ly."""
    if word.endswith("ly") and len(word) >= 6:
        word = word[:-3] + "y" if word.endswith("ily") and len(word) >= 7 else word[:-2]
    if word.endswith(("ies", "ied")) and len(word) >= 5:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "zes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= 3 and any(v in rest for v in _VOWELS) and not word.endswith("eed"):
            return rest
    return word
