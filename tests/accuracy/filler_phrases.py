"""How well filler phrases are told from the same words with a meaning: `python -m tests.accuracy.filler_phrases`.

Sentences as people say them in interviews, about half of them traps. `|` is a pause of 0.3 s, braces hold what a
listener would call a filler, `?` marks a word that the recogniser was unsure of. The second list was written after the
rules were; some rules were adjusted after seeing what went wrong in it.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from tests.accuracy.corpora import VARIABLE, clips
from tests.accuracy.keywords import hear
from tests.accuracy.measuring import hear_samples, measure_file
from tests.accuracy.scoring import Check, heading
from tests.accuracy.synthesis import hibari
from voicerehearsal.measures.filler_phrases import find_filler_phrases
from voicerehearsal.measures.timeline import without
from voicerehearsal.values import ANALYSIS_RATE_HZ, Filler, Language, Report, Samples, Span, Word

READ_ASIDE = frozenset({"sep28k_clips", "mfa_fillers", "interview_monologue"})
"""Corpora of people who talk freely, and may well use a filler phrase."""

SPOKEN_PAUSE_S = 0.35

ENGLISH = """
so | {you know} | when a customer calls they are already upset
i was working in a call centre and {you know} | we had about two hundred calls a day
it was {you know} a difficult time for the whole team
the manager said no and i was upset {you know} | but i kept my voice calm
{i mean} | i have always liked helping people
she was really angry | {i mean} she was shouting at me for ten minutes
i was {sort of} the person everyone came to with questions
we {kind of} had to learn the system by ourselves
it was {kind of} stressful in the beginning
i {sort of} | panicked for a second and then i asked my supervisor
{basically} | my job was to answer the phone and write down the complaint
so {basically} i was responsible for the refunds
and {like} | he wouldn't stop talking
there were {like} twenty people waiting in the queue
it took {like} three weeks to get the money back
so {like} i told him the truth and he calmed down
it was | {like} | the worst day of my first year there
i think | {actually} | i learned a lot from that call
{actually} | i studied marketing at first
we were {like} {you know} really understaffed at that point
my weakness is | {you know} | sometimes i take on too much
i'm {basically} {like} the bridge between sales and support
he said he would {you know} never buy from us again
{i mean} it was not easy but we solved it in the end
i like working with people because {you know} every caller is different
that was {sort of} my first real success
the system was {kind of kind of} slow
i want to grow and {basically} become a team leader
the client wanted {like} a full refund
i was {like} so nervous on my first day
then {you know} i explained the steps one by one
you have to stay calm {you know} | and not take it personally
so {actually} | when i joined the team we had no process
it's {like} | when you are on the phone for eight hours you need a break
i {i mean} | we decided to send her a voucher
she was {kind of} | upset | and i could hear it in her voice
the problem was {basically} | nobody had told the customer
and | {i mean} | that was the moment i knew this job was for me
we did it {like} | every single morning
i know you like tea
what kind of product are you looking for
do you know the number of your order
i mean that seriously
i would like to | work in a team like yours
like my manager said | the customer comes first
if you know what the customer wants you can help faster
i feel like i learned the most in that year
it sounds like you had a very frustrating week
she treated me like a member of the family
what does that mean | you know that i always keep my promise
this kind of complaint is very common
a new sort of training was introduced last year
people like me learn by doing
i promised to let you know | before friday
as you know | the company moved to a new office
how do you know | when a caller is satisfied
by that i mean | listening before i speak
what i mean is that the first sentence matters
some kind of | written confirmation would help
tools like | excel and salesforce
i've used tools | like excel and salesforce for three years
i'd | like to apologise for the delay
that is what actually happened on the phone
did he actually get his money back
the two products are basically the same
i really like the way you handle complaints
customers | like | to be called by their name
it was kind of you to call back
do you like talking to people
something like that | happened to me in june
he acted like nothing had happened
i know what you mean | and i am sorry
you know how it feels to wait on the line for an hour
before you know it | the day is over
the people you know | can open doors
i asked her what kind | of phone she had
i like it | when a plan works
they work like a machine
just like you | i want to solve this today
what was it like | working there
i mean? | we had some trouble
i was kind? of tired
would you know who to ask
there are three kinds of callers
we sort of? agreed
i actually enjoy talking to strangers
but he was actually right about the bill
i thought it was the printer but it was actually the cable
the customer is kind | of course she was upset
look | like i said | i can offer a replacement
would you | like | a replacement or a refund
my job was a lot like yours
i mean to finish my degree next year
someone you know well | recommended us
make sure you know the product before you sell it
"""

ENGLISH_AFTERWARDS = """
well | {you know} | nobody likes to wait
my last boss was {you know} very strict about being on time
i grew up in a small town and | {you know} | everybody knew everybody
we lost the order and {i mean} | it was our fault
it's not my favourite part of the job {i mean} nobody enjoys being shouted at
my role was {kind of} between the technicians and the customers
i {kind of} like the pressure
so we {sort of} split the calls between us
{basically} what we did was call every single customer back
my team was {basically} five people in a basement
it was {like} fifty degrees in that office
but {like} we didn't have a script
i had to wait for | {like} | an hour before anyone came
we tried it and {like} | nothing changed
i was angry too {you know}
and {you know} {like} | the phones never stopped
she needed {like} ten minutes to calm down
and {actually} | that was my first promotion
i was | {kind of} | the youngest in the group
it was hard at first because {like} nobody showed me anything
i {you know} | tried to see it from her side
the training was {sort of} | learning by doing
i would say i'm a {you know} patient kind of person
that's {basically} it
he asked me {like} five times for my name
what do you like about this company
i like to keep a list of open cases
i'd like a glass of water please
she spoke to me like a friend
my brother and i are very much like our father
a colleague like that makes the work easier
we looked like a young company but we weren't
it feels like | home
i don't know | you know better than me
do you know what i did next
you know the answer already
the more you know about a product | the more you can help
did you know | the store closes at nine
i wanted to let you know in person
i didn't mean it | i mean well
when i say soon i mean today
they asked what i mean by service
i had the same kind of problem last year
there's one sort of customer i find hard
that kind of thing happens every week
it takes a special kind of person to do this
she was very kind | of all my managers she was the best
i've never seen this sort of behaviour
the invoice was actually wrong
what i actually said was different
i did not | actually | break anything
the numbers are basically correct
it's nothing like | my old job
brands like ours depend on service
what is a normal day like | in your team
no one likes waiting
i would | like | you to know that i am reliable
like you said | time matters most
i felt like | giving up but i didn't
please act like it's your own money
if you like | i can call you back at five
as far as you know | was the parcel opened
"""

CHINESE = """
{那个} | 我 之前 在 客服 中心 工作 了 三年
我 觉得 | {就是} | 客户 打 电话 来 的 时候 都 很 生气
{然后} | 我 就 先 跟 他 道歉
{然后 然后} 我 就 记 下来
{这个 这个} | 问题 呢 我 当时 也 没有 办法
{就是 就是} 一直 在 骂 人
我 的 性格 | {就是说} | 比较 有 耐心
嗯 {那个} | 我 叫 王 芳
我们 公司 呢 | {这个} | 主要 是 做 售后 服务 的
因为 | {那个} | 客户 他 很 着急
所以 | {就是} | 我 觉得 沟通 很 重要
{然后} | {那个} | 我 就 打 电话 给 主管
我 当时 就 {那个} | 有点 紧张
{就是} | 怎么 说 呢 | 我 比较 喜欢 跟 人 打交道
后来 呢 | {然后} | 经理 就 过来 了
我 {那个 那个} 以前 做 过 销售
{就是说} 我们 要 站 在 客户 的 角度
客户 说 他 | {就是} | 不 想 等 了
我 觉得 {这个 | 这个} 问题 是 我们 的 责任
{然后 | 然后} 我们 就 给 他 退款 了
客户 很 生气 然后 我 就 道歉 了 {然后} 他 就 冷静 了
我 当时 | {就 是 说} | 没有 什么 经验
这个 产品 的 质量 很 好
我 想要 那个 | 蓝色 的
先 跟 客户 道歉 然后 记录 问题
然后 我们 把 新 的 产品 寄 给 他
我 的 优点 就是 有 耐心
这 就是 我 选择 这 份 工作 的 原因
也 就是说 | 客户 不用 再 打 一 次
那个 客户 后来 成 了 我们 的 老 客户
我 负责 这个 | 您 放心
这个 我 知道
首先 是 倾听 | 然后 是 道歉 | 最后 是 解决 问题
不是 他 的 错 | 就是 我们 的 错
就是 因为 这个 | 我 才 选择 客服
我 记得 那个 时候 | 公司 刚 成立
他 要 的 就是 一个 道歉
您 说 的 这个 情况 | 我 马上 核实
就是 这样 | 我 学会 了 耐心
我们 部门 就是 专门 处理 投诉 的
请 您 看 一下 这个 和 那个 | 哪 个 更 适合 您
那个? | 我 想 一下
就是说? | 我 不 太 清楚
一 开始 很 难 | 然后 慢慢 就 习惯 了
吃 完 饭 然后 回 电话
我 说 的 就是 这个 | 谢谢
客户 问 的 是 这个 | 不 是 那个
我 最 喜欢 的 就是 | 跟 不同 的 人 聊天
我 想 说 的 就是 | 服务 最 重要
"""

CHINESE_AFTERWARDS = """
呃 | {那个} | 您好 我 是 来 面试 的
大学 毕业 以后 | {就是} | 一直 做 客服
{然后} | 我 在 那里 待 了 两年
我 这 个 人 | {就是说} | 不 太 会 生气
主管 就 说 | {那个} | 你 先 休息 一下
我 觉得 {就是} | 态度 很 重要
{这个} | 怎么 说 呢 | 有 一点 难
{那个 那个 那个} 我 忘 了
我 就 给 他 解释 | {然后} | 他 还是 不 听
但是 | {这个} | 领导 不 同意
{就是 就是} 很 累
他 打 了 三次 电话 然后 没 人 接 {然后} 他 就 投诉 了
那个 订单 已经 发货 了
这个 我 可以 负责
这个 问题 | 我 来 解决
客户 就是 上帝
那 就是 我 的 目标
我 学会 了 耐心 | 就是 这个 原因
他 们 想 换 那个 | 大 一点 的
先 登记 | 然后 | 再 转 给 技术
我 查 完 然后 告诉 您
就是 他 | 帮 了 我 很 多
这 也 就是说 没有 现货
我 不 喜欢 这个 | 我 喜欢 那个
"""


def sentences(text: str, language: Language) -> Iterator[tuple[str, tuple[Word, ...], list[Span]]]:
    """Each line's plain text, its words with made times, and the spans of its fillers."""
    for line in text.strip().splitlines():
        words, fillers, at, opened = [], [], 0.5, 0.0
        for token in line.split():
            if token == "|":
                at += 0.3
                continue
            text_of = token.strip("{}?")
            if token.startswith("{"):
                opened = at
            end = at + (0.12 * len(text_of) if language == "zh" else 0.1 + 0.04 * len(text_of))
            words.append(Word(text_of, at, end, 0.5 if "?" in token else 0.95))
            at = end
            if token.endswith("}"):
                fillers.append(Span(opened, at))
        yield re.sub(r"[{}]", "", line), tuple(words), fillers


