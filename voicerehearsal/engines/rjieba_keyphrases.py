"""Key phrases of a Chinese text: its short clauses, then its nouns by jieba's dictionary; no model, no network."""

from __future__ import annotations

import re

_CLAUSE_CHARACTERS = range(4, 11)
_NOUNS = ("n", "vn", "nz", "nt", "eng")


def cut_words(text: str) -> list[str]:
    """Chinese text as words, the way recognisers cut it; punctuation stays."""
    import rjieba

    return [word for word in rjieba.cut(text) if word.strip()]


class RjiebaKeyPhrases:
    """Meets `ports.KeyPhrases`."""

    def of(self, text: str, most: int) -> list[str]:
        """Its clauses short enough to be said as they are, in their order; then its nouns; at most so many."""
        import rjieba

        clauses = re.split(r"[，、；。！？,;\s]+|以及|并且", text)
        phrases = [clause for clause in clauses if len(clause) in _CLAUSE_CHARACTERS]
        nouns = [word for word, kind in rjieba.tag(text) if kind in _NOUNS and len(word) > 1]
        return list(dict.fromkeys(phrases + [noun for noun in nouns if not any(noun in p for p in phrases)]))[:most]
