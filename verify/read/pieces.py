"""Rows cut at wide spaces, commas and words, and the conditions that stand in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from verify.read.alphabet import IMPLICATIONS
from verify.read.signs import is_relation, text_of, with_depth
from verify.read.tokens import Kind, Token, tokenize
from verify.read.worded import is_hedged, is_worded

LONGEST_REMARK = 60
LONGEST_CONDITION = 5
QUANTIFIERS = frozenset({r"\forall"})
DIVIDING = IMPLICATIONS | QUANTIFIERS | {",", ";"}
UNDIVIDED = frozenset(
    {
        *(Kind.LETTER, Kind.DIGIT, Kind.WORD, Kind.SIGN, Kind.COMMAND),
        *(Kind.ABOVE, Kind.BELOW, Kind.PRIME, Kind.OPEN, Kind.CLOSE),
    }
)
"""What separates nothing and begins no condition, if it is none of the signs that divide."""
CONDITIONS = (
    "if",
    "when",
    "whenever",
    "for",
    "assuming",
    "assume",
    "given",
    "unless",
    "provided",
    "with",
    "iff",
    "only",
)
ARROW = re.compile(r"(?:\\(?:to|rightarrow)(?![A-Za-z])|→).*(?:\\infty|∞)")
SAYS = re.compile(r"\s*(?:is|are|be|being)\s")
OTHERWISE = ("otherwise", "else", "elsewhere")
TAKING_BACK = re.compile(r"\s*(?:whether|regardless|no|not|unless|never|even|except)(?![A-Za-z])", re.IGNORECASE)
UNIVERSAL = ("for all", "for each", "for every", "for any", "forall", "for")
NEUTRAL = frozenset(
    {
        *("for", "forall", "all", "each", "every", "any", "a", "an", "the", "given", "fixed", "arbitrary", "and", "of"),
        *("value", "values", "index", "indices", "component", "components", "element", "elements", "entry", "entries"),
        *("class", "classes", "layer", "layers", "sample", "samples", "example", "examples", "unit", "units", "input"),
        *("inputs", "output", "outputs", "neuron", "neurons", "word", "words", "token", "tokens", "step", "steps"),
        *("vector", "vectors", "number", "numbers", "real", "matrix", "matrices", "scalar", "scalars", "row", "rows"),
        *("column", "columns", "pair", "pairs", "time", "position", "positions", "our", "such"),
    }
)
CONNECTIVES = frozenset(
    {
        *("and", "so", "thus", "hence", "then", "therefore", "since", "because", "where", "or", "i.e.", "that", "is"),
        *("let", "now", "but", "also", "as", "which", "gives"),
    }
)


class Cut(Enum):
    """How strongly a sign separates what stands on both sides of it."""

    SOFT = "a wide space or an &"
    COMMA = "a comma"
    BREAK = "the beginning of a new statement"
    ARROW = "an arrow from one statement to the next"
    EITHER = "an arrow in both directions"


ARROWS = (Cut.ARROW, Cut.EITHER)


@dataclass(frozen=True)
class Condition:
    """A condition that stands beside a statement: its text, and its formula if it has one."""

    text: str
    tokens: tuple[Token, ...] = ()
    aside: bool = False
    """Whether it stands in parentheses of its own, where it may be a definition as well."""
    place: int | None = None
    """Where it stands, if it is a remark on the one formula that it stands right after."""


@dataclass
class Piece:
    """A stretch of tokens, and how it is separated from the one before."""

    tokens: list[Token] = field(default_factory=list)
    cut: Cut = Cut.SOFT


def pieces_of(row: list[Token], words: frozenset[str]) -> tuple[list[Piece], tuple[Condition, ...]]:
    """A row cut at wide spaces, commas and words; and the conditions that stand in it."""
    if UNDIVIDED.issuperset([token.kind for token in row]) and DIVIDING.isdisjoint([token.text for token in row]):
        return [Piece(list(row))], ()
    pieces = [Piece()]
    conditions: list[Condition] = []
    passed, otherwise = 0, False
    for position, (token, depth) in enumerate(with_depth(row)):
        if position < passed:
            continue
        cut = _cut(token)
        closes = _remark_end(row, position) if token.text == "(" and depth == 0 and pieces[-1].tokens else 0
        if closes:
            passed = closes
            conditions.append(Condition(text_of(row[position:closes]), place=token.start))
        elif depth > 0 and token.kind is not Kind.TAG:
            pieces[-1].tokens.append(token)
        elif token.kind is Kind.TAG:
            conditions += _tagged(token)
        elif cut is not None:
            before = pieces[-1]
            if before.tokens:
                pieces.append(Piece([], cut))
            elif len(pieces) > 1 or cut in (Cut.BREAK, *ARROWS):
                pieces[-1] = Piece([], _stronger(before.cut, cut))
        elif token.text in QUANTIFIERS or (token.kind is Kind.TEXT and not _is_name(row, position, words)):
            if token.text in QUANTIFIERS or _begins_condition(token.text) or _is_towards(row, position):
                passed = _condition_end(row, position + 1)
                found = _condition(token, row[position + 1 : passed])
                cut_short = passed < len(row) and row[passed].kind is Kind.SPACE and row[passed - 1].text != ":"
                conditions += (replace(each, tokens=()) if cut_short else each for each in found)
                pieces.append(Piece([], Cut.SOFT))
                continue
            if takes_back(token.text):
                conditions.append(Condition(" ".join(token.text.split())))
                otherwise = True
            connective = token.text.strip(" ,.:;").lower() in CONNECTIVES
            pieces.append(Piece([], Cut.BREAK if connective and pieces[-1].tokens else Cut.SOFT))
        elif len(pieces) > 1 and not pieces[-1].tokens and _is_counting(row, position):
            break
        else:
            pieces[-1].tokens.append(token)
    # Which statement holds otherwise is not to be seen.
    return pieces, tuple(replace(each, tokens=()) if otherwise else each for each in conditions)


def _remark_end(row: Sequence[Token], start: int) -> int:
    r"""Where a remark in parentheses ends, ``(y = 1 \text{ if } i = k)``: one with words in it and a relation, or 0.

    A parenthesis opens where it may start.
    """
    inside = with_depth([row[at] for at in range(start, min(len(row), start + LONGEST_REMARK))])
    end = next((at for at, (token, depth) in enumerate(inside) if token.text == ")" and depth == 1), 0)
    remark = row[start + 1 : start + end]
    says = any(token.kind is Kind.TEXT and is_condition(token.text) for token in remark)
    return start + end + 1 if says and any(is_relation(token) for token in remark) else 0


def _condition_end(row: Sequence[Token], start: int) -> int:
    """Where a condition ends that begins with words: at the next words, at an arrow, after a colon."""
    for position, (token, depth) in enumerate(with_depth(row[start:]), start):
        if depth > 0:
            continue
        if token.kind is Kind.TEXT and _begins_condition(token.text) and not SAYS.match(token.text):
            return position
        if token.kind is Kind.TEXT and token.text.strip(" ,.:;").lower() in CONNECTIVES - {"is", "and", "or"}:
            return position
        if token.text in IMPLICATIONS or token.text == ":":
            return position if token.text in IMPLICATIONS else position + 1
        if token.kind is Kind.SPACE and position > start and _is_statement(row[position:]):
            return position
    return len(row)


def _is_statement(rest: Sequence[Token]) -> bool:
    """Whether more stands after a wide space than another condition: a relation, and what is too long for one."""
    tokens = [each for each in rest if each.kind not in (Kind.ALIGN, Kind.SPACE)]
    return len(tokens) > LONGEST_CONDITION and any(is_relation(each) for each in tokens)


def _condition(token: Token, rest: Sequence[Token]) -> tuple[Condition, ...]:
    """A condition by its words and what follows them; none where an index is only said to have all of its values."""
    named = token.text in QUANTIFIERS or _is_universal(token.text)
    if named and (_only_indices(rest) or _is_counting(rest, 0)):
        return ()
    word = "for all" if token.text in QUANTIFIERS else " ".join(token.text.split())
    formula = tuple(each for each in rest if each.kind not in (Kind.ALIGN, Kind.SPACE) and each.text != ":")
    return (Condition(f"{word} {text_of(rest)}".strip(), () if hedged((token, *rest)) else formula),)


def hedged(tokens: Sequence[Token]) -> bool:
    """Whether a text among the signs of a condition may take it back: "unless", "or", "is false"."""
    return any(each.kind is Kind.TEXT and is_hedged(each.text) for each in tokens)


def takes_back(text: str) -> bool:
    """Whether words say that what stands beside them does not hold, or something else where it does not."""
    words = set(re.findall(r"[A-Za-z]+", text.lower()))
    return TAKING_BACK.match(text) is not None or not words.isdisjoint(OTHERWISE)


def _tagged(token: Token) -> tuple[Condition, ...]:
    text = " ".join(token.text.split())
    if ARROW.search(text):
        return (Condition(text, tuple(tokenize(text))),)
    return (Condition(text),) if _begins_condition(text) else ()


def _is_towards(row: Sequence[Token], position: int) -> bool:
    r"""Whether ``as z \to \infty`` begins here; any other "as" gives a reason."""
    if row[position].text.strip(" ,.:;()").lower() != "as":
        return False
    following = [token.text for token in row[position + 1 : _condition_end(row, position + 1)]]
    return r"\to" in following and following[-1] == r"\infty"


def _begins_condition(text: str) -> bool:
    words = text.strip(" ,.:;()").lower().split()
    return bool(words) and (words[0] in CONDITIONS or is_worded(text))


def _is_universal(text: str) -> bool:
    """Whether words speak of all values of what follows: "for all indices", and not "for positive"."""
    return text.strip().lower().startswith(UNIVERSAL) and not set(re.findall(r"[A-Za-z-]+", text.lower())) - NEUTRAL


def is_condition(text: str) -> bool:
    """Whether a text begins a condition, or says that none of the others holds."""
    words = text.strip(" ,.:;()").lower().split()
    return bool(words) and words[0] in (*CONDITIONS, *OTHERWISE)


def _stronger(first: Cut, second: Cut) -> Cut:
    order = tuple(Cut)
    return max(first, second, key=order.index)


def _cut(token: Token) -> Cut | None:
    if token.kind in (Kind.ALIGN, Kind.SPACE):
        return Cut.SOFT
    if token.kind is Kind.SIGN and token.text in (",", ";"):
        return Cut.COMMA
    if token.text in (r"\Rightarrow", r"\Leftrightarrow"):
        return Cut.ARROW if token.text == r"\Rightarrow" else Cut.EITHER
    return Cut.BREAK if token.text in IMPLICATIONS else None


def _is_name(row: list[Token], position: int, words: frozenset[str]) -> bool:
    r"""Whether a text is a name within a formula, such as ``\text{softmax}(x)``."""
    word = row[position].text.strip()
    if word in words:
        return True
    if not word.isalpha() or word.lower() in CONNECTIVES or _begins_condition(word):
        return False
    after = row[position + 1] if position + 1 < len(row) else None
    return after is not None and (after.text in ("(", "[") or after.kind in (Kind.ABOVE, Kind.BELOW))


def _only_indices(tokens: Sequence[Token]) -> bool:
    plain = (Kind.LETTER, Kind.PRIME, Kind.SPACE, Kind.ALIGN)
    return all(token.kind in plain or token.text in (",", ".", ";") for token in tokens)


def _is_counting(row: Sequence[Token], position: int) -> bool:
    r"""Whether ``i = 1, \dots, n`` begins here."""
    kinds = [token.kind for token in row[position : position + 3]]
    if kinds != [Kind.LETTER, Kind.SIGN, Kind.DIGIT] or row[position + 1].text != "=":
        return False
    return any(token.text == r"\cdots" for token in row[position + 3 :])
