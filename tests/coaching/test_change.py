"""The word on change: against independent references, and what must hold whatever the numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicerehearsal.coaching.change import (
    CONFIDENCE,
    ENOUGH,
    LATEST,
    Change,
    chance_in_words,
    change,
    in_words,
    place,
    place_in_words,
)
from voicerehearsal.coaching.mann_kendall import MannKendall, _hamed_rao, mann_kendall
from voicerehearsal.coaching.metrics import METRICS
from voicerehearsal.coaching.targets import TARGETS, aim
from voicerehearsal.values import Target

RATE = METRICS["words_per_minute"]
BAND = Target(130.0, 160.0, "a test")

NILE = (
    "1120 1160 963 1210 1160 1160 813 1230 1370 1140 995 935 1110 994 1020 960 1180 799 958 1140 1100 1210 "
    "1150 1250 1260 1220 1030 1100 774 840 874 694 940 833 701 916 692 1020 1050 969 831 726 456 824 702 1120 "
    "1100 832 764 821 768 845 864 862 698 845 744 796 1040 759 781 865 845 944 984 897 822 1010 771 676 649 "
    "846 812 742 801 1040 860 874 848 890 744 749 838 1050 918 986 797 923 975 815 1020 906 901 1170 912 746 "
    "919 718 714 740"
)
"""Flow of the Nile at Aswan, 1871–1970 (Cobb 1978): a hundred numbers that others have tested, too."""

TIED = (0, 0, 1, 0, 2, 1, 0, 3, 1, 2, 2, 1, 3, 2, 4, 2, 3, 3, 5, 3)

histories = st.lists(st.integers(-1000, 1000), min_size=ENOUGH, max_size=40)


@pytest.mark.parametrize(
    ("values", "score", "variance", "slope"),
    [
        (tuple(map(float, NILE.split())), -1387, 112728.3333, -2.6),
        (tuple(map(float, TIED)), 114, 899.3333, 0.1875),
    ],
)
def test_score_variance_and_slope_are_those_of_pymannkendall(
    values: tuple[float, ...], score: int, variance: float, slope: float
) -> None:
    """`original_test` of pymannkendall 1.4.3 (Hussain & Mahmud 2019), with ties and without."""
    test = mann_kendall(np.array(values))
    assert test.score == score
    assert test.error**2 / test.widening == pytest.approx(variance)
    assert change(values).slope == pytest.approx(slope)


def test_p_is_that_of_student() -> None:
    """Two-sided tails of Student's t as SciPy 1.17 gives them (`2 * scipy.stats.t.sf`), to a thousandth."""
    known = {(6, 1.8): 0.12195, (10, 2.5): 0.03144, (30, 1.8): 0.08193, (100, 2.5): 0.01405}
    for (freedom, t), p in known.items():
        test = MannKendall(score=round(1000 * t) + 1, error=1000.0, widening=1.0, count=2 * freedom)
        assert test.p == pytest.approx(p, abs=0.001)


def test_the_variance_is_widened_as_much_as_resemblance_does() -> None:
    """Simulated: the score of 4000 histories of 25 answers with ρ = 0.4 varies as Hamed and Rao say."""
    rng = np.random.default_rng(3)
    noise = rng.standard_normal((25, 4000))
    for at in range(1, 25):
        noise[at] = 0.4 * noise[at - 1] + np.sqrt(1 - 0.4**2) * noise[at]
    scores = sum(np.sign(noise[lag:] - noise[:-lag]).sum(axis=0) for lag in range(1, 25))
    of_ranks = 6 / np.pi * np.arcsin(0.4 / 2)
    assert np.var(scores) == pytest.approx(25 * 24 * 55 / 18 * _hamed_rao(of_ranks, 25), rel=0.06)
    assert _hamed_rao(0.0, 25) == 1.0


@settings(deadline=None, max_examples=60)
@given(values=histories)
def test_the_interval_agrees_with_the_verdict(values: list[int]) -> None:
    """What is called a change has an interval on one side of 0, what is not has one that holds it."""
    found = change(values)
    assert found.slope is not None
    assert found.low is not None
    assert found.high is not None
    assert found.p is not None
    assert found.low <= found.slope <= found.high
    if found.verdict == "none":
        assert found.low <= 0.0 <= found.high
    else:
        assert found.p < 1 - CONFIDENCE
        assert (found.low >= 0.0) if found.verdict == "rising" else (found.high <= 0.0)


