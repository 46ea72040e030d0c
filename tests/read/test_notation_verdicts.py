r"""Notations through the whole check: what is right is proved, and each has a wrong neighbor that is caught.

The identities are worked out by hand. (sum u)^2 = sum u_i^2 + 2 sum_{i<j} u_i u_j, since each pair stands twice in the
square; sum_{i<j} (u_i - u_j)^2 = n sum u_i^2 - (sum u)^2 follows from it.
"""

from collections.abc import Mapping

import pytest

import verify
from verify.language import word

TENSORS: Mapping[str, object] = {"names": {"u": "n", "v": "n", "A": "n x n", "z": "scalar", "c": "scalar"}}
ZERO: Mapping[str, object] = {
    "names": {"u": "n", "v": "n", "A": "n x m", "w": "m", "i": "index n from 0", "c": "scalar"}
}
LAYERS: Mapping[str, object] = {
    "names": {"W": "n_l x n_{l-1} for l", "b": "n_l for l", "x": "n_0", "l": "index L"},
    "definitions": {"f_l": "W_l f_{l-1} + b_l", "f_0": "x"},
}
EQUAL_WIDTHS: Mapping[str, object] = {
    "names": {"W": "d x d for l", "b": "d for l", "x": "d", "l": "index L"},
    "definitions": {"f_l": "W_l f_{l-1} + b_l", "f_0": "x"},
}
RANDOM: Mapping[str, object] = {
    "names": {
        "w": "random independent n with mean 0, variance s",
        "x": "random independent n with mean 0, variance t",
        "W": "random independent k x n with mean 0, variance s",
        "s": "positive scalar",
        "t": "positive scalar",
    }
}
PRIMES: Mapping[str, object] = {**TENSORS, "prime": "transpose"}
DEEP: Mapping[str, object] = {
    "names": {"W": "n_l x n_{l-1} for l", "b": "n_l for l", "x": "n_0", "n": "dimension"},
    "definitions": {"f_l": r"\sigma(W_l f_{l-1} + b_l)", "f_0": "x"},
    "given": [r"n \ge 2"],
}
DROPOUT: Mapping[str, object] = {
    "names": {"r": "random independent n with mean q", "x": "n", "q": "positive scalar"},
    "definitions": {"h": r"\frac{1}{q} r \odot x"},
}
RIDGE: Mapping[str, object] = {
    "names": {"X": "n x d", "w": "d", "y": "n", "c": "positive scalar"},
    "definitions": {"L": r"\|X w - y\|^2 + c \|w\|^2"},
}
TIMES: Mapping[str, object] = {
    "names": {"W": "p x p", "U": "p x d", "x": "d for t", "s": "p", "T": "dimension", "t": "index T"},
    "definitions": {"h_t": r"\tanh(W h_{t-1} + U x_t)", "h_0": "s"},
}
UNLIKE: Mapping[str, object] = {"names": {"w": "random independent n", "x": "random independent n"}}

SQUARES = r"n \sum_i u_i^2 - (\sum_i u_i)^2"
PAIRS = r"\frac{1}{2} \left((\sum_i u_i)^2 - \sum_i u_i^2\right)"
WITH_EQUAL = r"\frac{1}{2} \left((\sum_i u_i)^2 + \sum_i u_i^2\right)"

