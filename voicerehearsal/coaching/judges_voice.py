"""How it sounded: fillers, tone, smile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import floor

from voicerehearsal.coaching.judgement import (
    ENOUGH_SPEECH_S,
    Candidate,
    Judge,
    Number,
    around,
    closing,
    length_s,
    opening,
)
from voicerehearsal.coaching.targets import (
    AUDIBLE_FADE_DB,
    FEW_FILLERS_PER_MINUTE,
    FILLERS_PER_MINUTE,
    LEAST_ENDINGS,
    MOSTLY,
    SMILE_HEARD,
    held_against,
    in_words,
    owner,
)
from voicerehearsal.measures.fillers import sure_ones
from voicerehearsal.values import Filler, Fillers, Pauses, Report, Span, Surge

_HABIT = 0.5  # of all fillers are this one
_LONGEST_MOMENT_S = 10.0

_BREATHE = "At the next full stop close your mouth and breathe in: a silent second sounds surer than a filler."


def _fillers_crowd(report: Report, pauses: Pauses) -> Iterator[Candidate]:
    fillers = report.fillers
    if fillers is None or not fillers.events or length_s(pauses) < ENOUGH_SPEECH_S:
        return
    sure = sure_ones(events=fillers.events)
    sure_rate = fillers.per_minute * len(sure) / len(fillers.events)
    most, known = _most_fillers(report)
    over = sure_rate - most
    if over <= 0 and not fillers.clusters:
        return
    if fillers.clusters:
        worst = max(fillers.clusters, key=lambda span: len(_inside(sure, span)))
        said = _inside(sure, worst)
        more = f"; {_rate(sure_rate)} in all" if over > 0 else _elsewhere(fillers)
        text = f"{len(said)} fillers came close together here ({', '.join(said[:4])}){more}."
        weight = 0.4 + 0.05 * len(said) + 0.1 * (len(fillers.clusters) - 1) + 0.04 * max(0.0, over)
    else:
        surest = max(sure, key=lambda event: event.confidence)
        worst = Span(surest.start_s, surest.end_s)
        text = f"{_rate(sure_rate).capitalize()}{_habit(sure)}; {known}."
        weight = 0.3 + 0.05 * over
    # What is usual for the speaker counts all of them, so that is what this answer is held against.
    rate = Number("fillers_per_minute", fillers.per_minute, "high")
    yield Candidate(min(0.95, weight), "fillers", text, around(worst, pauses), _BREATHE, rate)


def _most_fillers(report: Report) -> tuple[float, str]:
    """How many fillers a minute are let pass, and what to say of that number."""
    stated = held_against(report).stated.get("fillers_per_minute")
    if stated is None or stated.high is None:
        return FILLERS_PER_MINUTE[1], "about five is usual, and a few are natural"
    return stated.high, f"{owner(stated)} is {in_words(stated)}"


def _inside(sure: Sequence[Filler], span: Span) -> list[str]:
    return [event.text for event in sure if event.start_s < span.end_s and event.end_s > span.start_s]


def _rate(sure_rate: float) -> str:
    """Rounded down: there may be more, and not fewer."""
    return f"at least {floor(sure_rate)} fillers a minute"


def _elsewhere(fillers: Fillers) -> str:
    places = len(fillers.clusters)
    return "; elsewhere they were few" if places == 1 else f", and in {places} places altogether"


def _habit(sure: Sequence[Filler]) -> str:
    """Which one comes most, where one does."""
    (text, count), *_ = Counter(event.text for event in sure).most_common(1)
    return f', most of them "{text}"' if count > max(2, _HABIT * len(sure)) else ""


def _surged(report: Report, pauses: Pauses) -> Iterator[Candidate]:
    if report.tone is None or not report.tone.surges:
        return
    worst = max(report.tone.surges, key=_strength)
    others = len(report.tone.surges) - 1
    again = "" if not others else " It happened once more." if others == 1 else f" It happened {others} times more."
    yield Candidate(
        min(1.1, 0.7 + _strength(worst) / 10 + 0.1 * others),
        "tone",
        f"Here you grew faster and louder at once ({_faster(worst)} faster, {worst.level_rise_db:.0f} dB up), "
        f"as people do when provoked.{again}",
        Span(worst.start_s, worst.end_s),
        "Say this part again: mute, a sip of water, one deep breath; then speak first, and calmly.",
        Number("surges", len(report.tone.surges), "high"),
    )


def _strength(surge: Surge) -> float:
    """A tenth faster counts like two decibels louder."""
    return surge.level_rise_db / 2 + 10 * (surge.rate_ratio - 1)


def _faster(surge: Surge) -> str:
    return f"{100 * (surge.rate_ratio - 1):.0f} %"


def _flat_or_unsteady(report: Report, pauses: Pauses) -> Iterator[Candidate]:
    tone = report.tone
    if tone is None or length_s(pauses) < ENOUGH_SPEECH_S:
        return
    if tone.verdict == "monotone" and tone.pitch_sd_st is not None:
        yield Candidate(
            0.55,
            "tone",
            f"Your pitch stayed within about {tone.pitch_sd_st:.1f} semitones; over the phone that sounds flat.",
            opening(pauses),
            "Choose the one word that matters in each of your first three sentences, and lift your voice on it.",
            Number("pitch_sd_st", tone.pitch_sd_st, "low"),
        )
    if tone.verdict == "unsteady":
        yield Candidate(
            0.55,
            "tone",
            "Your voice wavered in pitch and loudness; a level tone calms the line.",
            opening(pauses),
            "Breathe out slowly once, then say the first sentence on the rest of that breath.",
            None if tone.steadiness is None else Number("steadiness", tone.steadiness, "low"),
        )


def _faded(report: Report, pauses: Pauses) -> Iterator[Candidate]:
    drift = None if report.tone is None else report.tone.loudness_drift_db_per_minute
    if drift is None or length_s(pauses) < ENOUGH_SPEECH_S:
        return
    lost_db = -drift * length_s(pauses) / 60
    if lost_db >= AUDIBLE_FADE_DB:
        yield Candidate(
            min(0.8, 0.15 * lost_db),
            "tone",
            f"Your voice faded: the end was {lost_db:.0f} dB quieter than the beginning.",
            closing(pauses),
            "Breathe before the last sentence, and say it as loudly as the first.",
            Number("loudness_drift_db_per_minute", drift, "low"),
        )


def _endings_rose(report: Report, pauses: Pauses) -> Iterator[Candidate]:
    endings = None if report.tone is None else report.tone.endings
    if endings is None:
        return
    count = endings.falling + endings.rising + endings.level
    if count >= LEAST_ENDINGS and endings.rising >= MOSTLY * count:
        at_s = endings.rising_at_s[-1] if endings.rising_at_s else pauses.last_sound_s
        yield Candidate(
            min(0.8, 0.9 * endings.rising / count),
            "tone",
            f"{endings.rising} of {count} phrases rose at the end, as questions do; statements sound surer.",
            Span(max(pauses.first_sound_s, at_s - 3.0), at_s),
            "Say this sentence again, and let the last word fall as if you had put it down.",
            Number("falling_endings", endings.falling / count, "low"),
        )


def _no_smile(report: Report, pauses: Pauses) -> Iterator[Candidate]:
    smile = report.smile
    if smile is None or smile.audible is not False or smile.score is None or smile.uncertainty is None:
        return
    if smile.score + smile.uncertainty < SMILE_HEARD:
        lowest = min(smile.windows, key=lambda window: window.score, default=None)
        where = "" if lowest is None else ": here your voice was furthest from your smiling reading"
        yield Candidate(
            min(0.8, 0.5 + 0.3 * (SMILE_HEARD - smile.score)),
            "smile",
            f"The smile did not arrive{where}.",
            opening(pauses) if lowest is None else _short(Span(lowest.start_s, lowest.end_s)),
            "Smile before the first word, as on picking up, and say this sentence again while the smile lasts.",
            Number("smile_score", smile.score, "low"),
        )


def _few_fillers(report: Report, pauses: Pauses) -> Iterator[Candidate]:
    fillers = report.fillers
    if (
        fillers is None
        or length_s(pauses) < ENOUGH_SPEECH_S
        or fillers.per_minute > min(FEW_FILLERS_PER_MINUTE, _most_fillers(report)[0])
    ):
        return
    # The rate over all of them: what may be a filler is not praised away either.
    if not fillers.clusters and len(pauses.silences) >= 2:
        yield Candidate(
            0.65,
            "fillers",
            "You paused in silence and hardly filled: that sounds calm and sure.",
            _clear_stretch(fillers, pauses),
            number=Number("fillers_per_minute", fillers.per_minute, "low"),
        )


def _clear_stretch(fillers: Fillers, pauses: Pauses) -> Span:
    """The longest stretch without a filler, or its first seconds."""
    edges = [pauses.first_sound_s, *(at for e in fillers.events for at in (e.start_s, e.end_s)), pauses.last_sound_s]
    gaps = [Span(left, right) for left, right in list(pairwise(edges))[::2]]
    return _short(max(gaps, key=lambda gap: gap.duration_s))


def _short(span: Span) -> Span:
    return Span(span.start_s, min(span.end_s, span.start_s + _LONGEST_MOMENT_S))


def _steady_tone(report: Report, pauses: Pauses) -> Iterator[Candidate]:
    tone = report.tone
    if tone is None or tone.surges or length_s(pauses) < ENOUGH_SPEECH_S:
        return
    number = None if tone.steadiness is None else Number("steadiness", tone.steadiness, "high")
    if tone.verdict == "steady":
        text = "Your tone stayed level to the end; that calms a caller."
        yield Candidate(0.68, "tone", text, closing(pauses), number=number)
    elif tone.verdict == "lively":
        text = "Your voice moved with what you said, and stayed calm."
        yield Candidate(0.7, "tone", text, opening(pauses), number=number)


def _endings_fell(report: Report, pauses: Pauses) -> Iterator[Candidate]:
    endings = None if report.tone is None else report.tone.endings
    count = 0 if endings is None else endings.falling + endings.rising + endings.level
    if endings is not None and count >= LEAST_ENDINGS and endings.falling >= 1.5 * MOSTLY * count:
        yield Candidate(
            0.55, "tone", f"{endings.falling} of {count} phrases ended as statements, falling.", closing(pauses)
        )


def _smile_heard(report: Report, pauses: Pauses) -> Iterator[Candidate]:
    smile = report.smile
    if smile is not None and smile.audible:
        best = max(smile.windows, key=lambda window: window.score, default=None)
        where = "" if best is None else ", here most of all"
        heard = f"Your smile can be heard{where}."
        near = f"Your voice came near your smiling reading{where} ({smile.reason})."
        yield Candidate(
            0.75 if smile.reason is None else 0.45,
            "smile",
            heard if smile.reason is None else near,
            opening(pauses) if best is None else _short(Span(best.start_s, best.end_s)),
            number=None if smile.score is None else Number("smile_score", smile.score, "high"),
        )


CHANGES: tuple[Judge, ...] = (_fillers_crowd, _surged, _flat_or_unsteady, _faded, _endings_rose, _no_smile)
PRAISES: tuple[Judge, ...] = (_few_fillers, _steady_tone, _endings_fell, _smile_heard)
