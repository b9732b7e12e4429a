"""Rehearse a phone interview out loud, on your own computer."""

__version__ = "0.1.0"
