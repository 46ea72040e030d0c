"""Wrong lines as students write them: also where the shapes do not fit, the mistake is named by proof."""

import pytest

from verify.diagnose import explain_link
from verify.language import Misshapen
from verify.read import context_of, judged, read

CONTEXT = context_of(
    {"names": {"W": "m x n", "x": "n", "b": "m", r"\delta": "m", "h": "n", "v": "n", "J": "function of x"}}
)

TABLE = [
    (r"Wx + b = xW + b", "order", "W x + b", "a matrix stands before its vector"),
    (r"Wx = W^T x", "transpose", "W x", "W^T has m columns, and x has n rows"),
    (r"W^T \delta = W \delta", "transpose", r"W^T \delta", "W has n columns, and delta m rows"),
    (r"(Wx)^T = x W^T", "transpose", "x^T W^T", "x^T W^T is a row"),
    (r"Wx = x^T W", "order", "W x", "exchanged, with a transpose that this would need"),
    (r"\delta^T W = W \delta", "order", r"\delta^T W", "the row stands before the matrix"),
    (
        r"\sum_j x_j h_j v_j = x_j \sum_j h_j v_j",
        "index-escaped",
        r"\sum_{j=1}^{n} x_j h_j v_j",
        "x_j stands outside of the sum over j",
    ),
    (
        r"\frac{\partial (Wx)_i}{\partial x_j} = W_{ji}",
        "index",
        "W_{ij}",
        "the output is the row, and i and j run differently far",
    ),
]


@pytest.mark.parametrize(("line", "code", "repaired", "why"), TABLE, ids=[row[0] for row in TABLE])
def test_a_line_whose_parts_do_not_fit(line: str, code: str, repaired: str, why: str) -> None:
    _, (judgment,) = judged(lambda known: read(f"$$ {line} $$", "hw.md", known), CONTEXT)
    assert isinstance(judgment.verdict, Misshapen)
    told = explain_link(judgment)
    assert told is not None
    assert (told.code, told.repaired) == (code, repaired), why
