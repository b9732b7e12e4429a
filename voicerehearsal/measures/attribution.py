"""Whose words and deeds an answer tells of: what others do, what was never done, and what is only asked.

"Some people just say sorry", "I should have apologised", "my manager tells us to smile, but…", "should I apologise?"
tell nothing of the speaker; "I would apologise", "if a caller is angry I apologise" and every story told in the past
do. Recognised speech has no commas: a trigger reaches forward until a clause with another subject begins, after the
idea of ConText (Harkema et al. 2009: historical, hypothetical and other-experiencer triggers with ends of reach).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

_PEOPLE = (
    r"(?:agent|people|colleague|manager|boss|supervisor|trainer|friend|coworker|co worker|teammate|operator|worker|"
    r"person|rep|representative|advisor|adviser|staff|team|desk mate|neighbour|predecessor|company|companies|folk|"
    r"caller|employee|candidate|guy|mentor|team leader|team lead|desk|one)s?"
)
_ADVERB = (
    r"(?:(?:always|just|never|only|really|often|usually|sometimes|simply|still|actually|already|even|also|once|then|"
    r"who|on the other hand|next to me|sitting next to me|at work|there|here|in my team|on my team|of mine) )*"
)
_BAD = (
    r"(?:bad|poor|lazy|rude|careless|weak|inexperienced|untrained|unprofessional|impatient|cold|terrible|robotic|"
    r"typical|worse|new|nervous|ordinary|average)"
)
_OTHERS = (
    rf"(?:some|most|many|other|few|certain|lots of|a lot of|plenty of|too many|half of the|half the) "
    rf"(?:of )?(?:(?:the|my|our|other) )*(?:[a-z]+ )?{_PEOPLE}"
    rf"|my (?:[a-z]+ )?{_PEOPLE}|(?:a|one|another) (?:[a-z]+ )?(?:colleague|coworker|friend|teammate)(?: of mine)?"
    rf"|(?:the )?others|some|other {_PEOPLE}"
)
_WILL = r"(?!(?:ll|will|would|can|could|may|might|is going to|has to|should|must|to|or|and|about|for|with|who can) )"
_TOLD = (
    r"(?:tell|tells|told|asks?|asked|wants?|wanted|expects?|expected|reminds?|reminded|teach(?:es)?|taught|trains?|"
    r"trained|instructs?|instructed|advises?|advised|forces?|forced) (?:us|me|you|everyone|everybody|agents|staff)"
)
_BOOK = (
    r"(?:the|our|my|that|every) (?:[a-z]+ )?"
    r"(?:manual|script|handbook|training|book|guideline|textbook|course|poster|policy|rule|rulebook)s?"
)
_TRIGGERS = re.compile(
    r"(?<!\S)(?:"
    r"(?:i|we|one|somebody|someone|he|she|they|nobody) (?:really |probably |perhaps |maybe |certainly )?"
    r"(?:should|could|might|ought to|would|d) (?:really |probably |perhaps |maybe |at least |also |just |not )*"
    r"have (?!to |a |an |the |my |some |more |no |enough )"
    r"|i wish|if only|if i had (?!to |a |an |the |my |any |some |no |more |two |three )|had i "
    r"|(?:should|shall) i (?:really |just |also |even |first )*"
    r"(?:apologi[sz]e|say|smile|answer|talk|start|mention|explain)"
    r"|do i (?:really )?(?:need|have) to|am i supposed|(?:do|would) you (?:want|expect) (?:me|us) to|are you asking"
    rf"|(?!(?:[a-z]+ ){{0,2}}(?:i|we) )(?:[a-z]+ ){{0,2}}{_TOLD} (?:to|that we|we|how to|not to)"
    r"|(?:was|were|been|am|are|being) (?:always )?(?:told|supposed|meant|taught|instructed) to"
    rf"|{_BOOK} (?:[a-z]+ )?(?:say|tell|want|ask|teach|recommend|suggest|state)s?"
    r"|(?:people|they|everybody|everyone) (?:always |often |usually )?(?:say|claim|think|believe)s? "
    r"(?:that )?(?:you|we|one)"
    rf"|(?:an?|the|some|many|most|any|your) {_BAD} {_PEOPLE}|(?:somebody|someone|everybody|everyone|anybody) else"
    rf"|(?:{_OTHERS}) {_ADVERB}{_WILL}"
    r")"
)
_OWN_HELP = re.compile(
    r"(?:help|support|encourage|respect|ask|asked|thank|let|from|with|to|of|for|tell|told|about|give|by) $"
)
_STOPS = re.compile(
    r" (?:but|so|because|instead|though|although|however|whereas|while|then|and then|therefore|that is why|yet)(?= )"
    r"|(?: and| when| if|,)? (?:i|we)(?: (?:m|am|ve|have|ll|always|just|do|never|would|will|only|really))*(?= )"
)


_THROUGH_I = ("i wish", "if only")
_BUT = re.compile(r" (?:but|so|instead|though|however|yet)(?= )")


def unowned(words: Sequence[str], ends: frozenset[int]) -> frozenset[int]:
    """The tokens of an answer that stand in what others do or say, what was never done, or what is only asked.

    Args:
        words: Folded words, contractions written out (`wordforms.Token.text`).
        ends: Tokens after which a sentence ends, as far as that is known.
    """
    text = " ".join(words) + " "
    starts = list(accumulate((len(w) + 1 for w in words), initial=0))
    sentence_ends = sorted(starts[i + 1] for i in ends)
    found: set[int] = set()
    for match in _TRIGGERS.finditer(text):
        if _OWN_HELP.search(text[: match.start()]):
            continue
        sentence = next((end for end in sentence_ends if end >= match.end()), len(text))
        stop = _STOPS.search(text, match.end() - 1, sentence)
        if stop and match[0] in _THROUGH_I:
            stop = _BUT.search(text, match.end(), sentence)
        end = stop.start() + 1 if stop else sentence
        found.update(range(bisect_right(starts, match.start()) - 1, bisect_right(starts, end - 1)))
    return frozenset(i for i in found if i < len(words))
