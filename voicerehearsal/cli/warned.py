"""What the rooms below warn of, shown in this face."""

from __future__ import annotations

import logging


class _Talk(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        from voicerehearsal.cli.terminal import talk

        talk().print(record.getMessage(), style="yellow", markup=False, soft_wrap=True)


_HANDLER = _Talk(logging.WARNING)


def show_warnings() -> None:
    """Print every warning from now on as talk; once, however often this is called."""
    logging.getLogger("voicerehearsal").addHandler(_HANDLER)
