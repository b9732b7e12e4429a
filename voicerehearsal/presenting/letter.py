"""A summary as a short letter: how much, what moved, personal bests, what next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voicerehearsal.coaching.change import ENOUGH, chance_in_words
from voicerehearsal.coaching.comparison import ENOUGH as ENOUGH_BEFORE
from voicerehearsal.coaching.judgement import SHORTEST_S
from voicerehearsal.coaching.targets import PACE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from voicerehearsal.coaching.bests import Best
    from voicerehearsal.coaching.metrics import Metric
    from voicerehearsal.coaching.schedule import Standing
    from voicerehearsal.coaching.summary import Amount, Movement, Summary
    from voicerehearsal.coaching.targets import Target
    from voicerehearsal.values import Language

LANGUAGES: dict[Language, str] = {"en": "English", "zh": "Chinese"}
_KIND_NAMES = {"questions": "plain questions", "recordings": "saved recordings"}
_DUE_NAMED = 3
_STANDING_NAMED = 4


@dataclass(frozen=True, slots=True)
class Period:
    """What a summary is of: its heading, its name inside a sentence, and its days."""

    heading: str
    called: str
    first: date | None = None
    last: date | None = None
    session_id: int | None = None


def how_much(period: Period, summary: Summary) -> list[str]:
    """How much was practised, in sentences; a kind word when it was nothing."""
    done = summary.practised
    if not done.total.answers:
        return [f"Nothing was practised {period.called}. That is all right: one answer a day is a good beginning."]
    days = len(done.days)
    if period.session_id is not None:
        first = f"You gave {count(done.total.answers, 'answer')}: {_spoken(done.total)}."
    else:
        first = (
            f"You practised on {count(days, 'day')}: {count(done.total.sessions, 'session')}, "
            f"{count(done.total.answers, 'answer')}, {_spoken(done.total)}."
        )
    lines = [first]
    if len(done.kinds) > 1:
        lines.append("By kind of practice: " + _listed(done.kinds, _KIND_NAMES) + ".")
    if len(done.packs) > 1:
        lines.append("By pack: " + _listed(done.packs, {"": "no question"}) + ".")
    return lines


def _spoken(total: Amount) -> str:
    """How much speech there was; answers of a word or two are not counted as any."""
    return f"{minutes(total.spoken_s)} of speech" if round(total.spoken_s) else "a few words each"


def by_language(movements: Sequence[Movement]) -> list[tuple[str, list[Movement]]]:
    """The movements of each language with its name, which is "" when there is only one."""
    languages = list(dict.fromkeys(moved.language for moved in movements))
    several = len(languages) > 1
    return [(LANGUAGES[one] if several else "", [m for m in movements if m.language == one]) for one in languages]


def movement_columns(called: str) -> tuple[tuple[str, bool], ...]:
    """The headings of `movement_row`, and whether numbers stand below; `called` is the time that is looked at."""
    return (("median", False), (called, True), ("usual before", True), ("", False), ("target", False))


def movement_row(moved: Movement) -> tuple[str, ...]:
    """One measure: its name and unit, its median, what was usual before, how it lies beside that, its target."""
    return (
        titled(moved.metric),
        shown(moved.metric, moved.median),
        usual_in_words(moved),
        moved.beside_usual,
        band(moved.metric, moved.target),
    )


def usual_in_words(moved: Movement) -> str:
    """What was usual before, with its spread."""
    if moved.usual is None or moved.usual.answers < ENOUGH_BEFORE:
        return "too few yet"
    return f"{shown(moved.metric, moved.usual.median)} ± {shown(moved.metric, moved.usual.spread)}"


def honest_words(movements: Sequence[Movement]) -> list[str]:
    """What can be said of a direction: pace always, other measures where it is more than chance, the rest in a line."""
    if all(moved.change.verdict == "too_early" for moved in movements):
        most = max(moved.change.count for moved in movements)
        least = f"{ENOUGH} answers of {SHORTEST_S:.0f} s or more"
        return [f"Too early to tell a direction: it takes {least}; so far {most}."]
    told = [m for m in movements if m.metric.name in _PACES or m.change.verdict in DIRECTIONS]
    lines = [f"{capital(moved.metric.label)}: {direction_in_words(moved)}." for moved in told]
    for verdict, words in (("none", "No change beyond chance"), ("too_early", "Too early to tell")):
        labels = dict.fromkeys(m.metric.label for m in movements if m.change.verdict == verdict and m not in told)
        if labels:
            lines.append(f"{words}: {', '.join(labels)}.")
    chance = chance_in_words([moved.change for moved in movements])
    return [*lines, chance] if chance else lines


def direction_in_words(moved: Movement) -> str:
    """Where a measure is going, over how many answers; `trends` has the test and its interval."""
    change = moved.change
    if change.verdict == "too_early" or change.start is None or change.end is None:
        return f"too early to tell, after {count(change.count, 'answer')}"
    if change.verdict == "none":
        return f"no change beyond chance over {change.count} answers"
    start, end = shown(moved.metric, change.start), shown(moved.metric, change.end)
    return (
        f"{DIRECTIONS[change.verdict]} from about {start} to {end}{unit_of(moved.metric)} over {change.count} answers"
    )


_PACES = frozenset(PACE.values())
DIRECTIONS = {
    "better": "nearer to the target,",
    "worse": "further from the target,",
    "rising": "rising",
    "falling": "falling",
}
_BEST = {
    "coverage": "most talking points",
    "steadiness": "steadiest voice",
    "smile_score": "clearest smile",
    "falling_endings": "most endings that fall",
    "pause_longest_s": "longest pause at its shortest",
    "response_latency_s": "quickest first word",
}


def best_lines(bests: Sequence[Best], called: str) -> list[str]:
    """A line a best reached in the time looked at, and one for those that stand."""
    lines = [
        f"{capital(best_in_words(one))}: {shown(one.metric, one.value)}{unit_of(one.metric)}, of {one.among} answers; "
        f"{when_and_what(one)} (replay {one.answer_id})."
        for one in bests
        if one.new
    ]
    stand = [
        f"{best_in_words(one)} {shown(one.metric, one.value)}{unit_of(one.metric)} (replay {one.answer_id})"
        for one in bests
        if not one.new
    ]
    if not lines:
        lines.append(f"None was reached {called}.")
    return [*lines, *([f"These stand: {'; '.join(stand[:_STANDING_NAMED])}."] if stand else [])]


def best_in_words(one: Best) -> str:
    """What kind of best it is, in words."""
    if one.metric.name in _BEST:
        return _BEST[one.metric.name]
    return f"{one.metric.label} {'on target for the first time' if one.kind == 'first' else 'nearest to its target'}"


def when_and_what(one: Best) -> str:
    """Day and question of a best."""
    asked = f", {one.question.pack} {one.question.id}" if one.question else ""
    return f"{one.when.astimezone():%d %b %Y}{asked}"


_ADVISED = {
    "length": "the length",
    "cautions": "a phrase that hurts",
    "keywords": "a point left out",
    "pace": "the pace",
    "pauses": "the pauses",
    "response_latency": "the late first word",
    "fillers": "the fillers",
    "tone": "the tone",
    "smile": "the smile",
    "audio": "the recording",
}


def what_next(summary: Summary) -> list[str]:
    """The change named most often with its exercise, the measure off target, what is due."""
    lines = []
    if summary.advice is not None:
        told = summary.advice
        what = _ADVISED.get(told.measure, told.measure)
        within = f"In {told.times} of {told.of} answers the" if told.of > 1 else "The"
        lines.append(f"{within} first thing to change was {what}.")
        lines.append(f"In answer {told.answer_id}: {told.text}")
        if told.exercise:
            lines.append(f"An exercise for it: {told.exercise}")
    if summary.weakness is not None:
        from voicerehearsal.presenting.due import focus

        lines.append(f"Off target: {focus(summary.weakness)}.")
    if summary.due:
        named = ", ".join(f"{ref.pack} {ref.id}" for ref in summary.due[:_DUE_NAMED])
        more = f" and {len(summary.due) - _DUE_NAMED} more (`due` lists them)" if len(summary.due) > _DUE_NAMED else ""
        lines.append(f"Due again: {named}{more}.")
    elif summary.unready is not None:
        lines.append(f"No question is due, but one does not sit yet: {not_sitting(summary.unready)}.")
    else:
        lines.append("No question is due; a new one is always welcome.")
    return lines


def not_sitting(stands: Standing) -> str:
    """A question whose last answer left points out, and how many it made."""
    return f"{stands.question.pack} {stands.question.id}, {100 * (stands.coverage or 0):.0f} % of its points made"


def command(summary: Summary) -> str:
    """What to type for the question longest due, else for the one that lacks most, else for a new one."""
    asked = summary.due[0] if summary.due else summary.unready.question if summary.unready is not None else None
    if asked is not None:
        return f"voicerehearsal practice --pack {asked.pack} --question {asked.id}"
    return "voicerehearsal practice" + (" --language zh" if summary.language == "zh" else "")


def minutes(seconds: float) -> str:
    """A length of speech in words: "40 seconds", "18 minutes"."""
    return count(round(seconds), "second") if seconds < 60 else count(round(seconds / 60), "minute")


def titled(metric: Metric) -> str:
    """A measure's name with its unit."""
    return metric.label + (f", {metric.unit}" if metric.unit else "")


