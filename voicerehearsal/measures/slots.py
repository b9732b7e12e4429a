"""Kinds of saying that a talking point may ask for: a stated time, a number (English).

"By five o'clock", "within two hours", "tomorrow morning" are stated times; "soon", "later" and "last Friday" are none.
Both are found in folded tokens (`wordforms.tokens`), which write numbers as words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Literal

from voicerehearsal.measures.wordforms import NUMBER_WORDS

Slot = Literal["time", "number"]

SLOT = re.compile(r"\{(time|number)\}")
"""How a phrase asks for one."""

Spans = list[tuple[int, int]]
"""First and last token of each, both in it; in order, apart."""

_ONES = "|".join(NUMBER_WORDS[1:20])
_TENS = "|".join(NUMBER_WORDS[20:])
_NUM = rf"(?:(?:{_TENS})(?: (?:{'|'.join(NUMBER_WORDS[1:10])}))?|{_ONES}|\d+(?:[.,]\d+)*)"
_CLOCK_NUM = rf"(?:{'|'.join(NUMBER_WORDS[1:13])})"
_UNIT = r"(?:(?:working|business|full|short) )?(?:minute|hour|day|week|month|second|year)s?"
_SOME = r"(?:(?:about|around|roughly|exactly|less than|under|no more than|at most|the next|the following|next) )*"
_COUNT = (
    rf"(?:{_NUM}(?: (?:to|or) {_NUM})?(?: and a half)?|an?|the|one|(?:a )?couple of|(?:a )?few|half an?|(?:a )?half"
    rf"|three quarters of an|(?:a )?quarter of an|an hour and a half|two or three)"
)
_WEEKDAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?"
_PART = r"(?:morning|afternoon|evening|night|lunchtime|lunch|noon|midday|midnight|tonight)"
_HALF = r"(?:a m|p m|am|pm)"
_CLOCK = (
    rf"(?:(?:half past|(?:a )?quarter (?:past|to|after)|{_NUM} (?:minutes )?(?:past|to)) {_CLOCK_NUM}"
    rf"|{_CLOCK_NUM}(?: {_NUM})? (?:oclock|o clock|{_HALF})|{_CLOCK_NUM} (?:thirty|fifteen|forty five|oclock)"
    rf"|noon|midday|midnight|lunchtime)(?: {_HALF})?"
)
_AFTER_BARE = (
    r"(?= (?:today|tomorrow|this|on|and|so|or|at|in|the|but|if|i|we|he|she|they|you|my|sharp|exactly|with|to|latest|"
    rf"then|because|when|as|that|it|is|oclock|{_WEEKDAY})\b|$)"
)
_DAY = (
    rf"(?:(?:the )?day after tomorrow|tomorrow(?: {_PART})?|today|tonight|(?:later )?this (?:{_PART}|week|{_WEEKDAY})"
    rf"|(?:on |by |before |until |next |this |coming )+{_WEEKDAY}(?: {_PART})?"
    rf"|(?:the )?(?:next|following) (?:{_PART}|(?:working |business )?day|week|month|shift)"
    rf"|(?:by |before |until |at )(?:the )?end of (?:(?:the|your|my|this|that|business|our) )*"
    rf"(?:day|week|month|shift|afternoon|morning|business|hour|play|today|tomorrow)"
    rf"|end of (?:the )?(?:business )?(?:day|business|play)|close of (?:business|play|day)|first thing"
    rf"|(?:by|before|until|over) (?:this |the )?(?:{_PART}|weekend)|(?:the|that|this) (?:very )?same (?:day|{_PART})"
    rf"|in the (?:morning|afternoon|evening)|same day)"
)
_TIMES = re.compile(
    rf"(?<!\S)(?:(?:by|before|until|till|at|around|about|after|no later than|for) )?(?:"
    rf"(?:(?:within|inside|in)) {_SOME}{_COUNT} {_UNIT}(?: time| or so| or less| at the (?:latest|most))?"
    rf"|(?:no later than|no more than|less than|not more than) {_COUNT} {_UNIT}|{_COUNT} {_UNIT} from now"
    rf"|(?:at|by|before|around|about|until|till) (?:exactly |about |around )?{_CLOCK_NUM}(?! {_NUM}){_AFTER_BARE}"
    rf"|(?:at |by |before |around |about |until |till |exactly )*{_CLOCK}|{_DAY}"
    rf")(?: at (?:{_CLOCK}|{_CLOCK_NUM})| sharp| at the latest| latest| today| tomorrow| {_DAY})*(?!\S)"
)
_PAST = re.compile(r"(?:last|past|previous|every|yesterday|back in|in the last|in the past|for) $")
_ALREADY = re.compile(r" (?:ago|earlier|before that)\b")
_LOOSE = re.compile(r"(?:at|by|about|around|until|till) one$")

_CENT = "(?:percent|per cent|%)"
_NUMBERS = re.compile(
    rf"(?<!\S)(?:(?:one|a|{_NUM}) (?:hundred|thousand|million|dozen)(?: (?:and )?{_NUM})?(?: {_CENT})?"
    rf"|(?:one|{_NUM}) (?:point (?:zero|{_NUM}) )?{_CENT}|{_NUM}(?: point (?:zero|{_NUM}))+"
    rf"|(?:hundreds|thousands|dozens|millions)|(?:one|two|three|a) (?:third|quarter|fifth|tenth|half)s?"
    rf"|half (?:of|the|as)|by half|(?:doubl|tripl|halv|quadrupl)(?:ed?|ing|es)|twice as|zero"
    rf"|(?!one(?!\S)){_NUM}(?: (?:or|to) {_NUM})?)(?!\S)"
)


def stated_times(words: Sequence[str]) -> Spans:
    """Where a time to come is stated, one that could be held to."""
    text, starts = _joined(words)
    found: Spans = []
    for match in _TIMES.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        if not (_PAST.search(before) or _ALREADY.match(after) or _LOOSE.search(match[0])):
            found.append(_span(match, starts))
    return found


def numbers(words: Sequence[str]) -> Spans:
    """Where a number is said: figures, shares, "doubled"; not "one" as a pronoun, not "first"."""
    text, starts = _joined(words)
    return [_span(match, starts) for match in _NUMBERS.finditer(text)]


def _joined(words: Sequence[str]) -> tuple[str, list[int]]:
    """The words in one line, and where each begins."""
    return " ".join(words), list(accumulate((len(w) + 1 for w in words), initial=0))


def _span(match: re.Match[str], starts: list[int]) -> tuple[int, int]:
    return bisect_right(starts, match.start()) - 1, bisect_right(starts, match.end() - 1) - 1
