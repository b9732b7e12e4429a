"""What a speaker says of talking points, applied to a report, and what is remembered of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports import report, reports
from voicerehearsal.measures.point_corrections import (
    CORRECTED,
    JudgedPoint,
    PointVerdict,
    judged_points,
    learned_from,
    made,
    not_made,
    with_verdicts,
)
from voicerehearsal.values import Evidence, Keywords, Language, PointResult, Report, Transcript, Word

HANDS_UP = Evidence("I held my hands up", 4.0, 5.2, "meaning", 0.78)
TOMORROW = Evidence("we look into it tomorrow", 9.0, 10.5, "meaning", 0.41)
SORRY = PointResult("apologise", "Apologise", True, (HANDS_UP,))
PROMISE = PointResult("promise", "Promise a time", False, (), TOMORROW)
THANK = PointResult("thank", "Thank them", True, (Evidence("thank you", 12.0, 12.6),))

SAID = "Well I have spoken to them because I'll do to him by noon"


def _spoken(text: str) -> Transcript:
    """A word a second, half a second each, from 0 s on."""
    return Transcript(text, tuple(Word(word, float(at), at + 0.5, 1.0) for at, word in enumerate(text.split())))


def _report(*points: PointResult, said: str = SAID, language: Language = "en") -> Report:
    coverage = sum(point.covered for point in points) / len(points)
    keywords = Keywords(points, coverage, True, ())
    return replace(report(language=language), keywords=keywords, transcript=_spoken(said))


def _keywords(made: Report, **verdicts: PointVerdict) -> Keywords:
    after = with_verdicts(report=made, verdicts=verdicts).keywords
    assert after is not None
    return after


def test_what_was_not_made_is_missed_and_the_numbers_follow() -> None:
    """No evidence is left, coverage is that of the rest, and the order is no longer known, with the reason."""
    before = _report(SORRY, PROMISE, THANK)
    after = with_verdicts(report=before, verdicts={"apologise": not_made(SORRY)})
    assert after.keywords is not None
    assert after.keywords.points == (PointResult("apologise", "Apologise", False, ()), PROMISE, THANK)
    assert (after.keywords.coverage, after.keywords.order) == (pytest.approx(1 / 3), None)
    assert after.missing == before.missing | {"keywords.order": CORRECTED}
    assert replace(after, keywords=before.keywords, missing=before.missing) == before


def test_what_was_made_has_the_speakers_words_as_evidence() -> None:
    """With the time where they stand in the transcript, whatever their case; certain; the order is not known."""
    after = _keywords(_report(SORRY, PROMISE, THANK), promise=made(PROMISE, "by NOON."))
    assert after.points[1] == PointResult(
        "promise", "Promise a time", True, (Evidence("by NOON.", 11.0, 12.5, "yours", 1.0),)
    )
    assert (after.coverage, after.order) == (1.0, None)


@pytest.mark.parametrize(
    ("wording", "language", "said", "times"),
    [
        ("i'll do", "en", SAID, (7.0, 8.5)),
        ("Ill do", "en", SAID, (7.0, 8.5)),
        ("cause", "en", SAID, (None, None)),
        ("to him", "en", SAID, (9.0, 10.5)),
        ("spoke", "en", SAID, (None, None)),
        ("at noon", "en", SAID, (None, None)),
        ("很抱歉", "zh", "我 真的 很 抱歉 了", (2.0, 3.5)),
        ("抱歉", "zh", "我 真的 很抱歉 了", (2.0, 2.5)),
    ],
)
def test_a_wording_has_a_time_only_where_it_was_heard(
    wording: str, language: Language, said: str, times: tuple[float | None, float | None]
) -> None:
    """Whole words in English ("cause" is not in "because"), any characters in a row in Chinese; else no time."""
    (point,) = _keywords(_report(PROMISE, said=said, language=language), promise=made(PROMISE, wording)).points
    assert [(one.start_s, one.end_s, one.how) for one in point.evidence] == [(*times, "yours")]


def test_confirming_what_was_heard_keeps_its_place_and_the_order() -> None:
    """Without words of their own, what was taken for the point is theirs now; nothing was flipped."""
    held = _report(SORRY, PROMISE, said="yes I held my hands up")
    after = with_verdicts(report=held, verdicts={"apologise": made(SORRY)})
    assert after.keywords is not None
    assert after.keywords.points[0].evidence == (Evidence("I held my hands up", 1.0, 5.5, "yours", 1.0),)
    assert (after.keywords.order, after.missing) == (True, held.missing)


def test_insisting_without_words_counts() -> None:
    """Who only says so has made the point, at no known time, and teaches no wording."""
    insisted = made(replace(PROMISE, nearest=None))
    assert insisted == PointVerdict("made", ())
    assert _keywords(_report(PROMISE), promise=insisted).points[0].evidence == (Evidence("", None, None, "yours"),)
    heard = _keywords(_report(replace(SORRY, id="promise")), promise=insisted).points[0]
    assert heard.evidence == (replace(HANDS_UP, how="yours", certainty=1.0),)
    assert learned_from([("promise", insisted)]).accepted == {}


def test_verdicts_carry_the_wordings_they_are_about() -> None:
    """What was struck, or came near and was denied; what was said instead of what was taken for it."""
    assert not_made(SORRY) == PointVerdict("not_made", ("I held my hands up",))
    assert not_made(PROMISE) == PointVerdict("not_made", ("we look into it tomorrow",))
    assert made(SORRY) == PointVerdict("made", ("I held my hands up",))
    assert made(SORRY, "my fault") == PointVerdict("made", ("my fault",))


@pytest.mark.parametrize(
    ("evidence", "doubtful"),
    [
        (HANDS_UP, True),
        (replace(HANDS_UP, certainty=0.99), True),
        (replace(HANDS_UP, how="sound", certainty=0.9), True),
        (replace(HANDS_UP, how="words", certainty=0.79), True),
        (replace(HANDS_UP, how="words", certainty=0.8), False),
        (replace(HANDS_UP, how="yours", certainty=1.0), False),
    ],
)
def test_what_is_worth_hearing_again(evidence: Evidence, doubtful: bool) -> None:
    """All but sure words and what the speaker said, unless such stands beside it or they have judged already."""
    point = replace(SORRY, evidence=(evidence,))
    assert JudgedPoint(point, point, None).doubtful == doubtful
    assert not JudgedPoint(point, point, PointVerdict("made")).doubtful
    sure = replace(point, evidence=(evidence, *THANK.evidence))
    assert not JudgedPoint(sure, sure, None).doubtful


def test_the_last_word_on_a_wording_counts() -> None:
    """One called right and later wrong is wrong, whatever its case and punctuation, and for that point alone."""
    said = [
        ("apologise", PointVerdict("made", ("my fault", "I held my hands up"))),
        ("apologise", PointVerdict("not_made", ("My fault!", "some say sorry"))),
        ("thank", PointVerdict("made", ("My fault",))),
        ("thank", PointVerdict("not_made", ("…",))),
    ]
    learned = learned_from(said)
    assert learned.accepted == {"apologise": ("I held my hands up",), "thank": ("My fault",)}
    assert learned.rejected == {"apologise": ("My fault!", "some say sorry")}
    assert learned_from([*said, said[0]]).rejected == {"apologise": ("some say sorry",)}


_verdicts = st.builds(
    PointVerdict, st.sampled_from(["made", "not_made"]), st.lists(st.text(max_size=5), max_size=3).map(tuple)
)


@given(reports(), st.dictionaries(st.text(max_size=2), _verdicts, max_size=3), st.data())
def test_any_report_takes_any_verdict(measured: Report, others: dict[str, PointVerdict], data: st.DataObject) -> None:
    """Coverage is the share of made points, every made one has evidence and no missed one; twice is once."""
    ids = [] if measured.keywords is None else [point.id for point in measured.keywords.points]
    verdicts = others | {point: data.draw(_verdicts) for point in ids}
    after = with_verdicts(report=measured, verdicts=verdicts)
    assert with_verdicts(report=measured, verdicts={}) == measured
    if not ids:
        assert after == measured
        return
    assert after.keywords is not None
    assert [point.covered for point in after.keywords.points] == [verdicts[one].verdict == "made" for one in ids]
    assert all(bool(point.evidence) == point.covered for point in after.keywords.points)
    assert after.keywords.coverage == sum(point.covered for point in after.keywords.points) / len(ids)
    assert [one.result for one in judged_points(report=measured, verdicts=verdicts)] == list(after.keywords.points)
    assert with_verdicts(report=after, verdicts=verdicts).keywords == after.keywords
