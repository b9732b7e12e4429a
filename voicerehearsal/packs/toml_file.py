"""A TOML file that people write by hand, read with the line and the cure of what is wrong in it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

Table = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a file; `line` counts from 1."""

    line: int
    what: str
    cure: str

    @property
    def advice(self) -> str:
        """The cure as a sentence of its own."""
        return self.cure if self.cure.endswith("?") else f"{self.cure}."


def read_toml(path: Path) -> tuple[str, Table, list[Problem]]:
    """The text of a file, what it says, and why it cannot be read; without such problems it is valid TOML."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        return "", {}, [Problem(1, f"cannot be read: {error.strerror}", "Check the path and who may read it")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return "", {}, [Problem(line, "is not UTF-8 text", "Save the file with the encoding UTF-8")]
    return parse_toml(text)


def parse_toml(text: str) -> tuple[str, Table, list[Problem]]:
    """As `read_toml`, of a text with line ends of any kind."""
    text = text.replace("\r\n", "\n")
    try:
        return text, tomllib.loads(text), []
    except tomllib.TOMLDecodeError as error:
        return text, {}, [_syntax_problem(str(error), text)]
    except RecursionError:
        return (
            text,
            {},
            [Problem(1, "has lists or tables nested too deep to be read", "Keep to the keys of the format")],
        )


def _syntax_problem(message: str, text: str) -> Problem:
    """TOML's own complaint, with its line and the usual cause."""
    found = re.search(r" \(at line (\d+), column \d+\)| \(at end of document\)", message)
    line = int(found[1]) if found and found[1] else len(text.rstrip().splitlines()) or 1
    said = re.sub(r" \(at .*\)$", "", message)
    cures = (
        ("Unclosed array", 'Close the list with "]"'),
        ("Unterminated string", "Close the text with the quotation marks that opened it"),
        ("Illegal character '\\n'", 'Close the text with a quotation mark, or use """ for several lines'),
        ("Cannot overwrite", "This key is there twice; keep one"),
        ("Cannot declare", "This table is there twice; write [[question]] with two brackets for a list"),
        ("Invalid value", 'Put text in quotation marks: key = "…"'),
        ("Expected '=' after a key", 'Write key = "value"'),
        ("Unescaped '\\'", "Write two backslashes for one"),
    )
    cure = next((c for start, c in cures if said.startswith(start)), "Look at this line and the one before it")
    return Problem(line, f"is not valid TOML: {said[0].lower()}{said[1:]}", cure)
