"""Displays cut into statements: rows go on, statements begin anew, conditions stand beside them."""

import pytest

from verify.read.errors import ReadError
from verify.read.segment import statements
from verify.read.tokens import tokenize

WORDS = frozenset({"softmax"})


def shown(text: str) -> list[str]:
    """Each statement with its sides and relations; a condition in braces; … before one that goes on."""
    found = []
    for statement in statements(tokenize(text), WORDS):
        sides = ["".join(token.text for token in side) for side in statement.sides]
        rest = "".join(f" {rel.text} {side}" for rel, side in zip(statement.relations, sides[1:], strict=True))
        condition = "".join(f" {{{each.text}}}" for each in statement.conditions)
        found.append(("…" if statement.continues else "") + sides[0] + rest + condition)
    return found


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("a = b = c", ["a = b = c"], "a chain"),
        (r"2. \quad a = b", ["a = b"], "a number before it"),
        (r"12. a = b", ["a = b"], "with two digits"),
        ("2.5 a = b", ["2.5a = b"], "a decimal is none"),
        ("a = b,", ["a = b"], "a comma at the end"),
        ("a = b.", ["a = b"], "a period at the end"),
        (r"a = b \tag{1}", ["a = b"], "a tag"),
        (r"a = b, \tag*{*}", ["a = b"], "a comma and a tag"),
        (r"a = b \quad (3)", ["a = b"], "a number"),
        ("= b", ["… = b"], "one that goes on"),
        (r"\begin{aligned} a &= b \\ &= c \end{aligned}", ["a = b = c"], "rows go on"),
        (r"\begin{align*} a &= b \\ c &= d \end{align*}", ["a = b", "c = d"], "rows begin anew"),
        (r"\begin{align*} a &= b \\ a &= c \end{align*}", ["a = b", "a = c"], "the same left side again"),
        (r"a &= b + c \\ &\quad + d \\ &= e", ["a = b+c+d = e"], "a sum goes on in the next row"),
        (r"a = b \\ + c", ["a = b+c"], "also without an alignment"),
        (r"a &= b \\ - c &= d", ["a = b", "-c = d"], "a row with a relation of its own begins anew"),
        (r"a = \\ b", ["a = b"], "a relation at the end of a row"),
        (r"a + \\ b = c", ["a+b = c"], "an operator at the end of a row"),
        (r"\begin{array}{rcl} a & = & b \\ & = & c \end{array}", ["a = b = c"], "an array of rows"),
        (r"a &= b & c &= d", ["a = b", "c = d"], "two columns"),
        (r"\begin{alignat}{2} a &= b \quad & c &= d \end{alignat}", ["a = b", "c = d"], "two columns, otherwise"),
        (r"\begin{equation}\begin{split} a &= b \\ &= c \end{split}\end{equation}", ["a = b = c"], "one in another"),
        (r"x = \begin{aligned} a \\ = b \end{aligned}", ["x = a = b"], "rows after a relation"),
        (
            r"a = \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}",
            [r"a = bmatrix1&2\\3&4bmatrix"],
            "a matrix has rows of its own",
        ),
        (r"a = b, \quad c = d", ["a = b", "c = d"], "two statements"),
        (r"a = b \qquad c = d", ["a = b", "c = d"], "without a comma"),
        (r"a \quad = \quad b", ["a = b"], "space around a relation"),
        (r"a = b \quad = c", ["a = b = c"], "space before a relation"),
        (r"a = b \Rightarrow c = d", ["a = b", "c = d"], "an implication"),
        (r"\Rightarrow a = b", ["a = b"], "at the beginning"),
        (r"\therefore a = b", ["a = b"], "therefore"),
        (r"a = b \iff c = d", ["a = b", "c = d"], "an equivalence"),
        (r"a = b \to c = d", ["a = b", "c = d"], "an arrow between equations"),
        (r"a \to b", [r"a \to b"], "an arrow between quantities"),
        (r"a = b \text{ and } c = d", ["a = b", "c = d"], "a word between"),
        (r"\text{so } a = b", ["a = b"], "a word before"),
        (r"a = b \text{ from (2)}", ["a = b"], "a remark"),
        (r"a = b \quad \text{(chain rule)}", ["a = b"], "a remark in parentheses"),
        (r"a = b \quad \text{if } c > 0", ["a = b {if c > 0}"], "a condition"),
        (r"a = b \quad (c > 0)", ["a = b {( c > 0 )}"], "a condition in parentheses"),
        (r"a = b \tag{if A is symmetric}", ["a = b {if A is symmetric}"], "a condition as a tag"),
        (r"a = b \text{ for } j \ne i", [r"a = b {for j \ne i}"], "a condition on indices"),
        (r"a = b \text{ for all } i, j", ["a = b"], "for all indices: no condition"),
        (r"a = b \quad \forall i", ["a = b"], "the same as a sign"),
        (r"a = b \text{ for all } x > 0", ["a = b {for all x > 0}"], "for some values only"),
        (r"a_i = b_i, \quad i = 1, \dots, n", ["a_i = b_i"], "how far an index runs"),
        (r"a_i = b_i \text{ for } i = 1, \dots, n", ["a_i = b_i"], "the same in words"),
        (r"\text{softmax}(x) = a", ["softmax(x) = a"], "a text as a name"),
        (r"a \in (0, 1]", [r"a \in (0,1]"], "a comma within parentheses"),
        ("a := b", ["a := b"], "a definition"),
        (r"a < b \le c", [r"a < b \le c"], "other relations"),
        ("a", ["a"], "no relation"),
        ("a = b, c", ["a = b", "c"], "an aside without a relation"),
        (r"f(x), g = h", ["f(x),g = h"], "a comma on the left side"),
        (r"\sum_{i=1}^{n} a = b", ["\\sum_{i=1}^{n}a = b"], "a relation within braces"),
        (r"f(a = b) = c", ["f(a=b) = c"], "a relation within parentheses"),
        ("", [], "nothing"),
        (r"\\ \\ &", [], "rows of nothing"),
    ],
)
def test_statements(text: str, expected: list[str], why: str) -> None:
    assert shown(text) == expected, why


def test_the_place_at_which_a_row_goes_on_is_kept() -> None:
    (found,) = statements(tokenize(r"a &= b \\ &- c"))
    assert found.joints == (11,)


@pytest.mark.parametrize(
    ("text", "column", "says"),
    [
        (r"\begin{aligned} a = b", 1, "aligned has no end"),
        (r"\begin{align} a = b \end{aligned}", 21, "align ends as aligned"),
    ],
)
def test_refused(text: str, column: int, says: str) -> None:
    with pytest.raises(ReadError) as caught:
        statements(tokenize(text))
    assert (caught.value.column, caught.value.says) == (column, says)
