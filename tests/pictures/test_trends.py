"""The picture of trends: what is written at its axes."""

from __future__ import annotations

from io import BytesIO

from tests.pictures.test_answer import texts
from voicerehearsal.coaching.metrics import METRICS
from voicerehearsal.pictures.trends import Panel, draw


def test_only_a_share_is_called_one() -> None:
    """An axis has its measure's unit; of two bare numbers the share is called so, and a count is not."""
    names = ("words_per_minute", "steadiness", "pause_count")
    panels = [Panel(name, METRICS[name], [1.77e9, 1.78e9], [0.5, 1.0]) for name in names]
    out = BytesIO()
    draw(panels, out)
    written = texts(out.getvalue()).splitlines()
    assert (written.count("words/min"), written.count("share")) == (1, 1)
