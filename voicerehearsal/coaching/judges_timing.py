"""When it was said: pace, pauses, how soon the answer began."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from voicerehearsal.coaching.judgement import (
    SHORTEST_S,
    Candidate,
    Judge,
    Number,
    around,
    closing,
    length_s,
    opening,
    words_are_sure,
)
from voicerehearsal.coaching.targets import LONG_PAUSES_PER_MINUTE, PACE, SLOW_FIRST_REPLY_S, held_against, owner
from voicerehearsal.values import Pauses, Report, Span

_PROMPT_S = 2.0
_EVEN_PACE_SHARE = 0.15


def _pace_off_target(report: Report, pauses: Pauses) -> Iterator[Candidate]:
    pace = report.pace
    if pace is None or length_s(pauses) < SHORTEST_S or not words_are_sure(report):
        return
    targets = held_against(report)
    band = targets.rate_band(report.language)
    rate = pace.words_per_minute if band.unit == "wpm" else pace.characters_per_minute
    if rate is None or band.target[0] <= rate <= band.target[1]:
        return
    unit = "words" if band.unit == "wpm" else "characters"
    fast = rate > band.target[1]
    room = band.amber[1] - band.target[1] if fast else band.target[0] - band.amber[0]
    off = (rate - band.target[1] if fast else band.target[0] - rate) / room
    windows = sorted(pace.windows, key=lambda window: window.rate, reverse=fast)
    goal = f"{band.target[0]:.0f} to {band.target[1]:.0f}"
    stated = targets.stated.get(PACE[report.language])
    why = f"{goal} is easiest to follow on the phone" if stated is None else f"{owner(stated)} is {goal}"
    yield Candidate(
        0.6 * off,
        "pace",
        f"{rate:.0f} {unit} a minute is {'fast' if fast else 'slow'}; {why}.",
        Span(windows[0].start_s, windows[0].end_s) if windows else opening(pauses),
        "Answer again and breathe out fully at every full stop; let the silence stand."
        if fast
        else "Say the first two sentences again without a stop inside either of them.",
        Number(f"{unit}_per_minute", rate, "high" if fast else "low"),
    )


def _dead_air(report: Report, pauses: Pauses) -> Iterator[Candidate]:
    worst = max(pauses.silences, key=lambda silence: silence.end_s - silence.start_s, default=None)
    if worst is None or worst.kind != "dead_air":
        return
    silent_s = worst.end_s - worst.start_s
    yield Candidate(
        min(1.0, 0.3 + silent_s / 10.0),
        "pauses",
        f"Here the line was silent for {silent_s:.1f} s; on the phone that sounds as if you had gone.",
        around(Span(worst.start_s, worst.end_s), pauses),
        'Have a bridge ready for such moments, such as "Let me think of a good example", and use it once on purpose.',
        Number("pause_longest_s", silent_s, "high"),
    )


def _late_start(report: Report, pauses: Pauses) -> Iterator[Candidate]:
    latency_s = pauses.response_latency_s
    if latency_s is not None and latency_s > SLOW_FIRST_REPLY_S:
        yield Candidate(
            0.9,
            "response_latency",
            f"Your first word came {latency_s:.0f} s after the question; callers expect one within 30.",
            opening(pauses),
            "Begin at once with a sentence that only repeats the question, and think while you say it.",
        )


def _choppy(report: Report, pauses: Pauses) -> Iterator[Candidate]:
    long_ones = [silence for silence in pauses.silences if silence.kind != "short"]
    per_minute = 60.0 * len(long_ones) / max(length_s(pauses), 1.0)
    if len(long_ones) >= 2 and per_minute > LONG_PAUSES_PER_MINUTE:
        yield Candidate(
            min(0.8, 0.1 * per_minute),
            "pauses",
            f"{len(long_ones)} pauses were longer than a breath and a half; the answer came in pieces.",
            around(Span(long_ones[0].start_s, long_ones[0].end_s), pauses),
            "Say each sentence to its end before you think of the next; pause between sentences, not inside them.",
        )


def _easy_pace(report: Report, pauses: Pauses) -> Iterator[Candidate]:
    pace = report.pace
    if pace is None or pace.verdict != "good":
        return
    yield Candidate(0.7, "pace", "Your pace was easy to follow.", opening(pauses))
    rates = [window.rate for window in pace.windows]
    if len(rates) >= 3 and max(rates) - min(rates) <= 2 * _EVEN_PACE_SHARE * median(rates):
        yield Candidate(0.8, "pace", "Your pace was right, and even from start to end.", closing(pauses))


def _prompt_start(report: Report, pauses: Pauses) -> Iterator[Candidate]:
    latency_s = pauses.response_latency_s
    target = held_against(report).of("response_latency_s")
    if latency_s is None or (target is not None and target.distance(latency_s)):
        return
    if 0.0 <= latency_s <= _PROMPT_S:
        yield Candidate(0.5, "response_latency", "You began promptly; that sounds sure.", opening(pauses))


CHANGES: tuple[Judge, ...] = (_pace_off_target, _dead_air, _late_start, _choppy)
PRAISES: tuple[Judge, ...] = (_easy_pace, _prompt_start)
