"""Key phrases of an English text, by YAKE (Campos et al. 2020): statistics of the text itself, no model, no network."""

from __future__ import annotations

_LONGEST_WORDS = 3
_EMPTY_WORDS = ("ability", "able", "excellent", "good", "strong", "proven", "year", "years", "experience", "skills")
"""What every job description says, and no answer is the better for."""


class YakeKeyPhrases:
    """Meets `ports.KeyPhrases`."""

    def of(self, text: str, most: int) -> list[str]:
        """The weightiest phrases of `text` that share no word, at most so many."""
        import yake

        found = yake.KeywordExtractor(lan="en", n=_LONGEST_WORDS, top=20, dedupLim=0.9).extract_keywords(text)
        chosen: list[str] = []
        taken = set(_EMPTY_WORDS)
        for phrase, _ in found:
            words = set(phrase.lower().split())
            if not words & taken:
                chosen.append(phrase)
                taken |= words
        return chosen[:most]
