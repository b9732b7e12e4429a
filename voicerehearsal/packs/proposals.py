"""Questions and talking points proposed from a job description or a page of notes, for a person to edit.

Notes are read as people write them: a heading is a question, the bullets under it are its talking points. A job
description is read line by line, by sentence where nothing is listed: every duty and requirement becomes a question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle

from voicerehearsal.ports import KeyPhrases
from voicerehearsal.values import Language, Question, TalkingPoint

MOST_QUESTIONS = 20
"""More than anybody rehearses in a week; the first of a document are the ones that matter."""

_POINT_PHRASES = 4
_SHORTEST_LINE = {"en": 3, "zh": 6}  # words, characters
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$")
_BULLET = re.compile(
    r"^\s*(?:[-*+•·●▪–]|\(?\d{1,2}[.)、．]|[一二三四五六七八九十]+、|（[一二三四五六七八九十\d]+）)\s*(\S.*)$"
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“])|(?<=[。！？；])|\n")
_MARKUP = re.compile(r"\*\*|__|`|\[([^\]]*)\]\([^)]*\)|<[^>]{1,80}>")
_NOT_ASKED = re.compile(
    r"about (us|the company)|who we are|benefit|we offer|what you('ll| will)? get|perks|salary|\bpay\b|compensation|"
    r"how to apply|apply|location|contact us|equal opportunit|"
    r"公司(简介|介绍)|关于我们|福利|待遇|薪|联系我们|投递|地址|工作(地点|时间)",
    re.IGNORECASE,
)
_JOB = re.compile(
    r"responsib|dut(y|ies)|requirement|qualification|skills?\b|what you('ll| will)|your (role|tasks|profile)|"
    r"you (will|bring|have|are)\b|we (expect|are looking for)|must have|nice to have|experience|"
    r"职责|要求|任职|资格|条件|工作内容|技能|优先",
    re.IGNORECASE,
)
_DUTY = re.compile(r"responsib|dut(y|ies)|what you('ll| will) (do|be)|your (role|tasks)|职责|工作内容", re.IGNORECASE)
_ASKS_DUTY = {
    "en": (
        "This is something you would do with us: {line}. How would you go about it?",
        "Part of the job is this: {line}. Tell me about a time when you did just that.",
    ),
    "zh": ("这份工作要做的是：{line}。你会怎么做？", "工作内容里有一条：{line}。请讲一次你做这件事的经历。"),
}
_ASKS_REQUIREMENT = {
    "en": (
        "The job description asks for this: {line}. What have you done that shows it?",
        "We are looking for this: {line}. Why are you the one?",
    ),
    "zh": ("招聘要求里写着：{line}。你做过哪些事能说明这一点？", "我们需要：{line}。为什么你合适？"),
}
_ABOUT = {"en": "Tell me about this: {line}.", "zh": "请谈谈：{line}。"}
_STORY = {
    "en": (
        ("example", "A real example", ("there was a", "I remember", "one time", "in my last job", "last year")),
        ("result", "What came of it", ("in the end", "as a result", "since then", "so now", "{number} percent")),
    ),
    "zh": (
        ("example", "一个真实的例子", ("有一次", "我记得", "上一份工作", "去年", "当时")),
        ("result", "结果怎样", ("最后", "结果", "后来", "从那以后", "提高了{number}")),
    ),
}


@dataclass
class _Section:
    """What stands under one heading; "" before the first."""

    heading: str
    bullets: list[str]
    prose: list[str]


def propose(text: str, *, language: Language, key_phrases: KeyPhrases) -> tuple[Question, ...]:
    """Questions with talking points for a text, in its order, `MOST_QUESTIONS` at most; () when it names nothing."""
    duty, requirement = cycle(_ASKS_DUTY[language]), cycle(_ASKS_REQUIREMENT[language])
    found: list[Question] = []
    sections = _sections(text)
    listed = any(section.bullets for section in sections)
    for section in sections:
        if section.heading and _NOT_ASKED.search(section.heading):
            continue
        if section.heading and section.bullets and not _JOB.search(section.heading):
            found.append(_from_notes(section, len(found) + 1, language, key_phrases))
            continue
        for line in section.bullets or ([] if listed else _sentences(section.prose)):
            if not _too_short(line, language) and not _NOT_ASKED.search(line):
                asks = next(duty if _DUTY.search(section.heading) else requirement).format(line=line)
                found.append(Question(f"q{len(found) + 1}", asks, points=_points(line, language, key_phrases)))
    return tuple(found[:MOST_QUESTIONS])


def _sections(text: str) -> list[_Section]:
    sections = [_Section("", [], [])]
    for raw in text.splitlines():
        line = " ".join(_MARKUP.sub(r"\1", raw).split())
        heading = _HEADING.match(raw.strip())
        bullet = _BULLET.match(raw)
        if heading or (line.endswith((":", "：")) and len(line) < 60):
            sections.append(_Section((heading[1] if heading else line).rstrip(":："), [], []))
        elif bullet:
            sections[-1].bullets.append(_tidy(_MARKUP.sub(r"\1", bullet[1])))
        elif line:
            sections[-1].prose.append(line)
    return sections


def _sentences(lines: Sequence[str]) -> list[str]:
    return [_tidy(part) for line in lines for part in _SENTENCE_END.split(line) if part.strip()]


def _tidy(line: str) -> str:
    """A line as it can be read aloud inside a sentence."""
    return " ".join(line.split()).strip(" .;,。；，、!！")


def _too_short(line: str, language: Language) -> bool:
    return (len(line.split()) if language == "en" else len(line)) < _SHORTEST_LINE[language]


def _from_notes(section: _Section, number: int, language: Language, key_phrases: KeyPhrases) -> Question:
    heading = section.heading
    text = heading if heading.endswith(("?", "？")) else _ABOUT[language].format(line=_tidy(heading))
    points = tuple(
        TalkingPoint(f"point-{n}", bullet, _phrases(bullet, key_phrases)) for n, bullet in enumerate(section.bullets, 1)
    )
    return Question(f"q{number}", text, points=points)


def _points(line: str, language: Language, key_phrases: KeyPhrases) -> tuple[TalkingPoint, ...]:
    """A point for each thing that the line names, and the two that every story needs."""
    named = (TalkingPoint(f"point-{n}", p, (p,)) for n, p in enumerate(key_phrases.of(line, _POINT_PHRASES), 1))
    story = (TalkingPoint(name, label, wordings, n) for n, (name, label, wordings) in enumerate(_STORY[language], 1))
    return (*named, *story)


def _phrases(bullet: str, key_phrases: KeyPhrases) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key_phrases.of(bullet, _POINT_PHRASES))) or (bullet,)
