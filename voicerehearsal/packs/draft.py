"""A pack file as it is first written: with comments that say what each part is for."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence

from voicerehearsal.packs.shelf import builtin_folder
from voicerehearsal.values import Language, Question, TalkingPoint

SCHEMA_FILE = "pack.schema.json"
"""Beside the built-in packs; editors find it by the first line of a file."""

_HEAD = """\
#:schema {schema}
# A question pack for voicerehearsal. Change whatever you like, then see whether all is well with
#     voicerehearsal packs check {name}
# and rehearse it with
#     voicerehearsal practice --pack {name}

[pack]
id = {id}
title = {title}
language = {language}
"""
_QUESTION = """
[[question]]
id = {id}
text = {text}
target_s = [45, 120]
advice = ""
model_answer = ""
"""
_POINT = """
[[question.point]]
id = {id}
label = {label}
phrases = {phrases}
"""
_FIRST_QUESTION = """
# text: read aloud, so keep it short and without brackets. target_s: shortest and longest good answer, in seconds.
# advice: one piece of advice to yourself. model_answer: your own best answer, as you would really say it."""
_FIRST_POINT = """
# phrases: wordings, any one of which will do; four or more, as different as people are. {time} and {number} in one
# stand for any stated time and any number. A point may also have
#     examples = ["whole sentences that make it, compared by what they mean"]
#     order = 1"""


def pack_text(*, name: str, pack_id: str, title: str, language: Language, questions: Sequence[Question]) -> str:
    """The text of a new pack file; `name` is what the file will be called."""
    return "".join(_parts(name, pack_id, title, language, questions))


def _parts(name: str, pack_id: str, title: str, language: Language, questions: Sequence[Question]) -> Iterator[str]:
    yield _HEAD.format(
        schema=builtin_folder() / SCHEMA_FILE,
        name=name,
        id=_toml(pack_id),
        title=_toml(title),
        language=_toml(language),
    )
    first_question, first_point = _FIRST_QUESTION, _FIRST_POINT
    for question in questions:
        yield first_question + _QUESTION.format(id=_toml(question.id), text=_toml(question.text))
        first_question = ""
        for point in question.points:
            yield first_point
            yield _POINT.format(id=_toml(point.id), label=_toml(point.label), phrases=_list(point.phrases))
            first_point = ""
            if point.order is not None:
                yield f"order = {point.order}\n"


def id_from(text: str) -> str:
    """An id in the letters of ids, "my-pack" where the text has none of them."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "my-pack"


def points_from(labels: Sequence[str]) -> tuple[TalkingPoint, ...]:
    """Talking points named by a person, found by their own words until phrases are added."""
    return tuple(TalkingPoint(f"point-{n}", label, (label,)) for n, label in enumerate(labels, 1))


def _toml(text: str) -> str:
    """A TOML string; JSON's escapes are TOML's, but for the one control character that JSON leaves alone."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(texts: Sequence[str]) -> str:
    return "[\n" + "".join(f"  {_toml(text)},\n" for text in texts) + "]"
