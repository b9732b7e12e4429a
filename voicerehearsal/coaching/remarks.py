"""At most three remarks on an answer: one thing that worked, the one thing to change next, one exercise for it.

Feedback helps when it is personal and names few points (Chollet 2022), so everything that could be said is weighed and
only the heaviest is. Each remark points at a moment that can be played.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median

from voicerehearsal.coaching.targets import LONG_PAUSES_PER_MINUTE, RATE_BANDS, SLOW_FIRST_REPLY_S
from voicerehearsal.values import Pauses, Remark, Report, Span

_WORTH_CHANGING = 0.25
_SURE_WORDS = 0.7
"""Below this median confidence the recogniser was guessing, and a missed point may have been made."""
_PRAISED_COVERAGE = 0.75
_PROMPT_S = 2.0
_EVEN_PACE_SHARE = 0.15
_SHORTEST_S = 5.0
"""An answer shorter than this is not judged but for its length."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    weight: float
    measure: str
    text: str
    moment: Span
    exercise: str = ""


def remarks(report: Report) -> tuple[Remark, ...]:
    """Praise, change and exercise for `report`, each only where it is earned or needed; () when nothing was said."""
    if report.pauses is None:
        return ()
    pauses = report.pauses
    chosen: list[Remark] = []
    praise = _heaviest(_praises(report, pauses))
    if praise is not None:
        chosen.append(_remark("praise", praise.measure, praise.text, praise.moment))
    change = _heaviest(_changes(report, pauses))
    if change is not None and change.weight >= _WORTH_CHANGING:
        chosen.append(_remark("change", change.measure, change.text, change.moment))
        chosen.append(_remark("exercise", change.measure, change.exercise, change.moment))
    return tuple(chosen)


def _remark(kind: str, measure: str, text: str, moment: Span) -> Remark:
    return Remark(kind=kind, measure=measure, text=text, start_s=moment.start_s, end_s=moment.end_s)  # type: ignore[arg-type]


def _heaviest(candidates: Iterator[_Candidate]) -> _Candidate | None:
    return max(candidates, key=lambda candidate: candidate.weight, default=None)


def _changes(report: Report, pauses: Pauses) -> Iterator[_Candidate]:
    judges: tuple[Callable[[Report, Pauses], Iterator[_Candidate]], ...] = (
        _unusable_sound,
        _too_short_or_long,
        _pace_off_target,
        _dead_air,
        _late_start,
        _hurting_phrases,
        _missed_points,
        _choppy,
    )
    for judge in judges:
        yield from judge(report, pauses)


def _unusable_sound(report: Report, pauses: Pauses) -> Iterator[_Candidate]:
    if report.audio.warnings:
        yield _Candidate(
            2.0,
            "audio",
            report.audio.warnings[0],
            _opening(pauses),
            "Sit a hand's breadth from the microphone, speak one sentence, and listen to it before the next answer.",
        )


def _too_short_or_long(report: Report, pauses: Pauses) -> Iterator[_Candidate]:
    length = report.length
    if length is None or length.target_s is None or length.verdict in (None, "good"):
        return
    shortest, longest = length.target_s
    if length.verdict == "short":
        yield _Candidate(
            min(1.2, 2.0 * (1.0 - length.speaking_s / shortest)),
            "length",
            f"You spoke for {length.speaking_s:.0f} s; this question deserves {shortest:.0f} to {longest:.0f}.",
            _closing(pauses),
            "Answer again and add one true example: what happened, what you did, how it ended.",
        )
    else:
        yield _Candidate(
            min(1.2, 2.0 * (length.speaking_s / longest - 1.0)),
            "length",
            f"You spoke for {length.speaking_s:.0f} s; stop by {longest:.0f}, while they still listen.",
            Span(min(pauses.first_sound_s + longest, pauses.last_sound_s), pauses.last_sound_s),
            "Say the whole answer in one minute, then put back only what you missed.",
        )


def _pace_off_target(report: Report, pauses: Pauses) -> Iterator[_Candidate]:
    pace = report.pace
    if pace is None or _span_s(pauses) < _SHORTEST_S:
        return
    band = RATE_BANDS[report.language]
    rate = pace.words_per_minute if band.unit == "wpm" else pace.characters_per_minute
    if rate is None or band.target[0] <= rate <= band.target[1]:
        return
    unit = "words" if band.unit == "wpm" else "characters"
    fast = rate > band.target[1]
    room = band.amber[1] - band.target[1] if fast else band.target[0] - band.amber[0]
    off = (rate - band.target[1] if fast else band.target[0] - rate) / room
    windows = sorted(pace.windows, key=lambda window: window.rate, reverse=fast)
    moment = Span(windows[0].start_s, windows[0].end_s) if windows else _opening(pauses)
    goal = f"{band.target[0]:.0f} to {band.target[1]:.0f}"
    exercise = (
        "Answer again and breathe out fully at every full stop; let the silence stand."
        if fast
        else "Say the first two sentences again without a stop inside either of them."
    )
    text = f"{rate:.0f} {unit} a minute is {'fast' if fast else 'slow'}; {goal} is easiest to follow on the phone."
    yield _Candidate(0.6 * off, "pace", text, moment, exercise)


