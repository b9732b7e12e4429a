"""What the words around a Chinese phrase say of it, the words cut as the recogniser cuts them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from voicerehearsal.measures.phrase_places import Place, Reading
from voicerehearsal.measures.wordforms import word_set

_HESITATIONS = word_set("嗯 呃 额 啊 呢 嘛")
_STARTS = _HESITATIONS | word_set("我 就")
"""After these a pronoun for a thing hardly fits, so that 那个 or 这个 and a pause are a search for words."""
_CLAUSE_STARTS = word_set("他 她 所以 但是 然后 其实 而且 还有")
_TAKERS = word_set("要 想要 选 买 看 用 是 不是 负责 知道 和 喜欢 就是 因为 说 找 做 拿 换")
_PREDICATES = word_set("是 不是 不 很 也 都 就 太 真 比较 非常 我")
_OPENERS = word_set("就是 然后 其实 请问 因为 怎么 不好意思 我想 我觉得")
_I_BEGIN = word_set("想 觉得 之前 以前 当时 叫 先 就")

_IS_EXACTLY = word_set("的 这 那 也 不 可 只 并 都 本来 正 要么 不是 不就 意思")
_BECAUSE = word_set("因为 为了 这样 这个 那个 了 一个")
_THINKING = _HESITATIONS | word_set("觉得 感觉 然后 因为 但是 所以 那个 其实")


def _that(place: Place) -> Reading:
    """那个: "that one", or a search for words."""
    if not place.after() or _is_taken(place):
        return "meaning"
    if place.paused_after:
        return "filler" if place.before() in _STARTS | _CLAUSE_STARTS else "open"
    begins = place.after() in _OPENERS or (place.after() == "我" and place.after(2) in _I_BEGIN)
    return "filler" if place.paused_before and begins else "open"


def _this(place: Place) -> Reading:
    """这个: "this one", or a search for words."""
    if not place.after() or _is_taken(place):
        return "meaning"
    hanging = place.paused_after and place.before() in _STARTS and place.after() not in _PREDICATES
    return "filler" if hanging else "open"


def _is_taken(place: Place) -> bool:
    """Whether the word before asks for a thing, and this is it."""
    return not place.paused_before and place.before() in _TAKERS


def _just(place: Place) -> Reading:
    """就是: "is exactly", or nothing at all."""
    if place.before() in _IS_EXACTLY or place.after() in _BECAUSE or "不是" in place.earlier(6):
        return "meaning"
    return "filler" if place.paused_after and place.before() in _THINKING else "open"


def _that_is(place: Place) -> Reading:
    """就是说: "that is to say", or nothing at all."""
    if place.before() in _IS_EXACTLY:
        return "meaning"
    return "filler" if place.pauses else "open"


def _then(place: Place) -> Reading:
    """然后: "after that", or the thread that every sentence hangs on."""
    if place.earlier(8) & word_set("先 首先"):
        return "meaning"
    return "filler" if place.paused_after else "open"


CHINESE: Mapping[str, Callable[[Place], Reading]] = {
    "那个": _that,
    "这个": _this,
    "就是": _just,
    "就是说": _that_is,
    "然后": _then,
}
"""The phrases, and how each is read."""
