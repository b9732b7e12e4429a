"""Whether something was said or denied in Chinese, and whether it is the speaker's own: 我不道歉, 有些人只是说声对不起.

Recognised speech has no commas, so the reach of a negation is followed backwards from a phrase over what may stand
between the two: adverbs, auxiliaries, and a preposition with its noun. After the idea of NegEx (Chapman et al. 2001):
triggers, false triggers and ends of reach, with parity for double negation.
"""

from __future__ import annotations

import re
from itertools import pairwise

from voicerehearsal.measures.answer_words import Place, Stance
from voicerehearsal.measures.characters_zh import Characters


def _any_of(words: str) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(sorted(words.split(), key=len, reverse=True))


_NOT = _any_of(
    "不 没 没有 别 未 不会 不能 不用 不必 不需要 不想 不愿 不愿意 不肯 不该 不应该 不要 不去 不再 不敢 不打算 从不 "
    "从来不 从没 "
    "从来没 从来没有 绝不 决不 并不 并没有 无需 无须 未曾 毫不 不是 不太 不怎么 很少 懒得 拒绝 避免 忘了 忘记 舍不得 "
    "讨厌 停止 放弃 "
    "做不到 难以 免得 以免 而不是 不可能 不打算 不喜欢 不习惯 不擅长 不善于 不够 没法 没办法 没空 没能 没必要 不至于 "
    "省得 用不着 凭什么 何必 干嘛 谁愿意"
)
_NO_NOT = _any_of(
    "不好意思 不得不 不管 不但 不仅 不仅仅 不只 不只是 不光 不光是 不论 不过 不错 不断 不满 不满意 不耐烦 不愉快 "
    "不便 不一样 不同 不久 不停 "
    "不由 不禁 差不多 对不起 对不住 了不起 没关系 没问题 没事 要不 不如 不然 不良 不足 不安 不妨 不懂 不能不 不会不 "
    "不可不 没有不 不是不 "
    "不可能不 不是没 没有一次不 从来没有不 不例外 特别 区别 分别 个别 别人 别的 别家 别处 告别 级别 类别 识别 性别 "
    "道别 差别 辨别 未来 无论 好不好 "
    "是不是 能不能 要不要 行不行 可不可以 有没有 对不对 会不会 成不成 忍不住 来不及 说不定 不知不觉 不紧不慢 "
    "不慌不忙 不卑不亢 不厌其烦 "
    "不高兴 不舒服 不着急 不急 不慌 不清楚 不明白 不知道 不开心 不合理 不公平 不顺 不少 不小心 不容易 不幸 不解 不符 "
    "不对 不见 看不见 听不见 "
    "看不到 听不到 听不明白 不了解 不理解 不懈 不已 不用说 不瞒您说 不瞒你说 没完 没多久 没想到 没过多久 "
    "毫不犹豫 不放弃 不忘 不忘记 不要紧 没收到 没到 没有收到 没修好 没装好 没解决 不出来 说不清 "
    "不等 没人 没有人 不拒绝 不停止 不避免 不会忘记 不会忘了 不会忘 没有忘记 没忘 没忘记 从不忘记 不会拒绝 不会放弃 "
    "忘不了"
)

NEGATION = re.compile(f"(?P<no>{_NO_NOT})|(?P<not>{_NOT})")

_LEADS_ON = _any_of(
    "我 你 您 他 她 它 我们 他们 她们 你们 会 要 去 来 能 可以 想 想要 愿意 敢 肯 必 必须 需要 应该 该 用 打算 觉得 "
    "认为 觉得要 认为应该 "
    "再 又 还 也 都 就 先 只 一定 随便 轻易 马上 立刻 立即 主动 真的 真诚 真诚地 诚恳地 认真 认真地 好好 好好地 "
    "好好儿 太 很 怎么 一直 总是 "
    "经常 随意 直接 当场 亲自 仔细 仔细地 完全 同时 反复 继续 一个劲 真正 真心 简单地 因此 因此就 这样 那样 为了 "
    "一味 一味地 有必要 的必要 理由 有 "
    "得 过 了 着 到 出 什么 任何 任何人 半点 一点 一句 一次 一声 谁 在 地 的 所谓 是 是说"
)
_PREPOSITIONS = _any_of("跟 向 给 对 和 替 为 帮 把 被 让 叫 请 因为 因 当着 朝 与 同 对着 在 比 从 由")
_HANDED_ON = re.compile(rf"(?:(?:{_PREPOSITIONS})[^＃＄]{{1,6}}?|{_LEADS_ON}|地)*$")
_REACH_CHARACTERS = 16

