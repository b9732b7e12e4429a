"""What an answer measured again keeps of its earlier report."""

from __future__ import annotations

from dataclasses import replace

from voicerehearsal.coaching.judgement import Habits
from voicerehearsal.coaching.remarks import remarks
from voicerehearsal.measures.length import measure_length
from voicerehearsal.values import Report


def with_what_was_asked(report: Report, stored: Report, usual: Habits) -> Report:
    """`report` with the question, the talking points and the target length of `stored`.

    For an answer whose question pack is not here any more: what was found with it still holds.

    Args:
        report: As it is measured now.
        stored: As it was kept.
        usual: What was usual for the speaker, by which the remarks are weighed.
    """
    length = report.length
    if length is not None and stored.length is not None:
        length = measure_length(
            speaking_s=length.speaking_s,
            target_s=stored.length.target_s,
            interrupted="length.verdict" in stored.missing,
        )
    missing = report.missing
    if stored.keywords is not None:
        missing = {section: reason for section, reason in missing.items() if section != "keywords"}
    whole = replace(report, question=stored.question, keywords=stored.keywords, length=length, missing=missing)
    return replace(whole, remarks=remarks(whole, usual))
