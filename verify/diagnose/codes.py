"""The codes of mistakes, in the order in which equally small explanations are given."""

from __future__ import annotations

CODES = (
    "reversed",
    "layout",
    "transpose",
    "sign",
    "order",
    "index-escaped",
    "case",
    "one-hot",
    "prime",
    "hadamard",
    "diagonal",
    "sum-split",
    "sum-scope",
    "missing-sum",
    "extra-sum",
    "sum-product",
    "inverse",
    "number",
    "bound",
    "index",
    "dimension",
    "argument",
    "function",
    "name",
    "extra-function",
    "extra-term",
    "extra-factor",
    "missing-function",
    "missing-term",
    "missing-factor",
    "endpoint",
    "bracket",
    "relation",
    "limit",
    "shape",
    "noise",
)

_OPPOSITE = (
    ("missing-term", "extra-term"),
    ("missing-factor", "extra-factor"),
    ("missing-sum", "extra-sum"),
    ("missing-function", "extra-function"),
)
_UNDONE = {**dict(_OPPOSITE), **{second: first for first, second in _OPPOSITE}}


def undone(code: str) -> str:
    """The mistake that an edit of the other side stands for: what is put in there is too much here.

    >>> undone("missing-term"), undone("sign")
    ('extra-term', 'sign')
    """
    return _UNDONE.get(code, code)
