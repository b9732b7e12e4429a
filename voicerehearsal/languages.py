"""The language in which a person is spoken to: the catalogue of the interface, one for the whole program.

What is practised is another matter: an English answer may well be rehearsed through a Chinese interface.
"""

from __future__ import annotations

import gettext
import locale
import os
from pathlib import Path
from typing import Literal, get_args

Interface = Literal["en", "zh"]

INTERFACES: tuple[Interface, ...] = get_args(Interface)

_DOMAIN = "voicerehearsal"
_FOLDER = Path(__file__).parent / "locale"
_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_spoken: Interface = "en"


def speak(language: Interface) -> None:
    """Speak `language` from now on; what its catalogue lacks stays English."""
    global _catalogue, _spoken
    _spoken = language
    _catalogue = gettext.translation(_DOMAIN, _FOLDER, [language], fallback=True)


def spoken() -> Interface:
    """The language spoken now."""
    return _spoken


def of_this_computer() -> Interface:
    """The language this computer is set to, English where it is neither."""
    names = [os.environ.get(name, "") for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")]
    named = next((name for name in names if name), None) or locale.getlocale()[0] or ""
    return "zh" if named.lower().startswith(("zh", "chinese")) else "en"


def _(text: str) -> str:
    """`text` in the language spoken now."""
    return _catalogue.gettext(text) if text else text


def ngettext(one: str, many: str, n: int) -> str:
    """`one` or `many`, as `n` asks for, in the language spoken now."""
    return _catalogue.ngettext(one, many, n)