def unit_of(metric: Metric) -> str:
    """A measure's unit as it stands after a number."""
    if _is_share(metric):
        return ""
    return metric.unit if metric.unit.startswith("/") else f" {metric.unit}" if metric.unit else ""


def shown(metric: Metric, value: float) -> str:
    """A number with as many decimals as are worth showing; shares of points in per cent."""
    return f"{100 * value:.0f} %" if _is_share(metric) else f"{value:.{metric.decimals}f}"


def band(metric: Metric, target: Target | None) -> str:
    """A target as numbers: "130–160", "≤ 3", "none"."""
    if target is None:
        return ""
    if (target.low, target.high) == (None, 0):
        return "none"
    low, high = (None if edge is None else shown(metric, edge).removesuffix(".0") for edge in (target.low, target.high))
    if low is None or high is None:
        return f"≥ {low}" if low is not None else f"≤ {high}"
    return f"{low}–{high}"


def _is_share(metric: Metric) -> bool:
    return metric.name in ("coverage", "falling_endings", "pause_ratio")


def _listed(amounts: Sequence[Amount], names: dict[str, str]) -> str:
    return ", ".join(f"{names.get(amount.name, amount.name)} {count(amount.answers, 'answer')}" for amount in amounts)


def count(number: int, noun: str) -> str:
    """How many there are of something: "1 answer", "3 answers"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def capital(text: str) -> str:
    """`text` as it begins a sentence."""
    return text[:1].upper() + text[1:]
