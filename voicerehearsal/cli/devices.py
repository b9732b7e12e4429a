"""`devices`: microphones and speakers."""

from __future__ import annotations


def devices() -> None:
    """List microphones and speakers; `*` marks the system's own choice."""
    from rich.table import Table
    from rich.text import Text

    from voicerehearsal import wiring
    from voicerehearsal.cli.terminal import results, talk

    found = wiring.list_devices()
    if not found:
        talk().print("There are no sound devices.", style="yellow")
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for heading in ("", "name", "microphone", "speaker", "rate"):
        table.add_column(heading)
    for device in found:
        table.add_row(
            "*" if device.chosen else "",
            Text(device.name),
            "yes" if device.inputs else "",
            "yes" if device.outputs else "",
            f"{device.sample_rate_hz} Hz",
        )
    results().print(table)