_CLAUSE_START = re.compile(
    "|".join(
        sorted(
            [
                "但是",
                "但",
                "不过",
                "可是",
                "而是",
                "所以",
                "然后",
                "接着",
                "因为",
                "而且",
                "反而",
                "于是",
                "只是",
                "还是",
                "因此",
                "同时",
                "首先",
                "其次",
                "最后",
                "后来",
                "结果",
                "其实",
                "倒是",
                "可我",
                "而我",
                "就先",
                "就会先",
                "我会",
                "我就",
                "我先",
                "我还",
                "我都",
                "我也",
                "我一般",
                "我总",
            ],
            key=len,
            reverse=True,
        )
    )
)

_DENIED_AFTER = re.compile(
    r"^(?:了|的话|的|吧|嘛|这个|这种事|这件事|这些|什么的|这样|就|我|我们|我就|可|也|都|根本|从来|完全|东西|其实|在我看来)*"
    r"(?:不是我|没(?:有)?(?:什么)?(?:必要|用|意义|做到|做过|这个必要)|不(?:必要|需要|管用|重要|太可能|好说|存在|合适|是我)|免了|算了|省了|"
    r"做不到|做不来|办不到|没做|没门|不干|不会做|不了|恐怕不行|不行)"
)

_REFUSED = re.compile(
    "做不到|做不来|办不到|没门|不好说|免了|改不了|做不了主|不归我管|恐怕不行|恐怕不能|没动手|(?:从来|从)不做|没做过|不打算|就算了|"
    "不怎么样|没那工夫|没什么用|没用|谁看|谁有|没来得及|提不起劲|"
    "没(?:想|打听|考虑|了解|遇到|碰到|碰上|试|做|学|查|问|看)过$"
)
"""With these a speaker turns down what the rest of the stretch is about."""

_FAILED_THERE = re.compile(
    "(?:本来|原本|当初|那时候?|当时|早就)(?:我|我们|其实|就|是|都|也)*(?:应该|该)|早知道|(?:如果|要是|假如).*就好了|想过要"
)
_GUESS = re.compile("(?:应该|可能|大概|好像|恐怕|说不定).*吧$|我[就也还可]*(?:不知道|说不准|不清楚)了?$")

_OTHERS = (
    r"(?:有些|有的|很多|大多数|大部分|不少|某些|多数|一些|一般|其他|别的|旁边的|以前的|我的|我们的|我们|我|咱们|咱|他们|人家)*"
    r"(?:人|客服|同事|同事们|公司|企业|员工|坐席|人们|朋友|同学|室友|表姐|表哥|妹妹|妹|姐|哥|弟弟|经理|主管|领导|老板|上司|前辈|组长|班长|师傅|老师|培训师|上级)们?"
)
_CROWD = re.compile(
    r"(?:有些人|有的人|有些|有的|很多人|大多数人|大部分人|不少人|别人|其他人|人家|有人|某些人|一般人|别家|别的公司|其他公司|他们那边)"
)
_OTHERS_START = re.compile(
    rf"^(?:但|但是|不过|可|可是|其实|比如|像|而|以前|就像|因为|然后|所以|嗯|呃|说实话)*(?:{_CROWD.pattern}|{_OTHERS})"
)
_HEARSAY = re.compile(
    r"听说|据说|听人说|听人讲|书上(?:总|都|常)?(?:说|写|讲)|网上(?:总|都|常)?(?:说|写|讲)|手册上(?:说|写)|(?:公司|规定|制度|培训)(?:里|上|时)?(?:规定|要求|教|说|强调)"
    r"|(?:经理|主管|领导|老板|老师|组长|同事|师傅|上司|前辈)们?(?:总|老|常|常常|经常|一直|总是|老是|都|也|曾经|跟我|告诉我|对我|教|以前)*(?:说|讲|强调|要求|教我们|让我们|叫我们|建议|提醒)"
)
_MYSELF = re.compile(
    r"(?<![让请叫教给对跟和帮替问告诉])我们?(?!们?(?:的|们的)?(?:同事|经理|主管|领导|老板|组长|师傅|妹|姐|哥|表|们公司|老师))"
)
_MYSELF_AGAIN = re.compile(
    r"(?:但|但是|可|可是|不过|而|所以|我自己|因此|于是|然后)我|我(?:也|就|会|先|一般|自己|总是|都|还|每次|当时|马上|赶紧)"
)
_DONE_TO_ME = re.compile(r"^(?:客户|顾客|他|她|对方|人家|同事|经理|主管)[^我]{0,6}(?:跟|向|给|对|为)我们?$")

