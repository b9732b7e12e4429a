"""A pack of one's own: asked for, proposed from a text, right at once, and known to editors."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from voicerehearsal.cli.packs import app
from voicerehearsal.errors import UsageError
from voicerehearsal.packs import builtin_folder, check_pack, load_pack
from voicerehearsal.packs.draft import SCHEMA_FILE, id_from, pack_text
from voicerehearsal.packs.rules import CALLER, CAUTION, EXERCISE, FILE, PACK, POINT, QUESTION
from voicerehearsal.packs.stated import MEASURES
from voicerehearsal.values import Question, TalkingPoint

JOB = """\
Brightline Energy is looking for somebody to join our call centre.

## What you will do
- Answer incoming calls and **resolve complaints**
- Record every contact in Salesforce

## What we expect
* Stay calm under pressure

## Benefits
- 25 days of holiday
"""
NOTES = """\
# Why do you want this job?
- I like solving problems
- the firm won an award
# Biggest success
1. cut waiting times
"""
JOB_ZH = "岗位职责：\n1、接听客户来电，处理客户投诉；\n任职要求：\n1、普通话标准，抗压能力强；\n福利待遇：\n五险一金\n"


def _new(folder: Path, *arguments: str, said: str = "") -> Path:
    result = CliRunner().invoke(app, ["new", str(folder / "mine.toml"), *arguments], input=said)
    assert result.exit_code == 0, result.output or result.exception
    return folder / "mine.toml"


def _source(folder: Path, text: str) -> str:
    (folder / "source.md").write_text(text, encoding="utf-8")
    return str(folder / "source.md")


def test_asks_a_few_things_and_writes_them_down(tmp_path: Path) -> None:
    """Title, language, questions and points are asked for, and the file is a good pack of them."""
    said = "Shop talk\nen\nWhat do you sell?\nshoes and boots\nfair prices\n\nWhy here?\n\n\n"
    pack = load_pack(_new(tmp_path, said=said))
    assert (pack.title, pack.language, pack.id) == ("Shop talk", "en", "mine")
    assert [(q.text, [p.label for p in q.points]) for q in pack.questions] == [
        ("What do you sell?", ["shoes and boots", "fair prices"]),
        ("Why here?", []),
    ]


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A file that is there is left alone, and named."""
    path = _new(tmp_path)
    before = path.read_bytes()
    result = CliRunner().invoke(app, ["new", str(path), "--title", "Other", "--language", "en"])
    assert isinstance(result.exception, UsageError)
    assert "is there already" in str(result.exception)
    assert path.read_bytes() == before


def test_every_duty_and_requirement_of_a_job_becomes_a_question(tmp_path: Path) -> None:
    """Lines under duties and requirements are asked about, benefits and prose are not, and points are named in them."""
    pack = load_pack(_new(tmp_path, "--title", "Job", "--from", _source(tmp_path, JOB)))
    assert ["resolve complaints" in q.text for q in pack.questions] == [True, False, False]
    assert "Salesforce" in pack.questions[1].text
    assert "calm" in pack.questions[2].text
    assert "resolve complaints" in [p.label for p in pack.questions[0].points]
    assert all(len(q.points) >= 3 for q in pack.questions)


def test_notes_keep_their_shape(tmp_path: Path) -> None:
    """A heading is a question and its bullets are the talking points."""
    pack = load_pack(_new(tmp_path, "--title", "Notes", "--from", _source(tmp_path, NOTES)))
    assert [(q.text, [p.label for p in q.points]) for q in pack.questions] == [
        ("Why do you want this job?", ["I like solving problems", "the firm won an award"]),
        ("Tell me about this: Biggest success.", ["cut waiting times"]),
    ]


