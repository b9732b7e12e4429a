"""Where in a TOML file each value stands: tomllib tells values, people need lines.

Reads text that tomllib has accepted, so it only has to tell keys, strings and brackets apart.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left

Path = tuple[str | int, ...]
"""Where a value is: ("question", 0, "point", 2, "phrases", 1)."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY_PART = re.compile(r"""[ \t]*("(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)[ \t]*""")
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}'
    r"|'''(?:[^']|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_BARE = re.compile(r"[^,\]}\n#]+")


class Lines:
    """Line numbers, from 1, of the values of one valid TOML text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._lines: dict[Path, int] = {(): 1}
        self._arrays: dict[Path, int] = {}
        self._breaks = [found.start() for found in re.finditer("\n", text)]
        self._read()

    def of(self, path: Path) -> int:
        """The line of a value's key (of an array's element: its own), or of the nearest table around it."""
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]

    def _read(self) -> None:
        table: Path = ()
        while self._skip_blank() < len(self._text):
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)

    def _skip_blank(self) -> int:
        found = _BLANK.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._at

    def _mark(self, path: Path) -> None:
        self._lines.setdefault(path, bisect_left(self._breaks, self._at) + 1)

    def _keys(self) -> list[str]:
        """A key with its dots: a."b c".d."""
        keys: list[str] = []
        while found := _KEY_PART.match(self._text, self._at):
            part = found[1]
            keys.append(next(iter(tomllib.loads(f"{part} = 0"))) if part[0] in "\"'" else part)
            self._at = found.end()
            if self._text[self._at] != ".":
                break
            self._at += 1
        return keys

    def _header(self) -> Path:
        """[table] or [[array of tables]]; a parent that is an array means its last element."""
        many = self._text.startswith("[[", self._at)
        self._at += 2 if many else 1
        path: Path = ()
        keys = self._keys()
        for number, key in enumerate(keys):
            path = (*path, key)
            self._mark(path)
            if many and number == len(keys) - 1:
                self._arrays[path] = self._arrays.get(path, -1) + 1
            if path in self._arrays:
                path = (*path, self._arrays[path])
                self._mark(path)
        self._at += 2 if many else 1
        return path

    def _pair(self, table: Path) -> None:
        """Key = value."""
        path = table
        for key in self._keys():
            path = (*path, key)
            self._mark(path)
        self._at += 1
        self._value(path)

    def _value(self, path: Path) -> None:
        self._skip_blank()
        opening = self._text[self._at]
        if opening == "[":
            self._array(path)
        elif opening == "{":
            self._inline_table(path)
        else:
            found = _STRING.match(self._text, self._at) or _BARE.match(self._text, self._at)
            self._at = found.end() if found else len(self._text)

    def _array(self, path: Path) -> None:
        self._at += 1
        number = 0
        while self._text[self._skip_blank()] != "]":
            if self._text[self._at] == ",":
                self._at += 1
                continue
            self._mark((*path, number))
            self._value((*path, number))
            number += 1
        self._at += 1

    def _inline_table(self, path: Path) -> None:
        self._at += 1
        while self._text[self._skip_blank()] != "}":
            if self._text[self._at] == ",":
                self._at += 1
                continue
            self._pair(path)
        self._at += 1
