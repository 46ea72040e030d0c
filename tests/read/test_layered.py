r"""Families over layers, and products with dots over them: read, and decided at every depth."""

import pytest

from tests.read.reading import name
from verify.language import Expression, Name, as_expression, dims, index, sigma, sum_over, vector, word
from verify.language.families import ascending, descending, family, widths
from verify.read import read_chain, read_context
from verify.read.elaborate import elaborate
from verify.read.errors import ReadError
from verify.read.judge import judge
from verify.read.parse import parse
from verify.read.scope import Indexed, Layered, Quantity, scope_of
from verify.read.tokens import tokenize

L, n = dims("L n")
D = widths("D")
l, j = index("l", L), index("j", L)
W, b, w = family("W", lambda l: (D(l), D(l - 1))), family("b", lambda l: (D(l), 1)), family("w")
V = family("V", (n, n))
x = vector("x", D(0))
SCOPE = scope_of(
    [
        *((name(each.symbol), Layered(each.symbol, each)) for each in (W, b, w, V)),
        *((name(each.symbol), Quantity(each)) for each in (L, n, x)),
        (name("l"), Indexed(l)),
    ]
)


def read(text: str) -> Expression:
    return elaborate(parse(tokenize(text)), SCOPE).expression


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("W_1 x + b_1", W(1) * x + b(1), "members by number"),
        ("W_l", W(l), "by an index"),
        ("W_{l-1}", W(l - 1), "one less"),
        ("W_{l+1}^T b_{l+1}", W(l + 1).T * b(l + 1), "one more, transposed"),
        ("W_L", W(L), "the last"),
        ("W^{[l]} b^{[l-1]}", W(l) * b(l - 1), "above, in brackets"),
        ("W^{(2)T} b^{(2)}", W(2).T * b(2), "in parentheses, with a transpose"),
        (r"\sigma(W_l b_{l-1})", sigma(W(l) * b(l - 1)), "in a function"),
        (r"W_L \cdots W_1", descending(l, W(l), L, 1), "down to the first"),
        (r"W_L W_{L-1} \cdots W_1", descending(l, W(l), L, 1), "two written out"),
        (r"W_L \cdots W_2 W_1", descending(l, W(l), L, 1), "two at the end"),
        (r"W^{[L]} \cdots W^{[1]}", descending(l, W(l), L, 1), "above"),
        (r"W_L \cdots W_2", descending(l, W(l), L, 2), "down to the second"),
        (r"W_{L-1} \cdots W_1", descending(l, W(l), L - 1, 1), "from the one before the last"),
        (r"V_1 \cdots V_L", ascending(l, V(l), 1, L), "up"),
        (r"V_1 V_2 \cdots V_L", ascending(l, V(l), 1, L), "up, two written out"),
        (r"W_L^T \cdots W_1^T", descending(l, W(l).T, L, 1), "of transposes"),
        (r"W_L \cdots W_1 x", descending(l, W(l), L, 1) * x, "and a factor more"),
        (
            r"\sum_{j=1}^L W_L \cdots W_{j+1} b_j",
            sum_over(j, descending(l, W(l), L, j + 1) * b(j)),
            "down to what an outer index says",
        ),
    ],
)
def test_layers(text: str, expected: Expression, why: str) -> None:
    assert read(text) == expected, why


@pytest.mark.parametrize(
    ("text", "column", "says"),
    [
        ("W", 1, "W is a family: which of them is meant?"),
        ("W_{l^2}", 4, "this is no level"),
        ("W_x", 3, "x is a name here, and no index"),
        (r"W_l \cdots W_l", 5, "what these dots stand for is not clear"),
        (r"W_L \cdots b_1", 5, "what these dots stand for is not clear"),
        (r"\sum_j W_l \cdots W_j", 12, "whether these levels go up or down is not clear"),
    ],
)
def test_refused_with_its_place(text: str, column: int, says: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(text)
    assert (caught.value.says, caught.value.column) == (says, column)


CONTEXT = r"""
[names]
'W^{[l]}' = "n_l x n_{l-1} for l"
'b^{[l]}' = "n_l for l"
'V_l' = "n x n for l"
x = "n_0"
l = "index L"
"""


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (r"W^{[2]} (W^{[1]} x + b^{[1]}) = W^{[2]} W^{[1]} x + W^{[2]} b^{[1]}", "proved", "two layers"),
        (r"W^{[2]} (W^{[1]} x + b^{[1]}) = W^{[2]} W^{[1]} x + b^{[1]}", "misshapen", "of other widths"),
        (r"(V_L \cdots V_1)^T = V_1^T \cdots V_L^T", "proved", "a transpose turns round"),
        (r"(V_L \cdots V_1)^T = V_L^T \cdots V_1^T", "refuted", "and does not leave the order"),
        (r"V_L V_{L-1} \cdots V_1 = V_L \cdots V_2 V_1", "proved", "two ways of writing one product"),
        (r"W^{[1]} \cdots W^{[L]} x = x", "misshapen", "the wrong way round"),
    ],
)
def test_links_about_layers(text: str, expected: str, why: str) -> None:
    (judgment,) = judge(read_chain(text, read_context(CONTEXT)))
    assert word(judgment.verdict) == expected, why


def test_a_certain_layer_is_a_name_of_its_own() -> None:
    (step,) = read_chain(r"V_2 V_1 = V_2 V_1", read_context(CONTEXT)).steps
    names = step.meaning.left.atoms(Name)  # type: ignore[union-attr]
    assert {each.declared for each in names} == {(n, n)}
    assert len(names) == 2
    assert as_expression(1) not in names
