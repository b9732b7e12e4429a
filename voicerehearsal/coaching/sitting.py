"""Whether an answer sits: every point made, nothing said that hurts, at a pace that can be followed."""

from __future__ import annotations

from voicerehearsal.coaching.targets import held_against
from voicerehearsal.values import Report

GOOD_ONES = 2
"""An answer sits once it went well so often running: the first time may be luck; our own choice."""

_NAMED = 3


def why_not(report: Report) -> str | None:
    """Why an answer does not sit yet, as one sentence; None when it does.

    Without words nobody can tell, and that is the sentence.
    """
    if report.pauses is None:
        return "Nothing was heard."
    if report.keywords is None:
        return f"Whether it sits cannot be told without the words: {report.missing.get('keywords', 'none were heard')}."
    missed = [point.label for point in report.keywords.points if not point.covered]
    if missed:
        more = f" and {len(missed) - _NAMED} more" if len(missed) > _NAMED else ""
        return f"Still missing: {'; '.join(missed[:_NAMED])}{more}."
    if report.keywords.cautions:
        return f'Every point was made; now leave out "{report.keywords.cautions[0].text}".'
    return _off_pace(report)


def _off_pace(report: Report) -> str | None:
    pace = report.pace
    if pace is None or pace.verdict not in ("slow", "fast"):
        return None
    band = held_against(report).rate_band(report.language)
    rate = pace.words_per_minute if pace.unit == "wpm" else pace.characters_per_minute
    unit = "words" if pace.unit == "wpm" else "characters"
    return (
        f"Every point was made, but {rate:.0f} {unit} a minute is too {pace.verdict}: "
        f"stay between {band.amber[0]:.0f} and {band.amber[1]:.0f}."
    )
