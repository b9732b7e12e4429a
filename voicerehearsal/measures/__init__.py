"""The middle: pure functions of samples and words, one question per file."""
