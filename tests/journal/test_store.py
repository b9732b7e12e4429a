"""Sessions, answers and their numbers, in a real SQLite file."""

from __future__ import annotations

import multiprocessing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports import A1, A2, report, reports
from voicerehearsal import measures
from voicerehearsal.coaching.metrics import METRICS, numbers
from voicerehearsal.coaching.trends import Trend
from voicerehearsal.errors import JournalError, UsageError
from voicerehearsal.formats import report_to_json
from voicerehearsal.journal.outdated import count_outdated, outdated
from voicerehearsal.journal.recordings import Kind
from voicerehearsal.journal.standings import read_last_practised
from voicerehearsal.journal.store import Journal
from voicerehearsal.journal.trends import read_trend, read_trends
from voicerehearsal.journal.wanted import Wanted
from voicerehearsal.values import QuestionRef, Report

START = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
PACE = METRICS["words_per_minute"]


def trends_of(journal: Journal, *, recent: int = 30) -> list[Trend]:
    """Every measure as it stands."""
    with journal.reading() as db:
        return read_trends(db, recent=recent)


def fill(journal: Journal, made: list[Report], *, kind: Kind = "practice", every: timedelta = timedelta(days=1)) -> int:
    """Keep `made` in a session of its own, one after another from `START` on; the number of the last answer."""
    session = journal.start_session(kind, "classic-questions", made[0].language, started_at=START)
    last = 0
    for n, one in enumerate(made):
        last = journal.keep(session, one, None, START + n * every, attempt=n + 1).id
    return last


def test_a_kept_answer_comes_back_with_what_history_shows(tmp_path: Path) -> None:
    """Every field of an answer is what was measured, and its recording is found again when the folder has moved."""
    recording = tmp_path / "home" / "recordings" / "a.flac"
    recording.parent.mkdir(parents=True)
    recording.touch()
    with Journal.open(tmp_path / "home", clock=lambda: START) as journal:
        session = journal.start_session("practice", "classic-questions", "en")
        kept = journal.keep(session, report(rate=151.4), recording, START + timedelta(milliseconds=1), attempt=2)
    (tmp_path / "home").rename(tmp_path / "moved")
    with Journal.open(tmp_path / "moved", read_only=True) as journal:
        answer = journal.answer()
        assert journal.report(answer.id) == report(rate=151.4)
        assert answer.recording == tmp_path / "moved" / "recordings" / "a.flac"
    assert answer.id == kept.id
    assert (answer.kind, answer.language, answer.question, answer.attempt) == ("practice", "en", A1, 2)
    assert answer.started_at == START + timedelta(milliseconds=1)
    assert (answer.duration_s, answer.sample_rate_hz, answer.measured, answer.recovered) == (75.0, 16_000, True, False)
    assert (answer.rate, answer.rate_unit, answer.rate_verdict) == (151.4, "wpm", "good")
    assert (answer.pauses_per_minute, answer.coverage) == (8.0, 0.75)


@settings(deadline=None, max_examples=25)
@given(made=reports(), ms=st.integers(0, 4 * 10**12), attempt=st.integers(1, 99))
def test_any_report_survives_the_journal(tmp_path_factory, made: Report, ms: int, attempt: int) -> None:
    """What is kept comes back byte for byte, with its time and every number that trends follow."""
    when = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms)
    with Journal.open(tmp_path_factory.mktemp("any")) as journal:
        session = journal.start_session("practice", None, made.language)
        answer = journal.keep(session, made, None, when, attempt=attempt)
        again = journal.report(answer.id)
        assert again is not None
        assert report_to_json(again) == report_to_json(made)
        assert (answer.started_at, answer.attempt, answer.question) == (when, attempt, made.question)
        stored = {t.metric.name: (t.language, t.latest.value) for t in trends_of(journal)}
        assert stored == {metric.name: (made.language, value) for metric, value in numbers(again)}


def test_newest_first_and_no_more_than_asked_for(tmp_path: Path) -> None:
    """The newest come first, also where answers began in the same moment; the limit cuts off the oldest."""
    with Journal.open(tmp_path) as journal:
        fill(journal, [report()] * 7, every=timedelta(0))
        fill(journal, [report()] * 4)
        every = journal.answers(limit=100)
        assert [(a.started_at, a.id) for a in every] == sorted(((a.started_at, a.id) for a in every), reverse=True)
        assert journal.answers(limit=3) == every[:3]
        assert len(every) == 11


