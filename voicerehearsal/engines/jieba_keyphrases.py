"""Key words of a Chinese text, by jieba's TF-IDF over the frequencies that come with it: no model, no network."""

from __future__ import annotations

import logging
import warnings


class JiebaKeyPhrases:
    """Meets `ports.KeyPhrases`."""

    def of(self, text: str, most: int) -> list[str]:
        """The weightiest words of `text`, at most so many."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # its use of pkg_resources, its regular expressions
            import jieba.analyse

        jieba.setLogLevel(logging.WARNING)
        return list(jieba.analyse.extract_tags(text, topK=most))
