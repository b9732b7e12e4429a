"""What a recogniser may have written for a word: its sound-alikes, spelled-out letters, words run together or apart.

Everything here errs to the safe side: short words must be equal, since a wrong hit praises somebody for what they
never said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

SOUND_MIN_LETTERS = 5
"""Shorter words have too many neighbours to be compared by sound."""

EDIT_MIN_LETTERS = 7
"""Shorter words have too many neighbours one letter away."""

_HOMOPHONES = (
    "hear here", "write right", "peace piece", "week weak", "wait weight", "mail male", "role roll",
    "sell cell sel cel", "site sight", "whole hole", "buy by bye", "calm com", "sale sail", "aloud allow",
    "meet meat", "read red",
)  # fmt: skip
_SAME_SOUND = {word: frozenset(group.split()) for group in _HOMOPHONES for word in group.split()}

_LETTER_WORDS = {
    letter: frozenset(words.split())
    for letter, words in {
        "a": "a hey", "b": "b be bee by", "c": "c see sea si", "d": "d dee", "e": "e he", "f": "f", "g": "g gee",
        "h": "h", "i": "i eye eyes", "j": "j jay", "k": "k kay", "l": "l el", "m": "m em am", "n": "n en an",
        "o": "o oh", "p": "p pee pea", "q": "q cue queue", "r": "r are our or", "s": "s es", "t": "t tea tee",
        "u": "u you", "v": "v", "w": "w", "x": "x ex", "y": "y why", "z": "z",
    }.items()
}  # fmt: skip
_LETTER_CONSONANT = dict(zip("bcdfgjklmnpqrstvz", "bsdfjjklmnpkrstvs", strict=True))
_MAX_PARTS = 3

_RESPELL = (
    (r"^(kn|gn|pn)", "n"), (r"^wr", "r"), (r"^wh", "w"), (r"^ps", "s"), (r"sten$", "sen"), (r"mb$", "m"),
    (r"(t|s|c)i(on|an|en)", r"X\2"), (r"tch|ch", "C"), (r"sh", "X"), (r"ph", "f"), (r"ght", "t"), (r"gh", ""),
    (r"th", "T"), (r"ck|qu|q", "k"), (r"dg(?=[eiy])|g(?=[eiy])", "j"), (r"c(?=[eiy])", "s"), (r"c", "k"), (r"x", "ks"),
    (r"z", "s"), (r"(?<=.)[aeiouy]+r$", "R"), (r"(?<=.)e$", ""), (r"[eiy]+[aeiouy]*|(?<=[a-zA-Z])w?[eiy]+", "I"),
    (r"[aou]+[wh]?[aeiouy]*", "A"), (r"(.)\1+", r"\1"),
)  # fmt: skip
_RESPELLINGS = tuple((re.compile(pattern), by) for pattern, by in _RESPELL)


@lru_cache(maxsize=20_000)
def sound_key(word: str) -> str:
    """A word's sound from its spelling, coarse: consonants merged where English spells them alike, two vowels.

    The idea of Metaphone (Philips 1990), with vowels kept, since "listen" is not "lesson".
    """
    for pattern, by in _RESPELLINGS:
        word = pattern.sub(by, word)
    return word


class Heard:
    """The different words of an answer, sorted so that the sound-alikes of a word are found at once."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = set(words)
        self._by_sound: dict[str, list[str]] = {}
        self._long_by_initial: dict[str, list[str]] = {}
        for word in self._words:
            if len(word) >= SOUND_MIN_LETTERS:
                self._by_sound.setdefault(sound_key(word), []).append(word)
            if len(word) >= EDIT_MIN_LETTERS:
                self._long_by_initial.setdefault(word[0], []).append(word)

    def like(self, wanted: str) -> set[str]:
        """The words that may be what a recogniser made of `wanted`, itself included (all plain folded words)."""
        found = self._words & (_SAME_SOUND.get(wanted, frozenset()) | {wanted})
        if len(wanted) >= SOUND_MIN_LETTERS:
            found.update(self._by_sound.get(sound_key(wanted), ()))
        if len(wanted) >= EDIT_MIN_LETTERS:
            found.update(w for w in self._long_by_initial.get(wanted[0], ()) if _one_edit_apart(wanted, w))
        return found


def _one_edit_apart(one: str, other: str) -> bool:
    """Whether one letter changed, added or dropped makes the two equal."""
    if abs(len(one) - len(other)) > 1:
        return False
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[same + 1 :] == other[same + 1 :] or one[same:] == other[same + 1 :] or one[same + 1 :] == other[same:]


def spelled_out(acronym: str, words: tuple[str, ...]) -> bool:
    """Whether `words` are the letters of an acronym as a recogniser writes them: "c r m", "see our m", "sierra m".

    Letter by letter, or, for three consonants and more, by the consonants of the letters' names when at most
    three words hold them. Measured on synthetic voices through the small English model.
    """
    if "".join(words) in {acronym, acronym + "s"}:
        return True
    if len(words) > 1 and len(words[0]) > 1 and acronym.startswith(words[0]):  # "kp eyes"
        return spelled_out(acronym[len(words[0]) :], words[1:])
    if len(words) == len(acronym) and all(w in _LETTER_WORDS[a] for a, w in zip(acronym, words, strict=True)):
        return True
    if len(acronym) < 3 or len(words) > _MAX_PARTS or not all(a in _LETTER_CONSONANT for a in acronym):
        return False
    wanted = "".join(_LETTER_CONSONANT[a] for a in acronym)
    heard = re.sub(r"[^bCdfjklmnprstvXT]", "", "".join(sound_key(w).replace("R", "r") for w in words))
    return re.sub(r"(.)\1+", r"\1", heard) == wanted and words[0] not in {"so", "some", "same"}
