"""Syntax: what binds how tightly, where each node stands, and how deep it may go."""

import pytest

from verify.read.atoms import MOST_DIGITS
from verify.read.errors import ReadError
from verify.read.parse import MOST_FACTORS, MOST_TERMS, may_hold_dots, parse
from verify.read.scripts import DEEPEST
from verify.read.subscripts import children
from verify.read.syntax import (
    Dots,
    Fraction,
    Grid,
    Group,
    Joined,
    Juxtaposed,
    Numeral,
    Ranged,
    Scripted,
    Signed,
    Symbol,
    Syntax,
    spelling,
)
from verify.read.tokens import tokenize

WORDS = frozenset({"softmax", "soft", "tr"})


def outline(node: Syntax) -> str:
    """The tree in a line: juxtaposition as (a b), signs as [a . b], sums as <+ a - b>."""
    match node:
        case Numeral():
            return node.text
        case Symbol():
            return node.key
        case Scripted():
            below = "_" + ",".join(map(outline, node.below)) if node.below else ""
            above = "" if node.above is None else "^" + outline(node.above)
            return outline(node.base) + "'" * node.primes + below + above
        case Juxtaposed():
            return f"({' '.join(map(outline, node.parts))})"
        case Joined():
            signs = [sign.removeprefix("\\") for sign in node.signs]
            rest = "".join(f" {sign} {outline(each)}" for sign, each in zip(signs, node.factors[1:], strict=True))
            return f"[{outline(node.factors[0])}{rest}]"
        case Signed():
            return f"<{' '.join(('-' if sign < 0 else '+') + outline(term) for sign, term in node.terms)}>"
        case Fraction():
            return f"{outline(node.above)}/{outline(node.below)}"
        case Ranged():
            return f"sum {','.join(map(outline, node.indices))}: {outline(node.body)}"
        case Group():
            return f"{node.opened}{', '.join(map(outline, node.items))}{node.closed}"
        case Grid():
            return "; ".join(" ".join(map(outline, row)) for row in node.rows)
        case _:
            raise AssertionError(node)


@pytest.mark.parametrize(
    ("text", "tree", "why"),
    [
        ("a b + c", "<+(a b) +c>", "a product before a sum"),
        (r"a b \cdot c d", "[(a b) cdot (c d)]", "juxtaposition binds tighter than a dot"),
        (r"a \odot b c", "[a odot (b c)]", "and than an entrywise product"),
        ("-a b", "<-(a b)>", "a sign takes the whole product"),
        ("a - b c", "<+a -(b c)>", "also in a difference"),
        (r"a \cdot -b", "[a cdot <-b>]", "a sign after a dot"),
        ("a + -b", "<+a +<-b>>", "two signs"),
        (r"\sum_i a b + c", "<+sum i: (a b) +c>", "a sum takes a product"),
        (r"\sum_i a \cdot b", "sum i: [a cdot b]", "with its dots"),
        (r"a \sum_i b c", "(a sum i: (b c))", "a factor before it"),
        (r"\sum_i \sum_j a", "sum i: sum j: a", "two sums"),
        ("x_i^2", "x_i^2", "both scripts"),
        ("x^2_i", "x_i^2", "in either order"),
        ("x'_i", "x'_i", "a prime, then a subscript"),
        ("x^{''}", "x''", "primes above"),
        ("x^12", "(x^1 2)", "a superscript without braces is one sign"),
        ("W_{ij}", "W_(i j)", "indices side by side"),
        ("W_{i, j}", "W_i,j", "indices with a comma"),
        ("f(x, y)", "(f (x, y))", "two things in parentheses"),
        ("softmax(x)", "(softmax (x))", "a known word"),
        ("softmaxx", "(softmax x)", "the longest word that fits"),
        ("s o f t", "(s o f t)", "letters apart are no word"),
        (r"\delta_{tr}", r"\delta_(t r)", "no word is looked for in a subscript"),
        (r"\mathrm{max}", "max", "a word in another font"),
        (r"\hat{\mathbf y}", r"\hat{\mathbf{y}}", "an accent over a font"),
        (r"\mathbf{\hat y}", r"\hat{\mathbf{y}}", "a font over an accent"),
        (r"{\bf x} y", r"(\mathbf{x} y)", "a switch of font"),
        (r"{ab}c", "(a b c)", "braces that are not seen"),
        ("1.5", "1.5", "a decimal"),
        ("W^{(2)T}", "W^(2)^T", "a tag, then a transpose"),
        (r"\begin{matrix} a & b \\ c & d \end{matrix}", "a b; c d", "a matrix"),
        (r"\sqrt{a}b", None, "a root"),
    ],
)
def test_precedence(text: str, tree: str | None, why: str) -> None:
    found = parse(tokenize(text), WORDS)
    if tree is not None:
        assert outline(found) == tree, why


