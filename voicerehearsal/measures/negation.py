"""Whether something was said or denied: "I would not apologise" makes no point, "I can't apologise enough" does.

Recognised speech has no commas, so the reach of a negation is followed backwards from the phrase, word by word, until
another clause begins. After the idea of NegEx (Chapman et al. 2001): triggers, false triggers and ends of reach,
with parity for double negation.
"""

from __future__ import annotations

from voicerehearsal.measures.answer_words import Place
from voicerehearsal.measures.phrases import Said
from voicerehearsal.measures.wordforms import key_of, word_set

REACH_WORDS = 8
"""How far back a negation is looked for."""

_CLAUSE_STARTS = word_set("but because and until unless before till after although though while however then")
_SUBJECTS = word_set("i we you he she they who")
_PASSES_ON = frozenset(
    map(
        key_of,
        word_set(
            "think believe feel suppose know guess expect mean say tell ask make let want help see hear need try "
            "have go bother intend plan care sure word way"
        ),
    )
) | frozenset({"that", "if", "to", "for", "with", "at", "of", "whether", "have"})
_CONTINUES = word_set("to or nor at for about in of with from the my your me you")
_TURNS = frozenset(
    map(
        key_of,
        word_set(
            "fail forget refuse hesitate avoid neglect unable unwilling afraid ashamed mind problem trouble "
            "difficulty rarely seldom hardly barely nobody nothing"
        ),
    )
)
_NO_NEEDS = frozenset(map(key_of, word_set("need reason point intention use way time")))
_NOT_ONLY = word_set("only just merely matter")
_CROWD = word_set("people agents colleagues companies staff folks others callers workers operators")
_OPINIONS = word_set("think know believe say feel guess sure that so")
_DONE_TO = frozenset(map(key_of, word_set("help let make keep get tell see ask with to for of from by than like")))
_QUANTITIES = word_set("some most many other few lots")
_NOT_DONE = frozenset(map(key_of, word_set("something necessary need required important how what")))


def denied(said: Said, place: Place) -> bool:
    """Whether the words at `place` stand under a negation, or are put in the mouth of "some people"."""
    inside = sum(_turns_round(said, i, place) for i in range(place.first, place.last + 1) if i not in place.used)
    turns, others = _turns_before(said, place)
    if turns and _not_enough(said, place):
        turns -= 1
    return others or (inside + turns) % 2 == 1 or _denied_after(said, place)


def _turns_before(said: Said, place: Place) -> tuple[int, bool]:
    """How often the sense is turned round before `place`, and whether its subject is other people."""
    turns, without = 0, False
    for i in range(place.first - 1, max(-1, place.first - 1 - REACH_WORDS), -1):
        token = said.tokens[i]
        if i in said.ends_sentence or token.text in _CLAUSE_STARTS:
            break
        if _is_crowd(said, i):
            return turns, True
        if _turns_round(said, i, place):
            turns += 1
            without = without or token.text == "without"
        elif token.text in _SUBJECTS:
            if i == 0 or not _PASSES_ON & {said.tokens[i - 1].text, said.tokens[i - 1].key}:
                break
        elif token.kind == "content" and not (without or _leads_on(said, i, place)):
            break
    return turns, False


def _turns_round(said: Said, i: int, place: Place) -> bool:
    """Whether this word turns the sense round: not, never, no need to, fail to, instead of, stop doing."""
    token = said.tokens[i]
    following = said.tokens[i + 1] if i + 1 < len(said.tokens) else token
    if token.text == "no":  # its own noun only: "no apology", but not "no problem, I apologise"
        return following.text != "matter" and (place.first - i <= 2 or following.key in _NO_NEEDS)
    if token.kind == "negation":
        asked = i > 0 and said.tokens[i - 1].text == "why"
        return not asked and following.text not in _NOT_ONLY
    if token.text in {"instead", "rather"}:
        return following.text in {"of", "than"}
    if token.text in {"stop", "stopped"}:
        return following.text.endswith("ing")
    return token.key in _TURNS


def _leads_on(said: Said, i: int, place: Place) -> bool:
    """Whether a content word between negation and phrase hands the negation on: not good at, never sincerely."""
    token = said.tokens[i]
    following = said.tokens[i + 1]
    return (
        i + 1 == place.first
        or token.key in _PASSES_ON
        or token.text.endswith("ly")
        or following.text in _CONTINUES
        or following.key in _CONTINUES
    )


def _is_crowd(said: Said, i: int) -> bool:
    """Whether some people, most agents, other companies are the subject here, and no object of somebody's doing."""
    if said.tokens[i].text not in _CROWD or i == 0 or said.tokens[i - 1].text not in _QUANTITIES:
        return False
    earlier = said.tokens[max(0, i - 4) : i - 1]
    if not earlier or i - 2 in said.ends_sentence or earlier[-1].text in _CLAUSE_STARTS | _OPINIONS:
        return True
    done_to = earlier[-1].key in _DONE_TO or earlier[-1].text in _DONE_TO
    return not done_to and not any(t.text in _SUBJECTS for t in earlier)


def _not_enough(said: Said, place: Place) -> bool:
    """Whether the negation is one of degree: can't apologise enough, couldn't be more sorry."""
    around = said.tokens[max(0, place.first - 3) : place.last + 4]
    could = any(t.text in {"can", "could"} for t in said.tokens[max(0, place.first - 6) : place.last])
    return could and any(t.text in {"enough", "more"} for t in around)


def _denied_after(said: Said, place: Place) -> bool:
    """Whether the denial follows: apologising is not something I do."""
    after = said.tokens[place.last + 1 : place.last + 4]
    if any(i in said.ends_sentence for i in range(place.last, place.last + 2)):
        return False
    return len(after) == 3 and after[0].key == "be" and after[1].kind == "negation" and after[2].key in _NOT_DONE