def test_a_chinese_job_gives_a_chinese_pack(tmp_path: Path) -> None:
    """The language is that of the text, and the questions are worded in it."""
    pack = load_pack(_new(tmp_path, "--title", "客服", "--from", _source(tmp_path, JOB_ZH)))
    assert pack.language == "zh"
    assert ["接听客户来电" in q.text for q in pack.questions] == [True, False]
    assert any("投诉" in p.label for p in pack.questions[0].points)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"%PDF-1.7 \x00\x01", "is no text file"),
        (bytes(range(128, 256)), "is no text"),
        (b"word " * 250_000, "larger than a megabyte"),
        (b"ok", "names nothing"),
        (None, "cannot be read"),
    ],
)
def test_sources_that_are_none_are_refused(tmp_path: Path, content: bytes | None, said: str) -> None:
    """An empty, huge, binary or missing source is named in one sentence, and nothing is written."""
    source = tmp_path / "source"
    if content is not None:
        source.write_bytes(content)
    result = CliRunner().invoke(app, ["new", str(tmp_path / "x.toml"), "--title", "X", "--from", str(source)])
    assert isinstance(result.exception, UsageError)
    assert said in str(result.exception)
    assert not (tmp_path / "x.toml").exists()


@settings(deadline=None, max_examples=50)
@given(title=st.text(min_size=1).filter(lambda t: any(c.isalnum() for c in t)), label=st.text(min_size=1))
def test_whatever_is_typed_can_be_read_back(tmp_path_factory: pytest.TempPathFactory, title: str, label: str) -> None:
    """Quotation marks, control characters, right-to-left and mixed text come back from the file as they were."""
    title, label = (t.encode("utf-8", "replace").decode() for t in (title, label))
    point = TalkingPoint("p", label, (label,))
    text = pack_text(
        name="x.toml",
        pack_id=id_from(title),
        title=title,
        language="en",
        questions=[Question("q", title, points=(point,))],
    )
    read = tomllib.loads(text)
    assert read["pack"]["title"] == title
    assert read["question"][0]["point"][0]["phrases"] == [label]


def _schema() -> Draft202012Validator:
    return Draft202012Validator(json.loads((builtin_folder() / SCHEMA_FILE).read_text("utf-8")))


def test_editors_know_the_keys_that_the_checker_knows() -> None:
    """The JSON Schema has the keys of the checker's rules, and requires the same ones."""
    schema = _schema().schema
    tables = {"question": QUESTION, "point": POINT, "caution": CAUTION, "caller": CALLER, "exercise": EXERCISE}
    parts = [(schema, FILE), (schema["properties"]["pack"], PACK)]
    parts += [(schema["$defs"][name], keys) for name, keys in tables.items()]
    for part, keys in parts:
        assert set(part["properties"]) == set(keys)
        assert set(part["required"]) == {name for name, key in keys.items() if key.required}
        assert part["additionalProperties"] is False


def test_editors_know_the_measures_and_what_a_target_has() -> None:
    """The same names as the checker; a target needs a limit."""
    assert _schema().schema["$defs"]["targets"]["propertyNames"]["enum"] == list(MEASURES)
    pack = {"id": "p", "title": "P", "language": "en", "targets": {"surges": {"high": 1, "why": "Calm."}}}
    content = {"pack": pack, "question": [{"id": "q", "text": "Why?"}]}
    assert not list(_schema().iter_errors(content))
    for wrong in ({"surge": {"high": 1}}, {"surges": {}}, {"surges": {"high": "1"}}, {"surges": 1}):
        assert list(_schema().iter_errors({**content, "pack": {**pack, "targets": wrong}}))


@pytest.mark.parametrize("path", sorted(builtin_folder().glob("*.toml")), ids=lambda p: p.stem)
def test_editors_find_no_fault_with_the_packs_here(path: Path) -> None:
    """Every built-in pack is valid by the JSON Schema."""
    assert not list(_schema().iter_errors(tomllib.loads(path.read_text("utf-8"))))


@pytest.mark.parametrize(
    "line", ['txt = "?"', "target_s = [1]", 'follow_ups = ["A b"]', "[question.caller]\nupset = 7", 'text = ""']
)
def test_editors_and_checker_refuse_the_same(tmp_path: Path, line: str) -> None:
    """A fault that the checker names is one to an editor, too."""
    text = f'[pack]\nid = "p"\ntitle = "P"\nlanguage = "en"\n[[question]]\nid = "q"\n{line}\n'
    text += "" if "text =" in line else 'text = "Why?"\n' if "[" not in line[:1] else ""
    (tmp_path / "p.toml").write_text(text)
    assert check_pack(tmp_path / "p.toml")
    assert list(_schema().iter_errors(tomllib.loads(text)))
