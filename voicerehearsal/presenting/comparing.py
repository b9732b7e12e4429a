"""Two answers compared, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicerehearsal.coaching.targets import in_short

if TYPE_CHECKING:
    from voicerehearsal.coaching.comparison import Comparison, Measured

_NAMED, _TOLD = 3, 5
_MANY = 10  # measures among which one may well have changed by chance
_QUICK = ("words_per_minute", "characters_per_minute", "speaking_s", "fillers_per_minute", "pause_longest_s")


def what_changed(comparison: Comparison) -> list[str]:
    """What changed by more than the speaker's answers do anyway, or why that cannot be told."""
    from voicerehearsal.coaching.comparison import ENOUGH

    if not comparison.told:
        return [f"With fewer than {ENOUGH} answers it cannot be told whether a change is more than usual."]
    if not comparison.changed:
        return [f"Nothing changed by more than your answers usually do ({comparison.told} measures looked at)."]
    told = "; ".join(in_words(one) for one in comparison.changed[:_TOLD])
    if len(comparison.changed) > _TOLD:
        told += f"; and {len(comparison.changed) - _TOLD} more"
    lines = [f"Changed by more than your answers usually do: {told}."]
    if comparison.told >= _MANY:
        lines.append(f"(Chance alone does that to about one measure in twenty; {comparison.told} were looked at.)")
    return lines


def in_words(one: Measured) -> str:
    """One measure before and after, and whether that is nearer to its target."""
    unit = one.metric.unit and (one.metric.unit if one.metric.unit.startswith("/") else f" {one.metric.unit}")
    towards = ""
    if one.target is not None and one.towards_target is not None:
        nearer = "now on target," if one.on_target else "nearer to"
        towards = f" ({nearer if one.towards_target == 'nearer' else 'further from'} {in_short(one.target)})"
    return f"{one.metric.label} from {value(one, one.a)} to {value(one, one.b)}{unit}{towards}"


def again_in_lines(comparison: Comparison, *, attempt: int) -> list[str]:
    """In three lines or so, how another attempt differs from the `attempt` before it."""
    changed = comparison.changed or [
        one for one in comparison.measures if one.metric.name in _QUICK and shown_change(one)
    ]
    told = "; ".join(in_words(one) for one in changed[:_NAMED]) or "no measure differs"
    if not comparison.changed:
        told += ". That is no more than your answers usually differ" if comparison.told else ""
    elif len(changed) > _NAMED:
        told += f"; and {len(changed) - _NAMED} more"
    lines = [f"Against attempt {attempt}: {told}."]
    points = comparison.points
    for name, some in (("Gained", points.gained if points else ()), ("Lost", points.lost if points else ())):
        if some:
            lines.append(f"{name}: {'; '.join(point.label for point in some)}.")
    if points is not None and not points.gained and not points.lost and points.kept:
        lines.append("The same points were made.")
    return lines


def shown_change(one: Measured) -> float:
    """The difference of the numbers as they are shown, so that whoever reckons it finds the same; 0 without both."""
    if one.a is None or one.b is None:
        return 0
    return round(one.b, one.metric.decimals) - round(one.a, one.metric.decimals)


def value(one: Measured, value: float | None) -> str:
    """`value` with the decimals of its measure, a dash where there is none."""
    return "–" if value is None else f"{value:.{one.metric.decimals}f}"