@settings(deadline=None, max_examples=40)
@given(values=histories)
def test_backwards_is_the_opposite(values: list[int]) -> None:
    """Read from the newest to the oldest, the same answers fall where they rose, as surely."""
    there, back = change(values), change(values[::-1])
    opposite = {"rising": "falling", "falling": "rising", "none": "none"}
    assert back.verdict == opposite[there.verdict]
    assert back.p == pytest.approx(there.p)
    assert (back.slope, back.low, back.high) == pytest.approx((-there.slope, -there.high, -there.low))  # type: ignore[operator]


@settings(deadline=None, max_examples=40)
@given(values=histories, factor=st.sampled_from([0.5, 2.0, 64.0]), shift=st.integers(-500, 500))
def test_another_unit_is_the_same_change(values: list[int], factor: float, shift: int) -> None:
    """Shifted and scaled, slope and line go along, and the verdict stays."""
    one, other = change(values), change([factor * value + shift for value in values])
    assert (other.verdict, other.settling) == (one.verdict, one.settling)
    assert other.p == pytest.approx(one.p)
    assert other.slope == pytest.approx(factor * one.slope)  # type: ignore[operator]
    assert other.end == pytest.approx(factor * one.end + shift)  # type: ignore[operator]


@settings(deadline=None, max_examples=40)
@given(values=histories)
def test_only_the_order_of_the_values_counts(values: list[int]) -> None:
    """However the measure is bent, as long as more stays more, the test says the same: no outlier makes a change."""
    assert change([value**3 for value in values]).p == change(values).p


@given(value=st.floats(-1e6, 1e6), count=st.integers(ENOUGH, 60))
@settings(deadline=None, max_examples=20)
def test_the_same_every_time_is_no_change(value: float, count: int) -> None:
    """Constant answers neither rise nor settle."""
    found = change([value] * count, BAND)
    assert (found.verdict, found.slope, found.p, found.settling) == ("none", 0.0, 1.0, False)


def test_too_few_answers_say_nothing() -> None:
    """Not even a perfect line is a change yet, and nothing but the number of answers is given."""
    assert change(list(range(ENOUGH - 1))) == Change(ENOUGH - 1, "too_early")
    assert change([]) == Change(0, "too_early")
    assert in_words(change([150.0]), RATE) == f"Speech rate: too early to tell: 1 answer, {ENOUGH} needed."
    assert change(list(range(ENOUGH))).verdict == "rising"


def test_only_the_latest_answers_are_looked_at() -> None:
    """A rise that ended long ago is no rise of now."""
    level = [1000.0 + (7 * at) % 5 for at in range(LATEST)]
    found = change([*range(500), *level])
    assert (found.count, found.verdict) == (LATEST, "none")


@pytest.mark.parametrize(
    ("start", "end", "verdict"),
    [
        (190.0, 170.0, "better"),
        (190.0, 150.0, "better"),
        (100.0, 125.0, "better"),
        (158.0, 135.0, "falling"),
        (185.0, 110.0, "falling"),
        (165.0, 100.0, "worse"),
        (150.0, 175.0, "worse"),
        (170.0, 190.0, "worse"),
    ],
)
def test_better_is_nearer_to_the_target(start: float, end: float, verdict: str) -> None:
    """Inside the band everything is equal, and passing through it to the other side is not coming nearer."""
    wobble = [1.0, -1.0, -1.0, 1.0, 0.0] * 6
    values = [float(level) + noise for level, noise in zip(np.linspace(start, end, 30), wobble, strict=True)]
    assert change(values, BAND).verdict == verdict
    assert change(values).verdict == ("rising" if end > start else "falling")


def test_a_count_that_is_mostly_nought_can_fall() -> None:
    """Surges become rare: the median slope is 0, so the mean is said to fall, and how it was found is named."""
    surges = [1, 0, 2, 0, 1, 1, 0, 2, 1, 0, 1, 0, 1, 0, 0, 1, *([0] * 20)]
    found = change(surges, Target(None, 0.0, "a test"))
    assert (found.verdict, found.line) == ("better", "least squares")
    assert found.high is not None
    assert found.high < 0.0
    assert "least squares" in in_words(found, METRICS["surges"])


