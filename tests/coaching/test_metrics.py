"""The numbers of a report that are followed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.reports import report
from voicerehearsal.coaching.metrics import numbers


def _followed(missing: dict[str, str]) -> dict[str, float]:
    """By name, of a report without surges whose `missing` is this."""
    made = report()
    assert made.tone is not None
    return {
        metric.name: value
        for metric, value in numbers(replace(made, tone=replace(made.tone, surges=()), missing=missing))
    }


def test_no_surge_is_a_number_only_where_surges_could_be_told() -> None:
    """A voice that never surged has none; where loudness cannot be told there is no number, and all others stay."""
    known, unknown = _followed({}), _followed({"tone.surges": "the microphone changed its level"})
    assert known["surges"] == 0.0
    assert "surges" not in unknown
    assert set(known) - set(unknown) == {"surges"}


@pytest.mark.parametrize("missing", ["tone.endings", "tone.endings.falling_share"])
def test_a_part_is_missing_with_the_whole(missing: str) -> None:
    """A number inside something that is missing is none; a reason for another number takes nothing away."""
    assert "falling_endings" not in _followed({missing: "too noisy"})
    assert "falling_endings" in _followed({"fillers.phrases": "no recogniser", "tone.verdict": "too short"})