_FAILED = re.compile(
    r"(?:本来|原本|当初|那时候?|当时|早就|早)(?:我|我们|其实|就|是|都|也)*(?:应该|该|可以|想|打算|要)[^＃]{0,10}$"
    r"|早知道[^＃]{0,20}$|(?:如果|要是|假如|倘若)[^＃]{0,6}(?:当时|那时|早点|早一点|早)[^＃]{0,15}$"
    r"|(?:后悔|可惜|遗憾)[^＃]{0,4}(?:没|没有)[^＃]{0,8}$|(?:希望|但愿)[^＃]{0,3}(?:当时|那时)[^＃]{0,12}$|差(?:一)?点(?:儿)?(?:就)?$"
    r"|(?:想过|考虑过|本想|原想)(?:要|去)?[^＃]{0,10}$"
)
_FAILED_AFTER = re.compile(r"^[^＃]{0,16}?(?:就好了|就不会|也就不会|早就[^＃]{1,8}了)")
_CONDITION = re.compile(r"如果|要是|假如|倘若|早")
_ASKED = re.compile(
    r"(?:要不要|该不该|需不需要|用不用|是不是(?:应该|该|要|得|需要)|难道(?:要|还要)?|怎么可能|为什么要)(?:我|还|先|再|都|去|也)*$"
)
_ASKED_AFTER = re.compile(r"^(?:真的|还|到底)?(?:有用|有必要|重要|管用|必要)吗")
_GIVEN_UP = re.compile("我(?:就|也|可|从来|根本|都)+(?:不|没)(?:再|去)?([^了过]{1,2})[了过]?$")
_NEVER_MET = re.compile(r"没(?:有)?(?:真正|真的)?(?:遇到|遇见|碰上|碰到|碰见|经历|试|赶上)过|还没(?:遇到|碰上|碰到)")
_SUPPOSED = re.compile(r"^(?:要是|如果|假如|万一|真要是|要真)")