def sounding(words: Sequence[Word]) -> list[Span]:
    """Where the words of a made sentence sound; pauses of 0.25 s or more between the stretches."""
    spans: list[Span] = []
    for word in words:
        if spans and word.start_s - spans[-1].end_s < 0.25:
            spans[-1] = Span(spans[-1].start_s, word.end_s)
        else:
            spans.append(Span(word.start_s, word.end_s))
    return spans


def count(text: str, language: Language, *, quiet: bool = False) -> tuple[int, int, int]:
    """Hits, false ones and misses over the sentences of a list; each mistake is printed."""
    hits = false = missed = 0
    for plain, words, true in sentences(text, language):
        found = find_filler_phrases(words=words, sounding=sounding(words), language=language)
        free = list(true)
        for event in found:
            match = next((span for span in free if event.start_s < span.end_s and event.end_s > span.start_s), None)
            if match is None:
                false += 1
                quiet or print(f"  false   {event.text:10} {plain}")
            else:
                hits += 1
                free.remove(match)
        missed += len(free)
        for span in free:
            phrase = " ".join(word.text for word in words if span.start_s <= word.start_s < span.end_s)
            quiet or print(f"  missed  {phrase:10} {plain}")
    return hits, false, missed


def check() -> list[Check]:
    """Precision and recall over the made sentences, both lists together and the later one alone."""
    heading("Filler phrases in made sentences")
    checks = []
    lists = {"en": ("English", ENGLISH, ENGLISH_AFTERWARDS), "zh": ("Chinese", CHINESE, CHINESE_AFTERWARDS)}
    for language, (name, first, later) in lists.items():
        both = np.sum([count(first, language), count(later, language)], axis=0)  # type: ignore[arg-type]
        for which, (hits, false, missed) in ((name, both), (f"{name}, later list", count(later, language, quiet=True))):  # type: ignore[arg-type]
            print(f"{which}: {hits} found, {false} false, {missed} missed")
            checks.append(Check(f"filler phrases, {which}: precision", hits / (hits + false), at_least=0.95))
            checks.append(Check(f"filler phrases, {which}: recall", hits / (hits + missed), at_least=0.8))
    return checks


