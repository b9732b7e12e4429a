"""`python -m tests.words`: brings the catalogues in line with what the program says; prints what is not translated yet.

Sentences of faces are those given to `_` and `ngettext`, in Python, pages and scripts. Those of the middle and of the
command line are all strings that read like prose; a place in one where something is put in becomes {0}, {1} …
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import jinja2.ext
import polib

from voicerehearsal.cli.language import paragraphs

PACKAGE = Path(__file__).parent.parent / "voicerehearsal"
CATALOGUES = sorted(PACKAGE.glob("locale/*/LC_MESSAGES/voicerehearsal.po"))

_PROSE = re.compile(r"[A-Za-z]{2,}[,:;']? \S*[A-Za-z{]|[A-Z][a-z]+[.:?!]$|^[A-Z][a-z]{2,}$|^\{0\} [a-z]+ \d+$")
_WORDS = {
    *(
        "a minute",
        "a caller",
        "a text",
        "As JSON.",
        "no. {0}",
        "/min",
        "nobody cuts in",
        "{0} + {1} follow-ups",
        "[required]",
    ),
    *re.findall(
        r"\S+",
        """
        measure whose source usual own pack no. when try tags change within unknown now tomorrow before best bests
        none point how sure said at flat lively steady unsteady rise rises smile tone louder quieter more
        better worse faster slower higher lower longer shorter further nearer gained lost latest value median
        confirmed struck heard kind phrase word yours title questions language due last answers name rate yes
        microphone speaker voice meaning journal program recordings models recogniser calm calmer angry angrier
        annoyed furious content uneasy high low fast slow words characters question good short long endings
        liveliness level harmonicity steadiness coverage week day session answer muted semitones ratio score
        count share interview practice drill notes shadowing questioning points wpm cpm wpm/min cpm/min st dB
        words/min characters/min syll/s syllables/s syll. syllables warning input output
        """,
    ),
}
"""Words that are said alone, in headings and as verdicts, and look like names."""
_QUERY = r"\b(SELECT|INSERT|UPDATE|DELETE|CREATE|WHERE|PRAGMA|json_each|FROM a|ORDER BY|JOIN)\b"
_CODE = re.compile(_QUERY + r"|^[#<@./]|^-- |\\[bwsd]|\(\?")
_SCRIPT = re.compile(r"""\b_\(\s*("(?:[^"\\\n]|\\.)*")\s*\)""")
_BY_UNDERSCORE = ("studio",)
_IN_WORDS = ("places.py",)
_SILENT = {
    *("languages.py", "schema.py", "wordforms.py", "negation.py", "attribution.py", "proposals.py", "soundalikes.py"),
    *("filler_phrases_en.py", "filler_phrases_zh.py", "installed_voices.py", "hibari_driver.py"),
}
"""Words of the trade, of a language or of an engine, said to nobody."""

Said = tuple[str, str | None]
"""A sentence, and its plural where it has one."""


def said() -> dict[Said, str]:
    """Everything a person may be told, with the file that says it first."""
    found: dict[Said, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for one in _in_python(path):
            found.setdefault(one, path.relative_to(PACKAGE).as_posix())
    for path, text in _help():
        found.setdefault((text, None), path)
    for path in sorted(PACKAGE.rglob("*.html")):
        with path.open("rb") as page:
            for _, _, message, _ in jinja2.ext.babel_extract(page, ("_", "gettext", "ngettext"), (), _JINJA):
                one = message if isinstance(message, tuple) else (message, None)
                found.setdefault((str(one[0]), one[1]), path.relative_to(PACKAGE).as_posix())
    for path in sorted(PACKAGE.rglob("*.js")):
        for match in _SCRIPT.finditer(path.read_text(encoding="utf-8")):
            found.setdefault((ast.literal_eval(match[1]), None), path.relative_to(PACKAGE).as_posix())
    return found


def _help() -> Iterator[tuple[str, str]]:
    """What `--help` says of a command, and where: docstrings, which are no prose of the program elsewhere."""
    from voicerehearsal.cli.commands import PANELS, loaded

    for name, entry in ((name, entry) for entries in PANELS.values() for name, entry in entries.items()):
        command = loaded(name)
        for one in (command, *getattr(command, "commands", {}).values()):
            for text in paragraphs(one.help or ""):
                yield f"cli/{entry.place.split(':')[0]}.py", text


_JINJA = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}


def _in_python(path: Path) -> Iterator[Said]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    asked_for = list(_asked_for(tree))
    yield from asked_for
    if path.name not in _SILENT and (
        path.name in _IN_WORDS or path.relative_to(PACKAGE).parts[0] not in _BY_UNDERSCORE
    ):
        for text in _prose(tree):
            if not any(text in one for one in asked_for):
                yield text, None


def _asked_for(tree: ast.AST) -> Iterator[Said]:
    """What is given to `_` and `ngettext`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext"):
            texts = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if texts:
                yield texts[0], texts[1] if len(texts) > 1 else None


def _prose(tree: ast.AST) -> Iterator[str]:
    """Strings that read like prose, no docstring and nothing that only the program reads."""
    inside: set[ast.AST] = set()
    for node in ast.walk(tree):
        if node in inside:
            continue
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            inside.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            inside.update(one for one in node.values if isinstance(one, ast.Constant))
            yield from _kept(_template(node))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from _kept(node.value)


def _kept(text: str) -> Iterator[str]:
    text = text.strip()
    if text in _WORDS or (len(text) < 400 and _PROSE.search(text) and not _CODE.search(text)):
        yield text


def _template(node: ast.JoinedStr) -> str:
    places = iter(range(99))
    return "".join(str(one.value) if isinstance(one, ast.Constant) else f"{{{next(places)}}}" for one in node.values)


def brought_up_to_date(catalogue: polib.POFile) -> polib.POFile:
    """The catalogue with what is said now and nothing else; what was translated stays so."""
    known = {(one.msgid, one.msgid_plural or None): one for one in catalogue}
    made = polib.POFile(wrapwidth=120)
    made.metadata = catalogue.metadata
    for (text, plural), file in sorted(said().items(), key=lambda one: (one[1], one[0][0])):
        old = known.get((text, plural))
        entry = polib.POEntry(msgid=text, occurrences=[(file, "")])
        if plural:
            entry.msgid_plural = plural
            entry.msgstr_plural = {0: ""} if old is None else old.msgstr_plural
        else:
            entry.msgstr = "" if old is None else old.msgstr
        if old is not None:
            entry.comment, entry.tcomment = old.comment, old.tcomment
        made.append(entry)
    return made


def main() -> int:
    """Write the catalogues; 1 when something in them is not translated."""
    untold = 0
    for path in CATALOGUES:
        catalogue = brought_up_to_date(polib.pofile(path, wrapwidth=120))
        catalogue.save(path)
        for entry in catalogue.untranslated_entries():
            print(f"{path.parts[-3]}: {entry.occurrences[0][0]}: {entry.msgid}")
            untold += 1
    return 1 if untold else 0


if __name__ == "__main__":
    sys.exit(main())
