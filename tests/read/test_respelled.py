r"""Looser spellings: ``\over``, a brace around rows, rows, columns, inner products, entrywise powers, ``\partial -a``.

What is right is proved, and has a wrong neighbor that is caught. By hand: AB is the sum of the columns of A times the
rows of B; the inner product of Au and v is that of u and A^T v; d(-log z)/dz = -1/z.
"""

from collections.abc import Mapping

import pytest

import verify
from tests.read.reading import name
from verify.language import word
from verify.read.errors import ReadError
from verify.read.respelled import ALL
from verify.read.tokens import Kind, tokenize

NAMES: Mapping[str, object] = {
    "names": {"u": "n", "v": "n", "A": "n x n", "B": "n x n", "W": "k x n", "b": "k", "z": "scalar", "c": "scalar"}
}
BATCH: Mapping[str, object] = {"names": {"X": "m x k", "Y": "m x k one-hot rows", "x": "n"}}
ROWS_OF: Mapping[str, object] = {**BATCH, "softmax": "rows"}
COLUMNS_OF: Mapping[str, object] = {**BATCH, "softmax": "columns"}
WORDS: Mapping[str, object] = {
    "names": {"U": "d x V", "v": "d", "o": "index V", "u": "column of U", "y": "V one-hot at o"},
    "definitions": {r"\hat y": r"\operatorname{softmax}(U^T v)"},
}

JACOBIAN = r"\frac{\partial u_i}{\partial u_j}"
LOSS = r"\frac{\partial}{\partial X}\left(-\sum_i \sum_j Y_{ij} \log \operatorname{softmax}(X)_{ij}\right)"
WORD = r"\frac{\partial}{\partial u_w}(-\log \hat y_o)"

ROWS_OF_CASES = r"1 & \quad\text{if } i = j \\ 0 & \quad\text{otherwise}"


def braced(rows: str, environment: str = "array", columns: str = "{ll}") -> str:
    """Rows after a brace that is not closed."""
    columns = columns if environment == "array" else ""
    return rf"\left\{{\begin{{{environment}}}{columns} {rows} \end{{{environment}}}\right."


RIGHT = braced(r"1 & i = j \\ 0 & i \ne j")
TURNED = braced(r"0 & i = j \\ 1 & i \ne j")
WITH_COMMAS = braced(r"1, \quad i = j \\ 0, \quad i \ne j", columns="{l}")

