"""The recogniser that is held to filled pauses."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from tests.accuracy.synthesis import hibari
from tests.measures.made_sound import int16
from voicerehearsal.engines.vosk_recogniser import FILLED_PAUSES, VoskModel
from voicerehearsal.values import ANALYSIS_RATE_HZ, Samples, Word

MODEL = Path(__file__).parents[2] / "audio_models" / "vosk-model-small-en-us-0.15"

BEFORE_S = 0.3

pytestmark = pytest.mark.skipif(not MODEL.exists(), reason="the English model is not installed; `make setup` does it")


@cache
def model() -> VoskModel:
    """One model for all."""
    return VoskModel(MODEL)


@cache
def um_said() -> tuple[Samples, float, float]:
    """A sentence, an "um" between silences, a sentence; and where the "um" is."""
    gap = np.zeros(round(BEFORE_S * ANALYSIS_RATE_HZ), np.float32)
    first, um, last = (hibari(text) for text in ("I listened and took notes.", "Erm,", "She thanked me afterwards."))
    start_s = (len(first) + len(gap)) / ANALYSIS_RATE_HZ
    return int16(np.concatenate((first, gap, um, gap, last))), start_s, start_s + len(um) / ANALYSIS_RATE_HZ


def heard(samples: Samples, *, block: int) -> tuple[Word, ...]:
    """What is heard when the sound comes in blocks of so many samples."""
    recogniser = model().filler_recogniser()
    for at in range(0, len(samples), block):
        recogniser.accept(samples[at : at + block])
    return recogniser.finish()


def test_hears_one_where_it_was_said() -> None:
    """The "erm" is written where it was said (a tenth of a second either way), and nothing else is."""
    samples, start_s, end_s = um_said()
    found = [word for word in heard(samples, block=4000) if word.text in FILLED_PAUSES]
    assert len(found) == 1
    assert start_s - 0.1 < found[0].start_s < found[0].end_s < end_s + 0.1
    assert 0 < found[0].confidence <= 1


def test_blocks_do_not_matter() -> None:
    """However the sound is cut in blocks, the same words with the same times come out."""
    samples, _, _ = um_said()
    assert heard(samples, block=777) == heard(samples, block=len(samples))


def test_writes_nothing_but_its_few_words() -> None:
    """Whatever is said, there are no other words than the filled pauses and the mark for anything else."""
    samples, _, _ = um_said()
    assert {word.text for word in heard(samples, block=4000)} <= {*FILLED_PAUSES, "[unk]"}


def test_silence_holds_none() -> None:
    """Two seconds of nothing hold no filled pause."""
    found = heard(np.zeros(2 * ANALYSIS_RATE_HZ, np.int16), block=4000)
    assert not [word for word in found if word.text in FILLED_PAUSES]
