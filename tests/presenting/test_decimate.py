"""Decimation: what is drawn of very many numbers."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from voicerehearsal.presenting.decimate import LEAST, kept

_VALUES = st.integers(1, 3000).flatmap(lambda n: arrays(float, n, elements=st.floats(-1e9, 1e9)))


@given(values=_VALUES, limit=st.integers(LEAST, 500))
def test_extremes_and_ends_stay_in_their_order(values: np.ndarray, limit: int) -> None:
    """However many go, the ends, the least and the greatest are still there, in order, and no more than asked for."""
    places = kept(values, limit)
    assert len(places) <= limit
    assert (np.diff(places) > 0).all()
    assert (places[0], places[-1]) == (0, len(values) - 1)
    assert values[places].min() == values.min()
    assert values[places].max() == values.max()


def test_what_is_usual_is_drawn_too() -> None:
    """Among very many numbers most of what is drawn lies where most of them lie, not only at their edges."""
    values = np.random.default_rng(1).normal(size=100_000)
    drawn = values[kept(values, 4000)]
    assert np.mean(np.abs(drawn) < 1.0) > 0.4


@given(values=_VALUES)
def test_few_numbers_are_all_drawn(values: np.ndarray) -> None:
    """Where all fit, all are drawn."""
    assert (kept(values, len(values)) == np.arange(len(values))).all()


def test_every_odd_answer_of_very_many_is_drawn() -> None:
    """One odd answer among a thousand ordinary ones can be seen, wherever it lies."""
    values = np.tile(np.sin(np.arange(1000.0)), 100)
    odd = np.arange(517, 100_000, 1000)
    values[odd] = 9.0
    places = kept(values, 4000)
    assert len(places) <= 4000
    assert np.isin(odd, places).all()
