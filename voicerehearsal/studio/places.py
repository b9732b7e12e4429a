"""What the terminal would have one type, said of the studio: where in it that is done."""

from __future__ import annotations

import re
from typing import NamedTuple

from voicerehearsal.languages import _, in_words

_INSTALL = r"(?:\./rehearse|voicerehearsal) models install \w+"
_HERE = (
    (rf"Run: {_INSTALL}(?! --)\.?", "Install it in the settings, under “Words: the recogniser”.", "settings#models"),
    (rf"Make room, then run: {_INSTALL}\.?", "Make room, then install it in the settings.", "settings#models"),
    (r"Plug one in, then look with: voicerehearsal devices", "Plug one in, then look again.", "settings"),
    (
        r"choose another with --\w+ \(voicerehearsal devices lists them\)",
        "choose another in the settings",
        "settings",
    ),
    (r"Write its name as `voicerehearsal devices` shows it: \w+ = \"…\"", "Choose it in the settings.", "settings"),
    (
        r"Try again; `voicerehearsal doctor` looks at the voice\.",
        "Try again, or check everything.",
        "settings#check-up",
    ),
    (r"Run `voicerehearsal doctor`\.", "Check everything in the settings.", "settings#check-up"),
    (r"Make it again: `voicerehearsal calibrate[^`]*`\.", "Calibrate it again.", "calibrate"),
    (r"`voicerehearsal calibrate[^`]*` makes it\.", "Calibrate it.", "calibrate"),
    (r"`voicerehearsal history(?: --json)?` (?:lists|has) [^.`]*\.", "Your answers are in the list.", "history"),
    (r"Start with `voicerehearsal practice`\.", "Start with a call.", "practise"),
    (r"`voicerehearsal targets` shows the measures", "The trends show the measures", "trends"),
    (r"its question pack is not here; name it with --pack and --question", "its question pack is not here", "packs"),
    (r"Leave --language out, or name another pack\.", "Choose another language or another pack.", "practise"),
    (r"Name a file of your own with --pack\.", "Write or add one of your own.", "packs"),
)
"""What is said by the middle, what is said instead, and the path of the page."""
_RULES = tuple((re.compile(pattern), here, path) for pattern, here, path in _HERE)


class Place(NamedTuple):
    """A page where something is put right: its path and what it is called."""

    path: str
    title: str


def said_here(sentence: str) -> str:
    """As `in_words`, with the studio's own ways in place of what to type."""
    if _may_command(sentence):
        for pattern, here, _path in _RULES:
            sentence = pattern.sub(here, sentence)
    return in_words(sentence)


def place_for(sentence: str) -> Place | None:
    """Where in the studio an English `sentence` can be followed; None where it tells nothing to type."""
    if not _may_command(sentence):
        return None
    path = next((path for pattern, _here, path in _RULES if pattern.search(sentence)), None)
    return None if path is None else Place(path, _titles()[path.partition("#")[0]])


def _may_command(sentence: str) -> bool:
    """Whether it is worth looking closer; most sentences tell nothing to type."""
    return "rehears" in sentence or "--" in sentence


def _titles() -> dict[str, str]:
    return {
        "settings": _("Settings"),
        "calibrate": _("Calibrate"),
        "history": _("All answers"),
        "practise": _("Practise"),
        "trends": _("Trends"),
        "packs": _("Questions"),
    }
