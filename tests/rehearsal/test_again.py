"""What an answer measured again keeps, and by what its remarks are weighed."""

from __future__ import annotations

from dataclasses import replace

from tests.reports import report
from voicerehearsal.rehearsal.again import with_what_was_asked
from voicerehearsal.values import NOTHING_USUAL, Transcript, Usual, Word


def test_remarks_are_weighed_by_what_was_usual() -> None:
    """Fast and flat: flat comes first, unless the speaker is usually much slower."""
    stored = replace(report(), keywords=None)
    fast = replace(report(rate=177.0), keywords=None, fillers=None, smile=None)
    assert fast.tone is not None
    flat = replace(fast.tone, surges=(), verdict="monotone", pitch_sd_st=1.2, endings=None)
    fast = replace(fast, transcript=Transcript("", (Word("word", 2.0, 2.9, 0.9),)), tone=flat)
    for usual, change in (NOTHING_USUAL, "tone"), ({"words_per_minute": Usual(140.0, 8.0, 9)}, "pace"):
        found = with_what_was_asked(fast, stored, usual)
        assert [remark.measure for remark in found.remarks if remark.kind == "change"] == [change]
