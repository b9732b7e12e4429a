"""What was said: points made and missed, phrases that hurt, length."""

from __future__ import annotations

from collections.abc import Iterator

from voicerehearsal.coaching.judgement import Candidate, Judge, closing, opening, surely_said, words_are_sure
from voicerehearsal.values import Pauses, Report, Span

_PRAISED_COVERAGE = 0.75


def _too_short_or_long(report: Report, pauses: Pauses) -> Iterator[Candidate]:
    length = report.length
    if length is None or length.target_s is None or length.verdict in (None, "good"):
        return
    shortest, longest = length.target_s
    if length.verdict == "short":
        yield Candidate(
            min(1.2, 2.0 * (1.0 - length.speaking_s / shortest)),
            "length",
            f"You spoke for {length.speaking_s:.0f} s; this question deserves {shortest:.0f} to {longest:.0f}.",
            closing(pauses),
            "Answer again and add one true example: what happened, what you did, how it ended.",
        )
    else:
        yield Candidate(
            min(1.2, 2.0 * (length.speaking_s / longest - 1.0)),
            "length",
            f"You spoke for {length.speaking_s:.0f} s; stop by {longest:.0f}, while they still listen.",
            Span(min(pauses.first_sound_s + longest, pauses.last_sound_s), pauses.last_sound_s),
            "Say the whole answer in one minute, then put back only what you missed.",
        )


def _hurting_phrases(report: Report, pauses: Pauses) -> Iterator[Candidate]:
    for hit in report.keywords.cautions if report.keywords is not None else ():
        where = None if hit.start_s is None or hit.end_s is None else Span(hit.start_s, hit.end_s)
        if where is None or surely_said(report, where):
            yield Candidate(
                1.1,
                "cautions",
                f'"{hit.text}": {hit.why}',
                opening(pauses) if where is None else where,
                "Find one honest sentence to say in its place, and say it three times aloud.",
            )


def _missed_points(report: Report, pauses: Pauses) -> Iterator[Candidate]:
    keywords = report.keywords
    if keywords is None or keywords.coverage is None or not words_are_sure(report):
        return
    missed = [point.label for point in keywords.points if not point.covered]
    if missed:
        yield Candidate(
            0.9 * (1.0 - keywords.coverage),
            "keywords",
            f"I did not hear this point: {missed[0]}."
            if len(missed) == 1
            else f"I did not hear: {'; '.join(missed[:3])}.",
            closing(pauses),
            f'Answer again and work in "{missed[0]}" early, in your own words.',
        )


def _made_points(report: Report, pauses: Pauses) -> Iterator[Candidate]:
    keywords = report.keywords
    if keywords is not None and keywords.coverage is not None and keywords.coverage >= _PRAISED_COVERAGE:
        first = next(evidence for point in keywords.points for evidence in point.evidence)
        made = sum(point.covered for point in keywords.points)
        yield Candidate(
            0.9 * keywords.coverage,
            "keywords",
            f"You made {made} of {len(keywords.points)} points.",
            opening(pauses) if first.start_s is None or first.end_s is None else Span(first.start_s, first.end_s),
        )


def _right_length(report: Report, pauses: Pauses) -> Iterator[Candidate]:
    if report.length is not None and report.length.verdict == "good":
        yield Candidate(0.6, "length", "The answer had the right length.", closing(pauses))


CHANGES: tuple[Judge, ...] = (_too_short_or_long, _hurting_phrases, _missed_points)
PRAISES: tuple[Judge, ...] = (_made_points, _right_length)
