"""What a pack file must be: every fault at once, each with its line and its cure."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from voicerehearsal.packs.lines import Lines
from voicerehearsal.packs.lines import Path as Where
from voicerehearsal.packs.rules import (
    CALLER,
    CAUTION,
    CURES_FOR_MISSING,
    EXERCISE,
    FILE,
    LIST_ITEMS,
    PACK,
    POINT,
    QUESTION,
    Key,
)
from voicerehearsal.packs.stated import stated_faults
from voicerehearsal.packs.toml_file import Problem, Table, parse_toml, read_toml


def check_pack(path: Path) -> list[Problem]:
    """Every problem of a pack file, in the order of its lines; [] for a good pack.

    Never raises for what is in the file, nor for a file that cannot be read: that is a problem too.
    """
    return read_pack_file(path)[1]


def check_packs(paths: Sequence[Path]) -> list[tuple[Path, Problem]]:
    """Every problem of several files, also where two of them share a pack id."""
    problems: list[tuple[Path, Problem]] = []
    owners: dict[object, Path] = {}
    for path in paths:
        data, found = read_pack_file(path)
        problems += [(path, problem) for problem in found]
        pack = data.get("pack")
        name = pack.get("id") if isinstance(pack, dict) else None
        if isinstance(name, str) and owners.setdefault(name, path) != path:
            line = Lines(path.read_text("utf-8-sig")).of(("pack", "id"))
            problems.append(
                (path, Problem(line, f'the pack id "{name}" is taken by {owners[name]}', "Give it another id"))
            )
    return problems


def read_pack_file(path: Path) -> tuple[Table, list[Problem]]:
    """The parsed file and its problems; the table is complete and right when there are none."""
    return _checked(*read_toml(path))


def read_pack_text(text: str) -> tuple[Table, list[Problem]]:
    """As `read_pack_file`, of what is being written."""
    return _checked(*parse_toml(text))


def _checked(text: str, data: Table, problems: list[Problem]) -> tuple[Table, list[Problem]]:
    if problems:
        return {}, problems
    found = _Faults(text)
    found.check(data)
    return data, sorted(found.problems, key=lambda p: p.line)


class _Faults:
    """Collects the problems of one parsed file."""

    def __init__(self, text: str) -> None:
        self.problems: list[Problem] = []
        self._text = text

    @cached_property
    def _lines(self) -> Lines:
        """Read only when something is wrong: most packs are right."""
        return Lines(self._text)

    def check(self, data: Table) -> None:
        self._table(data, (), FILE, "the file")
        pack = data.get("pack")
        if isinstance(pack, dict):
            self._table(pack, ("pack",), PACK, "[pack]")
            targets = pack.get("targets")
            for at, what, cure in stated_faults(targets, note="why") if isinstance(targets, dict) else ():
                self._add(("pack", "targets", *at), what, cure)
        questions = self._tables(data, (), "question")
        ids = dict.fromkeys(name for _, q in questions if isinstance(name := q.get("id"), str))
        for where, question in questions:
            self._question(question, where, ids)
        self._unique(questions, "question")
        self._families(questions)

    def _question(self, question: Table, where: Where, ids: Mapping[str, object]) -> None:
        self._table(question, where, QUESTION, "[[question]]")
        points = self._tables(question, where, "point")
        for place, point in points:
            self._table(point, place, POINT, "[[question.point]]")
        self._unique(points, "point")
        for place, caution in self._tables(question, where, "caution"):
            self._table(caution, place, CAUTION, "[[question.caution]]")
        caller = question.get("caller")
        if isinstance(caller, dict):
            self._table(caller, (*where, "caller"), CALLER, "[question.caller]")
        for place, exercise in self._tables(question, where, "exercise"):
            self._table(exercise, place, EXERCISE, "[[question.exercise]]")
            if ("says" in exercise) == ("find_out" in exercise):
                self._add(place, '[[question.exercise]] needs either "says" or "find_out"', "Give one of the two")
        follow_ups = question.get("follow_ups")
        for number, wanted in enumerate(follow_ups if isinstance(follow_ups, list) else ()):
            if isinstance(wanted, str) and wanted not in ids:
                cure = _meant(wanted, ids) or f'Add a [[question]] with id = "{wanted}", or take it out here'
                self._add((*where, "follow_ups", number), f'there is no question "{wanted}" to follow up with', cure)

    def _families(self, questions: list[tuple[Where, Table]]) -> None:
        """A question follows one other at most, never, by whatever way, itself; what prompts it is a point there."""
        parent: dict[str, object] = {}
        leads_to = _Chains()
        for where, question in questions:
            follow_ups = question.get("follow_ups")
            for number, child in enumerate(follow_ups if isinstance(follow_ups, list) else ()):
                if not isinstance(child, str):
                    continue
                at = (*where, "follow_ups", number)
                if child in parent:
                    self._add(at, f'"{child}" follows up "{parent[child]}" already', "List it under one question")
                    continue
                parent[child] = question.get("id")
                if leads_to.join(str(question.get("id")), child):
                    self._add(at, f'"{child}" would follow up itself', "Take it out here")
        points = {q.get("id"): [p.get("id") for _, p in self._tables(q, w, "point")] for w, q in questions}
        for where, question in questions:
            self._prompts(question, where, parent, points)

    def _prompts(
        self, question: Table, where: Where, parent: Mapping[str, object], points: Mapping[object, list[object]]
    ) -> None:
        """What is missed when a follow-up is asked must be a point of the question it follows."""
        prompts = question.get("when_missed")
        above = parent.get(str(question.get("id")))
        for number, point in enumerate(prompts if isinstance(prompts, list) else ()):
            at = (*where, "when_missed", number)
            if above is None:
                self._add(at, "only a follow-up can be asked when a point was missed", "List it under follow_ups")
            elif isinstance(point, str) and point not in points.get(above, []):
                known = [p for p in points.get(above, []) if isinstance(p, str)]
                cure = _meant(point, known) or f"It has the points: {', '.join(known) or 'none'}"
                self._add(at, f'"{above}" has no point "{point}"', cure)

    def _tables(self, table: Table, where: Where, key: str) -> list[tuple[Where, Table]]:
        found = table.get(key)
        tables = found if isinstance(found, list) else []
        return [((*where, key, n), t) for n, t in enumerate(tables) if isinstance(t, dict)]

    def _unique(self, tables: list[tuple[Where, Table]], noun: str) -> None:
        first: dict[str, Where] = {}
        for where, table in tables:
            name = table.get("id")
            if not isinstance(name, str):
                continue
            at = (*where, "id")
            if first.setdefault(name, at) != at:
                line = self._lines.of(first[name])
                self._add(at, f'the {noun} id "{name}" is taken by line {line}', "Give it another id")

    def _table(self, table: Table, where: Where, keys: Mapping[str, Key], name: str) -> None:
        for key in table:
            if key not in keys:
                known = ", ".join(keys)
                self._add((*where, key), f'unknown key "{key}" in {name}', _meant(key, keys) or f"It may have: {known}")
        for key, rule in keys.items():
            if key not in table:
                meant = [k for k in table if k not in keys and difflib.get_close_matches(k, [key])]
                if rule.required and not meant:
                    self._add(where, f'{name} has no "{key}"', CURES_FOR_MISSING[key])
            else:
                self._value(table[key], (*where, key), rule, key)

    def _value(self, value: object, where: Where, rule: Key, key: str) -> None:
        fault = rule.fault(value)
        if fault:
            self._add(where, f'"{key}" {fault[0]}', fault[1])
        elif isinstance(value, list) and key in LIST_ITEMS:
            for number, item in enumerate(value):
                wrong = LIST_ITEMS[key](item)
                if wrong:
                    self._add((*where, number), f'"{key}" has an entry that {wrong[0]}', wrong[1])

    def _add(self, where: Where, what: str, cure: str) -> None:
        self.problems.append(Problem(self._lines.of(where), what, cure))


class _Chains:
    """Which questions hang together by follow-ups; a link within one such chain closes a circle (union-find)."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def join(self, one: str, other: str) -> bool:
        """Link two questions; whether they hung together before."""
        first, second = self._top(one), self._top(other)
        self._above[second] = first
        return first == second

    def _top(self, name: str) -> str:
        while (above := self._above.setdefault(name, name)) != name:
            self._above[name] = self._above[above]
            name = above
        return name


def _meant(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, list(known), n=1)
    return f"Did you mean '{close[0]}'?" if close else ""
