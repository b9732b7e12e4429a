"""The keys of a pack file, and what their values must be."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import get_args

from voicerehearsal.values import QuestionKind

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LANGUAGES = {"en": "English", "zh": "Chinese"}

Fault = tuple[str, str]
"""What is wrong with a value, and its cure."""

Rule = Callable[[object], Fault | None]


@dataclass(frozen=True, slots=True)
class Key:
    """A key that a table may have: `fault` judges its value, `required` says whether it must be there."""

    fault: Rule
    required: bool = False


CURES_FOR_MISSING = {
    "pack": "Begin the file with [pack] and its id, title and language",
    "question": "Add a [[question]]",
    "id": 'Add id = "a-short-name"',
    "title": 'Add title = "What the pack is called"',
    "language": 'Add language = "en"',
    "text": 'Add text = "What is asked?"',
    "label": 'Add label = "What the point is called"',
    "phrases": 'Add phrases = ["one wording", "another"]',
    "why": 'Add why = "Why these words hurt"',
    "upset": "Add upset = 2, from 0 (friendly) to 4 (about to hang up)",
    "softer": 'Add softer = ["What they say when a reply calms them", "and next"]',
    "harder": 'Add harder = ["What they say when it does not", "and next"]',
    "content": 'Add content = "What they say when all is well"',
    "fed_up": 'Add fed_up = "What they say as they hang up in anger"',
    "kind": 'Add kind = "open"',
}


def _kind(value: object) -> str:
    names = {str: "a text", bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "a table"}
    return names.get(type(value), "a date or time")


def _text(value: object) -> Fault | None:
    if not isinstance(value, str):
        return f"is {_kind(value)}, not a text", "Put it in quotation marks"
    return None if re.search(r"\w", value) else ("is empty", "Write something, or take the key out")


def _may_be_empty(value: object) -> Fault | None:
    return None if value == "" else _text(value)


def _id(value: object) -> Fault | None:
    if not isinstance(value, str):
        return _text(value)
    if ID.fullmatch(value):
        return None
    better = re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-")
    cure = "Use lower-case words joined by hyphens"
    return f'is "{value}", which is no id', f'{cure}: "{better}"' if better else cure


def _language(value: object) -> Fault | None:
    if isinstance(value, str) and value in LANGUAGES:
        return None
    known = " or ".join(f'"{code}" ({name})' for code, name in LANGUAGES.items())
    return f'is "{value}", which is no language here', f"Write {known}"


def _target(value: object) -> Fault | None:
    cure = "Write the shortest and the longest good answer in seconds: [60, 120]"
    numbers = value if isinstance(value, list) else []
    if len(numbers) != 2 or not all(type(n) in {int, float} for n in numbers):
        return "is not two numbers", cure
    return None if 0 < numbers[0] <= numbers[1] < float("inf") else ("is not a shorter and a longer time", cure)


def _order(value: object) -> Fault | None:
    if type(value) is int and value >= 1:
        return None
    return "is not a whole number from 1 on", "Number the points in the order they should be made: order = 1"


def _some(value: object) -> Fault | None:
    if not isinstance(value, list):
        return f"is {_kind(value)}, not a list", 'Write a list: ["one wording", "another wording"]'
    return None if value else ("is an empty list", "Give at least one entry")


def _any(value: object) -> Fault | None:
    return None if value == [] else _some(value)


def _is_table(value: object) -> Fault | None:
    return None if isinstance(value, dict) else (f"is {_kind(value)}, not a table", "Write it under a line [pack]")


def _are_tables(value: object) -> Fault | None:
    if isinstance(value, list) and all(isinstance(v, dict) for v in value):
        return None
    return "is not a list of tables", "Write two brackets: [[question]], [[question.point]], [[question.caution]]"


def _some_tables(value: object) -> Fault | None:
    return _are_tables(value) or (None if value else ("is an empty list", "Add a [[question]]"))


def _wording(value: object) -> Fault | None:
    """A text whose places for a time or a number, if any, are known ones."""
    fault = _text(value)
    unknown = [] if fault or not isinstance(value, str) else re.findall(r"\{(?!time\}|number\})[^}]*\}?", value)
    return ("has the unknown place " + unknown[0], "Write {time} or {number}") if unknown else fault


def _upset(value: object) -> Fault | None:
    if type(value) is int and 0 <= value < 5:
        return None
    return "is not a whole number from 0 to 4", "Write 0 for a friendly caller, 3 for a furious one: upset = 3"


def _question_kind(value: object) -> Fault | None:
    kinds = get_args(QuestionKind)
    return (
        None if value in kinds else (f'is "{value}", which is no kind of question', f"Write one of {', '.join(kinds)}")
    )


def _caller(value: object) -> Fault | None:
    cure = "Write it under a line [question.caller], below its [[question]]"
    return None if isinstance(value, dict) else (f"is {_kind(value)}, not a table", cure)


def _targets(value: object) -> Fault | None:
    cure = "Write the targets under a line [pack.targets]"
    return None if isinstance(value, dict) else (f"is {_kind(value)}, not a table", cure)


LIST_ITEMS: Mapping[str, Rule] = {
    "phrases": _wording, "examples": _wording, "unlike": _wording,
    "follow_ups": _id, "when_missed": _id, "softer": _text, "harder": _text,
}  # fmt: skip
FILE = {"pack": Key(_is_table, required=True), "question": Key(_some_tables, required=True)}
PACK = {
    "id": Key(_id, required=True), "title": Key(_text, required=True), "language": Key(_language, required=True),
    "targets": Key(_targets),
}  # fmt: skip
QUESTION = {
    "id": Key(_id, required=True), "text": Key(_text, required=True), "target_s": Key(_target),
    "judged": Key(_may_be_empty), "advice": Key(_may_be_empty), "model_answer": Key(_may_be_empty),
    "follow_ups": Key(_any), "point": Key(_are_tables), "caution": Key(_are_tables), "when_missed": Key(_any),
    "coaching_zh": Key(_may_be_empty), "caller": Key(_caller), "exercise": Key(_are_tables),
}  # fmt: skip
POINT = {
    "id": Key(_id, required=True), "label": Key(_text, required=True), "phrases": Key(_some, required=True),
    "order": Key(_order), "examples": Key(_any), "unlike": Key(_any),
}  # fmt: skip
CALLER = {
    "upset": Key(_upset, required=True), "softer": Key(_some, required=True), "harder": Key(_some, required=True),
    "content": Key(_text, required=True), "fed_up": Key(_text, required=True),
}  # fmt: skip
EXERCISE = {"kind": Key(_question_kind, required=True), "says": Key(_text), "find_out": Key(_text)}
CAUTION = {"phrases": Key(_some, required=True), "why": Key(_text, required=True)}
