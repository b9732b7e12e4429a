"""A large JSON document read row by row, however it is laid out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO

_WHITE = " \t\r\n"
_CHUNK = 1 << 20
LONGEST = 64 << 20
"""Characters of one row, at most; the report of an hour of speech has two million."""


class NotJsonError(Exception):
    """What is wrong with a document."""


class JsonRows:
    """Reads one JSON object whose large values are lists, in the order in which they are written.

    Every method raises NotJsonError where the document is damaged, or not laid out as asked.
    """

    def __init__(self, stream: IO[str]) -> None:
        """Read from `stream`."""
        self._stream = stream
        self._text = ""
        self._at = 0
        self._decoder = json.JSONDecoder()

    def begin(self) -> None:
        """Step into the object."""
        self._expect("{")

    def key(self, name: str, *, first: bool = False) -> None:
        """Step over the next key, which must be this one."""
        if not first:
            self._expect(",")
        found = self.value()
        if found != json.dumps(name):
            raise NotJsonError(f"{name!r} was expected, and there is {found[:40]}")
        self._expect(":")

    def rows(self) -> Iterator[str]:
        """The items of the list that begins here, each as JSON."""
        self._expect("[")
        if self._peek() == "]":
            self._at += 1
            return
        while True:
            yield self.value()
            if self._peek() == "]":
                self._at += 1
                return
            self._expect(",")

    def end(self) -> None:
        """Step out of the object, and see that nothing follows."""
        self._expect("}")
        if self._peek():
            raise NotJsonError("something follows its end")

    def value(self) -> str:
        """The value that begins here, as JSON."""
        self._peek()
        while True:
            try:
                _, end = self._decoder.raw_decode(self._text, self._at)
                text = self._text[self._at : end]
                if end < len(self._text) or not self._more():  # "12" may go on as "123"
                    self._at += len(text)
                    return text
            except RecursionError as error:
                raise NotJsonError("it is nested too deeply") from error
            except ValueError as error:
                if not self._more():
                    raise NotJsonError(f"it breaks off or is no JSON ({error})") from error

    def _expect(self, mark: str) -> None:
        found = self._peek()
        if found != mark:
            raise NotJsonError(f"{mark!r} was expected, and there is {found!r}" if found else "it breaks off")
        self._at += 1

    def _peek(self) -> str:
        """The next character that is not white, "" at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _WHITE:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def _more(self) -> bool:
        """Read on: as much again as is waiting, so that a long row is not tried too often; False at the end."""
        rest = self._text[self._at :]
        if len(rest) > LONGEST:
            raise NotJsonError("a row is too long")
        more = self._stream.read(max(_CHUNK, len(rest)))
        self._text, self._at = rest + more, 0
        return bool(more)
