"""The studio: the rehearsal as a page on this computer only, over the same calls as the terminal."""

from voicerehearsal.studio.launch import open_studio

__all__ = ["open_studio"]
