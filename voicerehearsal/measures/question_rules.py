"""Rules by which words tell the kind of a question."""

from __future__ import annotations

import re

from voicerehearsal.values import QuestionKind

Rules = tuple[tuple[re.Pattern[str], QuestionKind], ...]
"""The first pattern that is found tells the kind."""


def rules(*pairs: tuple[str, QuestionKind]) -> Rules:
    """Rules written down as patterns."""
    return tuple((re.compile(pattern), kind) for pattern, kind in pairs)