ROWS: list[tuple[Mapping[str, object], str, list[str], str]] = [
    # pairs
    (TENSORS, rf"\sum_{{i<j}} (u_i - u_j)^2 = {SQUARES}", ["proved"], "each pair once"),
    (TENSORS, r"\sum_{i<j} (u_i - u_j)^2 = n \sum_i u_i^2 + (\sum_i u_i)^2", ["refuted"], "a wrong sign"),
    (TENSORS, rf"\sum_{{1 \le i < j \le n}} (u_i - u_j)^2 = {SQUARES}", ["proved"], "with both bounds"),
    (TENSORS, rf"\sum_{{n \ge j > i \ge 1}} (u_i - u_j)^2 = {SQUARES}", ["proved"], "turned round"),
    (TENSORS, rf"\sum_{{i \le j}} u_i u_j = {WITH_EQUAL}", ["proved"], "with the squares"),
    (TENSORS, rf"\sum_{{i \le j}} u_i u_j = {PAIRS}", ["refuted"], "without them"),
    (TENSORS, rf"\sum_{{i=1}}^n \sum_{{j=1}}^{{i-1}} u_i u_j = {PAIRS}", ["proved"], "as two sums"),
    (TENSORS, rf"\sum_{{i=1}}^n \sum_{{j=1}}^{{i}} u_i u_j = {PAIRS}", ["refuted"], "one too far"),
    (TENSORS, rf"\sum_{{i=1}}^n \sum_{{j=1}}^{{i}} u_i u_j = {WITH_EQUAL}", ["proved"], "which has the squares"),
    (TENSORS, rf"\sum_{{i=2}}^n \sum_{{j=1}}^{{i-1}} u_i u_j = {PAIRS}", ["proved"], "the first has none before it"),
    (TENSORS, rf"\sum_{{i=1}}^{{n-1}} \sum_{{j=i+1}}^n u_i u_j = {PAIRS}", ["proved"], "the last has none after it"),
    (TENSORS, rf"\sum_{{i=1}}^n \sum_{{j=i}}^n u_i u_j = {PAIRS}", ["refuted"], "from itself on"),
    (TENSORS, rf"\sum_i \sum_{{j>i}} u_i u_j = {PAIRS}", ["proved"], "a condition within"),
    (TENSORS, r"(\sum_i u_i)^2 = \sum_i u_i^2 + 2 \sum_{i<j} u_i u_j", ["proved"], "the square of a sum"),
    (TENSORS, r"(\sum_i u_i)^2 = \sum_i u_i^2 + \sum_{i<j} u_i u_j", ["refuted"], "each pair stands twice in it"),
    (TENSORS, r"\sum_{i<j} A_{ij} = \sum_{i>j} A_{ij}", ["refuted"], "above and below the diagonal"),
    (TENSORS, r"\sum_{i=1}^n \sum_{j=1}^i A_{ij} = \sum_{j=1}^n \sum_{i=j}^n A_{ij}", ["undecided"], "true, unproved"),
    (TENSORS, r"\sum_{i=1}^n \sum_{j=1}^i A_{ij} = \sum_{j=1}^n \sum_{i=1}^j A_{ij}", ["refuted"], "the other half"),
    (TENSORS, r"\sum_{i=1}^n \sum_{j=1}^i u_j = \sum_{j=1}^n (n - j + 1) u_j", ["undecided"], "true, unproved"),
    (TENSORS, r"\sum_{i=1}^n \sum_{j=1}^i u_j = \sum_{j=1}^n (n - j) u_j", ["refuted"], "one too few"),
    (TENSORS, r"\sum_{i<j<k} u_i u_j u_k = 0", ["refuted"], "three in order"),
    (TENSORS, r"\sum_{j<i} A_{ij} = u_i", ["undecided"], "whether i is bound is not clear"),
    (TENSORS, r"\sum_{i=1}^n \sum_{k=i+1}^n u_k = \sum_k u_k", ["refuted"], "later ones alone"),
    # counted from 0
    (ZERO, r"\sum_{i=0}^{n-1} u_i v_i = u^T v", ["proved"], "all entries"),
    (ZERO, r"\sum_{k=0}^{n-1} u_k v_k = u^T v", ["proved"], "another letter over the same"),
    (ZERO, r"\sum_{i=1}^{n-1} u_i = \sum_i u_i - u_0", ["proved"], "but the first"),
    (ZERO, r"\sum_{i=1}^{n-1} u_i = \sum_i u_i - u_1", ["refuted"], "the first is u_0"),
    (ZERO, r"\sum_{i=1}^n u_i = \sum_i u_i", ["misshapen"], "u_n is no entry"),
    (ZERO, r"\sum_{i=0}^n u_i = \sum_i u_i", ["misshapen"], "nor here"),
    (ZERO, r"\sum_{0 \le i < n} u_i = \sum_i u_i", ["proved"], "less than n"),
    (ZERO, r"\sum_{i > 0} u_i = \sum_i u_i - u_0", ["proved"], "after the first"),
    (ZERO, r"\sum_{i > 1} u_i = \sum_i u_i - u_0", ["refuted"], "two are left out"),
    (ZERO, r"\sum_{i=0}^{n-1} i = \frac{n(n-1)}{2}", ["proved"], "the index as a number"),
    (ZERO, r"\sum_{i=0}^{n-1} i = \frac{n(n+1)}{2}", ["refuted"], "which runs to n - 1"),
    (ZERO, r"\sum_{i=0}^{n-1} (i + 1) u_i = \sum_i i u_i + \sum_i u_i", ["proved"], "beside entries"),
    (ZERO, r"\sum_{j=1}^m A_{0j} w_j = (A w)_0", ["proved"], "another axis counts from 1"),
    (ZERO, r"\sum_{j=0}^{m-1} A_{0j} w_j = (A w)_0", ["unreadable"], "and not from 0"),
    (ZERO, r"\frac{\partial u_i}{\partial u_0} = \delta_{i0}", ["proved"], "a number in a delta"),
    (ZERO, r"\frac{\partial u_i}{\partial u_0} = \delta_{i1}", ["refuted"], "another one"),
    (ZERO, r"\frac{\partial u_i}{\partial u_0} = \mathbf{1}[i = 0]", ["proved"], "in a condition"),
    (ZERO, r"u_1 + \cdots + u_n = \sum_i u_i", ["unreadable"], "dots from 1"),
    (ZERO, rf"\sum_{{i=0}}^{{n-1}} \sum_{{j=0}}^{{i-1}} (u_i - u_j)^2 = {SQUARES}", ["proved"], "pairs"),
    (TENSORS, r"\sum_{i=0}^{n-1} u_i = \sum_i u_i", ["unreadable"], "nobody said that u has an entry 0"),
    (TENSORS, r"\sum_{i=0}^{n-1} i = \frac{n(n-1)}{2}", ["proved"], "a number needs no axis"),
    (TENSORS, r"\sum_{i=0}^{n-1} i = \frac{n(n+1)}{2}", ["refuted"], "one too far"),
    (TENSORS, r"\sum_{i=0}^{n} i = \frac{n(n-1)}{2}", ["refuted"], "one too few"),
    # products
    (TENSORS, r"\prod_i u_i v_i = \prod_i u_i \prod_i v_i", ["proved"], "a product ends where another begins"),
    (TENSORS, r"\prod_i u_i v_i = \prod_i u_i \cdot \prod_j v_j", ["proved"], "with a sign between them"),
    (TENSORS, r"\prod_i u_i v_i = \prod_i u_i \prod_i v_i^2", ["refuted"], "a square too many"),
    (TENSORS, r"\prod_{i=1}^n c u_i = c^n \prod_{i=1}^n u_i", ["proved"], "a factor before the index"),
    (TENSORS, r"\prod_{i=1}^n c u_i = c \prod_{i=1}^n u_i", ["refuted"], "which stands in each"),
    (TENSORS, r"\prod_{i=1}^n u_i c = c^n \prod_{i=1}^n u_i", ["undecided"], "a factor behind it: which is meant?"),
    (TENSORS, r"\prod_i e^{u_i} = e^{\sum_i u_i}", ["proved"], "exponents add"),
    (TENSORS, r"\prod_i e^{u_i} = \sum_i e^{u_i}", ["refuted"], "and the values do not"),
    # cases
    (
        TENSORS,
        r"\frac{\partial u_i}{\partial u_k} = \begin{cases} 1 & i = k \\ 0 & i < k \\ 0 & i > k \end{cases}",
        ["proved"],
        "three cases",
    ),
    (
        TENSORS,
        r"\frac{\partial \sigma(u_i)}{\partial u_k} = \begin{cases} \sigma(u_i) & i = k \\ 0 & i \ne k \end{cases}",
        ["refuted"],
        "a wrong value",
    ),
    # at a point
    (TENSORS, r"\left.\sigma'(z)\right|_{z=0} = \frac{1}{4}", ["proved"], "the slope at 0"),
    (TENSORS, r"\sigma'(z)|_{z=0} = \frac{1}{2}", ["refuted"], "which is the value"),
    (TENSORS, r"\left.\frac{d\sigma}{dz}\right|_{z=0} = \frac{1}{4}", ["proved"], "as a quotient"),
    (TENSORS, r"\frac{d}{dz} (z^3 + c z) \Big|_{z=2} = 12 + c", ["proved"], "derived before"),
    (TENSORS, r"\frac{d}{dz} (z^3 + c z) \Big|_{z=2} = 12", ["refuted"], "a term is lost"),
    (TENSORS, r"\frac{d^2}{dz^2} z^3 \bigg\rvert_{z=2} = 12", ["proved"], "twice"),
    (TENSORS, r"\frac{\partial z^2 c}{\partial c}|_{z=3} = 9", ["proved"], "by another variable"),
    (TENSORS, r"\left. z^2 + z \right|_{z=0} = 0", ["undecided"], "how much is meant is not to be seen"),
    (TENSORS, r"\sigma(0) + \sigma'(z)|_{z=0} c = \frac{1}{2} + \frac{c}{4}", ["proved"], "beside other terms"),
    # functions without an argument
    (TENSORS, r"\tanh \in (-1, 1)", ["proved"], "an interval"),
    (TENSORS, r"\sigma \in (0, \frac{1}{2})", ["refuted"], "another"),
    (TENSORS, r"0 < \sigma < 1", ["proved", "proved"], "inequalities"),
    (TENSORS, r"\sigma' \le \frac{1}{4}", ["proved"], "of the derivative"),
    (TENSORS, r"\sigma' < \frac{1}{4}", ["refuted"], "which is attained"),
    (TENSORS, r"\sigma' = \sigma(1 - \sigma) = \sigma - \sigma^2", ["proved", "proved"], "an equation"),
    (TENSORS, r"\sigma' = \sigma(1 + \sigma)", ["refuted"], "a wrong sign"),
    (TENSORS, r"\tanh' = 1 - \tanh^2", ["proved"], "with a square"),
    (TENSORS, r"\sigma' = \sigma(z)(1 - \sigma(z))", ["undecided"], "the derivative at what?"),
    # variances
    (RANDOM, r"\mathrm{Var}(w^T x) = n \mathrm{Var}(w) \mathrm{Var}(x)", ["proved"], "that of each entry"),
    (RANDOM, r"\mathrm{Var}(w^T x) = n^2 \mathrm{Var}(w) \mathrm{Var}(x)", ["refuted"], "a wrong power"),
    (RANDOM, r"\mathrm{Var}((W x)_i) = n \mathrm{Var}(W) \mathrm{Var}(x)", ["proved"], "of a matrix"),
    (RANDOM, r"\mathrm{Var}(w) = \mathrm{Var}(x)", ["refuted"], "of two"),
    (UNLIKE, r"\mathrm{Var}(w^T x) = n \mathrm{Var}(w) \mathrm{Var}(x)", ["undecided"], "entries that may differ"),
    # layers
    (
        LAYERS,
        r"f_L = \left[\sum_{i=1}^L W_i\right] x + \sum_{j=1}^L \left(\sum_{k=j+1}^L W_k\right) b_j",
        ["misshapen"],
        "of many shapes",
    ),
    (
        EQUAL_WIDTHS,
        r"f_L = \left[\sum_{i=1}^L W_i\right] x + \sum_{j=1}^L \left(\sum_{k=j+1}^L W_k\right) b_j",
        ["refuted"],
        "of one",
    ),
    # expectations, where something is random
    (DROPOUT, r"\mathbb{E}[h] = x", ["proved"], "of a vector, entry by entry"),
    (DROPOUT, r"\mathbb{E}[r \odot x] = x", ["refuted"], "the factor is lost"),
    (DROPOUT, r"E[h_i] = x_i", ["proved"], "a plain letter"),
    (RANDOM, r"\operatorname{Var}(w_i x_i) = E[w_i^2 x_i^2] - E[w_i x_i]^2 = s t", ["proved", "proved"], "a variance"),
    (RANDOM, r"\mathbb{E}[(w^T x)^2] = s t", ["refuted"], "there are n terms"),
    (TENSORS, r"\mathbb{E}[u] = u", ["unreadable"], "nothing is random"),
    # a derivative that is set to 0 before an arrow is a condition, and is not refuted
    (RIDGE, r"\nabla_w L = 0 \Rightarrow w = (X^T X + c I)^{-1} X^T y", ["stated", "undecided"], "a condition"),
    (
        RIDGE,
        r"\nabla_w L = 2 X^T (X w - y) + 2 c w = 0 \implies (X^T X + c I) w = X^T y",
        ["proved", "stated", "undecided"],
        "at the end of a chain",
    ),
    (
        RIDGE,
        r"\nabla_w L = 2 X^T (X w - y) + c w = 0 \implies (X^T X + c I) w = X^T y",
        ["refuted", "stated", "undecided"],
        "of which a link is wrong",
    ),
    (RIDGE, r"\nabla_w L = 0", ["refuted"], "alone it is a claim"),
    (RIDGE, r"X w = 0 \Rightarrow w = 0", ["refuted", "undecided"], "no derivative"),
    # an arrow in both directions asserts neither side, and defines nothing that is known
    (RIDGE, r"\nabla_w L = 0 \iff (X^T X + c I) w = X^T y", ["stated", "undecided"], "set to 0"),
    (TENSORS, r"u = v \Leftrightarrow u \odot u = v \odot v", ["stated", "undecided"], "true in one direction"),
    (TENSORS, r"u + v = 0 \Leftrightarrow v = -u", ["stated", "undecided"], "a sum"),
    (TENSORS, r"q = u + v \iff q - u = v", ["stated", "proved"], "a new name is defined"),
    (TENSORS, r"u = v \Leftrightarrow u + v = v + u", ["stated", "proved"], "what holds without it"),
    # a quotient of vectors may be meant entry by entry, however it is written
    (TENSORS, r"u / v = u", ["undecided"], "with a slash"),
    (TENSORS, r"\frac{u}{v} = u", ["undecided"], "with a bar"),
    (TENSORS, r"u / c = \frac{1}{c} u", ["proved"], "by a number"),
    # what is supposed before an arrow holds for what follows, and no longer
    (TENSORS, r"u = v \Rightarrow u \odot u = v \odot v", ["stated", "proved"], "supposed"),
    (TENSORS, r"u + v = A u \Rightarrow v = A u - u", ["refuted", "undecided"], "what follows defines nothing"),
    # a level that is written t
    (
        TIMES,
        r"\frac{\partial h_t}{\partial h_{t-1}} = \operatorname{diag}(1 - h_t^2) W",
        ["proved"],
        "a step in time",
    ),
    (
        TIMES,
        r"\frac{\partial h_t}{\partial h_{t-1}} = W \operatorname{diag}(1 - h_t^2)",
        ["refuted"],
        "turned round",
    ),
    # a prime that transposes, where the context says so
    (PRIMES, r"(AA)' = A'A'", ["proved"], "a transpose"),
    (PRIMES, r"(AA)' = AA", ["refuted"], "and no name"),
    (PRIMES, r"u'v = v'u", ["proved"], "of vectors"),
    (PRIMES, r"A'_{ij} = A_{ji}", ["proved"], "an entry of the transpose"),
    (PRIMES, r"A'_{ij} = A_{ij}", ["refuted"], "and not of the matrix"),
    (PRIMES, r"\sigma'(z) = \sigma(z)(1 - \sigma(z))", ["proved"], "a function is derived all the same"),
    (TENSORS, r"(AA)' = A'A'", ["unreadable"], "the context says nothing"),
    # a depth that is at least 2
    (DEEP, r"f_n = \sigma(W_n f_{n-1} + b_n)", ["proved"], "true at every depth"),
    (
        DEEP,
        r"\frac{\partial f_n}{\partial f_{n-2}}"
        r" = \frac{\partial f_n}{\partial f_{n-1}} \frac{\partial f_{n-1}}{\partial f_{n-2}}",
        ["proved"],
        "there is an f_{n-2}",
    ),
    (
        DEEP,
        r"\frac{\partial f_n}{\partial f_{n-2}}"
        r" = \frac{\partial f_{n-1}}{\partial f_{n-2}} \frac{\partial f_n}{\partial f_{n-1}}",
        ["misshapen"],
        "turned round",
    ),
    (LAYERS, r"f_L = W_L \cdots W_1 x + \sum_{j=1}^L W_L \cdots W_{j+1} b_j", ["proved"], "what is meant"),
    (LAYERS, r"\left(\prod_{i=1}^L W_i\right) x = W_L \cdots W_1 x", ["proved"], "the one order that fits"),
    (EQUAL_WIDTHS, r"\left(\prod_{i=1}^L W_i\right) x = W_L \cdots W_1 x", ["undecided"], "two orders fit"),
]


@pytest.mark.parametrize(("context", "text", "expected", "why"), ROWS, ids=[text for _, text, _, _ in ROWS])
def test_verdicts(context: Mapping[str, object], text: str, expected: list[str], why: str) -> None:
    found = [word(each.verdict) for each in verify.check(f"$$ {text} $$", dict(context))]
    assert found == expected, why


def test_what_is_supposed_before_an_arrow_is_not_said_of_the_next_display() -> None:
    text = "$$ u = v \\Rightarrow u \\odot u = v \\odot v $$\n\n$$ u \\odot u = v \\odot v $$"
    found = [word(each.verdict) for each in verify.check(text, dict(TENSORS))]
    assert found == ["stated", "proved", "refuted"]


def test_what_is_defined_before_an_arrow_is_known_from_then_on() -> None:
    text = "$$ q = 2 u + v \\Rightarrow q - v = 2 u $$\n\n$$ q - 2 u = v $$"
    assert [word(each.verdict) for each in verify.check(text, dict(TENSORS))] == ["stated", "proved", "proved"]
