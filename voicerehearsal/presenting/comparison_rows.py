"""Two answers compared, as rows of their measures and sentences on their talking points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicerehearsal.coaching.targets import in_short
from voicerehearsal.presenting.comparing import shown_change, value

if TYPE_CHECKING:
    from voicerehearsal.coaching.comparison import Measured, Points
    from voicerehearsal.values import CautionHit, PointResult


def comparison_columns(names: tuple[str, str]) -> tuple[tuple[str, bool], ...]:
    """The headings of `comparison_row`, and whether numbers stand below; `names` are those of the two answers."""
    return (
        ("", False),
        (names[0], True),
        (names[1], True),
        ("change", True),
        ("usual", False),
        ("target", False),
    )


def comparison_row(one: Measured) -> tuple[str, ...]:
    """One measure under `comparison_columns`: both numbers, how they differ, whether by more than usual, its target."""
    title = f"{one.metric.label}, {one.metric.unit}" if one.metric.unit else one.metric.label
    change = "" if one.difference is None else _signed(shown_change(one), one.metric.decimals)
    usual = "" if one.difference is None else {True: "beyond", False: "within", None: "unknown"}[one.beyond_usual]
    return title, value(one, one.a), value(one, one.b), change, usual, _towards(one)


def _signed(difference: float, decimals: int) -> str:
    rounded = round(difference, decimals)
    return f"{rounded:+.{decimals}f}" if rounded else "0"


def _towards(one: Measured) -> str:
    """The target, and whether the second came nearer to it."""
    if one.target is None:
        return ""
    towards = one.towards_target if shown_change(one) else None
    return in_short(one.target) + (f", {towards}" if towards else "")


def first_said_s(point: PointResult) -> float | None:
    """When a point was made first, as far as that is known."""
    return next((one.start_s for one in point.evidence if one.start_s is not None), None)


def points_in_sentences(points: Points) -> list[str]:
    """What the two have in common, and how order and phrases that hurt differ."""
    lines = []
    if not points.gained and not points.lost:
        same = (
            f"The same {len(points.kept)} points were made in both." if points.kept else "No point was made in either."
        )
        lines.append(same if len(points.kept) != 1 else "The same point was made in both.")
    elif points.kept:
        lines.append(f"Made in both: {len(points.kept)}.")
    before, now = points.order
    if None not in (before, now) and before != now:
        lines.append("Now in a sensible order." if now else "No longer in the best order.")
    lines += [f"No longer said: {_caution(one)}" for one in points.cautions_gone]
    lines += [f"Now said, and it hurts: {_caution(one)}" for one in points.cautions_new]
    return lines


def _caution(caution: CautionHit) -> str:
    return f'"{caution.text}" ({caution.why.rstrip(".")}).'
