"""Targets as rows: what an answer was held against, what is in force, and all that is known of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from voicerehearsal.presenting.letter import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voicerehearsal.coaching.metrics import Metric
    from voicerehearsal.coaching.targets import Targets
    from voicerehearsal.values import Language, Pack, Report, Target, Usual

_WHOSE = {"default": "usual", "pack": "pack", "own": "your own", "own_for_pack": "your own"}


class Held(NamedTuple):
    """One measure of an answer beside its target, and who states that."""

    met: bool
    measure: str
    value: str
    target: str
    unit: str
    source: str


def held_against_rows(report: Report) -> list[Held]:
    """What a report was held against: each measure that has a target."""
    from voicerehearsal.coaching.metrics import numbers
    from voicerehearsal.coaching.targets import aim, held_against, in_short
    from voicerehearsal.values import Target

    def met(name: str, value: float, target: Target) -> bool:
        wished = aim(name, target)
        return wished is not None and wished.distance(value) == 0

    in_force = held_against(report)
    rows = [
        Held(
            met(metric.name, value, target),
            metric.label,
            f"{value:.{metric.decimals}f}",
            in_short(target),
            metric.unit,
            _short(metric.name, target),
        )
        for metric, value in numbers(report)
        if (target := in_force.of(metric.name)) is not None
    ]
    length = report.length
    if length is not None and length.target_s is not None:
        own, band = "the question's own", "{:.0f}–{:.0f}".format(*length.target_s)
        fits = met("speaking_s", length.speaking_s, Target(*length.target_s, own))
        rows.append(Held(fits, "length", f"{length.speaking_s:.0f}", band, "s", own))
    return rows


def target_rows(in_force: Targets) -> list[tuple[str, ...]]:
    """Every measure that has a target: its name, the target, whose it is, its source."""
    from voicerehearsal.coaching.metrics import METRICS
    from voicerehearsal.coaching.targets import in_short

    stated = [(name, target) for name in METRICS if (target := in_force.of(name)) is not None]
    return [(name, in_short(target), _WHOSE[target.whose], _short(name, target)) for name, target in stated]


def without_target(in_force: Targets) -> list[str]:
    """The names of the measures that have none."""
    from voicerehearsal.coaching.metrics import METRICS

    return [name for name in METRICS if in_force.of(name) is None]


def target_facts(metric: Metric, in_force: Targets, pack: Pack | None) -> Iterator[tuple[str, str]]:
    """All that is known of the target of one measure, under a word each; `pack` is the one it is for."""
    from voicerehearsal.coaching.sources import SOURCES, doubt
    from voicerehearsal.coaching.targets import DEFAULTS, in_words

    target, default, source = in_force.of(metric.name), DEFAULTS.of(metric.name), SOURCES.get(metric.name)
    yield "Target", in_force_in_words(metric, in_force)
    language = pace_language(metric)
    if language is not None:
        slow, fast = in_force.rate_band(language).amber
        yield "Amber", f"{slow:g} to {fast:g}: only outside of it a pace is called slow or fast"
    usual = usual_by_language([metric])[metric.name]
    for spoken, one in usual.items():
        yield "Yours" if len(usual) == 1 else f"Yours, {LANGUAGES[spoken]}", _usual_in_words(metric, one)
    if not usual:
        yield "Yours", "not known yet: no answer of yours has this measure"
    if target is not None and target != default:
        if default is not None:
            yield "Else", f"{in_words(default)}, the usual target"
        doubtful = doubt(metric.name, target)
        if doubtful is not None:
            yield "But", f"it lies outside what is known to work: {doubtful}"
    for number, found in enumerate(() if source is None else source.found):
        yield "" if number else "Found", found
    yield "Change", _how_to_change(metric, in_force, pack)


def in_force_in_words(metric: Metric, in_force: Targets) -> str:
    """The target in force, and whose it is."""
    from voicerehearsal.coaching.targets import in_words

    target = in_force.of(metric.name)
    if target is None:
        return "none, nobody states one"
    whose = "the usual one" if target.whose == "default" else target.source
    return f"{in_words(target)} {metric.unit}".rstrip() + f" ({whose})"


def _how_to_change(metric: Metric, in_force: Targets, pack: Pack | None) -> str:
    target = in_force.of(metric.name)
    here = "" if pack is None else f" --pack {pack.id}"
    wanted = "own" if pack is None else "own_for_pack"
    if target is not None and target.whose == wanted:
        return f"voicerehearsal targets {metric.name}{here} --reset"
    low, high = (None, None) if target is None else (target.low, target.high)
    sides = [f"--{side} {limit:g}" for side, limit in (("low", low), ("high", high)) if limit is not None]
    return f"voicerehearsal targets {metric.name}{here} {' '.join(sides) or '--low X --high Y'}"


def usual_by_language(metrics: list[Metric]) -> dict[str, dict[Language, Usual]]:
    """What is usual for the person, by measure and language; a language without numbers is left out."""
    from voicerehearsal import wiring

    names = [metric.name for metric in metrics]
    with wiring.open_journal(read_only=True) as journal:
        known = {language: journal.usual(names, language) for language in LANGUAGES}
    return {name: {spoken: found[name] for spoken, found in known.items() if name in found} for name in names}


def _usual_in_words(metric: Metric, usual: Usual) -> str:
    middle, spread = (f"{number:.{metric.decimals}f}" for number in (usual.median, usual.spread))
    if usual.answers == 1:
        return f"{middle} in your one answer so far"
    return f"{middle}, give or take {spread}, in your last {usual.answers} answers"


def pace_language(metric: Metric) -> Language | None:
    """The language whose pace a measure is; None for any other measure."""
    from voicerehearsal.coaching.targets import PACE

    return next((language for language, name in PACE.items() if name == metric.name), None)


def _short(name: str, target: Target) -> str:
    """The source in a few words: names and years; or whose the target is, and since when or why."""
    from voicerehearsal.coaching.sources import SOURCES

    return SOURCES[name].short if target.whose == "default" else target.source