ROWS: list[tuple[Mapping[str, object], str, str, str]] = [
    # cases in a brace that is not closed
    (NAMES, rf"{JACOBIAN} = {RIGHT}", "proved", ""),
    (NAMES, rf"{JACOBIAN} = {TURNED}", "refuted", ""),
    (NAMES, rf"{JACOBIAN} = {WITH_COMMAS}", "proved", ""),
    (NAMES, rf"{JACOBIAN} = {braced(ROWS_OF_CASES, 'aligned')}", "proved", ""),
    (NAMES, rf"{JACOBIAN} = {braced(ROWS_OF_CASES, 'matrix')}", "proved", ""),
    (
        NAMES,
        rf"\begin{{aligned}} {JACOBIAN} &= {braced(ROWS_OF_CASES)} \\ &= \delta_{{ij}} \end{{aligned}}",
        "proved proved",
        "within rows",
    ),
    (NAMES, r"\{z + c\} = c + z", "proved", "braces that are closed are parentheses"),
    # \over
    (NAMES, r"{1 \over 1 + e^{-z}} = \sigma(z)", "proved", ""),
    (NAMES, r"{1 \over 1 + e^z} = \sigma(z)", "refuted", "a sign"),
    (NAMES, r"c {z \over 2} = \frac{cz}{2}", "proved", "the braces end it"),
    (NAMES, r"e^{z \over 2} e^{z \over 2} = e^z", "proved", "in an exponent"),
    (NAMES, r"{{z \over 2} \over c} = \frac{z}{2c}", "proved", "one in another"),
    (NAMES, r"z \over c = 1", "unreadable", "nothing says how far it reaches"),
    # rows and columns
    (NAMES, r"(Wu)_i = W_{i:} u", "proved", ""),
    (NAMES, r"(Wu)_i = W_{i,:} u", "proved", ""),
    (NAMES, r"(Wu)_i = W_{i\cdot} u", "proved", ""),
    (NAMES, r"(Wu)_i = -W_{i*} u", "refuted", ""),
    (NAMES, r"Wu = \sum_j W_{:,j} u_j", "proved", "a combination of columns"),
    (NAMES, r"Wu = \sum_j W_{:j} u_j", "proved", ""),
    (NAMES, r"Wu = \sum_j W_{j,:} u_j", "misshapen", "W has k rows, and u n entries"),
    (NAMES, r"AB = \sum_j A_{:,j} B_{j,:}", "proved", "columns times rows"),
    (NAMES, r"AB = \sum_j A_{:,j} B_{:,j}^T", "refuted", "A B^T"),
    (NAMES, r"AB = \sum_j A_{j,:} B_{:,j}", "misshapen", "a number, and a matrix"),
    (NAMES, r"A_{:,1} = (A_{1,:})^T", "refuted", "unless A is symmetric"),
    (NAMES, r"A_{i,:}^T u = 1", "misshapen", "a row lies"),
    (NAMES, r"u_{:,j} = 1", "unreadable", "a vector has no columns"),
    (NAMES, r"\frac{\partial \sum_i W_{i,:} u}{\partial W_{j,:}} = u^T", "proved", "shaped like the row"),
    (NAMES, r"\frac{\partial \sum_i W_{i,:} u}{\partial W_{j,:}} = u", "misshapen", ""),
    # inner products
    (NAMES, r"\langle u, v \rangle = \sum_i u_i v_i", "proved", ""),
    (NAMES, r"\left\langle u, v \right\rangle = -u^T v", "refuted", ""),
    (NAMES, r"\langle u, v \rangle = u v^T", "misshapen", ""),
    (NAMES, r"⟨u, u⟩ = \|u\|^2", "proved", ""),
    (NAMES, r"\langle A, B \rangle = \operatorname{tr}(A^T B)", "proved", "of two matrices"),
    (NAMES, r"\langle A, B \rangle = \operatorname{tr}(A B)", "refuted", ""),
    (NAMES, r"\langle Au, v \rangle = \langle u, A^T v \rangle", "proved", ""),
    (NAMES, r"\langle Au, v \rangle = \langle u, A v \rangle", "refuted", "unless A is symmetric"),
    (NAMES, r"\langle W, b \rangle = 1", "misshapen", "two of one shape"),
    (NAMES, r"\langle u \rangle = 1", "unreadable", "a mean, maybe"),
    # entrywise powers
    (NAMES, r"u^{\odot 2} = u \odot u", "proved", ""),
    (NAMES, r"u^{\circ 3} = u \odot u", "refuted", ""),
    (NAMES, r"A^{\odot 2} = A \odot A", "proved", ""),
    (NAMES, r"A^{\odot 2} = AA", "refuted", ""),
    (NAMES, r"(u - v)^{\odot 2} = u \odot u - 2 u \odot v + v \odot v", "proved", ""),
    # all that stands above the bar
    (NAMES, r"\frac{\partial -\log z}{\partial z} = -\frac{1}{z}", "proved", ""),
    (NAMES, r"\frac{\partial -\log z}{\partial z} = \frac{1}{z}", "refuted", "a lost minus"),
    (NAMES, r"\frac{\partial z^2 + c}{\partial z} = 2z", "proved", ""),
    (NAMES, r"\frac{\partial z^2 - cz}{\partial z} = 2z + c", "refuted", ""),
    (NAMES, r"\frac{\partial Wu + b}{\partial u} = W", "proved", ""),
    (NAMES, r"\frac{\partial u \odot v}{\partial u} = \operatorname{diag}(v)", "proved", ""),
    (NAMES, r"\frac{\partial z + \partial c}{\partial z} = 1", "unreadable", "two marks"),
    # the identity by its entries, and the trace as a word
    (NAMES, rf"{JACOBIAN} = I_{{ij}}", "proved", ""),
    (NAMES, rf"{JACOBIAN} = 1 - I_{{ij}}", "refuted", ""),
    (NAMES, r"\sum_j I_{ij} u_j = u_i", "proved", ""),
    (NAMES, r"\operatorname{trace}(AB) = \text{trace}(BA)", "proved", ""),
    (NAMES, r"\operatorname{trace}(AB) = \operatorname{trace}(A) \operatorname{trace}(B)", "refuted", ""),
    # the softmax of a matrix
    (BATCH, r"\sum_j \operatorname{softmax}(X)_{ij} = 1", "undecided", "of its rows, or of its columns"),
    (ROWS_OF, r"\sum_j \operatorname{softmax}(X)_{ij} = 1", "proved", ""),
    (ROWS_OF, r"\sum_i \operatorname{softmax}(X)_{ij} = 1", "refuted", ""),
    (COLUMNS_OF, r"\sum_i \operatorname{softmax}(X)_{ij} = 1", "proved", ""),
    (COLUMNS_OF, r"\sum_j \operatorname{softmax}(X)_{ij} = 1", "refuted", ""),
    (ROWS_OF, r"\operatorname{softmax}(X)_{i,:} = \operatorname{softmax}(X_{i,:})", "proved", ""),
    (ROWS_OF, rf"{LOSS} = \operatorname{{softmax}}(X) - Y", "proved", ""),
    (ROWS_OF, rf"{LOSS} = Y - \operatorname{{softmax}}(X)", "refuted", "turned round"),
    # any small letter says which vector of a family is meant
    (WORDS, rf"{WORD} = (\hat y_w - y_w) v", "proved", ""),
    (WORDS, rf"(\hat y_w - y_w) v = {WORD}", "proved", "also where the family stands on the right alone"),
    (WORDS, rf"{WORD} = \hat y_w v", "refuted", "only for the other words"),
    (WORDS, rf"{WORD} = \hat y_w v \text{{ for }} w \ne o", "proved", ""),
    (WORDS, rf"{WORD} = (\hat y_w - 1) v \quad w = o", "proved", ""),
    (NAMES, r"u_w = 1", "unreadable", "beside no family, w is no index"),
]


