"""The identity, whose size the other side tells: also a size that belongs to one level of a family."""

from __future__ import annotations

import pytest

from verify.language import word
from verify.read import judged, read, read_context

CONTEXT = read_context(
    r"""
    [names]
    n = "dimension"
    c = "n"
    z = "D_0"
    W = "D_l x D_{l-1} for l"
    b = "D_l for l"
    [definitions]
    'f_l' = 'W_l f_{l-1} + b_l'
    'f_0' = 'z'
    """
)


@pytest.mark.parametrize(
    ("latex", "verdict", "assumed"),
    [
        (r"\frac{\partial f_2}{\partial b_2} = I", "proved", "I is D_2 x D_2"),
        (r"\frac{\partial f_2}{\partial b_2} = 2I", "refuted", "I is D_2 x D_2"),
        (r"\frac{\partial c}{\partial c} = I", "proved", "I is n x n"),
        (r"I + I = 2 I", "proved", "I is n x n"),
    ],
)
def test_the_other_side_tells_how_large_the_identity_is(latex: str, verdict: str, assumed: str) -> None:
    _, (judgment,) = judged(lambda known: read(f"$${latex}$$", "hw.md", known), CONTEXT)
    assert word(judgment.verdict) == verdict
    assert assumed in judgment.assumed
