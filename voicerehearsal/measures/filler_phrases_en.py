"""What the words around an English phrase say of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from voicerehearsal.measures.phrase_places import Place, Reading
from voicerehearsal.measures.wordforms import word_set

_DO = word_set("do does did don't doesn't didn't")
_MODALS = word_set("would could should can will might may must 'll")
_BE = word_set("am is are was were be been being i'm it's that's he's she's we're they're you're there's isn't wasn't")
_SUBJECTS = word_set(
    "i we he she they it i'm i've i'd it's we're we've they're he's she's there there's nobody everyone"
)
_SAY = word_set("say says said saying told mentioned explained described promised")
_JOINS = word_set("so and but because cause then or well yeah where if when which that")
_ARTICLES = word_set("a an the my our your his her their this that these those")

_KNOWN = word_set(
    "what how that if who whom where why whether which about it him her them me us the your my our their his this "
    "exactly better best well more all everything nothing something someone anyone anything too already"
)
_KNOWERS = word_set(
    "what who whatever everything everyone anyone anything someone something somebody anybody people person thing "
    "things all than sure hope know believe"
)
_CONDITIONS = word_set("when before until once unless where whether how that because")
_VERBS_AFTER_NOUN = word_set("can will could would is are was were has have may might should")

_KINDS = _ARTICLES | word_set(
    "what some any every each which one two three all no another many most various several other certain same "
    "different kinds whatever"
)
_HAPPENED = word_set("went made got took came gave felt became happened kept turned fell broke")
_DESCRIBING = word_set(
    "new different certain special particular same right wrong other whole best good bad real great similar strange "
    "specific main first second single only better odd weird normal usual common favourite favorite nice difficult"
)

_LIKERS = word_set(
    "would wouldn't i'd you'd he'd she'd we'd they'd who'd to i we you they who people customers clients callers "
    "everybody everyone nobody feel feels felt feeling look looks looked looking sound sounds sounded sounding seem "
    "seems seemed taste tastes smell smells act acts acted acting behave behaved more less exactly things thing "
    "something anything nothing everything stuff someone somebody anyone places companies lot much not"
) | _DO  # fmt: skip
_LIKENESS = word_set("to me him us them mine yours ours theirs")
_POINTING = word_set("that this these those it")
_NUMBERS = word_set(
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty seventy eighty "
    "ninety hundred hundreds thousands dozens half"
)
_DEGREES = word_set("so really very super totally completely not always never already pretty extremely")
_QUOTED = word_set("what how why okay oh obviously")
_YOU_DO = word_set("have need know can could should must want get don't can't try just really")
_HOLDERS = word_set("want wanted wants had has have got get took takes take need needed gave give made spent")
_FILLERS_BEFORE = word_set("basically actually know mean")


def _you_know(place: Place) -> Reading:
    before, after = place.before(), place.after()
    if before in _DO | word_set("if as let let's to"):
        return "meaning"
    if before in _MODALS and place.before(2) not in _SUBJECTS:
        return "meaning"
    if not place.paused_before:
        if before in _KNOWERS or after in _VERBS_AFTER_NOUN or (before in _CONDITIONS and place.paused_after):
            return "meaning"
        if after == "it" and place.after(2) in _BE | _MODALS and before not in _CONDITIONS:
            return "filler"
    return "meaning" if after in _KNOWN and not place.paused_after else "filler"


def _i_mean(place: Place) -> Reading:
    if place.before() in _DO | word_set("what if how which") or place.earlier(2) >= word_set("by that"):
        return "meaning"
    if place.earlier(6) >= word_set("when say"):
        return "meaning"
    if place.paused_after:
        return "filler"
    if place.after() in word_set("that it") and place.after(2) not in _BE | _MODALS | word_set("had has"):
        return "meaning"
    if place.after() in word_set("to no every what well business by"):
        return "meaning"
    return "open" if place.after() == "the" else "filler"


def _kind_of(place: Place) -> Reading:
    before, after = place.before(), place.after()
    if after == "course" or (after in word_set("you him her them") and place.after(2) == "to"):
        return "meaning"
    if before == "that" and (after.endswith("ed") or after in _HAPPENED):
        return "filler"
    if before in _KINDS or (before in _DESCRIBING and place.before(2) in _KINDS | _BE):
        return "meaning"
    return "filler"


def _basically(place: Place) -> Reading:
    alike = word_set("same opposite identical correct right sound equal honest true impossible good")
    if place.pauses == 0 and place.before() in _BE and place.later(2) & alike:
        return "meaning"
    return "filler"


def _actually(place: Place) -> Reading:
    if place.pauses == 0 or place.earlier(2) & _DO:
        return "meaning"
    if place.paused_after and place.before() in word_set("so and well yeah because think like basically"):
        return "filler"
    return "open"


def _like(place: Place) -> Reading:
    if _is_meant(place):
        return "meaning"
    before, after = place.before(), place.after()
    subject = after in _SUBJECTS or (after == "you" and place.after(2) in _YOU_DO)
    if place.paused_after:
        hanging = before in _JOINS | _BE | _FILLERS_BEFORE | word_set("it") and after not in _ARTICLES
        return "filler" if hanging else "open"
    if after in _NUMBERS or before in _FILLERS_BEFORE | {"too"} or _another_filler(place):
        return "filler"
    if (before in _BE and after in _DEGREES) or (before in _HOLDERS and after in word_set("a an some")):
        return "filler"
    if before in _JOINS and (subject or after in _QUOTED | word_set("if when one")):
        return "filler"
    return "filler" if subject and place.paused_before else "open"


def _another_filler(place: Place) -> bool:
    """Whether "you know" or "I mean" comes right after it."""
    return (place.after(), place.after(2)) in (("you", "know"), ("i", "mean"))


def _is_meant(place: Place) -> bool:
    """Whether "like" is a verb, a comparison, or brings an example."""
    before, after = place.before(), place.after()
    if before in _LIKERS or (after in _LIKENESS and before not in _BE):
        return True
    if place.earlier(4) & word_set("what what's") and before in _BE | word_set("it that he she be"):
        return True
    if not place.paused_after and (after in _POINTING and place.after(2) not in _BE):
        return True
    return bool(place.later(3) & _SAY) and place.later(3) & (_SUBJECTS | _ARTICLES | word_set("you")) != frozenset()


ENGLISH: Mapping[str, Callable[[Place], Reading]] = {
    "you know": _you_know,
    "i mean": _i_mean,
    "kind of": _kind_of,
    "sort of": _kind_of,
    "kinda": _kind_of,
    "sorta": _kind_of,
    "basically": _basically,
    "actually": _actually,
    "like": _like,
}
"""The phrases, and how each is read."""
