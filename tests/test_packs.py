"""Packs: the built-in ones are sound, and every fault of a file is named with its line and its cure."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicerehearsal.errors import PackError, UsageError
from voicerehearsal.measures.keywords import coverage_of_text
from voicerehearsal.packs import (
    builtin_folder,
    check_pack,
    check_packs,
    find_pack,
    find_question,
    list_packs,
    load_pack,
)
from voicerehearsal.packs.lines import Lines
from voicerehearsal.values import Keywords, Pack, Question

GOOD = """\
[pack]
id = "good"
title = "Good"
language = "en"

[[question]]
id = "q1"
text = "What?"
target_s = [60, 120]
follow_ups = ["q1-f1"]
[[question.point]]
id = "p1"
label = "Point"
phrases = ["one way", "another way"]
order = 1
[[question.caution]]
phrases = ["never this"]
why = "It hurts."

[[question]]
id = "q1-f1"
text = "And then?"
"""
PACKS = {listed.pack.id: listed.pack for listed in list_packs([builtin_folder()]).packs}
MAIN = [(pack, q) for pack in PACKS.values() for q in pack.questions if q.follows is None and q.caller is None]
SPOKEN_PER_S = {"en": 145 / 60, "zh": 240 / 60}
LINES = (
    *(f"a{n}" for n in range(1, 10)),
    *(f"a1-f{n}" for n in range(1, 6)),
    *(f"a2-f{n}" for n in range(1, 5)),
    *(f"a3-f{n}" for n in range(1, 9)),
    *(f"b{n}" for n in range(1, 9)),
    *(f"c{n}" for n in range(1, 13)),
    "d",
    *(f"e{n}" for n in range(1, 11)),
)
"""Every numbered line of the material that the packs teach."""


def _found(pack: Pack, question: Question, text: str) -> Keywords:
    return coverage_of_text(question=question, text=text, language=pack.language)


def _by_phrases(pack: Pack, question: Question, text: str) -> set[str]:
    """The points whose phrases a text holds, whatever else it may mean."""
    return {point.id for point in _phrases_found(pack, question, text).points if point.covered}


def _phrases_found(pack: Pack, question: Question, text: str) -> Keywords:
    points = tuple(replace(point, examples=(), unlike=()) for point in question.points)
    return _found(pack, replace(question, points=points), text)


def _spoken_s(pack: Pack, text: str) -> float:
    words = len(re.findall(r"[\u4e00-\u9fff]", text)) if pack.language == "zh" else len(text.split())
    return words / SPOKEN_PER_S[pack.language]


def _problems(tmp_path: Path, text: str) -> list[tuple[int, str, str]]:
    path = tmp_path / "pack.toml"
    path.write_text(text, "utf-8")
    return [(p.line, p.what, p.cure) for p in check_pack(path)]


def test_good_pack_loads_whole(tmp_path: Path) -> None:
    """Everything in the file arrives, and a follow-up knows what it follows."""
    path = tmp_path / "good.toml"
    path.write_text(GOOD, "utf-8")
    pack = load_pack(path)
    first, second = pack.questions
    assert (pack.id, pack.title, pack.language) == ("good", "Good", "en")
    assert (first.target_s, first.follow_ups, first.follows) == ((60.0, 120.0), ("q1-f1",), None)
    assert (first.points[0].phrases, first.points[0].order) == (("one way", "another way"), 1)
    assert (first.cautions[0].phrases, first.cautions[0].why) == (("never this",), "It hurts.")
    assert (second.follows, second.points, second.target_s) == ("q1", (), None)


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "cure"),
    [
        ('id = "good"', 'id = "Good One"', 2, "no id", '"good-one"'),
        ('id = "good"', 'ident = "good"', 2, 'unknown key "ident"', "It may have: id, title, language"),
        ('title = "Good"\n', "", 1, 'no "title"', "Add title"),
        ('language = "en"', 'language = "fr"', 4, "no language", '"zh"'),
        ('text = "What?"', "text = 5", 8, "a number, not a text", "quotation marks"),
        ('text = "What?"', 'text = ""', 8, "is empty", "Write something"),
        ("target_s = [60, 120]", "target_s = [120, 60]", 9, "shorter and a longer", "[60, 120]"),
        ("target_s = [60, 120]", 'target_s = ["a", 60]', 9, "not two numbers", "[60, 120]"),
        ('["q1-f1"]', '[\n  "q1-f1",\n  "q1-f9",\n]', 12, 'no question "q1-f9"', "Did you mean 'q1-f1'?"),
        ("phrases = [", "phrase = [", 14, 'unknown key "phrase"', "Did you mean 'phrases'?"),
        ('["one way", "another way"]', '["one way",\n\n  "…"]', 16, "entry that is empty", "Write something"),
        ('["one way", "another way"]', "[]", 14, "empty list", "at least one"),
        ('["one way", "another way"]', '"one way"', 14, "a text, not a list", "Write a list"),
        ("order = 1", "order = 1.5", 15, "whole number", "order = 1"),
        ('why = "It hurts."\n', "", 16, 'no "why"', "Add why"),
        ('id = "q1-f1"', 'id = "q1"', 21, "taken by line 7", "another id"),
        ('[[question.point]]\nid = "p1"', '[question.point]\nid = "p1"', 11, "list of tables", "two brackets"),
        ('text = "And then?"', 'text = "And then?"\nfollow_ups = ["q1"]', 23, "follow up itself", "Take it out"),
        ('text = "And then?"', 'text = "And then?', 22, "not valid TOML", "quotation mark"),
        ('text = "And then?"', 'text = "And then?"\ntext = "x"', 23, "not valid TOML", "twice"),
        ("order = 1", "order = 1,", 15, "not valid TOML", "Look at this line"),
    ],
)
def test_every_fault_has_its_line_and_cure(tmp_path: Path, old: str, new: str, line: int, what: str, cure: str) -> None:
    """One slip in a good pack is named where it is, with what to do."""
    assert old in GOOD
    found = _problems(tmp_path, GOOD.replace(old, new, 1))
    assert any(at == line and what in said and cure in help_ for at, said, help_ in found), found


@pytest.mark.parametrize(
    ("targets", "line", "what"),
    [
        ("[pack.targets]\nword_per_minute = { low = 110, high = 140 }", 6, 'no measure "word_per_minute"'),
        ("[pack.targets]\nwords_per_minute = { low = 150, high = 140 }", 6, "runs from 150 to 140"),
        ('[pack.targets]\n\nsurges = { high = 1, why = "" }', 7, "not a text"),
        ("[pack.targets.surges]\nhigh = 1\nsince = 2026-11-22", 7, 'unknown key "since"'),
        ("targets = 3", 5, "not a table"),
    ],
)
def test_targets_of_a_pack_are_checked(tmp_path: Path, targets: str, line: int, what: str) -> None:
    """A slip in them is named with its line, and refused by editors as well as far as they can tell."""
    ((found, said, cure),) = _problems(tmp_path, GOOD.replace('language = "en"\n', f'language = "en"\n{targets}\n', 1))
    assert (found, what in said, bool(cure)) == (line, True, True)


def test_all_problems_at_once(tmp_path: Path) -> None:
    """Three slips give three problems, in the order of their lines."""
    text = GOOD.replace('"en"', '"xx"').replace("order = 1", "order = 0").replace('why = "', 'way = "')
    assert [line for line, _, _ in _problems(tmp_path, text)] == [4, 15, 18]


def test_duplicate_point_ids(tmp_path: Path) -> None:
    """Two points of one question may not share an id."""
    text = GOOD.replace(
        "[[question.caution]]", '[[question.point]]\nid = "p1"\nlabel = "L"\nphrases = ["x"]\n[[question.caution]]'
    )
    assert [(line, what) for line, what, _ in _problems(tmp_path, text)] == [
        (17, 'the point id "p1" is taken by line 12')
    ]


def test_lines_survive_multi_line_strings(tmp_path: Path) -> None:
    """A model answer over many lines, with brackets and quotes in it, does not shift what follows."""
    answer = 'model_answer = """\n[[question]]\nsay "hi" \\""" # no\n\'\'\'\n"""\n'
    text = GOOD.replace("order = 1", "order = 0").replace("target_s", answer + "target_s")
    assert [line for line, _, _ in _problems(tmp_path, text)] == [20]


