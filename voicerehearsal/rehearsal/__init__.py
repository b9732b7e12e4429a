"""The conversation: ask, listen, analyse."""