def spoken_and_heard() -> list[Check]:
    """Some thirty sentences said by the interviewer's voice and heard by the recogniser; phrases by their names."""
    heading("Filler phrases said by the interviewer's voice and heard by the recogniser")
    hits = false = missed = 0
    lines = [line for line in (ENGLISH + ENGLISH_AFTERWARDS).splitlines() if line and "?" not in line]
    for line in lines[::5]:
        true = Counter(re.findall(r"\{([^}]*)\}", line))
        samples = say(re.sub("[{}]", "", line))
        words = hear(samples)
        events = find_filler_phrases(words=words, sounding=hear_samples(samples).sounding, language="en")
        found = Counter(event.text for event in events)
        hits += (true & found).total()
        false += (found - true).total()
        missed += (true - found).total()
        if found != true:
            print(f"  {line}\n    heard: {' '.join(word.text for word in words)}; found: {dict(found)}")
    print(f"{hits} found, {false} false, {missed} missed")
    return [
        Check("filler phrases said and heard: precision", hits / max(1, hits + false), at_least=0.9),
        Check("filler phrases said and heard: recall", hits / max(1, hits + missed), at_least=0.7),
    ]


def say(line: str) -> Samples:
    """A line in the natural voice, each `|` a pause."""
    pause = np.zeros(round(SPOKEN_PAUSE_S * ANALYSIS_RATE_HZ), np.float32)
    pieces = [pause]
    for piece in line.split("|"):
        pieces += [_trimmed(hibari(piece.strip())), pause]
    return (np.clip(np.concatenate(pieces), -1, 1) * 32_000).astype(np.int16)


