"""Words of a real answer corrected: what follows, what stays, and the way back."""

from __future__ import annotations

import shutil
from dataclasses import fields, replace
from pathlib import Path

import pytest
import soundfile

from tests.conftest import Say
from tests.journal.test_store import START
from tests.reports import report
from voicerehearsal import wiring
from voicerehearsal.coaching.metrics import METRICS, numbers
from voicerehearsal.engines.soundfiles import SoundFileReader
from voicerehearsal.errors import UsageError
from voicerehearsal.formats import report_from_json, report_to_json
from voicerehearsal.journal.answers import Answer
from voicerehearsal.journal.store import Journal
from voicerehearsal.measures.word_corrections import WordCorrection
from voicerehearsal.packs import builtin_folder, find_pack
from voicerehearsal.rehearsal.analyse import analyse
from voicerehearsal.rehearsal.reworded import POINTS_AS_HEARD
from voicerehearsal.values import Circumstances, QuestionRef, Report, Transcript, Word
from voicerehearsal.wiring.hearing import hear_file
from voicerehearsal.wiring.words import correct_words, reworded_with

A1 = QuestionRef("complaint-calls", "a1")
SAID = "I would smile before I pick up. Then I apologise, and I listen to the details and take notes."


@pytest.fixture(scope="module")
def measured(say: Say, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    """A spoken answer and its report, measured once."""
    sound = say(SAID)
    file = tmp_path_factory.mktemp("answers") / "answer.wav"
    soundfile.write(file, sound.samples, sound.sample_rate_hz)
    pack = find_pack(A1.pack, [builtin_folder()])
    question = next(one for one in pack.questions if one.id == A1.id)
    made = wiring.measure_file(file, name="answer.wav", language="en", asked=(A1.pack, question))
    return file, report_from_json(report_to_json(made))


@pytest.fixture
def answer(measured: tuple[Path, Report], home: Path) -> Answer:
    """It, kept in a home of its own."""
    file, made = measured
    recording = home / "recordings" / "answer.wav"
    recording.parent.mkdir(parents=True)
    shutil.copy(file, recording)
    with Journal.open(home) as journal:
        session = journal.start_session("practice", A1.pack, "en", started_at=START)
        return journal.keep(session, made, recording, START, attempt=1)


def _said(made: Report | None) -> tuple[Word, ...]:
    assert made is not None
    assert made.transcript is not None
    return made.transcript.words


def _stored(home: Path, answer: Answer) -> tuple[object, ...]:
    """All that the journal's rows have of an answer's report and numbers."""
    with Journal.open(home, read_only=True) as journal, journal.reading() as db:
        return (
            db.execute("SELECT report FROM answers WHERE id = ?", (answer.id,)).fetchone(),
            db.execute("SELECT * FROM measures WHERE answer_id = ? ORDER BY series_id", (answer.id,)).fetchall(),
            db.execute("SELECT transcript FROM said WHERE rowid = ?", (answer.id,)).fetchone(),
            db.execute("SELECT count(*) FROM word_corrections").fetchone(),
            db.execute("SELECT count(*) FROM as_heard").fetchone(),
        )


def _correction(made: Report, word: str, text: str | None) -> WordCorrection:
    found = next(one for one in _said(made) if one.text == word)
    return WordCorrection(found.start_s, found.end_s, text)


@pytest.mark.usefixtures("home")
def test_a_report_measured_with_its_own_words_is_the_same(measured: tuple[Path, Report]) -> None:
    """What is taken from the report instead of the sound is as good: every number of every section."""
    made = measured[1]
    again = report_from_json(report_to_json(reworded_with(made, (), {})))
    assert [field.name for field in fields(made) if getattr(made, field.name) != getattr(again, field.name)] == []


def test_measures_follow_as_in_a_fresh_measuring_of_these_words(measured: tuple[Path, Report], answer: Answer) -> None:
    """Pace, text, points, length and fillers are those of an answer in which these words had been recognised."""
    file, made = measured
    after = correct_words(answer, [_correction(made, "smile", "Grin a lot,"), _correction(made, "notes", "")])
    reader = SoundFileReader(file)
    heard = replace(hear_file(reader, None, with_timbre=False), words=_said(after), no_words_because="")
    reader.close()
    question = next(one for one in find_pack(A1.pack, [builtin_folder()]).questions if one.id == A1.id)
    fresh = analyse(
        heard,
        source="answer.wav",
        circumstances=Circumstances(question=A1),
        question=question,
        understanding=wiring.understanding(),
    )
    fresh = report_from_json(report_to_json(fresh))
    assert [field.name for field in fields(fresh) if getattr(fresh, field.name) != getattr(after, field.name)] == []
    assert after.transcript is not None
    assert "grin a lot" in after.transcript.text
    assert after.keywords != made.keywords
    assert [word.confidence for word in after.transcript.words if word.corrected] == [1.0, 1.0, 1.0]


def test_trends_history_and_search_follow_and_taking_back_brings_the_first_report(
    answer: Answer, home: Path, measured: tuple[Path, Report]
) -> None:
    """Byte for byte, whichever correction goes first."""
    made, before = measured[1], _stored(home, answer)
    smile, notes = _correction(made, "smile", "grin a lot"), _correction(made, "notes", "")
    for one in smile, notes:
        after = correct_words(answer, [one])
    assert after.pace is not None
    with Journal.open(home, read_only=True) as journal:
        assert journal.report(answer.id) == after
        assert journal.as_heard(answer.id) == made
        assert journal.word_corrections(answer.id) == (smile, notes)
        assert [point.value for point in journal.series(METRICS["words_per_minute"], "en")] == [
            after.pace.words_per_minute
        ]
        followed = {metric.name: value for metric, value in numbers(after)}
        assert {name: journal.series(METRICS[name], "en")[0].value for name in followed} == followed
        assert journal.answer(answer.id).rate == after.pace.words_per_minute
        with journal.reading() as db:
            found = db.execute("SELECT rowid FROM said WHERE said MATCH 'grin'").fetchall()
            gone = db.execute("SELECT rowid FROM said WHERE said MATCH 'notes'").fetchall()
    assert (found, gone) == ([(answer.id,)], [])
    correct_words(answer, [replace(smile, text=None)])
    assert correct_words(answer, [replace(notes, text=None)]) == made
    assert _stored(home, answer) == before


def test_corrections_hold_when_the_answer_is_measured_again(
    answer: Answer, home: Path, measured: tuple[Path, Report]
) -> None:
    """Where the words of the newer measuring lie alike they are corrected; the others wait, and can be taken back."""
    made = measured[1]
    smile, notes = _correction(made, "smile", "grin a lot"), _correction(made, "notes", "letters")
    after = correct_words(answer, [smile, notes])
    assert wiring.keep_again(answer, made) == after
    words = _said(made)
    cut = [word for word in words if word.end_s <= notes.start_s - 1.0]
    long = Word("unrecognisable", cut[-1].end_s, notes.end_s + 2.0, 0.8)
    newer = replace(made, transcript=Transcript("…", (*cut, long)))
    texts = [word.text for word in _said(wiring.keep_again(answer, newer))]
    assert "grin" in texts
    assert texts[-1] == "unrecognisable"
    with Journal.open(home, read_only=True) as journal:
        assert journal.word_corrections(answer.id) == (smile, notes)
        assert {one.correction for one in journal.words(answer.id)} == {None, smile}
    correct_words(answer, [replace(notes, text=None)])
    assert correct_words(answer, [replace(smile, text=None)]) == newer


def test_um_written_by_the_speaker_is_a_filled_pause_and_no_word(answer: Answer, measured: tuple[Path, Report]) -> None:
    """One filler more than was heard, one word less a minute's worth."""
    made = measured[1]
    after = correct_words(answer, [_correction(made, "notes", "um")])
    assert made.fillers is not None
    assert after.fillers is not None
    assert [one.text for one in after.fillers.events if one not in made.fillers.events] == ["um"]
    assert made.pace is not None
    assert after.pace is not None
    assert (after.pace.words_per_minute or 0) < (made.pace.words_per_minute or 0)
    assert after.pace.syllables_per_second == made.pace.syllables_per_second


def test_numbers_of_an_older_measuring_keep_their_version(answer: Answer, home: Path) -> None:
    """A correction is no new measuring: no series of today gets a number that was measured otherwise."""
    with Journal.open(home) as journal, journal.writing() as db:
        db.execute("UPDATE answers SET measures_version = '1'")
        db.execute("UPDATE series SET version = 99")
        before = dict(db.execute("SELECT series_id, value FROM measures"))
    after = correct_words(answer, [WordCorrection(0.0, 60.0, "so")])
    assert after.pace is not None
    with Journal.open(home, read_only=True) as journal, journal.reading() as db:
        numbers_now = dict(db.execute("SELECT series_id, value FROM measures"))
        (number,) = db.execute("SELECT id FROM series WHERE name = 'words_per_minute' AND version = 99").fetchone()
    assert (numbers_now.keys(), numbers_now[number]) == (before.keys(), after.pace.words_per_minute)
    correct_words(answer, [WordCorrection(0.0, 60.0, None)])
    with Journal.open(home, read_only=True) as journal, journal.reading() as db:
        assert dict(db.execute("SELECT series_id, value FROM measures")) == before


def test_without_its_pack_the_points_stay_and_the_report_says_why(home: Path) -> None:
    """What was found with a pack that is gone still holds; a demonstration has no numbers that trends follow."""
    ref = QuestionRef("a-pack-that-is-gone", "q1")
    with Journal.open(home) as journal:
        session = journal.start_session("demonstration", ref.pack, "en", started_at=START)
        answer = journal.keep(session, report(question=ref), None, START, attempt=1)
    after = correct_words(answer, [WordCorrection(1.2, 1.7, "evening")])
    assert (after.keywords, after.missing["keywords.words"]) == (report().keywords, POINTS_AS_HEARD)
    assert after.transcript is not None
    assert after.transcript.text == "good evening"
    with Journal.open(home, read_only=True) as journal:
        assert journal.series(METRICS["words_per_minute"], "en") == []


def test_chinese_is_cut_as_recognisers_cut_it(home: Path) -> None:
    """What is written in one go becomes words; the text stays without blanks."""
    with Journal.open(home) as journal:
        session = journal.start_session("practice", None, "zh", started_at=START)
        answer = journal.keep(session, report(language="zh", question=None), None, START, attempt=1)
    after = correct_words(answer, [WordCorrection(1.2, 1.7, "然后，我很抱歉。")])
    assert [word.text for word in _said(after)] == ["good", "然后", "我", "很", "抱歉"]
    assert after.transcript is not None
    assert after.transcript.text == "good然后我很抱歉"


def test_what_cannot_be_corrected_changes_nothing(answer: Answer, home: Path, measured: tuple[Path, Report]) -> None:
    """A time without a word, a whole page, an answer without words: one sentence, and not even the others are made."""
    before, good = _stored(home, answer), _correction(measured[1], "smile", "grin")
    for bad, why in (WordCorrection(500.0, 501.0, "x"), "no word between"), (replace(good, text="x" * 2000), "letters"):
        with pytest.raises(UsageError, match=why):
            correct_words(answer, [good, bad])
    assert _stored(home, answer) == before
    with Journal.open(home) as journal:
        silent = replace(report(), transcript=None, missing={"transcript": "nobody wrote it down"})
        wordless = journal.keep(answer.session_id, silent, None, START, attempt=2)
    with pytest.raises(UsageError, match="nobody wrote it down"):
        correct_words(wordless, [good])
