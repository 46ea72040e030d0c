r"""Derivatives by one row or column of a matrix: shaped like it, and entry by entry the derivative by the matrix."""

from functools import partial

import pytest

from verify.language import Misshapen, Proved, Refuted, Undecided, Unreadable
from verify.read import context_of, judged, read_chain

COLUMNS = {"U": "d x n", "u": "column of U", "v": "d", "o": "index n", "y": "n distribution", "J": "function of U"}
ROWS = {"V": "n x d", "r": "row of V", "x": "d", "o": "index n", "J": "function of V"}
LOSS = {
    r"\hat y": r"\operatorname{softmax}(U^T v)",
    "C": r"-\sum_i y_i \log \hat y_i",
}
ROW_LOSS = {"C": r"\sum_i (r_i x)^2"}


@pytest.mark.parametrize(
    ("names", "definitions", "latex", "layout", "expected", "why"),
    [
        (COLUMNS, LOSS, r"\frac{\partial C}{\partial u_k} = (\hat y_k - y_k) v", "mixed", Proved, "of one word"),
        (COLUMNS, LOSS, r"\frac{\partial C}{\partial u_k} = (y_k - \hat y_k) v", "mixed", Refuted, "turned round"),
        (COLUMNS, LOSS, r"\frac{\partial C}{\partial u_k} = (\hat y_k - y_k) v^T", "mixed", Misshapen, "a column"),
        (COLUMNS, LOSS, r"\frac{\partial C}{\partial u_k} = (\hat y_k - y_k) v^T", "numerator", Proved, "a row there"),
        (COLUMNS, LOSS, r"\frac{\partial C}{\partial u_k} = -\sum_i y_i \frac{\partial \log \hat y_i}{\partial u_k}",
         "mixed", Proved, "term by term"),
        (COLUMNS, {}, r"\frac{\partial (u_o^T v)}{\partial u_o} = v", "mixed", Proved, "of its own product"),
        (COLUMNS, {}, r"\frac{\partial (u_o^T v)}{\partial u_k} = \mathbf{1}[k = o] v", "mixed", Proved, "of any"),
        (COLUMNS, {}, r"\frac{\partial (u_o^T v)}{\partial u_k} = v", "mixed", Refuted, "another column's is 0"),
        (COLUMNS, {}, r"\frac{\partial J}{\partial u_k} = \left[\frac{\partial J}{\partial U_{ik}}\right]_i", "mixed",
         Proved, "the entries of a column"),
        (COLUMNS, {}, r"\frac{\partial J}{\partial u_k} = \left[\frac{\partial J}{\partial U_{ki}}\right]_i", "mixed",
         Misshapen, "and not of a row"),
        (COLUMNS, {}, r"\frac{\partial (v^T v)}{\partial u_k} = 0", "mixed", Undecided, "nothing depends on it"),
        (COLUMNS, {}, r"\frac{\partial v}{\partial u_k} = 0", "mixed", Unreadable, "a Jacobian is not read"),
        (ROWS, ROW_LOSS, r"\frac{\partial C}{\partial r_k} = 2 (r_k x) x^T", "mixed", Proved, "a row for a row"),
        (ROWS, ROW_LOSS, r"\frac{\partial C}{\partial r_k} = 2 (r_k x) x", "mixed", Misshapen, "and no column"),
        (ROWS, ROW_LOSS, r"\frac{\partial C}{\partial r_k} = (r_k x) x^T", "mixed", Refuted, "twice that"),
    ],
)  # fmt: skip
def test_slices(
    names: dict[str, str], definitions: dict[str, str], latex: str, layout: str, expected: type, why: str
) -> None:
    context = context_of({"names": names, "definitions": definitions, "layout": layout})
    _, found = judged(partial(read_chain, latex), context)
    assert isinstance(found[-1].verdict, expected), f"{why}: {found[-1].verdict}"