def test_every_answer_counts_once_whatever_its_number(tmp_path: Path) -> None:
    """The count is of answers of every kind, not the newest number: one measured again is still one."""
    recording = tmp_path / "recordings" / "a.flac"
    with Journal.open(tmp_path) as journal:
        assert journal.count_answers() == 0
        session = journal.start_session("practice", None, "en")
        for _ in range(3):
            journal.keep(session, report(), recording, START, attempt=1)
        fill(journal, [report()], kind="demonstration")
        assert journal.answers(limit=1)[0].id > 2
        assert journal.count_answers() == 2


def test_a_copy_is_the_answer_that_it_is_a_copy_of(tmp_path: Path) -> None:
    """The same bytes under any name are known again; other bytes of the same length, or no answer's, are not."""
    home = tmp_path / "home"
    (home / "recordings").mkdir(parents=True)
    for name, content in (("a.flac", b"one"), ("b.flac", b"two"), ("no-answer.flac", b"six")):
        (home / "recordings" / name).write_bytes(content)
    outside = tmp_path / "outside.flac"
    with Journal.open(home) as journal:
        session = journal.start_session("practice", None, "en")
        for name in ("a.flac", "b.flac"):
            last = journal.keep(session, report(), home / "recordings" / name, START, attempt=1)
        for content, known in ((b"two", last), (b"ten", None), (b"six", None), (b"four", None)):
            outside.write_bytes(content)
            assert journal.answer_like(outside) == known
        assert journal.answer_like(home / "recordings" / "b.flac") == last
        with pytest.raises(JournalError, match=r"gone\.flac cannot be read"):
            journal.answer_like(tmp_path / "gone.flac")


def test_answers_of_one_question_and_of_one_kind(tmp_path: Path) -> None:
    """The list narrows to a question and to kinds."""
    with Journal.open(tmp_path) as journal:
        fill(journal, [report(question=A1), report(question=A2), report(question=None)])
        fill(journal, [report(question=A2)], kind="demonstration")
        assert {a.question for a in journal.answers(question=A2)} == {A2}
        assert len(journal.answers(question=A2)) == 2
        assert len(journal.answers(question=A2, kinds=("practice",))) == 1
        assert len(journal.answers(kinds=("imported",))) == 0


def test_demonstrations_never_enter_trends_or_practice(tmp_path: Path) -> None:
    """A synthetic voice's numbers are nobody's progress."""
    with Journal.open(tmp_path) as journal:
        fill(journal, [report(rate=100.0)], kind="demonstration")
        assert trends_of(journal) == []
        assert read_last_practised(journal, "classic-questions") == {}
        fill(journal, [report(rate=150.0)])
        assert [point.value for point in journal.series(PACE, "en")] == [150.0]
        assert read_last_practised(journal, "classic-questions") == {"a1": START}


def test_a_demonstration_measured_again_stays_one(tmp_path: Path) -> None:
    """A new report does not turn a demonstration into practice."""
    recording = tmp_path / "recordings" / "demo.flac"
    with Journal.open(tmp_path) as journal:
        session = journal.start_session("demonstration", None, "en")
        first = journal.keep(session, report(), recording, START, attempt=1)
        other = journal.start_session("imported", None, "en")
        assert journal.keep(other, report(rate=99.0), recording, START, attempt=2).id == first.id
        assert journal.answer(first.id).kind == "demonstration"
        assert journal.answer(first.id).rate == 99.0
        assert trends_of(journal) == []


def test_a_new_report_replaces_the_old_numbers(tmp_path: Path) -> None:
    """Measuring a recording again leaves one answer with one number a measure."""
    recording = tmp_path / "recordings" / "a.flac"
    with Journal.open(tmp_path) as journal:
        session = journal.start_session("practice", None, "en")
        journal.keep(session, report(rate=120.0), recording, START, attempt=1)
        journal.keep(session, report(rate=130.0, latency_s=None), recording, START, attempt=1)
        assert [point.value for point in journal.series(PACE, "en")] == [130.0]
        assert journal.series(METRICS["response_latency_s"], "en") == []
        assert journal.answers() == [journal.answer_with(recording)]
        assert journal.answer_with(tmp_path / "other.flac") is None


