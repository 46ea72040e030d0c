"""Sentences that hold formulas: what we say of a verdict, with the LaTeX in it told from the words.

A report in LaTeX and a page both print them, each in its own way; neither shows the source of a formula.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from verify.report.symbols import GREEK


@dataclass(frozen=True)
class Formula:
    """A formula by its LaTeX, not yet looked at: whoever prints it lets through what is safe."""

    source: str


@dataclass(frozen=True)
class Code:
    """A piece of source, to be shown as it is."""

    text: str


Phrase = tuple[str | Formula | Code, ...]

AXES = r"a scalar|\S+(?: [-+] \S+)?(?: x \S+(?: [-+] \S+)?)+"
# Of a group's name the first letter says what it is: words, a formula, a shape, or what stands in braces.
SENTENCES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<w1>the left side is )(?P<s1>{AXES})(?P<w2>, the right side )(?P<s2>{AXES})",
        rf"(?P<w1>the columns of )(?P<f1>.+)(?P<w2> \()(?P<s1>{AXES})(?P<w3>\) do not meet the rows of )"
        rf"(?P<f2>.+)(?P<w4> \()(?P<s2>{AXES})(?P<w5>\))",
        rf"(?P<s1>{AXES})(?P<w1> and )(?P<f1>.+)(?P<w2> \()(?P<s2>{AXES})(?P<w3>\) cannot be added)",
        rf"(?P<f1>.+)(?P<w1> \()(?P<s1>{AXES})(?P<w2>\) and )(?P<f2>.+)(?P<w3> \()(?P<s2>{AXES})"
        r"(?P<w4>\) have no entrywise product)",
        r"(?P<w1>the (?:terms|factors) of )(?P<f1>.+)(?P<w2> (?:have different shapes|do not fit one another))",
        rf"(?P<f1>.+)(?P<w1> \()(?P<s1>{AXES})(?P<w2>\) is not .+)",
        r"(?P<f1>.+)(?P<w1> always)",
        r"(?P<f1>.+)(?P<w1> in )(?P<b1>\{.+\})(?P<w2>, each with probability )(?P<f2>\S+)",
        r"(?P<f1>\S+ = \S+)(?P<w1> with probability )(?P<f2>[^\s,]+)(?P<w2>, )(?P<f3>\S+)"
        r"(?P<w3> with probability )(?P<f4>\S+)",
        rf"(?P<f1>.+)(?P<w1> is )(?P<s1>{AXES})",
    )
)
HINT = " (its transpose would fit)"
# A word of ours is letters alone; what stands in a formula is not, or is a single letter.
LONGER = re.compile(r"""[('"]*(?:[A-Za-z][a-z'-]+|[A-Z]{2,})[)'".,;:?]*""")
WORD = re.compile(rf"""{LONGER.pattern}|[('"]*[aI][,;:]?|[-–—]""")
INDEXED = re.compile(rf"(?<![\w^])({'|'.join(GREEK.split())}|[A-Za-z])((?:[_^]-?[A-Za-z0-9]+)+)(?![\w^{{]|\()")
SCRIPT = re.compile(r"([_^])(-?[A-Za-z0-9]+)")
COMPARED = {"<=": r"\le", ">=": r"\ge", "!=": r"\ne"}
ENDING = re.compile(r"(.+?)([.,;:]*)", re.DOTALL)


def phrase(text: str) -> Phrase:
    r"""A sentence of ours with its formulas.

    >>> phrase(r"\frac{a}{b} is m x n (its transpose would fit)")
    (Formula(source='\\frac{a}{b}'), ' is ', Formula(source='m \\times n'), ' (its transpose would fit)')
    >>> phrase("i is not bound here: only inside the sum")
    (Formula(source='i'), ' is not bound here: only inside the sum')
    >>> phrase("nothing but words")
    ('nothing but words',)
    """
    body = text.removesuffix(HINT)
    hint = (HINT,) if body != text else ()
    for pattern in SENTENCES:
        found = pattern.fullmatch(body)
        if found is not None:
            return (*(_piece(kind[0], piece) for kind, piece in found.groupdict().items()), *hint)
    return (*_by_words(body), *hint)


def told(text: str) -> Phrase:
    r"""A sentence of a claim's author: names with an index or an exponent are formulas.

    >>> told("It is W_1^T, not e^-z.")
    ('It is ', Formula(source='W_{1}^{T}'), ', not ', Formula(source='e^{-z}'), '.')
    >>> told("yhat_k, and no more")
    ('yhat_k, and no more',)
    """
    pieces: list[str | Formula] = []
    place = 0
    for found in INDEXED.finditer(text):
        _append(pieces, text[place : found.start()])
        base, scripts = found.groups()
        shown = SCRIPT.sub(r"\1{\2}", scripts)
        pieces.append(Formula(f"\\{base}{shown}" if len(base) > 1 else f"{base}{shown}"))
        place = found.end()
    _append(pieces, text[place:])
    return tuple(pieces)


def _piece(kind: str, text: str) -> str | Formula:
    match kind:
        case "s":
            return text if text == "a scalar" else Formula(text.replace(" x ", r" \times "))
        case "b":
            return Formula(rf"\{{{text[1:-1]}\}}")
        case "f":
            return Formula(text)
        case _:
            return text


def _by_words(text: str) -> Phrase:
    """Runs of what cannot be a word are formulas; a text without a word is one."""
    tokens = re.findall(r"\s+|\S+", text)
    if not any(map(LONGER.fullmatch, tokens)):
        return (Formula(text),)
    pieces: list[str | Formula] = []
    for token in tokens:
        if token.isspace() or WORD.fullmatch(token):
            _append(pieces, token)
            continue
        found = ENDING.fullmatch(COMPARED.get(token, token))
        assert found is not None
        if len(pieces) > 1 and pieces[-1] == " " and isinstance(before := pieces[-2], Formula):
            pieces[-2:] = [Formula(f"{before.source} {found[1]}")]
        else:
            pieces.append(Formula(found[1]))
        _append(pieces, found[2])
    return tuple(pieces)


def _append(pieces: list[str | Formula], words: str) -> None:
    if words and pieces and isinstance(pieces[-1], str):
        pieces[-1] += words
    elif words:
        pieces.append(words)