def test_windows_file_and_byte_order_mark(tmp_path: Path) -> None:
    """A file saved by a Windows editor is as good as any, and its lines count the same."""
    path = tmp_path / "pack.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert check_pack(path) == []
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace('"en"', '"xx"').replace("\n", "\r\n").encode())
    assert [p.line for p in check_pack(path)] == [4]


def test_not_utf8_names_the_line(tmp_path: Path) -> None:
    """Text in another encoding is a problem of its line, not a crash."""
    path = tmp_path / "pack.toml"
    path.write_bytes(GOOD.encode() + 'title = "café"'.encode("latin-1"))
    assert [(p.line, p.cure) for p in check_pack(path)] == [(23, "Save the file with the encoding UTF-8")]


@pytest.mark.parametrize(
    "text", ["", "x = 1", "[[question]]", "pack = 3\nquestion = 4", "[pack]\n[question]", "a" * 100]
)
def test_odd_files_are_problems(tmp_path: Path, text: str) -> None:
    """Valid TOML that is no pack, or no TOML at all, is named and never raises."""
    assert _problems(tmp_path, text)


def test_unreadable_file_is_a_problem(tmp_path: Path) -> None:
    """A folder or a missing file is a problem too, so that the others are still checked."""
    assert "cannot be read" in check_pack(tmp_path)[0].what
    assert "cannot be read" in check_pack(tmp_path / "none.toml")[0].what


