"""Very many numbers as few as a screen can show, without losing one that stands out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BETWEEN = 6
"""Ordinary numbers kept of every stretch: the extremes alone would be a cloud that is hollow where most numbers lie."""

_OF_EACH = 2 + _BETWEEN

LEAST = 2 + 2 * _OF_EACH
"""No fewer can be kept."""


def kept(values: NDArray[np.float64], limit: int) -> NDArray[np.intp]:
    """Which of `values` to draw: the first, the last, and of every stretch the extremes and some between them.

    Args:
        values: Any number of them, in the order in which they are drawn; none is NaN.
        limit: How many to keep at most; `LEAST` or more.

    Returns:
        Their places, rising; all of them where there are no more than `limit`.
    """
    import numpy as np

    count = len(values)
    if count <= limit:
        return np.arange(count)
    size = -(-count // ((limit - 2) // _OF_EACH))
    whole = count // size * size
    starts = np.arange(0, whole, size)
    stretches = values[:whole].reshape(-1, size)
    places = [starts + stretches.argmin(axis=1), starts + stretches.argmax(axis=1)]
    places += [starts + size * part // _BETWEEN for part in range(_BETWEEN)]
    if whole < count:
        rest = values[whole:]
        places.append(whole + np.array([rest.argmin(), rest.argmax()]))
    return np.unique(np.concatenate([*places, np.array([0, count - 1])]))
