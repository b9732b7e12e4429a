"""What a report says beside its measures: warnings, and why something is missing."""

from __future__ import annotations

import numpy as np

from voicerehearsal.engines.praat import PraatPhonetics
from voicerehearsal.measures.quality import Tally
from voicerehearsal.measures.tracks import Tracks
from voicerehearsal.rehearsal.analyse import analyse
from voicerehearsal.rehearsal.listen import Heard
from voicerehearsal.values import Circumstances, QuestionRef, Samples, Span


def _heard(samples: Samples) -> Heard:
    """Sound in which the gate found nobody."""
    return Heard(
        samples=samples,
        gate=np.zeros(len(samples) // 320, np.bool_),
        words=(),
        no_words_because="",
        sample_rate_hz=16_000,
        channels=1,
        tally=Tally().plus(samples),
        tracks=Tracks(PraatPhonetics()).finish(samples=samples),
    )


ZEROS = np.zeros(32_000, np.int16)


def test_lost_blocks_are_reported() -> None:
    """Sound that the computer was too busy to take is counted in the warnings."""
    report = analyse(_heard(ZEROS), source="a", circumstances=Circumstances(lost_blocks=3), question=None)
    assert any("3 blocks of sound were lost" in warning for warning in report.audio.warnings)


def test_a_muted_answer_is_not_blamed_on_the_microphone() -> None:
    """Zeros because of `m` are told apart from zeros of a dead microphone."""
    muted = analyse(_heard(ZEROS), source="a", circumstances=Circumstances(mutes=(Span(0, 2),)), question=None)
    dead = analyse(_heard(ZEROS), source="a", circumstances=Circumstances(), question=None)
    assert muted.missing["pauses"] == "the line was muted"
    assert "only zeros" in dead.missing["pauses"]


def test_every_section_that_is_null_has_its_reason() -> None:
    """Whatever is null at the top of a report is named in `missing`."""
    circumstances = Circumstances(question=QuestionRef("gone", "a1"))
    report = analyse(_heard(ZEROS), source="a", circumstances=circumstances, question=None)
    sections = ("transcript", "pace", "pauses", "fillers", "keywords", "tone", "smile", "length")
    assert {name for name in sections if getattr(report, name) is None} <= set(report.missing)