class Stances:
    """How the statements of one answer are meant."""

    def __init__(self, said: Characters) -> None:
        self._said = said
        self._plain = said.plain
        self.negations = tuple((m.start(), m.end() - 1) for m in NEGATION.finditer(self._plain) if m["not"])
        """First and last character of every word that denies, false ones such as 不好意思 left out."""
        marked = list(self._plain)
        for first, last in self.negations:
            marked[first : last + 1] = "＄" * (last + 1 - first)
        self._marked = "".join(marked)
        self._never_met = [m.start() for m in _NEVER_MET.finditer(self._plain)]

    def denied(self, place: Place) -> bool:
        """Whether a phrase found at `place` is denied there, or is no deed or view of the speaker."""
        inside = sum(
            not {*range(first, last + 1)} & place.used and place.first <= first <= place.last
            for first, last in self.negations
        )
        before = self._plain[self._clause(place.first) : place.first]
        return (
            (inside + self._negations_before(place.first)) % 2 == 1
            or bool(_DENIED_AFTER.search(self._rest(place.last)))
            or bool(_ASKED.search(before))
            or bool(_ASKED_AFTER.search(self._rest(place.last)))
            or self.unowned(place)
        )

    def of_stretch(self, place: Place) -> Stance:
        """How a whole stretch is meant: what is said of one of its clauses is said of all."""
        edges = [end for end in self._said.breaks | self._said.ends if place.first <= end < place.last]
        starts = [place.first, *sorted(end + 1 for end in edges), place.last + 1]
        clauses = [Place(a, b - 1, frozenset(range(a, b))) for a, b in pairwise(starts)]
        if any(self._turned_down(clause) or self.unowned(clause) for clause in clauses):
            return "unowned"
        odd = (sum(c.first <= first <= c.last for first, _ in self.negations) % 2 for c in clauses)
        return "negated" if any(odd) else "affirmed"

    def _turned_down(self, clause: Place) -> bool:
        """Whether a clause says that the speaker does not do it, did not do it, or only guesses."""
        edges = self._said.breaks | self._said.ends
        end = min((at for at in edges if at >= clause.last), default=len(self._plain) - 1)
        text = self._plain[clause.first : min(end, clause.last + _REACH_CHARACTERS) + 1]
        return any(pattern.search(text) for pattern in (_REFUSED, _FAILED_THERE, _GUESS))

    def unowned(self, place: Place) -> bool:
        """Whether others do or say it, or it would have been done had things been different."""
        start, end = self._sentence(place.first)
        before, after = self._plain[start : place.first], self._plain[place.last + 1 : end]
        whole = self._plain[start : place.last + 1]
        if _DONE_TO_ME.search(before):
            return True
        if _FAILED.search(before[-24:]) or (_CONDITION.search(whole) and _FAILED_AFTER.search(after)):
            return True
        given_up = _GIVEN_UP.search(after)
        if given_up and given_up[1] in whole:
            return True
        if _SUPPOSED.search(whole) and any(at > place.last for at in self._never_met):
            return True
        return self._of_others(place, start)

    def _of_others(self, place: Place, start: int) -> bool:
        """Whether the subject is somebody else, or somebody else's words, and "I" has not taken over since."""
        reach = place.last if len(place.used) > place.last - place.first else place.first
        text = self._plain[start : reach + 1]
        crowd = _OTHERS_START.search(text)
        heard = _HEARSAY.search(text)
        if heard and not _MYSELF_AGAIN.search(text, heard.end()):
            return True
        return bool(crowd and not _MYSELF.search(text, crowd.end(), len(text) - 2))

    # ---- reach -------------------------------------------------------------------------------------------------------

    def _sentence(self, at: int) -> tuple[int, int]:
        """The sentence around a character: first character, and the one after its last."""
        start = max((end + 1 for end in self._said.ends if end < at), default=0)
        end = min((end + 1 for end in self._said.ends if end >= at), default=len(self._plain))
        return start, end

    def _clause(self, at: int) -> int:
        """Where the clause begins that leads to a character: after a sentence, a comma, or a word that opens one."""
        start = max((end + 1 for end in self._said.ends | self._said.breaks if end < at), default=0)
        start = max(start, at - _REACH_CHARACTERS)
        for found in _CLAUSE_START.finditer(self._plain, start, at):
            start = found.start()
        return start

    def _negations_before(self, at: int) -> int:
        """How many negations reach the phrase that begins at `at`."""
        start = max((end + 1 for end in self._said.ends | self._said.breaks if end < at), default=0)
        count = 0
        for first, last in reversed(self.negations):
            if last >= at or first < max(start, at - _REACH_CHARACTERS):
                continue
            between = self._marked[last + 1 : at]
            if _CLAUSE_START.search(between.removeprefix("因为")) or not _HANDED_ON.fullmatch(between):
                break
            count += 1
            at = first
        return count

    def _rest(self, last: int) -> str:
        """What follows in the same sentence."""
        return self._plain[last + 1 : self._sentence(last)[1]]
