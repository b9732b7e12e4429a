"""`python -m tests.accuracy`: every number with its target; exit code 1 when one is missed."""

from __future__ import annotations

import sys

from tests.accuracy import corpora, fluency, latency, pace, pauses
from tests.accuracy.scoring import Check, heading


def main() -> int:
    """Run what can be run here."""
    checks: list[Check] = [*pauses.on_made_answers(), *pace.with_words_given(), *latency.on_the_virtual_card()]
    root = corpora.folder()
    if root is None:
        print(f"\nSet {corpora.VARIABLE} to a folder of recordings to measure on real voices, too.")
    else:
        checks += [*pauses.on_marked_recordings(root), *pauses.nobody_speaks(root)]
        checks += [*pace.syllables(root), *pace.with_recogniser(root)]
        fluency.against_raters(root)
    heading("Targets")
    for check in checks:
        print(check.line())
    return 0 if all(check.passed for check in checks) else 1


if __name__ == "__main__":
    sys.exit(main())
