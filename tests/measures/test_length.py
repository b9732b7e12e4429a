"""Length against a target."""

from __future__ import annotations

import pytest

from voicerehearsal.measures.length import measure_length


@pytest.mark.parametrize(
    ("speaking_s", "verdict"), [(59.9, "short"), (60, "good"), (120, "good"), (120.1, "long"), (0.2, "short")]
)
def test_verdict_by_target(speaking_s, verdict):
    """The limits are good."""
    assert measure_length(speaking_s=speaking_s, target_s=(60, 120)).verdict == verdict


def test_without_a_target_there_is_no_verdict():
    """The length itself is still told."""
    length = measure_length(speaking_s=33, target_s=None)
    assert (length.speaking_s, length.target_s, length.verdict) == (33, None, None)
