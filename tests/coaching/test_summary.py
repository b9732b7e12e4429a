"""What a summary says of a measure beside what was usual before."""

from __future__ import annotations

from itertools import pairwise
from statistics import median

import numpy as np
import pytest

from voicerehearsal.coaching.metrics import METRICS
from voicerehearsal.coaching.summary import Movement, movement
from voicerehearsal.coaching.trends import usual_of

PACE = METRICS["words_per_minute"]


def _moved(before: list[float], now: list[float]) -> Movement:
    return movement(PACE, "en", values=now, usual=usual_of(before), history=[*before, *now], target=None)


@pytest.mark.parametrize("count", [1, 3, 8])
@pytest.mark.parametrize("resemblance", [0.0, 0.4])
def test_noise_is_as_usual(count: int, resemblance: float) -> None:
    """Of speakers who do not change, about one in twenty is called above or below, however many answers there are."""
    noise = np.random.default_rng(count).standard_normal((10 + count, 400))
    for before, now in pairwise(noise):
        now *= np.sqrt(1 - resemblance * resemblance)
        now += resemblance * before
    speakers = (140 + 10 * noise.T).tolist()
    wrong = [_moved(one[:10], one[10:]).beside_usual != "as usual" for one in speakers]
    assert sum(wrong) / len(wrong) <= 0.08


def test_a_week_far_from_the_usual_is_named_and_few_answers_are_no_usual() -> None:
    """Twice the spread in eight answers is above; with five answers before, or all of them alike, nobody can tell."""
    before = [140.0 + 10 * way for way in (-1.5, -1, -0.7, -0.3, 0, 0.3, 0.7, 1, 1.5)] * 3
    assert median(before) == 140.0
    assert _moved(before, [163.0] * 8).beside_usual == "above"
    assert _moved(before, [117.0] * 8).beside_usual == "below"
    assert _moved(before[:5], [200.0]).beside_usual == ""
    assert _moved([140.0] * 20, [200.0]).beside_usual == ""
