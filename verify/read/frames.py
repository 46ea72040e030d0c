r"""Frames, colors and labels around formulas, which are left out: ``\boxed{a = b}`` is ``a = b``."""

from __future__ import annotations

from verify.read.errors import ReadError
from verify.read.lexis import Kind, Token

FRAMES = {
    r"\boxed": 0,
    r"\fbox": 0,
    r"\textcolor": 1,
    r"\colorbox": 1,
    r"\underbrace": 0,
    r"\overbrace": 0,
    r"\cancel": 0,
    r"\bcancel": 0,
    r"\xcancel": 0,
    r"\overset": 1,
    r"\underset": 1,
    r"\stackrel": 1,
    r"\mathrel": 0,
    r"\mathbin": 0,
}
LABELED = frozenset({r"\underbrace", r"\overbrace"})


def unframed(tokens: list[Token]) -> list[Token]:
    r"""Without frames, colors and the labels of braces: ``\boxed{a = b}`` is ``a = b``."""
    if FRAMES.keys().isdisjoint([token.text for token in tokens]):
        return tokens
    kept: list[Token] = []
    open_braces: list[str] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        position += 1
        if token.kind is Kind.COMMAND and token.text in FRAMES:
            for _ in range(FRAMES[token.text]):
                label, position = position, _after_group(tokens, position)
                kept += _approach(tokens[label:position])
            if position >= len(tokens) or tokens[position].kind is not Kind.OPEN:
                raise ReadError(f"{token.text} has no argument", token.start, expected="{")
            open_braces.append(token.text)
            position += 1
        elif token.kind is Kind.OPEN:
            open_braces.append("")
            kept.append(token)
        elif token.kind is Kind.CLOSE and open_braces and (frame := open_braces.pop()):
            labeled = frame in LABELED and position < len(tokens) and tokens[position].kind in (Kind.ABOVE, Kind.BELOW)
            position = _after_group(tokens, position + 1) if labeled else position
        else:
            kept.append(token)
    return kept


def _approach(label: list[Token]) -> list[Token]:
    r"""A label such as ``n \to \infty``, which stands over an arrow; nothing for others."""
    if not {r"\to", r"\infty"} <= {token.text for token in label}:
        return []
    text = " ".join(token.text for token in label if token.kind not in (Kind.OPEN, Kind.CLOSE))
    return [Token(Kind.TAG, text, label[0].start, label[-1].end)]


def _after_group(tokens: list[Token], position: int) -> int:
    """The position after a group in braces, or after a single token."""
    depth = 0
    for at in range(position, len(tokens)):
        depth += (tokens[at].kind is Kind.OPEN) - (tokens[at].kind is Kind.CLOSE)
        if depth <= 0:
            return at + 1
    return len(tokens)
