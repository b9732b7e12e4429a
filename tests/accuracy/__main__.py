"""`python -m tests.accuracy [PART …]`: every number with its target; exit code 1 when one is missed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.accuracy import (
    bad_input,
    corpora,
    coverage,
    filled_pauses,
    filler_phrases,
    fluency,
    latency,
    pace,
    pauses,
    smile,
    smile_effect,
    surges,
    tone,
    trends,
)
from tests.accuracy.scoring import Check, heading


def _pauses(root: Path | None) -> list[Check]:
    on_real = [] if root is None else [*pauses.on_marked_recordings(root), *pauses.nobody_speaks(root)]
    return [*pauses.on_made_answers(), *on_real]


def _pace(root: Path | None) -> list[Check]:
    checks = pace.with_words_given()
    if root is not None:
        checks = [*checks, *pace.syllables(root), *pace.with_recogniser(root)]
        fluency.against_raters(root)
    return checks


def _phrases(root: Path | None) -> list[Check]:
    read = [] if root is None else filler_phrases.in_read_speech(root)
    return [*filler_phrases.check(), *filler_phrases.spoken_and_heard(), *read]


PARTS: Mapping[str, Callable[[Path | None], list[Check]]] = {
    "pauses": _pauses,
    "pace": _pace,
    "latency": lambda _: latency.on_the_virtual_card(),
    "tone": tone.check,
    "filled_pauses": filled_pauses.check,
    "filler_phrases": _phrases,
    "coverage": lambda _: coverage.check(),
    "trends": lambda _: trends.check(),
}
"""What can be measured on made sounds alone, and better with recordings."""

ON_RECORDINGS: Mapping[str, Callable[[Path], list[Check]]] = {
    "surges": surges.check,
    "smile": smile.check,
    "smile_effect": smile_effect.check,
    "bad_input": bad_input.check,
}


def main() -> int:
    """Run what can be run here: the parts that are named, or all."""
    root = corpora.folder()
    wanted = sys.argv[1:] or [*PARTS, *ON_RECORDINGS]
    checks: list[Check] = []
    for name in wanted:
        if name in PARTS:
            checks += PARTS[name](root)
        elif root is not None:
            checks += ON_RECORDINGS[name](root)
    if root is None:
        print(f"\nSet {corpora.VARIABLE} to a folder of recordings to measure on real voices, too.")
    heading("Targets")
    for check in checks:
        print(check.line())
    return 0 if all(check.passed for check in checks) else 1


if __name__ == "__main__":
    sys.exit(main())
