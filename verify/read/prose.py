"""Conditions in the text around formulas: "when o ≠ w:", "Case 1: i = k", "…, if x > 0".

A condition holds for what its sentence says, and a case up to the next one. What is said to hold for all values of an
index, as in "for i = 1, …, n", is no condition.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from verify.read.document import Display, Layout
from verify.read.worded import conditions_in, is_hedged, is_worded, supposed_in

LOOK_BACK = 200
MOST_SUPPOSED = 4

OPENS = re.compile(
    r"(?:^|[^A-Za-z])(?P<word>if|when|whenever|for|unless|assuming|provided|where|with|as|in case|in the case|as"
    r" long as)"
    r"(?:\s+(?:that|where|when|of|all|any|each|every|both|the case|we have|now))*[\s*_(:,]*$",
    re.IGNORECASE,
)
MENTIONED = re.compile(r"(?<![A-Za-z])the\s+(?:special\s+|particular\s+)?case[\s*_(]*$", re.IGNORECASE)
"""Words in the midst of a sentence after which a formula may be what the rest of a paragraph is about."""
CASE = re.compile(
    r"(?:^|[\n.:;*_#>(-]\s*)case\b[\s*_]*\w{0,4}[\s*_]*[:.()–-]*[\s*_]*(?:if|when|where|for)?[\s*_(:]*$", re.IGNORECASE
)
COUNTING = re.compile(
    r"\s*[A-Za-z](?:'|\s)*(?:,\s*[A-Za-z]\s*)*=\s*[01]\s*,\s*(?:2\s*,\s*)?(?:\\[lc]?dots[a-z]?|\.\.\.)"
)
TOWARDS = re.compile(r"(?:\\(?:to|rightarrow|longrightarrow)(?![A-Za-z])|→)\s*[+-]?\s*(?:\\pm\s*)?(?:\\infty|∞)")
CLAIMED = re.compile(TOWARDS.pattern + r"\s*(?:\\q?quad|,)[^,]*(?:=|\\to|\\rightarrow|→)")
"""What tends to infinity, and what is claimed of it, in one formula."""
ALSO = re.compile(r"[\s,]*and[\s,]*")
ABBREVIATED = re.compile(r"\b(?:i\.e|e\.g|cf|eq|eqn|resp|w\.r\.t|a\.k\.a)\.", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.!?;](?=[\s\0*_)]|$)|\n[ \t]*(?:[-*+]|\d+[.)])[ \t]|\n[ \t\r]*\n\s*[^\s\0]*[A-Za-z]")
RANGE = re.compile(r",\s*\\(?:ldots|dots|cdots)\b|\\in\s*(?:\\\{|\\mathbb\{?[NZ])|\.\.\.")
DECLARATION = re.compile(r"\\in\s*\\mathbb|\\in\s*\\R\b|:=|\\triangleq|\\coloneq")
INEQUALITY = re.compile(r"\\(?:ne|neq|le|leq|ge|geq|gt|lt)(?![A-Za-z])|[<>]|\\not\s*=")

JUST_BEFORE = re.compile(r"(?:[A-Za-z']+[\s,(*_]+){0,3}$")
TAKEN_BACK = re.compile(
    r"[\s*_)]*(?:,?\s*or(?![A-Za-z])|(?:(?:is|are|does|do|was|need)\s+)?"
    r"(?:not|n't|never|false|wrong|untrue|fails?|violated)(?![A-Za-z]))",
    re.IGNORECASE,
)
OTHERWISE = re.compile(
    r"(?<![A-Za-z])(?:otherwise|(?<!thing )else|elsewhere|if\s+not|(?:other|remaining)\s+cases?)(?![A-Za-z])",
    re.IGNORECASE,
)
"""Words that begin what holds where some condition does not."""
GENERAL = re.compile(
    r"(?<![A-Za-z])(?:in\s+general|generally|general\s+case|all\s+others?|others"
    r"|(?:other|remaining)\s+(?:entries|indices|ones?|values?))(?![A-Za-z])",
    re.IGNORECASE,
)
"""Words that may begin what holds without the condition before them."""
ELSEWHERE = re.compile(
    r"(?<![A-Za-z])(?:other(?!\s+(?:words?|hand|side))|whereas|while|without|but|not|arbitrary|different|distinct|equal"
    r"|unequal|diagonal|(?:for|of)\s+(?:all|any|every|each|general)|(?<!this )(?<!that )(?<!which )case)(?![A-Za-z])",
    re.IGNORECASE,
)
"""Words that may begin it after something was claimed under the condition."""


class Role(Enum):
    """What a formula does in its sentence."""

    CLAIM = "it is claimed"
    CONDITION = "it is a condition of what is claimed"
    RANGE = "it says how far an index runs"


@dataclass
class Placed:
    """A formula's role, and the numbers of the formulas that are its conditions; a negated one is not read."""

    role: Role = Role.CLAIM
    conditions: tuple[int, ...] = ()
    negated: bool = False
    worded: tuple[str, ...] = ()
    """Conditions without a formula: that matrices are symmetric, and that another condition does not hold."""