def test_languages_and_units_are_never_mixed(tmp_path: Path) -> None:
    """Words a minute and characters a minute are two trends, and so is any other measure in two languages."""
    with Journal.open(tmp_path) as journal:
        fill(journal, [report(rate=140.0)])
        fill(journal, [report(rate=220.0, language="zh")])
        assert [p.value for p in journal.series(PACE, "en")] == [140.0]
        assert journal.series(PACE, "zh") == []
        assert [p.value for p in journal.series(METRICS["characters_per_minute"], "zh")] == [220.0]
        assert [t.language for t in trends_of(journal) if t.metric.name == "pause_ratio"] == ["en", "zh"]
        assert all(t.count == 1 for t in trends_of(journal))


def test_versions_of_a_measure_are_never_mixed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a measure has changed, a trend begins anew and says how many older numbers are left out."""
    newer = type(PACE)(PACE.name, PACE.label, PACE.unit, PACE.path, PACE.decimals, PACE.version + 1, PACE.pace_unit)
    with Journal.open(tmp_path) as journal:
        fill(journal, [report(rate=100.0), report(rate=101.0)])
        monkeypatch.setitem(METRICS, PACE.name, newer)
        fill(journal, [report(rate=150.0)])
        (trend,) = [t for t in trends_of(journal) if t.metric.name == PACE.name]
        assert (trend.count, trend.other_versions, trend.latest.value) == (1, 2, 150.0)


def test_a_series_runs_in_the_order_of_time(tmp_path: Path) -> None:
    """An older recording that is imported later takes its place in time; the last ones are the newest."""
    with Journal.open(tmp_path) as journal:
        session = journal.start_session("imported", None, "en")
        for day, rate in ((3, 130.0), (1, 110.0), (2, 120.0)):
            journal.keep(session, report(rate=rate), None, START + timedelta(days=day), attempt=1)
        assert [p.value for p in journal.series(PACE, "en")] == [110.0, 120.0, 130.0]
        assert [p.value for p in journal.series(PACE, "en", last=2)] == [120.0, 130.0]
        (trend,) = [t for t in trends_of(journal, recent=2) if t.metric.name == PACE.name]
        assert (trend.first.value, [p.value for p in trend.recent], trend.count) == (110.0, [120.0, 130.0], 3)


def test_a_series_of_one_question(tmp_path: Path) -> None:
    """Points know their question and can be narrowed to it."""
    with Journal.open(tmp_path) as journal:
        fill(journal, [report(rate=140.0, question=A1), report(rate=150.0, question=A2)])
        with journal.reading() as db:
            trend = read_trend(db, PACE, "en", Wanted(pack=A2.pack, question=A2.id))
        assert trend is not None
        assert [(p.value, p.question) for p in trend.recent] == [(150.0, A2)]
        assert [(p.value, p.question) for p in journal.series(PACE, "en")] == [(140.0, A1), (150.0, A2)]


def test_last_practised_is_the_newest_day_of_each_question(tmp_path: Path) -> None:
    """By question, in this pack only."""
    with Journal.open(tmp_path) as journal:
        fill(journal, [report(question=A1), report(question=A2), report(question=A1)])
        fill(journal, [report(question=QuestionRef("other", "a9"))])
        assert read_last_practised(journal, "classic-questions") == {
            "a1": START + timedelta(days=2),
            "a2": START + timedelta(days=1),
        }


def test_what_is_usual_by_hand(tmp_path: Path) -> None:
    """Median, 1.4826 times the median distance from it, and count; measures without numbers are left out."""
    with Journal.open(tmp_path) as journal:
        fill(journal, [report(rate=rate, latency_s=None) for rate in (120.0, 130.0, 140.0, 150.0, 300.0)])
        assert journal.usual(["words_per_minute", "response_latency_s"], "en") == {
            "words_per_minute": (140.0, 10.0 * 1.4826, 5)
        }
        assert journal.usual(["words_per_minute"], "en", last=2) == {"words_per_minute": (225.0, 75.0 * 1.4826, 2)}
        assert journal.usual(["words_per_minute"], "zh") == {}


def test_what_is_usual_looks_only_at_own_earlier_answers(tmp_path: Path) -> None:
    """Demonstrations do not count, nor, when a moment is given, an answer of that moment and later ones."""
    with Journal.open(tmp_path) as journal:
        fill(journal, [report(rate=999.0)] * 9, kind="demonstration")
        fill(journal, [report(rate=rate) for rate in (120.0, 130.0, 140.0, 150.0)])
        third = START + timedelta(days=2)
        assert journal.usual(["words_per_minute"], "en", before=third)["words_per_minute"] == (125.0, 5.0 * 1.4826, 2)
        assert journal.usual(["words_per_minute"], "en", before=START) == {}
        assert journal.usual(["words_per_minute"], "en")["words_per_minute"][2] == 4


def test_answers_measured_in_an_older_way_are_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the measures have changed, every answer whose recording is there is old until it is measured again."""
    recordings = [tmp_path / "recordings" / f"{n}.flac" for n in range(3)]
    recordings[0].parent.mkdir()
    with Journal.open(tmp_path) as journal:
        session = journal.start_session("practice", None, "en")
        for recording in (*recordings, None):
            journal.keep(session, report(), recording, START, attempt=1)
        assert (outdated(journal), count_outdated(journal)) == ([], 0)
        monkeypatch.setattr(measures, "VERSION", measures.VERSION + 1)
        assert (outdated(journal), count_outdated(journal)) == ([], 0)  # their recordings are gone
        assert [answer.recording for answer in outdated(journal, gone=True)] == recordings
        for recording in recordings:
            recording.touch()
        assert [answer.recording for answer in outdated(journal)] == recordings
        assert [count_outdated(journal, enough=enough) for enough in (1, 2, 3, 4)] == [1, 2, 3, 3]
        recordings[0].unlink()
        assert [count_outdated(journal, enough=enough) for enough in (1, 2, 3)] == [1, 2, 2]
        recordings[0].touch()
        assert count_outdated(journal) == 3
        journal.keep(session, report(), recordings[1], START, attempt=1)
        assert [answer.recording for answer in outdated(journal)] == [recordings[0], recordings[2]]
        assert (count_outdated(journal), outdated(journal, gone=True)) == (2, [])
        recovered = tmp_path / "recordings" / "recovered.flac"
        recovered.touch()
        journal.keep_recovered(session, recovered, START, question=None, duration_s=2.0, sample_rate_hz=16_000)
        assert [answer.recording for answer in outdated(journal)] == [recordings[0], recordings[2], recovered]
        assert count_outdated(journal) == 3


