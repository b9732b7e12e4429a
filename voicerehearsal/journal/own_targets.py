"""A person's own targets, over those of the question pack, over the defaults.

They lie in `targets.toml` in the data folder, a file to be read and edited by hand: a table `[targets]` for every
answer, and tables such as `[pack.complaint-calls]` for the answers to one pack.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voicerehearsal.coaching.targets import Targets
from voicerehearsal.errors import JournalError, PackError
from voicerehearsal.journal.own_packs import own_pack_file
from voicerehearsal.journal.whole import write_whole
from voicerehearsal.packs import builtin_folder, load_pack
from voicerehearsal.packs.lines import Lines
from voicerehearsal.packs.lines import Path as Where
from voicerehearsal.packs.stated import stated_faults, stated_targets
from voicerehearsal.packs.toml_file import Problem, Table, read_toml
from voicerehearsal.values import Pack, Target

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

_HEAD = """\
# Your own targets. What is not stated here stays as `voicerehearsal targets` shows it.
# [targets] holds for every answer, [pack.ID] for the answers to one question pack.
"""
_TABLES = ("targets", "pack")


def targets_file(home: Path) -> Path:
    """Where a person's own targets lie. Creates nothing."""
    return home / "targets.toml"


def own_targets(home: Path, pack: Pack | str | None = None) -> Targets:
    """What this person's answers are held against.

    Args:
        home: The data folder.
        pack: The question pack practised, or the id of one: it may state targets, and the person for it.
            What a pack from elsewhere states is known only from the pack itself.

    Raises:
        JournalError: The file of own targets is broken; the message names file, line and cure.
    """
    data = _read(home)
    name = pack.id if isinstance(pack, Pack) else pack
    own = stated_targets(_table(data, "targets"), "your own", "own", note="since")
    for_pack = stated_targets(
        _table(_table(data, "pack"), name or ""), f"your own for {name}", "own_for_pack", note="since"
    )
    return Targets({**_stated_by(home, pack), **own, **for_pack})


def targets_or_defaults(home: Path, pack: Pack | str | None = None) -> tuple[Targets, JournalError | None]:
    """As `own_targets`; where the person's file is broken what holds without it, and what is wrong with it."""
    try:
        return own_targets(home, pack), None
    except JournalError as error:
        return Targets(_stated_by(home, pack)), error


def state_target(home: Path, metric_name: str, target: Target, *, pack: str | None, since: date) -> None:
    """Write one own target into the file, in place of an older one; comments and all else stay as they are.

    Args:
        home: The data folder.
        metric_name: One of `METRICS`.
        target: Its limits.
        pack: Only for the answers to this pack.
        since: From when on, to be shown.

    Raises:
        JournalError: The file is broken, or the disk refuses.
    """
    import tomlkit

    document = _document(home)
    stated = tomlkit.inline_table()
    for key, limit in (("low", target.low), ("high", target.high)):
        if limit is not None:
            stated[key] = int(limit) if limit == int(limit) else limit
    stated["since"] = since
    _under(document, pack)[metric_name] = stated
    _write(home, document)


def forget_target(home: Path, metric_name: str, *, pack: str | None) -> bool:
    """Take one own target out of the file; whether there was one.

    Raises:
        JournalError: The file is broken, or the disk refuses.
    """
    data = _read(home)
    stated = _table(data, "targets") if pack is None else _table(_table(data, "pack"), pack)
    if metric_name not in stated:
        return False
    document = _document(home)
    del _under(document, pack)[metric_name]
    if pack is not None and not document["pack"][pack]:
        del document["pack"][pack]
    _write(home, document)
    return True


def _stated_by(home: Path, pack: Pack | str | None) -> dict[str, Target]:
    """The targets of a pack; one that is gone or broken states none."""
    if isinstance(pack, Pack):
        return pack.targets
    if pack is None:
        return {}
    built_in = builtin_folder() / f"{pack}.toml"
    file = built_in if built_in.is_file() else own_pack_file(home, pack)
    try:
        return {} if file is None else load_pack(file).targets
    except PackError:
        return {}


def _read(home: Path) -> Table:
    """What the file says, without a fault; a file that is not there says nothing."""
    file = targets_file(home)
    if not file.exists():
        return {}
    text, data, problems = read_toml(file)
    if not problems:
        lines = Lines(text)
        problems = sorted((Problem(lines.of(at), *rest) for at, *rest in _faults(data)), key=lambda p: p.line)
    if problems:
        first = problems[0]
        raise JournalError(f"{file}:{first.line}: {first.what}", first.advice)
    return data


def _faults(data: Table) -> Iterator[tuple[Where, str, str]]:
    for key, value in data.items():
        if key not in _TABLES:
            yield (key,), f'unknown table "{key}"', "It may have [targets] and [pack.ID]"
        elif not isinstance(value, dict):
            yield (key,), f'"{key}" is no table', "Write it as a line [targets], or [pack.ID]"
    for where, what, cure in stated_faults(_table(data, "targets"), note="since"):
        yield ("targets", *where), what, cure
    for pack, stated in _table(data, "pack").items():
        if not isinstance(stated, dict):
            yield ("pack", pack), f'"{pack}" is no table', f"Write the targets under a line [pack.{pack}]"
            continue
        for where, what, cure in stated_faults(stated, note="since"):
            yield ("pack", pack, *where), what, cure


def _table(data: Table, key: str) -> Mapping[str, Any]:
    found = data.get(key)
    return found if isinstance(found, dict) else {}


def _document(home: Path) -> TOMLDocument:
    """The file with its comments, without a fault; a new one where there is none."""
    import tomlkit

    _read(home)
    file = targets_file(home)
    return tomlkit.parse(file.read_text("utf-8-sig") if file.exists() else _HEAD)


def _under(document: TOMLDocument, pack: str | None) -> Any:  # noqa: ANN401 - a table of tomlkit
    """The table that holds the targets, made where there is none."""
    import tomlkit

    if pack is None:
        return document.setdefault("targets", tomlkit.table())
    packs = document.setdefault("pack", tomlkit.table(is_super_table=True))
    inline = isinstance(packs, tomlkit.items.InlineTable)
    return packs.setdefault(pack, tomlkit.inline_table() if inline else tomlkit.table())


def _write(home: Path, document: TOMLDocument) -> None:
    file = targets_file(home)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, (document.as_string().rstrip() + "\n").encode())
    except OSError as error:
        raise JournalError(
            f"Your targets cannot be kept in {file} ({error.strerror})",
            "Free some space, or choose another folder with VOICEREHEARSAL_HOME.",
        ) from error