def roles(found: Layout) -> list[Placed]:
    """The role of each display of a text.

    >>> from verify.read.document import layout
    >>> from verify.read.source import Source
    >>> placed = roles(layout(Source("hw.md", "If $i = j$, then $a = b$. Now $c = d$.")))
    >>> [(each.role.name, each.conditions) for each in placed]
    [('CONDITION', ()), ('CLAIM', (0,)), ('CLAIM', ())]
    """
    return _Sentences(found).placed()


class _Sentences:
    def __init__(self, found: Layout) -> None:
        self.text, self.prose, self.displays = found.source.text, found.prose, found.displays
        self.active: list[int] = []
        self.case: list[int] = []
        self.used = False
        self.trailed: int | None = None
        self.otherwise: tuple[str, ...] = ()
        self.turned = False
        self.worded = is_worded(found.source.text)
        self.supposed: tuple[str, ...] = ()

    def placed(self) -> list[Placed]:
        found: list[Placed] = []
        for number, display in enumerate(self.displays):
            before = self.displays[number - 1] if number else None
            self._close(before, display)
            role = self._role(found, number)
            if role is Role.CLAIM:
                self._turn(number)
                self.used, self.trailed = True, None
                found.append(Placed(role, (*self.case, *self.active), worded=(*self.otherwise, *self._worded(number))))
                self._mention(display)
            else:
                found.append(Placed(role, negated=self._is_negated(number)))
            if role is Role.CONDITION:
                self._open(found, number)
        return found

    def _close(self, before: Display | None, display: Display) -> None:
        """Forget the conditions whose sentence has ended."""
        start = 0 if before is None else before.end
        if before is None or before.headings != display.headings:
            self.active, self.case, self.supposed, self.otherwise, self.turned = [], [], (), (), False
        if self.worded:
            self.supposed = (*self.supposed, *supposed_in(self.text[start : display.start]))[:MOST_SUPPOSED]
        if before is None:
            return
        between = ABBREVIATED.sub("", self.prose[before.end : display.start])
        if SENTENCE_END.search(between) or self._is_ended(before):
            self.active, self.trailed = [], None
            self.otherwise = self.otherwise if self.turned else ()

    def _mention(self, display: Display) -> None:
        """Take what a sentence calls a case for a condition that is not read: how far it reaches is not to be seen."""
        if display.inline and MENTIONED.search(self._tail(display)):
            content = self.text[display.content.start : display.content.end]
            self.otherwise, self.turned = (f"the case {' '.join(content.split())}",), True
            self.active, self.case = [], []

    def _turn(self, number: int) -> None:
        """Forget the conditions where words say that what follows holds elsewhere, or may say so: that is not read."""
        start = self.displays[number - 1].end if number else 0
        between = ABBREVIATED.sub("", self.prose[start : self.displays[number].start])
        match = OTHERWISE.search(self._sentence(between))
        if self.case or self.active:
            found = (each.search(between) for each in (OTHERWISE, GENERAL, *((ELSEWHERE,) if self.used else ())))
            match = match or next((each for each in found if each is not None), None)
        if match is not None:
            self.turned = self.turned or bool(self.case)
            self.active, self.case, self.otherwise = [], [], (" ".join(match[0].split()),)

    @staticmethod
    def _sentence(text: str) -> str:
        """The last sentence of a text."""
        ended = [match.end() for match in SENTENCE_END.finditer(text)]
        return text[ended[-1] if ended else 0 :]

    def _is_negated(self, number: int) -> bool:
        """Whether words around a condition may take it back: "unless", "even if", "is false"."""
        display, tail = self.displays[number], self._tail(self.displays[number])
        match = OPENS.search(tail)
        start = len(tail) if match is None else match.start("word")
        before = JUST_BEFORE.search(tail[:start])
        words = tail[start if before is None else before.start() :]
        return is_hedged(words) or TAKEN_BACK.match(self.prose, display.end) is not None

    def _tail(self, display: Display) -> str:
        """What stands right before a formula, back to the formula or the paragraph before it."""
        tail = self.prose[max(0, display.start - LOOK_BACK) : display.start]
        return re.split(r"\0|\n[ \t\r]*\n", tail)[-1]

    def _word(self, display: Display) -> str:
        match = OPENS.search(self._tail(display))
        return "" if match is None else match["word"].lower()

    def _role(self, found: Sequence[Placed], number: int) -> Role:
        display = self.displays[number]
        if not display.inline or not display.closed or display.refused or display.defines:
            return Role.CLAIM
        content = self.text[display.content.start : display.content.end]
        if COUNTING.match(content):
            return Role.RANGE
        word, is_case = self._word(display), CASE.search(self._tail(display)) is not None
        word = "" if word == "as" and TOWARDS.search(content) is None else word
        also = bool(found) and found[-1].role is Role.CONDITION and self._also(number)
        if (not word and not is_case and not also) or CLAIMED.search(content):
            return Role.CLAIM
        if RANGE.search(content):
            return Role.RANGE
        if DECLARATION.search(content) or (word in ("where", "with") and INEQUALITY.search(content) is None):
            return Role.CLAIM
        return Role.CONDITION

    def _worded(self, number: int) -> tuple[str, ...]:
        """What the sentence around a formula says in words, before it and after the last of its formulas."""
        if not self.worded:
            return ()
        display = self.displays[number]
        last = self.displays[number - 1] if number else None
        start = max(0, display.start - LOOK_BACK, last.end if last is not None and self._is_ended(last) else 0)
        tail = ABBREVIATED.sub(_blank, self.prose[start : display.start])
        ended = [match.end() for match in SENTENCE_END.finditer(tail)]
        before = self.text[start + (ended[-1] if ended else 0) : display.start]
        rest = ABBREVIATED.sub(_blank, self.prose[display.end : display.end + LOOK_BACK])
        stop = SENTENCE_END.search(rest)
        end = display.end + (len(rest) if stop is None else stop.start())
        after = "" if self._is_ended(display) else self.text[display.end : end]
        return (*self.supposed, *conditions_in(before), *conditions_in(after))

    def _is_ended(self, display: Display) -> bool:
        """Whether a period in a display ends its sentence."""
        return not display.inline and self.text[display.content.start : display.content.end].rstrip().endswith(".")

    def _also(self, number: int) -> bool:
        """Whether a formula is one more condition: "and x > 0". What has a condition of its own after it is none."""
        if ALSO.fullmatch(self._between(number)) is None:
            return False
        if self.trailed is None or number + 1 == len(self.displays):
            return True
        between = self._between(number + 1)
        match = OPENS.search(between)
        return match is None or bool(between[: match.start()].strip())

    def _between(self, number: int) -> str:
        return self.prose[self.displays[number - 1].end : self.displays[number].start] if number else ""

    def _open(self, found: list[Placed], number: int) -> None:
        """Take in a condition: of a case, of what was just claimed, or of what is claimed next."""
        self.otherwise, self.turned = (), False
        if CASE.search(self._tail(self.displays[number])):
            self.case, self.active, self.used = [number], [], False
        elif self.trailed is not None and not self.used:
            found[self.trailed].conditions += (number,)
        elif self._trails(found, number):
            found[number - 1].conditions += (number,)
            self.trailed, self.used = number - 1, False
        else:
            self.active = [number] if self.used else [*self.active, number]
            self.used = False

    def _trails(self, found: Sequence[Placed], number: int) -> bool:
        """Whether a condition stands right after what it is a condition of: "a = b if x > 0"."""
        if not number or found[number - 1].role is not Role.CLAIM or self.active:
            return False
        between = self._between(number)
        match = OPENS.search(between)
        ended = self.text[: self.displays[number - 1].content.end].rstrip()[-1:] == "."
        return (
            match is not None and not ended and match["word"].islower() and not between[: match.start()].strip(" ,\n(")
        )


def _blank(match: re.Match[str]) -> str:
    return "x" * len(match[0])
