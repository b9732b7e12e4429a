"""Where a Chinese phrase was said: character by character, whatever the words are cut into, or by its sound."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from voicerehearsal.measures.answer_words import Place
from voicerehearsal.measures.characters_zh import Characters, cut, is_word, keys_of
from voicerehearsal.measures.phrase_parts_zh import GAP_CHARACTERS, SHORT, Part, Phrase, can_be_spared, is_function
from voicerehearsal.measures.sounds_zh import (
    APART,
    HOMOPHONE,
    NEAR_OTHER_TONE,
    SAME_CHARACTER,
    distance,
    merged,
    syllables,
)

GAP_REACH = 9
"""Characters of any kind that may."""

_INSERTS = frozenset("个了一您你他的口下几点")
_MAX_INSERTS = 2
"""Characters that split a word and leave it one: 道个歉, 喝一口水."""

_ALIKE = (
    "客户 顾客 客人 用户 对方 消费者", "经理 主管 领导 上级 上司 组长", "解决 处理", "告诉 告知 通知", "公司 企业",
    "记录 记下 登记 记下来", "倾听 聆听", "安抚 安慰", "生气 愤怒 发火 恼火 气愤", "道歉 致歉 赔礼",
    "抱歉 对不起 不好意思", "电话 来电", "回电 回电话 回拨", "方案 办法 方法", "冷静 镇定 平静", "感谢 谢谢",
    "理解 明白 体会", "微笑 笑容", "答复 回复", "心情 感受", "不便 麻烦", "转接 转给", "原因 缘由",
)  # fmt: skip
_SAME_AS = {keys_of(word): tuple(map(keys_of, group.split())) for group in _ALIKE for word in group.split()}


class Span(NamedTuple):
    """Characters `first` to `last` of an answer; `cost` is how far they sound from what was looked for."""

    first: int
    last: int
    cost: float


class Finder:
    """Looks phrases up in one answer; what it learns about a word serves every later phrase."""

    def __init__(
        self, said: Characters, negations: Iterable[tuple[int, int]], slots: Mapping[str, Sequence[tuple[int, int]]]
    ) -> None:
        """Prepare.

        Args:
            said: The answer.
            negations: First and last character of each word that denies.
            slots: The same of each stated "time" and each "number".
        """
        self._said = said
        self._ends = sorted(said.ends)
        words = cut(said.plain)
        self._sounds = syllables(words)
        self.word_starts = {0}
        """Characters with which a word of the dictionary begins, and the end."""
        self._heard_starts = _word_starts(said)
        self._heavy = [0]
        for word in words:
            self.word_starts.add(len(self._heavy) - 1 + len(word))
            weight = 0 if is_function(word) else 1
            self._heavy += [self._heavy[-1] + weight * (n + 1) for n in range(len(word))]
        self._by_key: dict[str, list[int]] = {}
        self._by_sound: dict[str, list[int]] = {}
        for at, (key, sound) in enumerate(zip(said.keys, self._sounds, strict=True)):
            self._by_key.setdefault(key, []).append(at)
            self._by_sound.setdefault(merged(sound), []).append(at)
        self._spans: dict[str, list[Span]] = {
            name: [Span(first, last, SAME_CHARACTER) for first, last in found] for name, found in slots.items()
        }
        self._not = [Span(first, last, SAME_CHARACTER) for first, last in negations]

    def find(self, phrase: Phrase) -> list[Place]:
        """Every place where the phrase was said, in the order of their first characters.

        Places where its words stand in another order count only when there is none where they stand in its own.
        """
        spans = [self._where(part, phrase) for part in phrase.parts]
        if not spans or sum(not found for found in spans) > phrase.spare:
            return []
        starts = sorted({span.first for found in spans for span in found})
        for choose in (self._in_order, self._any_order):
            places = (self._at(start, phrase, spans, choose) for start in starts)
            if found := [place for place in places if place]:
                return found
        return []

    # ---- one word ----------------------------------------------------------------------------------------------------

    def _where(self, part: Part, phrase: Phrase) -> list[Span]:
        """Where this word may have been said, the exact ones and those that only sound like it."""
        if part.kind == "not":
            return self._not
        if part.kind == "slot":
            return self._spans[part.text]
        if part.text not in self._spans:
            self._spans[part.text] = self._look_up(part)
        found = self._spans[part.text]
        if len(part.text) == 1 and phrase.size <= SHORT:
            return [span for span in found if not span.cost]
        if phrase.size <= SHORT:
            return [span for span in found if not span.cost or self._is_no_word(span)]
        return found

    def _look_up(self, part: Part) -> list[Span]:
        alike = [other for other in _SAME_AS.get(part.text, ()) if other != part.text]
        best: dict[int, Span] = {}
        spans = self._spelled(part.text, part.sounds)
        spans += [span for other in alike for span in self._spelled(other, None)]
        for span in spans:
            if span.first not in best or span.cost < best[span.first].cost:
                best[span.first] = span
        return sorted(best.values())

    def _spelled(self, text: str, sounds: Sequence[str] | None) -> list[Span]:
        """The characters of a word one after the other; by sound too where its sounds are given."""
        at = set(self._by_key.get(text[0], ()))
        if sounds:
            at |= set(self._by_sound.get(merged(sounds[0]), ()))
        return [span for start in at if (span := self._spelled_at(start, text, sounds))]

    def _spelled_at(self, start: int, text: str, sounds: Sequence[str] | None) -> Span | None:
        cost = self._cost(start, text, sounds, 0)
        at, inserts = start, 0
        for number in range(1, len(text)):
            at += 1
            step = self._cost(at, text, sounds, number)
            while step == APART and inserts < _MAX_INSERTS and self._inserted(at):
                at, inserts = at + 1, inserts + 1
                step = self._cost(at, text, sounds, number)
            cost += step
        if cost >= APART or (inserts and cost) or (len(text) == 1 and cost > HOMOPHONE):
            return None
        return Span(start, at, cost)

    def _cost(self, at: int, text: str, sounds: Sequence[str] | None, number: int) -> float:
        if at >= len(self._said.keys):
            return APART
        if self._said.keys[at] == text[number]:
            return SAME_CHARACTER
        if not sounds:
            return APART
        found = distance(self._sounds[at], sounds[number])
        return found if found <= NEAR_OTHER_TONE else APART

    def _inserted(self, at: int) -> bool:
        return at < len(self._said.plain) and self._said.plain[at] in _INSERTS and at - 1 not in self._said.ends

    def _is_no_word(self, span: Span) -> bool:
        """Whether what was written there is no word of its own, nor pieces of others."""
        heard = self._said.plain[span.first : span.last + 1]
        starts = self._heard_starts or self.word_starts
        return span.first in starts and span.last + 1 in starts and not is_word(heard)

    # ---- all of them -------------------------------------------------------------------------------------------------

    def _at(
        self, start: int, phrase: Phrase, spans: Sequence[Sequence[Span]], choose: Callable[..., list[Span]]
    ) -> Place | None:
        """The phrase with its leftmost word at `start`."""
        end = next((at for at in self._ends if at >= start), len(self._said.plain))
        chosen = choose(start, end, phrase, spans)
        if not chosen:
            return None
        cost = sum(span.cost for span in chosen)
        if cost > phrase.tolerance + 1e-9 or not self._has_small(phrase, chosen):
            return None
        used = frozenset(at for span in chosen for at in range(span.first, span.last + 1))
        return Place(min(used), max(used), used, by_sound=cost > 0)

    def _in_order(self, start: int, end: int, phrase: Phrase, spans: Sequence[Sequence[Span]]) -> list[Span]:
        """The nearest spans in the phrase's own order; [] if there are none that begin at `start`."""
        chosen: list[Span] = []
        spare = phrase.spare
        for part, found in zip(phrase.parts, spans, strict=True):
            after = chosen[-1].last + 1 if chosen else start
            at = bisect_left(found, (after,))
            nearest = found[at] if at < len(found) and found[at].last <= end else None
            if nearest and (nearest.first == start if not chosen else self._near(chosen[-1], nearest, phrase.gap)):
                chosen.append(nearest)
            elif spare and can_be_spared(part):
                spare -= 1
            else:
                return []
        return chosen

    def _any_order(self, start: int, end: int, phrase: Phrase, spans: Sequence[Sequence[Span]]) -> list[Span]:
        """All words side by side in another order (问题记录下来 for 记录问题)."""
        if len(spans) < 2 or phrase.size <= SHORT or any(part.kind == "not" for part in phrase.parts):
            return []
        limit = min(end, start + phrase.size + GAP_REACH)
        chosen: list[Span] = []
        for found in sorted(spans, key=len):
            free = (s for s in found if s.first >= start and s.last <= limit and not _overlaps(s, chosen))
            nearest = next(free, None)
            if nearest is None:
                return []
            chosen.append(nearest)
        chosen.sort()
        near = all(self._near(a, b, phrase.gap) for a, b in pairwise(chosen))
        return chosen if near and chosen[0].first == start else []

    def _near(self, one: Span, other: Span, gap: int) -> bool:
        between = range(one.last + 1, other.first)
        heavy = self._heavy[other.first] - self._heavy[one.last + 1]
        return heavy <= gap and len(between) <= GAP_REACH

    def _has_small(self, phrase: Phrase, chosen: Sequence[Span]) -> bool:
        """Whether half the function words that a phrase of a single word should have stand on their side of it."""
        wanted = len(phrase.before) + len(phrase.after)
        if len(phrase.parts) > 1 or not wanted:
            return True
        first, last = chosen[0].first, chosen[-1].last
        start = max((end + 1 for end in self._ends if end < first), default=0)
        lead = self._said.plain[max(start, first - GAP_REACH) : first]
        trail = self._said.plain[last + 1 : last + 1 + GAP_CHARACTERS]
        there = sum(word in lead for word in phrase.before) + sum(word in trail for word in phrase.after)
        return there * 2 >= wanted


def _word_starts(said: Characters) -> frozenset[int]:
    """Where the words begin that a recogniser wrote, and the end; nothing where each character is one."""
    starts = [0, *(at for at in range(1, len(said.source)) if said.source[at] != said.source[at - 1])]
    return frozenset() if len(starts) >= len(said.source) else frozenset([*starts, len(said.source)])


def _overlaps(span: Span, chosen: Sequence[Span]) -> bool:
    return any(span.first <= other.last and other.first <= span.last for other in chosen)