def test_two_files_with_one_pack_id(tmp_path: Path) -> None:
    """The second of two packs with one id is told which file has it already."""
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(GOOD, "utf-8")
    [(path, problem)] = check_packs([tmp_path / "a.toml", tmp_path / "b.toml"])
    assert (path.name, problem.line) == ("b.toml", 2)
    assert "a.toml" in problem.what


def test_load_says_how_many_more(tmp_path: Path) -> None:
    """A broken pack's error has file, line and cure, and where to see the rest."""
    path = tmp_path / "bad.toml"
    path.write_text(GOOD.replace('"en"', '"xx"').replace("order = 1", "order = 0"), "utf-8")
    with pytest.raises(PackError, match=r"bad\.toml:4: .*[\w)]\. `voicerehearsal packs check` shows 1 more\.$"):
        load_pack(path)


def test_find_by_id_by_path_or_say_what_there_is(tmp_path: Path) -> None:
    """An id, a file of another name and a path all find a pack; a wrong id is answered with the nearest."""
    (tmp_path / "other-name.toml").write_text(GOOD, "utf-8")
    assert find_pack("good", [tmp_path]).title == "Good"
    assert find_pack(str(tmp_path / "other-name.toml"), []).title == "Good"
    with pytest.raises(UsageError, match="Did you mean 'good'"):
        find_pack("goood", [tmp_path])
    with pytest.raises(UsageError, match="There is no pack called"):
        find_pack("x" * 300, [tmp_path])
    with pytest.raises(UsageError, match="no pack file"):
        find_pack(str(tmp_path / "none.toml"), [tmp_path])
    with pytest.raises(UsageError, match=r"There are: q1, q1-f1\.$"):
        find_question(find_pack("good", [tmp_path]), "q2")


def test_one_broken_pack_hides_no_other(tmp_path: Path) -> None:
    """A listing has the good packs and an error for the broken one."""
    (tmp_path / "a.toml").write_text("nonsense", "utf-8")
    (tmp_path / "b.toml").write_text(GOOD, "utf-8")
    shelf = list_packs([tmp_path])
    assert [p.pack.id for p in shelf.packs] == ["good"]
    assert len(shelf.broken) == 1


