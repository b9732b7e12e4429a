"""Stated times and numbers in Chinese: 明天上午, 五点之前, 两个小时内; 百分之二十, 三个. Not 尽快, 一下, 十分抱歉."""

from __future__ import annotations

import re

_N = "[零〇一二两三四五六七八九十百千]"
_PART = "(?:凌晨|清早|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|午前|午后)"
_WEEKDAY = "[一二三四五六日天末]"
_DAY = (
    rf"(?:大后天|明天|后天|明早|明晚|今早|今晚|今天|今日|明日|当天|当日|次日|第二天|隔天|"
    rf"(?:这个?|本|下个?|下下)?(?<!上)(?<!上个)(?:周|星期|礼拜){_WEEKDAY}|月底|月初|年底|下个?月(?:{_N}+[号日])?|"
    rf"{_N}+月{_N}+[号日]?|{_N}+[号日](?![路楼线]))"
)
_BEFORE = "(?:之前|以前|前|之内|以内|内)"
_CLOCK = (
    rf"{_N}{{1,3}}点(?:钟|整|半|一刻|三刻|{_N}{{1,3}}分?)?"
    rf"(?!建议|意见|原因|要求|好处|经验|原则|理由|感受|体会|想法|方面|不足|优势|做法|内容|点|儿|都|也|不|是)"
)
_AFTER_CLOCK = "(?:钟|整|半|左右|之前|以前|前|给|回|打|联系|准时|准|再|来|到|以后|之后|您|你|我)"
_UNIT = "(?:个?半?(?:小时|钟头)|分钟|个?工作日|天|个?星期|周(?!年)|个?礼拜|刻钟|秒钟?|个半月|个月)半?"
_LENGTH = rf"(?:(?:半个?|{_N}+个?半?|一会儿半)(?:{_UNIT})|{_N}+(?:个)?(?:{_UNIT}))"
_ANNOUNCED = "(?:大概|大约|最多|最晚|最迟|不超过|不到|只要|只需|需要|要|给我|等我|稍等|等|占用您|占用你|用)"

_TIME = re.compile(
    rf"(?:{_DAY})(?:的)?{_PART}?(?:的)?{_CLOCK}(?:{_BEFORE}|左右)?"
    rf"|{_DAY}(?:的)?{_PART}(?:{_BEFORE})?"
    rf"|{_DAY}(?:下班|晚饭|午饭|天黑)?{_BEFORE}"
    rf"|{_DAY}下班(?:之前|以前|前|的时候)"
    rf"|{_PART}{_CLOCK}(?:{_BEFORE}|左右)?"
    rf"|{_PART}(?:之前|以前|前)"
    rf"|(?<![第有这那几快慢好多早晚说提讲])(?:{_CLOCK}){_BEFORE}"
    rf"|(?<![第有这那几快慢好多早晚说提讲])(?:{_CLOCK})(?={_AFTER_CLOCK})"
    rf"|{_N}{{1,3}}点(?:半|{_N}{{2,3}}分?)"
    rf"|(?:下班|午饭|晚饭|天黑|中午){_BEFORE}"
    rf"|(?!今天|今日)(?:{_DAY})"
    rf"|{_LENGTH}(?:之内|以内|内|里|之后|以后|后|左右)"
)
_ANNOUNCED_LENGTH = re.compile(rf"{_ANNOUNCED}(?P<time>{_LENGTH})")

_MEASURE = (
    "(?:个|位|名|人|次|件|条|家|单|通|台|款|份|张|元|块|年|月|天|周|星期|小时|分钟|秒|倍|成|种|类|项|门|岁|组|部|步|层|遍|回|样|只|双|套|页|章|"
    "季|期|点|句|级|度|封|部|辆|箱|袋|盒|支|场|届|班|国|字|米|公里|斤|百分点)"
)
_NUMBER = re.compile(
    rf"百分之{_N}+(?:点{_N}+)?|{_N}+分之{_N}+|一半|半数|{_N}+成(?!为|功|立|长|绩|本|了|都)|{_N}+倍"
    rf"|(?<!第)(?:[二两三四五六七八九十](?=[多几]?{_MEASURE})|{_N}{{2,}}[万亿]?|{_N}+[万亿])"
    rf"|(?<![第万])一(?=年|百|千|万|成|倍)"
)
_NO_NUMBER = re.compile(
    "千万别|千万不|千万要|千万|万一|十分(?!钟|之)|一一|三三两两|一心一意|三心二意|千方百计|百忙|百分百|四面八方|五花八门|七上八下|二话|一举两得|"
    "一清二楚|一五一十|乱七八糟|三番五次|第[一二三四五六七八九十]+|十全十美|百闻|千篇一律|一千零一夜|万万|一百八十度|[上下]一|周[一二三四五六]|"
    "星期[一二三四五六]|礼拜[一二三四五六]|百科|千变万化|百货|万能|三言两语|一模一样|三思|一来二去"
)


def times(plain: str) -> list[tuple[int, int]]:
    """First and last character of every stated time in a folded text."""
    found = [(m.start(), m.end() - 1) for m in _TIME.finditer(plain)]
    found += [(m.start("time"), m.end("time") - 1) for m in _ANNOUNCED_LENGTH.finditer(plain)]
    return sorted(set(found))


def numbers(plain: str) -> list[tuple[int, int]]:
    """First and last character of every number that is one, in a folded text."""
    blocked = {at for m in _NO_NUMBER.finditer(plain) for at in range(m.start(), m.end())}
    spans = ((m.start(), m.end() - 1) for m in _NUMBER.finditer(plain))
    return [(first, last) for first, last in spans if not blocked & set(range(first, last + 1))]