def _trimmed(wave: np.ndarray) -> np.ndarray:
    """Without the voice's own silence before and after."""
    loud = np.flatnonzero(np.abs(wave) > 0.02 * np.abs(wave).max())
    return wave[loud[0] : loud[-1] + 1]


def in_read_speech(root: Path) -> list[Check]:
    """What is found where people read sentences that hold no filler, a minute of recording."""
    heading("Filler phrases found in read English, all false")
    found: Counter[str] = Counter()
    minutes = 0.0
    for clip in clips(root):
        if clip.language == "en" and clip.verbatim and clip.corpus not in READ_ASIDE:
            report = measure_file(clip.path, "en")
            minutes += report.audio.duration_s / 60
            for event in _phrases(report):
                found[clip.corpus] += 1
                print(f"  {event.text} at {event.start_s:.2f} s: {clip.corpus}/{clip.path.name} ({clip.transcript})")
    print(f"{found.total()} in {minutes:.1f} minutes")
    return [Check("false filler phrases a minute of read speech", found.total() / minutes, at_most=0.1)]


def _phrases(report: Report) -> tuple[Filler, ...]:
    if report.transcript is None or report.pauses is None:
        return ()
    silences = [Span(silence.start_s, silence.end_s) for silence in report.pauses.silences]
    sounded = without(spans=[Span(report.pauses.first_sound_s, report.pauses.last_sound_s)], cut=silences)
    return find_filler_phrases(words=report.transcript.words, sounding=sounded, language="en")


if __name__ == "__main__":
    results = [*check(), *spoken_and_heard()]
    if VARIABLE in os.environ:
        results += in_read_speech(Path(os.environ[VARIABLE]))
    for result in results:
        print(result.line())
