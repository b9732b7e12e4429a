"""The middle: pure functions of samples and words, one question per file."""

VERSION = 2
"""Raised whenever any measure changes or is added: answers measured under another number can be measured again.

A number that means something else than before gets a new `coaching.metrics.Metric.version` as well.
"""