@settings(deadline=None, max_examples=50)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", '"q r"', "'s'", "b.c", 'd."e.f"']),
            st.sampled_from(
                [
                    '"x # y"',
                    "'''\n[t]\n'''",
                    '"""a\\"""\nb"" """',
                    "[1,\n 2, # ]\n]",
                    "{ k = [\n1] }",
                    "1979-05-27",
                    '["[",\n"]"]',
                ]
            ),
            st.sampled_from(["", "\n", "# note [x]\n", "  \n\n"]),
        ),
        max_size=6,
        unique_by=lambda entry: entry[0],
    )
)
def test_lines_agree_with_where_keys_were_written(entries: list[tuple[str, str, str]]) -> None:
    """Whatever values and comments come before, a key's line is the line on which it was written."""
    text, wanted = "", {}
    for number, (key, value, blank) in enumerate(entries):
        text += f"{blank}[[t{number}]]\n"
        path = tuple(re.sub(r"[\"']", "", part) for part in re.findall(r"\"[^\"]*\"|'[^']*'|[^.]+", key))
        wanted[(f"t{number}", 0, *path)] = text.count("\n") + 1
        text += f"{key} = {value}\n"
    tomllib.loads(text)
    lines = Lines(text)
    assert {path: lines.of(path) for path in wanted} == wanted


def test_builtin_packs_are_good() -> None:
    """The packs that come with the program have no problem."""
    assert [problem for _, problem in check_packs(sorted(builtin_folder().glob("*.toml")))] == []


def test_every_line_of_the_material_is_asked_in_both_languages() -> None:
    """The documentation's table has a row for every line, and its question is in the packs that it names."""
    table = (builtin_folder() / "README.md").read_text("utf-8")
    rows = re.findall(
        r"^\| ([A-E]\d*(?: F\d)?) \| [^|]+ \| `([\w-]+)`, `([\w-]+)` \| `([\w-]+)` \|$", table, re.MULTILINE
    )
    assert [question for *_, question in rows] == sorted(LINES, key=[row[3] for row in rows].index)
    for line, english, chinese, question in rows:
        assert question == line.lower().replace(" ", "-")
        for pack, language in ((PACKS[english], "en"), (PACKS[chinese], "zh")):
            assert pack.language == language
            assert question in [q.id for q in pack.questions]


def test_both_languages_ask_the_same() -> None:
    """A pack and its Chinese twin have the same questions, points, order, follow-ups, callers and exercises."""

    def shape(question: Question) -> tuple[object, ...]:
        points = [(p.id, p.order) for p in question.points]
        rounds = [e.kind for e in question.exercises if e.says]
        return question.id, points, question.follow_ups, question.when_missed, question.caller is None, len(rounds)

    english = [pack for pack in PACKS.values() if pack.language == "en"]
    assert len(english) == len(PACKS) / 2
    for pack in english:
        assert list(map(shape, pack.questions)) == list(map(shape, PACKS[f"{pack.id}-zh"].questions)), pack.id


@pytest.mark.parametrize("pack", PACKS.values(), ids=lambda pack: pack.id)
def test_builtin_questions_are_complete(pack: Pack) -> None:
    """Every question has three points or more, each with phrases and examples, advice, and an answer of its length."""
    for question in pack.questions:
        where = f"{pack.id} {question.id}"
        assert len(question.points) >= 3, where
        assert all(len(set(p.phrases)) >= 4 and len(set(p.examples)) >= 4 for p in question.points), where
        assert question.advice, where
        assert question.judged, where
        assert question.target_s, where
        assert question.target_s[0] <= _spoken_s(pack, question.model_answer) <= question.target_s[1], where
        assert question.coaching_zh or question.id[0] != "a" or pack.language == "zh", where


@pytest.mark.parametrize("pack", PACKS.values(), ids=lambda pack: pack.id)
def test_model_answers_make_their_own_points(pack: Pack) -> None:
    """A model answer makes nine in ten of its points by their phrases, in order, and steps on no caution."""
    for question in pack.questions:
        made = _phrases_found(pack, question, question.model_answer)
        covered = sum(point.covered for point in made.points)
        assert covered >= 0.9 * len(question.points), f"{pack.id} {question.id}"
        assert made.order is not False, f"{pack.id} {question.id}"
        assert made.cautions == (), f"{pack.id} {question.id}"


