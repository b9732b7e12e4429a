"""Captions: the words of an answer in lines that can be read while it plays, as WebVTT and as SubRip.

Two lines of 42 characters (Chinese: 16) and at least a second on the screen are the common rule of subtitling
(Netflix, Timed Text Style Guide; BBC Subtitle Guidelines).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from voicerehearsal.exports.events import Event, join, plain, silences, words
from voicerehearsal.values import Language, Report

LINE = {"en": 42, "zh": 16}
"""Characters in a line, at most."""

SHORTEST_S = 1.0
"""A caption is shown so long where the next one leaves it the time."""

LONGEST_S = 7.0
"""What takes longer to say is two captions."""

BREAK_S = 0.7
"""No caption runs on over a pause so long."""

_NO_STYLING = str.maketrans({"{": "(", "}": ")", "\\": "/"})
"""What players take for the beginning of styling, and no word has."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption: whole milliseconds, one or two lines."""

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]


def cues(report: Report) -> list[Cue]:
    """The captions of an answer, in the order of time, none over another; of one without words, its pauses."""
    width = LINE[report.language]
    said = sorted((piece for word in words(report) for piece in _pieces(word, width)), key=lambda one: one.start_s)
    groups = [group for stretch in _stretches(said) for group in _split(stretch, width)] if said else _pauses(report)
    return _timed(groups, width, round(1000 * report.audio.duration_s))


def to_captions(report: Report, form: Literal["vtt", "srt"]) -> str:
    """The answer's captions as a WebVTT or a SubRip file."""
    import pysubs2

    file = pysubs2.SSAFile()
    for cue in cues(report):
        text = r"\N".join(line.translate(_NO_STYLING) for line in cue.lines)
        if form == "vtt":
            text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        else:  # SubRip knows no way to write these
            text = text.replace("<", "‹").replace(">", "›")
        file.append(pysubs2.SSAEvent(start=cue.start_ms, end=cue.end_ms, text=text))
    return file.to_string(form)


def lines_of(texts: Sequence[str], width: int) -> tuple[str, ...] | None:
    """The words in one line or two of nearly the same length; None when they do not fit."""
    whole = join(texts)
    if len(whole) <= width:
        return (whole,)
    halves = ((join(texts[:at]), join(texts[at:])) for at in range(1, len(texts)))
    fitting = [half for half in halves if max(map(len, half)) <= width]
    return min(fitting, key=lambda half: abs(len(half[0]) - len(half[1])), default=None)


def _pieces(word: Event, width: int) -> list[Event]:
    """A word cut where it is longer than a line, which no word of a recogniser is."""
    text = plain(word.label)
    parts = [text[at : at + width] for at in range(0, len(text), width)]
    each_s = (word.end_s - word.start_s) / max(1, len(parts))
    return [Event(word.start_s + n * each_s, word.start_s + (n + 1) * each_s, part) for n, part in enumerate(parts)]


def _stretches(said: Sequence[Event]) -> list[Sequence[Event]]:
    """What was said, cut at every long pause."""
    cuts = [n for n, (one, other) in enumerate(pairwise(said), 1) if other.start_s - one.end_s >= BREAK_S]
    return [said[start:end] for start, end in pairwise([0, *cuts, len(said)])]


def _split(stretch: Sequence[Event], width: int) -> list[Sequence[Event]]:
    """A stretch in captions: cut where the longest pause is, not far from the middle, until all of them fit."""
    waiting, done = [stretch], []
    while waiting:
        group = waiting.pop()
        short = group[-1].end_s - group[0].start_s <= LONGEST_S
        if len(group) == 1 or (short and lines_of([one.label for one in group], width) is not None):
            done.append(group)
            continue
        at = _best_cut(group)
        waiting += [group[at:], group[:at]]
    return done


def _best_cut(group: Sequence[Event]) -> int:
    length = len(group)
    near = range(max(1, length // 4), max(2, length - length // 4))
    return max(near, key=lambda at: (round(group[at].start_s - group[at - 1].end_s, 1), -abs(at - length / 2)))


def _pauses(report: Report) -> list[Sequence[Event]]:
    return [[Event(e.start_s, e.end_s, _pause_in_words(e, report.language))] for e in silences(report)]


def _pause_in_words(pause: Event, language: Language) -> str:
    seconds = f"{pause.end_s - pause.start_s:.1f}"
    return f"[停顿 {seconds} 秒]" if language == "zh" else f"[{pause.label} {seconds} s]"


def _timed(groups: Sequence[Sequence[Event]], width: int, duration_ms: int) -> list[Cue]:
    """Captions with their times: as spoken, and longer where that was under a second and there is room."""
    shortest = round(1000 * SHORTEST_S)
    starts = [round(1000 * group[0].start_s) for group in groups]
    made: list[Cue] = []
    free_ms = 0
    for n, group in enumerate(groups):
        start = max(free_ms, starts[n])
        room = max(starts[n + 1] if n + 1 < len(starts) else duration_ms, start + 1)
        end = min(room, max(round(1000 * group[-1].end_s), start + shortest))
        start = max(free_ms, min(start, end - shortest))
        lines = lines_of([one.label for one in group], width)
        made.append(Cue(start, end, lines or (join(one.label for one in group),)))
        free_ms = end
    return made
