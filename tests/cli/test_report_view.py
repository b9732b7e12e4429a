"""What a report looks like: plain words first, within 80 columns, fillers at their place."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from rich.cells import cell_len
from rich.console import Console

from tests.reports import report as made_report
from tests.reports import reports
from voicerehearsal.cli.report_view import show_report
from voicerehearsal.coaching.remarks import remarks
from voicerehearsal.values import (
    Evidence,
    Filler,
    Fillers,
    Keywords,
    PointResult,
    Report,
    Span,
    Surge,
    Transcript,
    Word,
)


def shown(report: Report, *, encoding: str = "utf-8", terminal: bool = False) -> str:
    """The report as it arrives on a screen of 80 columns, or in a pipe."""
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="replace")
    console = Console(file=out, width=80, force_terminal=terminal, highlight=False, emoji=False)
    show_report(console, report, title="a1")
    out.seek(0)
    return out.read()


def lines(report: Report) -> dict[str, str]:
    """The first line of each name."""
    found: dict[str, str] = {}
    for line in shown(report).splitlines():
        name = line[:12].strip()
        if name and line[:1].isalpha():
            found.setdefault(name, line[12:].strip())
    return found


def spoken(text: str, *, confidence: float = 0.95) -> Transcript:
    """Each word lasts 0.4 s, one a half second from 1 s on."""
    words = tuple(Word(word, 1 + at / 2, 1.4 + at / 2, confidence) for at, word in enumerate(text.split()))
    return Transcript(text, words)


def test_fillers_are_counted_and_the_surest_named() -> None:
    """Four fillers: how many, how often, the three surest in order of time, and that three came together."""
    found = lines(made_report())
    assert found["Fillers"] == "4, 3 a minute; the surest: um 0:12, you know 0:20, um 0:21"
    assert "3 close together at 0:20" in shown(made_report())


def test_no_filler_is_said_to_be_none_heard() -> None:
    """Not "none": what was not heard may be there."""
    assert lines(replace(made_report(), fillers=Fillers((), 0, 0.0, 0.0, ())))["Fillers"] == "none heard"


def test_tone_in_plain_words_first() -> None:
    """The word, then the semitones; how phrases end; the surge with its time and the advice."""
    text = shown(made_report())
    assert lines(made_report())["Tone"] == "steady; pitch varies by 2.6 semitones"
    assert "6 of 8 phrases fall at the end, 1 rises" in text
    assert "0:40–0:46  20 % faster and 5 dB louder" in text
    assert "mute, a sip of water, one deep breath; then speak first, and calmly" in text


def test_many_surges_stay_short() -> None:
    """Five surges: two with their times, and how many more."""
    base = made_report()
    assert base.tone is not None
    surges = tuple(Surge(10.0 * at, 10.0 * at + 5, 1.2, 5.0) for at in range(1, 6))
    assert "and 3 more" in shown(replace(base, tone=replace(base.tone, surges=surges)))


@pytest.mark.parametrize(
    ("score", "uncertainty", "audible", "words"),
    [
        (0.8, 0.15, True, "can be heard (0.8 ± 0.2; your smiling reading is 1)"),
        (0.1, 0.2, False, "cannot be heard (0.1 ± 0.2; your smiling reading is 1)"),
        (0.42, 0.2, False, "hard to tell (0.4 ± 0.2; your smiling reading is 1)"),
    ],
)
def test_the_smile_is_told_honestly(score, uncertainty, audible, words) -> None:
    """Heard, not heard, or within its own uncertainty, which is never shown smaller than it is."""
    base = made_report()
    assert base.smile is not None
    smile = replace(base.smile, score=score, uncertainty=uncertainty, audible=audible)
    assert lines(replace(base, smile=smile))["Smile"] == words


def test_points_in_other_words_say_how_they_were_recognised() -> None:
    """How and how certain in brief beside the place; the command that corrects them once; sure words need neither."""
    hands = Evidence("I held my hands up", 4.0, 5.2, "meaning", 0.78)
    points = (
        PointResult("apologise", "Apologise", True, (hands,)),
        PointResult("thank", "Thank", True, (Evidence("tank you", 8.0, 8.5, "sound", 0.9),)),
        PointResult("smile", "Smile", True, (Evidence("", None, None, "yours"),)),
        PointResult("promise", "Promise", True, (Evidence("by noon", 9.0, 9.5),)),
        PointResult("ask", "Ask", False, (), hands),
    )
    text = shown(replace(made_report(), keywords=Keywords(points, 0.8, None, ())))
    assert ' ✓ Apologise  0:04 by meaning, 0.78: "I held my hands up"\n' in text
    assert ' ✓ Thank  0:08 sounds like it, 0.90: "tank you"\n' in text
    assert " ✓ Smile  you said so\n" in text
    assert ' ✓ Promise  0:09 "by noon"\n' in text
    assert " · Ask\n" in text
    assert text.count("voicerehearsal points") == 1
    for quiet in (made_report(), replace(made_report(), keywords=Keywords(points[2:], 0.67, None, ()))):
        assert "voicerehearsal points" not in shown(quiet)


def test_what_cannot_be_told_says_why() -> None:
    """A missing section is one line with its reason; a rehearsal without a calibration points at the command."""
    reasons = {"fillers": "too noisy", "tone": "too noisy", "smile": "not calibrated"}
    bare = replace(made_report(), fillers=None, tone=None, smile=None, missing=reasons)
    assert lines(bare)["Tone"] == lines(bare)["Fillers"] == "cannot be told: too noisy"
    assert lines(bare)["Smile"] == "not calibrated: voicerehearsal calibrate"
    assert "Smile" not in lines(replace(bare, question=None))


def test_fillers_stand_in_the_transcript_where_they_were_heard() -> None:
    """A filled pause between the words, a phrase in its own place, each once and in brackets."""
    said = spoken("it was you know hard at first")
    events = (Filler("um", 1.4, 1.5, "filled_pause", 0.9), Filler("you know", 2.0, 2.9, "phrase", 0.8))
    found = replace(made_report(), transcript=said, fillers=Fillers(events, 2, 1.7, 0.02, ()))
    assert " it [um] was [you know] hard at first" in shown(found)


def test_the_size_of_a_cluster_is_that_of_its_sure_fillers() -> None:
    """A doubtful one counts in number and rate, and not among those that came close together."""
    sure = {30.0: 0.9, 31.0: 0.3, 32.0: 0.9, 33.0: 0.9}
    events = tuple(Filler("um", at, at + 0.3, "filled_pause", confidence) for at, confidence in sure.items())
    found = replace(made_report(), fillers=Fillers(events, 4, 3.5, 0.02, (Span(30.0, 33.3),)))
    assert lines(found)["Fillers"].startswith("4, ")
    assert "3 close together at 0:30" in shown(found)


def test_fillers_before_and_after_all_words() -> None:
    """An "um" before the first word and one after the last are shown, too."""
    events = (Filler("um", 0.2, 0.6, "filled_pause", 0.9), Filler("uh", 9.0, 9.4, "filled_pause", 0.9))
    found = replace(made_report(), transcript=spoken("good morning"), fillers=Fillers(events, 2, 1.7, 0.02, ()))
    assert " [um] good morning [uh]" in shown(found)


def test_guessed_words_are_said_to_lower_nothing() -> None:
    """Where the recogniser was unsure of most words, the report says so."""
    guessed = replace(made_report(), transcript=spoken("some thing like that", confidence=0.4))
    assert "unsure" in lines(guessed)["Words"]


def test_within_80_columns_and_plain_in_a_pipe() -> None:
    """Long lists and Chinese: no line is wider than the screen, nothing is lost, no escape codes in a pipe."""
    events = tuple(Filler("就是说", 3.0 * at, 3.0 * at + 0.4, "phrase", 0.8) for at in range(1, 21))
    many = Fillers(events, 20, 17.0, 0.1, (Span(3.0, 60.4),))
    crowded = replace(made_report(language="zh", rate=210.0), transcript=spoken("我 觉得 " * 60), fillers=many)
    crowded = replace(crowded, remarks=remarks(crowded))
    for text in (shown(crowded), shown(made_report())):
        assert max(cell_len(line.rstrip()) for line in text.splitlines()) <= 80
        assert "\x1b" not in text
    assert "".join(shown(crowded).split()).count("[就是说]") == 20
    assert "\x1b" in shown(crowded, terminal=True)


@settings(deadline=None, max_examples=60)
@given(reports())
def test_any_report_can_be_shown(report) -> None:
    """Whatever numbers there are: shown, also where only ASCII arrives."""
    assert "a1" in shown(report)
    assert "a1" in shown(report, encoding="ascii")