def test_every_node_knows_its_place() -> None:
    text = r"a + \frac{b}{c} d"
    node = parse(tokenize(text))
    assert isinstance(node, Signed)
    product = node.terms[1][1]
    assert isinstance(product, Juxtaposed)
    assert [text[part.at.start : part.at.end] for part in (node, product, *product.parts)] == [
        text,
        r"\frac{b}{c} d",
        r"\frac{b}{c}",
        "d",
    ]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("W_1", "W_1"),
        ("W_{1}", "W_1"),
        ("x_{in}", "x_{in}"),
        ("x_{i,j}", "x_{i,j}"),
        (r"\hat{y}", r"\hat{y}"),
        (r"\boldsymbol\theta", r"\mathbf{\theta}"),
        ("x'", "x'"),
        ("W^{(2)}", "W^{(2)}"),
        ("a^{[l]}", "a^{[l]}"),
        ("h_{t-1}", "h_{t-1}"),
        ("x^2", None),
        ("x^T", None),
        ("(x)", None),
        ("2", None),
    ],
)
def test_one_key_stands_for_all_spellings_of_a_name(text: str, key: str | None) -> None:
    found = spelling(parse(tokenize(text)))
    assert (None if found is None else found.key) == key


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("(" * 1000 + "x" + ")" * 1000, f"nested more than {DEEPEST} deep"),
        ("{" * 1000 + "x" + "}" * 1000, f"nested more than {DEEPEST} deep"),
        (r"\frac{1}{" * 1000 + "x" + "}" * 1000, f"nested more than {DEEPEST} deep"),
        ("x^{" * 1000 + "x" + "}" * 1000, f"nested more than {DEEPEST} deep"),
        (r"\hat" * 1000 + " x", f"nested more than {DEEPEST} deep"),
        (r"\sum_i " * 1000 + "x", f"nested more than {DEEPEST} deep"),
        ("9" * (MOST_DIGITS + 1), f"a number of more than {MOST_DIGITS} digits"),
        ("x" * (MOST_FACTORS + 1), f"more than {MOST_FACTORS} factors side by side"),
        (r"x \cdot " * MOST_FACTORS + "x", f"more than {MOST_FACTORS} factors"),
        ("x + " * MOST_TERMS + "x", f"a sum of more than {MOST_TERMS} terms"),
    ],
    ids=lambda value: value[:20],
)
def test_bounds(text: str, says: str) -> None:
    with pytest.raises(ReadError) as caught:
        parse(tokenize(text))
    assert caught.value.says == says


@pytest.mark.parametrize(
    "text", ["x" * MOST_FACTORS, "9" * MOST_DIGITS, "(" * (DEEPEST - 1) + "x" + ")" * (DEEPEST - 1)]
)
def test_what_is_within_bounds_is_read(text: str) -> None:
    assert parse(tokenize(text)).at.start == 0


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (r"a_1 + \cdots + a_n", True, "written"),
        (r"a_1, \ldots, a_n", True, "written low"),
        (r"f(\dots f(x) \dots)", True, "within parentheses"),
        (r"\begin{pmatrix} a & \\ & b \end{pmatrix}", True, "empty cells"),
        (r"\frac{\partial y}{\partial x} + \sum_i x_i^2", False, "none"),
        (r"\dot x \cdot y", False, "a dot on a letter, and one between two"),
    ],
)
def test_dots_are_seen_before_they_are_parsed(text: str, expected: bool, why: str) -> None:
    tokens = tokenize(text.replace(", ", " + "))
    assert may_hold_dots(tokens) is expected, why
    assert any(isinstance(each, Dots) for each in _all(parse(tokens))) is expected, why


def _all(node: Syntax) -> list[Syntax]:
    return [node, *(each for child in children(node) for each in _all(child))]


def test_what_was_parsed_before_is_another_thing_with_other_words_or_another_end() -> None:
    tokens = tokenize("soft x")
    assert [outline(parse(tokens, words)) for words in (frozenset(), WORDS, frozenset())] == [
        "(s o f t x)",
        "(soft x)",
        "(s o f t x)",
    ]
    for end in (None, 9, None):
        with pytest.raises(ReadError) as caught:
            parse(tokenize("x +"), end=end)
        assert caught.value.offset == (3 if end is None else end)
