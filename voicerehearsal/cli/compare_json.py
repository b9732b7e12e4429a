"""`compare --json`: two answers side by side as content for JSON."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from voicerehearsal.coaching.alignment import Piece
from voicerehearsal.coaching.comparison import Comparison, Measured, Points
from voicerehearsal.journal.answers import Answer
from voicerehearsal.values import Word


def as_content(
    a: Answer, b: Answer, why: str, found: Comparison, pieces: Sequence[Piece], *, blank: str
) -> dict[str, Any]:
    """Everything that is known of the two; `why` just these, and `blank` is what stands between words."""
    return {
        "schema": "voicerehearsal.compare/1",
        "a": _answer(a),
        "b": _answer(b),
        "chosen": why or None,
        "measures": [_measured(one) for one in found.measures],
        "points": None if found.points is None else _points(found.points),
        "missing": {"points": found.no_points} if found.no_points else {},
        "words": [{"kind": one.kind, "a": _said(one.a, blank), "b": _said(one.b, blank)} for one in pieces],
    }


def _answer(answer: Answer) -> dict[str, Any]:
    question = None if answer.question is None else dataclasses.asdict(answer.question)
    started_at = answer.started_at
    return {"answer": answer.id, "question": question, "started_at": started_at, "duration_s": answer.duration_s}


def _measured(one: Measured) -> dict[str, Any]:
    return {
        "name": one.metric.name,
        "label": one.metric.label,
        "unit": one.metric.unit,
        "a": one.a,
        "b": one.b,
        "difference": one.difference,
        "usual_spread": None if one.usual is None else one.usual.spread,
        "usual_answers": 0 if one.usual is None else one.usual.answers,
        "least_change": one.least_change,
        "beyond_usual": one.beyond_usual,
        "target": None if one.target is None else [one.target.low, one.target.high],
        "towards_target": one.towards_target,
    }


def _points(points: Points) -> dict[str, Any]:
    return {
        **{
            name: [{"id": point.id, "label": point.label} for point in getattr(points, name)]
            for name in ("gained", "lost", "kept", "missed")
        },
        "order": {"a": points.order[0], "b": points.order[1]},
        "cautions_gone": [dataclasses.asdict(one) for one in points.cautions_gone],
        "cautions_new": [dataclasses.asdict(one) for one in points.cautions_new],
    }


def _said(words: Sequence[Word], blank: str) -> dict[str, Any] | None:
    if not words:
        return None
    return {"text": blank.join(word.text for word in words), "start_s": words[0].start_s, "end_s": words[-1].end_s}
