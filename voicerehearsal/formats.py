"""Reports as JSON and back: the shape of the contract, one line, the same bytes for the same report."""

from __future__ import annotations

import math
from typing import Any

import msgspec

from voicerehearsal.errors import RehearsalError
from voicerehearsal.values import Report

_DECIMALS = 4


def report_to_json(report: Report) -> bytes:
    """Write `report` as one line of compact UTF-8, floats rounded to four decimals.

    Equal reports give equal bytes, and what is written can be read back.

    Raises:
        ValueError: A number is NaN or infinite, or a value has the wrong type: a measure is broken.
    """
    tree = _plain(msgspec.to_builtins(report, enc_hook=_numpy_scalar), "report")
    tree["missing"] = dict(sorted(tree["missing"].items()))
    return msgspec.json.encode(msgspec.convert(tree, Report))


def report_from_json(line: bytes) -> Report:
    """Read a report; keys that are not known are passed over.

    Raises:
        RehearsalError: It is not a report, or of a schema that this version cannot read.
    """
    try:
        return msgspec.json.decode(line, type=Report)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RehearsalError(
            f"This is not a report of the kind voicerehearsal.report/1: {error}", "Measure the recording again."
        ) from error


def printable(text: str) -> str:
    """The same text as UTF-8 can carry it; file names are bytes and need not be UTF-8."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _plain(value: Any, where: str) -> Any:  # noqa: ANN401 - a JSON tree
    """The same tree with rounded numbers and text that UTF-8 can carry."""
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"{where} is {value}, not a number that can be written")
        return round(value, _DECIMALS) + 0.0  # + 0.0: no negative zero
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _plain(item, f"{where}.{key}") for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item, f"{where}[{at}]") for at, item in enumerate(value)]
    return value


def _numpy_scalar(value: Any) -> Any:  # noqa: ANN401 - whatever msgspec does not know
    if hasattr(value, "item"):
        return value.item()
    raise TypeError(f"a report cannot hold a {type(value).__name__}")
