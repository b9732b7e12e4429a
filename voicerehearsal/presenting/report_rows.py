"""The measures of a report as lines for people: plain words first, then the numbers."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from voicerehearsal.presenting.times import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voicerehearsal.values import Filler, Fillers, Pace, Pauses, Report, Smile, Tone

_SUREST = 3  # fillers named with their times
_SURGES = 2
_TONE_WORDS = {"monotone": "flat", "steady": "steady", "lively": "lively", "unsteady": "unsteady"}
_CALM_DOWN = "mute, a sip of water, one deep breath; then speak first, and calmly"
_BY_MORE_THAN_WORDS = "not all by their very words: voicerehearsal points"


class Row(NamedTuple):
    """One line: its name ("" for one that goes on), its text, a verdict to colour, and whether it only stands aside."""

    name: str
    text: str
    verdict: str | None = None
    aside: bool = False


def report_rows(report: Report, *, draw: bool) -> Iterator[Row]:
    """The lines of a report in which somebody spoke.

    Args:
        report: With `pauses`.
        draw: Whether bars may be drawn.
    """
    assert report.pauses is not None
    if report.pace is not None:
        yield from _pace(report.pace, draw)
    yield from _pauses(report.pauses)
    yield from _fillers(report)
    yield from _answer(report, report.pauses)
    yield from _tone(report, report.pauses)
    yield from _smile(report)
    for warning in report.audio.warnings:
        yield Row("Sound", warning)
    yield from _words(report)


def sparkline(values: list[float], *, draw: bool) -> str:
    """Values as little bars from lowest to highest; "" where they cannot be drawn or there are fewer than two."""
    if len(values) < 2 or not draw:
        return ""
    low, high = min(values), max(values)
    bars = "▁▂▃▄▅▆▇█"
    return "".join(bars[round((value - low) / ((high - low) or 1.0) * (len(bars) - 1))] for value in values)


def _pace(pace: Pace, draw: bool) -> Iterator[Row]:
    rate = pace.words_per_minute if pace.unit == "wpm" else pace.characters_per_minute
    unit = "words a minute" if pace.unit == "wpm" else "characters a minute"
    if rate is not None:
        windows = [window.rate for window in pace.windows]
        yield Row("Pace", f"{rate:.0f} {unit}  {sparkline(windows, draw=draw)}".rstrip(), pace.verdict)
    if pace.articulation_words_per_minute is not None:
        yield Row("", f"{pace.articulation_words_per_minute:.0f} without the pauses")
    if rate is None and pace.syllables_per_second is not None:
        yield Row("Pace", f"{pace.syllables_per_second:.1f} syllables a second")


def _pauses(pauses: Pauses) -> Iterator[Row]:
    if pauses.longest_s is None:
        yield Row("Pauses", "none")
    else:
        text = f"{pauses.count}, longest {pauses.longest_s:.1f} s, {100 * pauses.ratio:.0f} % of the time"
        yield Row("Pauses", text)


def _fillers(report: Report) -> Iterator[Row]:
    fillers = report.fillers
    if fillers is None:
        yield from _not_told("Fillers", report.missing.get("fillers"))
    elif not fillers.events:
        yield Row("Fillers", "none heard")
    else:
        surest = sorted(fillers.events, key=lambda event: -event.confidence)[:_SUREST]
        named = ", ".join(f"{event.text} {clock(event.start_s)}" for event in sorted(surest, key=_start_s))
        many = "; the surest" if len(fillers.events) > len(surest) else ""
        yield Row("Fillers", f"{fillers.count}, {fillers.per_minute:.0f} a minute{many}: {named}")
        yield from _cluster(fillers)


def _start_s(event: Filler) -> float:
    return event.start_s


def _cluster(fillers: Fillers) -> Iterator[Row]:
    """The fullest cluster; only fillers that are more likely some than not make one."""
    from voicerehearsal.measures.fillers import sure_ones

    sure = sure_ones(events=fillers.events)
    sizes = [(sum(span.start_s <= event.start_s < span.end_s for event in sure), span) for span in fillers.clusters]
    size, worst = max(sizes, key=lambda sized: sized[0], default=(0, None))
    if worst is not None:
        yield Row("", f"{size} close together at {clock(worst.start_s)}")


def _answer(report: Report, pauses: Pauses) -> Iterator[Row]:
    length = report.length
    if pauses.response_latency_s is not None:
        yield Row("First word", f"{pauses.response_latency_s:.1f} s after the question")
    if length is not None:
        target = "" if length.target_s is None else f" (target {clock(length.target_s[0])}–{clock(length.target_s[1])})"
        yield Row("Length", clock(round(length.speaking_s)) + target, length.verdict)
    if report.keywords is not None and report.keywords.coverage is not None:
        made = sum(point.covered for point in report.keywords.points)
        order = {True: ", in order", False: ", not in the best order", None: ""}[report.keywords.order]
        yield Row("Points", f"{made} of {len(report.keywords.points)}{order}")
        if any(said.how not in ("words", "yours") for point in report.keywords.points for said in point.evidence):
            yield Row("", _BY_MORE_THAN_WORDS, aside=True)


def _tone(report: Report, pauses: Pauses) -> Iterator[Row]:
    tone = report.tone
    if tone is None:
        yield from _not_told("Tone", report.missing.get("tone"))
        return
    said = [] if tone.verdict is None else [_TONE_WORDS[tone.verdict]]
    if tone.pitch_sd_st is not None:
        said.append(f"pitch varies by {tone.pitch_sd_st:.1f} semitones")
    said += _fading(tone, pauses)
    if said:
        yield Row("Tone", "; ".join(said))
    elif not tone.surges:
        yield from _not_told("Tone", report.missing.get("tone.pitch_sd_st"))
    yield from _endings(tone, "" if said else "Tone")
    yield from _surges(tone)


def _fading(tone: Tone, pauses: Pauses) -> Iterator[str]:
    from voicerehearsal.coaching.targets import AUDIBLE_FADE_DB

    drift = tone.loudness_drift_db_per_minute
    change_db = 0.0 if drift is None else drift * (pauses.last_sound_s - pauses.first_sound_s) / 60
    if abs(change_db) >= AUDIBLE_FADE_DB:
        yield f"{abs(change_db):.0f} dB {'louder' if change_db > 0 else 'quieter'} at the end"


def _endings(tone: Tone, name: str) -> Iterator[Row]:
    endings = tone.endings
    count = 0 if endings is None else endings.falling + endings.rising + endings.level
    if endings is not None and count > 1:
        rise = "none rises" if not endings.rising else f"{endings.rising} {'rises' if endings.rising == 1 else 'rise'}"
        yield Row(name, f"{endings.falling} of {count} phrases fall at the end, {rise}")


def _surges(tone: Tone) -> Iterator[Row]:
    for number, surge in enumerate(tone.surges[:_SURGES]):
        when = f"{clock(surge.start_s)}–{clock(surge.end_s)}"
        text = f"{when}  {100 * (surge.rate_ratio - 1):.0f} % faster and {surge.level_rise_db:.0f} dB louder"
        yield Row("" if number else "Surge", text)
    if len(tone.surges) > _SURGES:
        yield Row("", f"and {len(tone.surges) - _SURGES} more")
    if tone.surges:
        yield Row("", _CALM_DOWN, aside=True)


def _smile(report: Report) -> Iterator[Row]:
    from voicerehearsal.rehearsal.analyse_voice import NOT_CALIBRATED

    smile = report.smile
    reason = report.missing.get("smile") if smile is None else smile.reason
    if smile is not None and smile.score is not None:
        yield Row("Smile", smile_in_words(smile))
        if reason:
            yield Row("", reason, aside=True)
    elif reason != NOT_CALIBRATED:
        yield from _not_told("Smile", reason)
    elif report.question is not None:
        # A recording without a question is hardly a rehearsal: whoever measures a folder wants no advice.
        yield Row("Smile", f"{NOT_CALIBRATED}: voicerehearsal calibrate", aside=True)


def smile_in_words(smile: Smile) -> str:
    """Whether it can be heard, and the numbers; the score must be known."""
    from voicerehearsal.coaching.targets import SMILE_HEARD

    assert smile.score is not None
    # Rounded up: the uncertainty that is shown is never less than it is.
    within = "" if smile.uncertainty is None else f" ± {ceil(10 * smile.uncertainty) / 10:.1f}"
    numbers = f"({smile.score:.1f}{within}; your smiling reading is 1)"
    if smile.audible:
        return f"can be heard {numbers}"
    if smile.audible is None or smile.uncertainty is None or smile.score + smile.uncertainty >= SMILE_HEARD:
        return f"hard to tell {numbers}"
    return f"cannot be heard {numbers}"


def _words(report: Report) -> Iterator[Row]:
    from voicerehearsal.coaching.judgement import words_are_sure

    if "transcript" in report.missing:
        yield Row("Words", report.missing["transcript"])
    elif report.transcript is not None and report.transcript.words and not words_are_sure(report):
        yield Row("Words", "the recogniser was unsure of most of them; they lower no judgement", aside=True)


def _not_told(name: str, reason: str | None) -> Iterator[Row]:
    """A section that is missing: why, if that is known."""
    if reason:
        yield Row(name, f"cannot be told: {reason}", aside=True)