@pytest.mark.parametrize("step", [5, 17])
def test_model_answers_answer_no_other_question(step: int) -> None:
    """The answer to one main question has the phrases of at most a third of another's points, in its language."""
    for language in ("en", "zh"):
        asked = [(pack, q) for pack, q in MAIN if pack.language == language]
        for at, (_, question) in enumerate(asked):
            pack, other = asked[(at + step) % len(asked)]
            found = _by_phrases(pack, other, question.model_answer)
            assert len(found) <= len(other.points) / 3, f"{language}: {question.id} answers {other.id}: {found}"


@pytest.mark.parametrize(
    ("question_id", "answer"),
    [
        (
            "a1",
            "when the phone rings i put on a smile because the customer can hear it in my voice i apologize "
            "first for the trouble and show my empathy like i know this must be really annoying for you let "
            "me help you i ask for details and make notes while they talk and i summarize so the customer "
            "doesn't need to repeat himself to the next person then i offer a solution and if there isn't "
            "one now i say i'll ring you back tomorrow at ten at the end thanks for your call and once again "
            "apologies",
        ),
        (
            "a3",
            "i am not someone who gets angry easily i'm quite optimistic and easygoing and this is helpful "
            "when i work with my coworkers and customers when there is a problem i try to understand what "
            "exactly happened and find the reason and then look for ways to solve it even if the customer is "
            "unreasonable i will keep calm and not bring my emotions into the call",
        ),
        (
            "c2",
            "i think my biggest weakness is public speaking i get nervous when i speak in front of many "
            "people to improve it i joined a speaking club and i practice every week and now i feel more "
            "confident than before",
        ),
    ],
)
def test_a_learners_own_words_make_the_points(question_id: str, answer: str) -> None:
    """An answer in a learner's plain words, as the recogniser would write it, makes at least nine in ten points."""
    pack, question = next((pack, q) for pack, q in MAIN if q.id == question_id and pack.language == "en")
    assert len(_by_phrases(pack, question, answer)) >= 0.9 * len(question.points)


def test_builtin_cautions_are_heard() -> None:
    """The weakness that is none and the reason that is none are caught."""
    for pack, question_id, said in (
        ("classic-questions", "c2", "Well, I guess I'm a bit of a perfectionist."),
        ("classic-questions-zh", "c2", "我觉得我最大的缺点就是有点完美主义。"),
        ("classic-questions", "c4", "Mostly because I like people, really."),
        ("classic-questions-zh", "c4", "主要是因为我喜欢跟人打交道。"),
    ):
        question = next(q for q in PACKS[pack].questions if q.id == question_id)
        assert _found(PACKS[pack], question, said).cautions, said


def test_ten_thousand_questions_and_a_circle_among_them(tmp_path: Path) -> None:
    """A huge pack is read and the one fault in it is named, with its line."""
    text = '[pack]\nid = "many"\ntitle = "Many"\nlanguage = "en"\n'
    text += "".join(
        f'[[question]]\nid = "q{n}"\ntext = "Why {n}?"\nfollow_ups = ["q{(n + 1) % 10_000}"]\n' for n in range(10_000)
    )
    assert _problems(tmp_path, text) == [(4 + 4 * 10_000, '"q0" would follow up itself', "Take it out here")]


def test_right_to_left_and_mixed_text_is_text(tmp_path: Path) -> None:
    """Whatever script a question is in, it is read as it stands."""
    mixed = "كيف تهدئ عميلاً غاضباً؟ 怎么办 why?"
    (tmp_path / "pack.toml").write_text(GOOD.replace('text = "What?"', f'text = "{mixed}"'), "utf-8")
    assert load_pack(tmp_path / "pack.toml").questions[0].text == mixed


def test_example_in_the_documentation_is_a_good_pack(tmp_path: Path) -> None:
    """The pack printed in the format's documentation passes its own check."""
    example = re.search(r"```toml\n(.*?)```", (builtin_folder() / "README.md").read_text("utf-8"), re.DOTALL)
    assert example
    assert _problems(tmp_path, example[1]) == []