def test_an_unknown_answer_is_wrong_usage_and_an_empty_journal_says_what_to_do(tmp_path: Path) -> None:
    """Asking for what is not there is one sentence either way."""
    with Journal.open(tmp_path) as journal:
        with pytest.raises(JournalError, match="voicerehearsal practice"):
            journal.answer()
        with pytest.raises(UsageError, match="There is no answer 7"):
            journal.answer(7)


def test_a_broken_report_leaves_the_journal_as_it_was(tmp_path: Path) -> None:
    """Either the whole answer is in the journal or nothing of it."""
    with Journal.open(tmp_path) as journal:
        session = journal.start_session("practice", None, "en")
        with pytest.raises(ValueError, match="not a number"):
            journal.keep(session, report(rate=float("nan")), None, START, attempt=1)
        with pytest.raises(JournalError, match="refused an entry"):
            journal.keep(session + 1, report(), None, START, attempt=1)
        assert journal.answers() == []
        assert trends_of(journal) == []


def _keep_many(home: Path, count: int) -> None:
    with Journal.open(home) as journal:
        session = journal.start_session("practice", None, "en")
        for n in range(count):
            journal.keep(session, report(), None, START + timedelta(seconds=n), attempt=n + 1)


def test_processes_that_write_at_once_all_succeed(tmp_path: Path) -> None:
    """Four processes that begin with no journal at all each keep all of their answers."""
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=_keep_many, args=(tmp_path, 25)) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0, 0, 0]
    with Journal.open(tmp_path, read_only=True) as journal:
        assert len(journal.answers(limit=1000)) == 100
        assert len(journal.series(PACE, "en")) == 100