def _dead_air(report: Report, pauses: Pauses) -> Iterator[_Candidate]:
    worst = max(pauses.silences, key=lambda silence: silence.end_s - silence.start_s, default=None)
    if worst is None or worst.kind != "dead_air":
        return
    silent_s = worst.end_s - worst.start_s
    yield _Candidate(
        min(1.0, 0.3 + silent_s / 10.0),
        "pauses",
        f"Here the line was silent for {silent_s:.1f} s; on the phone that sounds as if you had gone.",
        Span(max(0.0, worst.start_s - 1.0), worst.end_s + 1.0),
        'Have a bridge ready for such moments, such as "Let me think of a good example", and use it once on purpose.',
    )


def _late_start(report: Report, pauses: Pauses) -> Iterator[_Candidate]:
    latency_s = pauses.response_latency_s
    if latency_s is not None and latency_s > SLOW_FIRST_REPLY_S:
        yield _Candidate(
            0.9,
            "response_latency",
            f"Your first word came {latency_s:.0f} s after the question; callers expect one within 30.",
            _opening(pauses),
            "Begin at once with a sentence that only repeats the question, and think while you say it.",
        )


def _hurting_phrases(report: Report, pauses: Pauses) -> Iterator[_Candidate]:
    for hit in report.keywords.cautions if report.keywords is not None else ():
        yield _Candidate(
            1.1,
            "cautions",
            f'"{hit.text}": {hit.why}',
            _opening(pauses) if hit.start_s is None or hit.end_s is None else Span(hit.start_s, hit.end_s),
            "Find one honest sentence to say in its place, and say it three times aloud.",
        )


def _missed_points(report: Report, pauses: Pauses) -> Iterator[_Candidate]:
    keywords = report.keywords
    if keywords is None or keywords.coverage is None or not _recogniser_was_sure(report):
        return
    missed = [point.label for point in keywords.points if not point.covered]
    if missed:
        yield _Candidate(
            0.9 * (1.0 - keywords.coverage),
            "keywords",
            f"I did not hear this point: {missed[0]}."
            if len(missed) == 1
            else f"I did not hear: {'; '.join(missed[:3])}.",
            _closing(pauses),
            f'Answer again and work in "{missed[0]}" early, in your own words.',
        )


def _choppy(report: Report, pauses: Pauses) -> Iterator[_Candidate]:
    long_ones = [silence for silence in pauses.silences if silence.kind != "short"]
    per_minute = 60.0 * len(long_ones) / max(_span_s(pauses), 1.0)
    if len(long_ones) >= 2 and per_minute > LONG_PAUSES_PER_MINUTE:
        first = long_ones[0]
        yield _Candidate(
            min(0.8, 0.1 * per_minute),
            "pauses",
            f"{len(long_ones)} pauses were longer than a breath and a half; the answer came in pieces.",
            Span(max(0.0, first.start_s - 1.0), first.end_s + 1.0),
            "Say each sentence to its end before you think of the next; pause between sentences, not inside them.",
        )


def _praises(report: Report, pauses: Pauses) -> Iterator[_Candidate]:
    if _span_s(pauses) < _SHORTEST_S or report.audio.warnings:
        return
    pace, keywords, latency_s = report.pace, report.keywords, pauses.response_latency_s
    if keywords is not None and keywords.coverage is not None and keywords.coverage >= _PRAISED_COVERAGE:
        first = next(evidence for point in keywords.points for evidence in point.evidence)
        made = sum(point.covered for point in keywords.points)
        yield _Candidate(
            0.9 * keywords.coverage,
            "keywords",
            f"You made {made} of {len(keywords.points)} points.",
            _opening(pauses) if first.start_s is None or first.end_s is None else Span(first.start_s, first.end_s),
        )
    if pace is not None and pace.verdict == "good":
        yield _Candidate(0.7, "pace", "Your pace was easy to follow.", _opening(pauses))
        rates = [window.rate for window in pace.windows]
        if len(rates) >= 3 and max(rates) - min(rates) <= 2 * _EVEN_PACE_SHARE * median(rates):
            yield _Candidate(0.8, "pace", "Your pace was right, and even from start to end.", _closing(pauses))
    if report.length is not None and report.length.verdict == "good":
        yield _Candidate(0.6, "length", "The answer had the right length.", _closing(pauses))
    if latency_s is not None and 0.0 <= latency_s <= _PROMPT_S:
        yield _Candidate(0.5, "response_latency", "You began promptly; that sounds sure.", _opening(pauses))


def _recogniser_was_sure(report: Report) -> bool:
    words = report.transcript.words if report.transcript is not None else ()
    return bool(words) and median(word.confidence for word in words) >= _SURE_WORDS


def _span_s(pauses: Pauses) -> float:
    return pauses.last_sound_s - pauses.first_sound_s


def _opening(pauses: Pauses) -> Span:
    return Span(pauses.first_sound_s, min(pauses.first_sound_s + 5.0, pauses.last_sound_s))


def _closing(pauses: Pauses) -> Span:
    return Span(max(pauses.first_sound_s, pauses.last_sound_s - 5.0), pauses.last_sound_s)
