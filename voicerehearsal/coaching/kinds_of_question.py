"""What is said in a questioning drill: which kind was to be named or asked, and whether it was."""

from __future__ import annotations

from voicerehearsal.measures.question_kinds import named_kind, question_kind
from voicerehearsal.values import Exercise, Language, QuestionKind, Report

_WHY: dict[QuestionKind, str] = {
    "open": "it leaves room for a story",
    "closed": "yes or no answers it",
    "choice": "what to choose from is in it",
    "consultative": "it proposes a step and asks for consent",
    "specific": "one detail answers it",
}
_ZH: dict[QuestionKind, str] = {
    "open": "开放式",
    "closed": "封闭式",
    "choice": "选择性",
    "consultative": "征询性",
    "specific": "针对性",
}
_ALSO: dict[QuestionKind, tuple[QuestionKind, ...]] = {"closed": ("choice", "consultative")}
"""A choice and a proposal are closed questions of a particular kind."""


def instruction(exercise: Exercise, language: Language) -> str:
    """What the voice says: the question to be named, or what is to be found out by which kind of question."""
    if exercise.says:
        return exercise.says
    if language == "zh":
        return f"请用{_ZH[exercise.kind]}问题了解：{exercise.find_out}。"
    kind = f"{'an' if exercise.kind[0] in 'aeiou' else 'a'} {exercise.kind}"
    return f"Ask {kind} question to find out {exercise.find_out.rstrip('.?')}."


def names_of_kinds(language: Language) -> str:
    """The kinds that may be named, to stand on the screen."""
    example = "这是开放式问题" if language == "zh" else "an open question"
    return f'Name its kind, as in "{example}": {", ".join(_name(kind, language) for kind in _WHY)}.'


def solved(exercise: Exercise, report: Report, language: Language) -> bool:
    """Whether the kind was named, or the question was of the kind asked for."""
    if exercise.says:
        return _named(report, language) == exercise.kind
    asked = _asked(report, language)
    return asked is not None and (asked[0] == exercise.kind or asked[0] in _ALSO.get(exercise.kind, ()))


def verdict(exercise: Exercise, report: Report, language: Language) -> str:
    """Right or wrong, and the reason."""
    right = solved(exercise, report, language)
    wanted = _name(exercise.kind, language)
    if exercise.says:
        named = _named(report, language)
        why = f"{wanted}: {_WHY[exercise.kind]}"
        if right:
            return f"Right, {why}."
        heard = f"not {_name(named, language)}" if named else f"I heard {_quoted(report)}"
        return f"It is {why} ({heard})."
    asked = _asked(report, language)
    if asked is None:
        return f"I heard {_quoted(report)}, and cannot tell which kind of question it is. Asked for: {wanted}."
    kind, words = asked
    told = f'"{words}" makes it {_name(kind, language)}: {_WHY[kind]}'
    return f"Right. {told}." if right else f"{told}. Asked for: {wanted}, so that {_WHY[exercise.kind]}."


def _name(kind: QuestionKind, language: Language) -> str:
    return f"{kind} ({_ZH[kind]})" if language == "zh" else kind


def _text(report: Report) -> str:
    return report.transcript.text if report.transcript is not None else ""


def _quoted(report: Report) -> str:
    return f'"{_text(report)}"' if _text(report) else "nothing"


def _named(report: Report, language: Language) -> QuestionKind | None:
    return named_kind(_text(report), language)


def _asked(report: Report, language: Language) -> tuple[QuestionKind, str] | None:
    found = question_kind(_text(report), language)
    return None if found is None else (found.kind, found.why)