@pytest.mark.parametrize(("context", "formula", "expected", "why"), ROWS)
def test_verdicts(context: Mapping[str, object], formula: str, expected: str, why: str) -> None:
    found = [word(each.verdict) for each in verify.check(f"$${formula}$$", context)]
    assert found == expected.split(), why


def test_a_reading_that_is_not_literal_is_listed() -> None:
    (row,) = verify.check(r"$$(Wu)_i = W_{i,:} u$$", NAMES)
    assert "W with the subscript : is a row of it, 1 x n" in row.assumed
    (above,) = verify.check(r"$$\frac{\partial Wu + b}{\partial u} = W$$", NAMES)
    assert "all that stands above the bar is derived" in above.assumed


@pytest.mark.parametrize(
    ("written", "usual"),
    [
        (r"{a \over b}", r"{\frac{a}{b}}"),
        (r"x^{a \over {b \over c}}", r"x^{\frac{a}{{\frac{b}{c}}}}"),
        (r"a \over b", r"a\overb"),
        (r"W_{i,:} \cdot x", r"W_{i,:}\cdotx"),
        (r"W_{a \cdot b}", r"W_{a\cdotb}"),
    ],
)
def test_tokens(written: str, usual: str) -> None:
    assert "".join(token.text for token in tokenize(written)) == usual


def test_only_a_sign_at_an_end_of_a_subscript_stands_for_all_values() -> None:
    kinds = [token.kind for token in tokenize(r"W_{i\cdot}") if token.text == ALL]
    assert kinds == [Kind.WORD]
    assert not [token for token in tokenize(r"W_{a \cdot b}") if token.text == ALL]


def test_a_second_bar_in_the_same_braces_is_refused() -> None:
    with pytest.raises(ReadError, match=r"a second \\over in the same braces") as caught:
        tokenize(r"{a \over b \over c}")
    assert caught.value.offset == 11


def test_a_row_is_never_a_definition() -> None:
    assert name("W").key == "W"
    (judgment,) = verify.check(r"$$M_{i,:} = u^T$$", NAMES)
    assert word(judgment.verdict) == "unreadable"


@pytest.mark.parametrize("many", [3000])
def test_what_is_never_closed_takes_no_time(many: int) -> None:
    tokenize(r"\{\begin{array}{ll}" * many)
    tokenize("W_{i:" * many)
