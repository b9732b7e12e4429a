"""Pages and pieces of pages, drawn on the server with everything escaped."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from markupsafe import Markup
from starlette.responses import HTMLResponse

from voicerehearsal import languages
from voicerehearsal.journal.home import data_home
from voicerehearsal.journal.settings import read_settings
from voicerehearsal.presenting.times import clock, local_time
from voicerehearsal.studio.places import place_for, said_here

if TYPE_CHECKING:
    from jinja2.runtime import Context
    from starlette.requests import Request

_SAID = re.compile(r"""\b_\(("(?:[^"\\\n]|\\.)*")\)""")


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:  # noqa: ANN401 - whatever the page shows
    """A whole page."""
    return HTMLResponse(_drawn(request, template, values), status)


def fragment(request: Request, template: str, **values: Any) -> HTMLResponse:  # noqa: ANN401 - whatever the piece shows
    """A piece of a page, which scripts put into one that is open."""
    return HTMLResponse(_drawn(request, template, values))


def _drawn(request: Request, template: str, values: dict[str, Any]) -> str:
    prefix: str = request.app.state.prefix
    return (
        templates()
        .get_template(template)
        .render(
            at=lambda path="": f"{prefix}/{path}",
            here=request.url.path.removeprefix(prefix).strip("/"),
            interface=languages.spoken(),
            theme=read_settings(data_home()).theme,
            words={word: translated for word in _script_words() if (translated := languages._(word)) != word},
            **values,
        )
    )


@cache
def _script_words() -> tuple[str, ...]:
    """What scripts say, as written in them."""
    scripts = sorted((Path(__file__).parent / "web").glob("*.js"))
    found = (match[1] for script in scripts for match in _SAID.finditer(script.read_text(encoding="utf-8")))
    return tuple(dict.fromkeys(ast.literal_eval(word) for word in found))


@cache
def templates() -> Environment:
    """The templates, read once; a name that is not given is an error, not an empty place."""
    made = Environment(
        loader=PackageLoader("voicerehearsal.studio", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(languages._, languages.ngettext, newstyle=False)  # type: ignore[attr-defined]
    made.filters["json"] = _json
    made.filters["said"] = _said
    made.filters["clock"] = clock
    made.filters["local_time"] = lambda when: languages.in_words(local_time(when))
    return made


@pass_context
def _said(context: Context, sentence: str) -> str:
    """What the middle says, in the language spoken now, with a link to a page in place of a command."""
    place, words = place_for(sentence), said_here(sentence)
    if place is None:
        return words
    return Markup('{} <a href="{}">{}</a>').format(words, context["at"](place.path), place.title)


def _json(value: object) -> Markup:
    """Data for the page's script: inside a script element, "<" could end it."""
    return Markup(msgspec.json.encode(value).decode().replace("<", "\\u003c"))  # noqa: S704 - made harmless just here
