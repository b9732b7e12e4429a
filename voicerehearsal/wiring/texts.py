"""Texts that people bring: a job description, a page of notes."""

from __future__ import annotations

import re
from pathlib import Path

from voicerehearsal.engines.rjieba_keyphrases import RjiebaKeyPhrases
from voicerehearsal.engines.yake_keyphrases import YakeKeyPhrases
from voicerehearsal.errors import UsageError
from voicerehearsal.packs.proposals import propose
from voicerehearsal.values import Language, Question

_LARGEST_BYTES = 1_000_000
_HAN = re.compile(r"[\u4e00-\u9fff]")


def propose_questions(path: Path, language: Language | None) -> tuple[Language, tuple[Question, ...]]:
    """Questions with talking points for a job description or notes, in `language` or the one it is written in.

    Raises:
        UsageError: It cannot be read, is no text, is empty or huge, or names nothing that could be asked about.
    """
    return questions_from(_read_text(path), language, called=str(path))


def questions_from(text: str, language: Language | None, *, called: str) -> tuple[Language, tuple[Question, ...]]:
    """As `propose_questions`, for a text that a message calls `called`."""
    language = language or ("zh" if len(_HAN.findall(text)) > len(text) / 10 else "en")
    questions = propose(
        text, language=language, key_phrases=YakeKeyPhrases() if language == "en" else RjiebaKeyPhrases()
    )
    if not questions:
        raise UsageError(
            f"{called} names nothing that could be asked about",
            "Give it duties, requirements, or headings with bullets.",
        )
    return language, questions


def _read_text(path: Path) -> str:
    plain = "Save it as plain text or Markdown."
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}", "Check the path.") from error
    if len(raw) > _LARGEST_BYTES:
        raise UsageError(f"{path} is larger than a megabyte", "Give the page or two that matter.")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    else:
        encoding = "utf-8-sig"
        if b"\0" in raw or raw.startswith((b"%PDF", b"PK\x03\x04")):
            raise UsageError(f"{path} is no text file", plain)
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is no text in UTF-8", plain) from error
    if not text.strip():
        raise UsageError(f"{path} is empty", "Put the job description or your notes into it.")
    return text