def test_settling_is_told_apart_from_falling() -> None:
    """A pace that swings less and less about the same level settles, and does not fall."""
    swings = [(30 - at) * sign for at, sign in enumerate([1, -1, -1, 1] * 7)]
    found = change([150.0 + swing for swing in swings])
    assert (found.verdict, found.settling) == ("none", True)
    assert in_words(found, RATE).endswith("It is settling: answers differ less and less from the one before.")


def test_the_sentence_says_how_much_and_how_it_is_known() -> None:
    """Method, interval, chance and number of answers stand in it; noise is never called better."""
    values = [190.0 - at + [3.0, -2.0, 0.0, -3.0, 2.0][at % 5] for at in range(30)]
    said = in_words(change(values, BAND), RATE)
    assert said.startswith("Speech rate: nearer to the target, from about 190 to about 161 words/min over 30 answers (")
    assert "Theil–Sen −1.00 from answer to answer, 92% interval −1.06 to −1.00; " in said
    assert said.endswith("Mann–Kendall with Hamed–Rao p < 0.001).")
    noise = np.random.default_rng(5).normal(170.0, 10.0, 42).tolist()
    assert in_words(change(noise, BAND), RATE).startswith(
        "Speech rate: no change that could not be chance (42 answers; Theil–Sen "
    )


def test_a_place_counts_equal_answers_half() -> None:
    """The share below is the middle of the equal ones; too few answers give a reason instead."""
    assert place(2.0, [1.0] * 4 + [2.0] * 4 + [3.0] * 2).below == pytest.approx(0.6)
    few = place(2.0, [1.0] * 9)
    assert (few.below, few.unusual) == (None, None)
    assert few.reason == "9 answers to compare with, 10 needed"


def test_unusual_is_said_of_one_answer_in_twenty_at_most() -> None:
    """Of forty answers, each held against the others, the lowest and the highest are unusual; of thirty none can be."""
    forty = [float(value) for value in range(40)]
    unusual = [value for value in forty if place(value, [other for other in forty if other != value]).unusual]
    assert unusual == [0.0, 39.0]
    assert place(99.0, forty[:30]).unusual is None


def test_a_place_in_words() -> None:
    """In the measure's own comparison, with the number of answers."""
    others = [float(value) for value in range(40)]
    assert place_in_words(place(35.5, others), RATE) == "faster than 9 in 10 of your 40 other answers"
    assert place_in_words(place(3.5, others), METRICS["speaking_s"]) == "shorter than 9 in 10 of your 40 other answers"
    assert place_in_words(place(19.5, others), RATE) == "in the middle of your 40 other answers"
    assert place_in_words(place(99.0, others), METRICS["surges"]) == "higher than all 40 other answers of yours"
    points = METRICS["coverage"]
    assert place_in_words(place(1.0, [1.0] * 20 + [0.5] * 30), points) == "higher than 6 in 10 of your 50 other answers"
    assert place_in_words(place(1.0, [1.0] * 30 + [0.5] * 20), points) == "the same as most of your 50 other answers"
    assert place_in_words(place(1.0, []), RATE) == "too early to tell its place: 0 answers to compare with, 10 needed"


def test_fewer_fillers_than_the_target_are_no_fault() -> None:
    """Who says "um" less and less comes nearer to nothing they have to learn; from too many, fewer are better."""
    target = TARGETS["fillers_per_minute"]
    fewer = [0.9 - 0.04 * n for n in range(20)]
    assert change(fewer, aim("fillers_per_minute", target)).verdict == "falling"
    assert change([8 - 0.3 * n for n in range(26)], aim("fillers_per_minute", target)).verdict == "better"
    assert aim("words_per_minute", TARGETS["words_per_minute"]) == TARGETS["words_per_minute"]


def test_of_many_measures_chance_is_told_where_one_was_found() -> None:
    """One measure alone, or none that changes, needs no word on chance."""
    rising, level = change([float(n) for n in range(20)]), change([float(n % 2) for n in range(20)])
    early = change([1.0])
    assert chance_in_words([rising]) == chance_in_words([level, level]) == chance_in_words([rising, early]) == ""
    assert chance_in_words([rising, level, early]).endswith("2 were looked at.")
