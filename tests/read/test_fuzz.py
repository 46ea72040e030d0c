"""The reader takes anything: steps or a ReadError with a place, in bounded time, and nothing else ever."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.read.reading import CONTEXT
from tests.read.test_notations import REFUSED, ROWS
from verify.language import Link, Unreadable, latex
from verify.read import Context, Document, ReadError, decode, read, read_context

EXAMPLES = Path(__file__).parent.parent.parent / "docs" / "examples"
WRITE_UP = (EXAMPLES / "neural-networks.md").read_text(encoding="utf-8")
ITS_CONTEXT = read_context((EXAMPLES / "neural-networks.toml").read_text(encoding="utf-8"))
NAMES = read_context(CONTEXT)

_SIGNS = r"_ ^ { } ( ) [ ] \{ \} & \\ = < \le \in := + - \cdot \odot / * , . ; ' % ~ ∂ σ ½ ŷ 0 1 2 12"
_COMMANDS = (
    r"\frac \partial \sum \prod \max \tag{1} \quad \Rightarrow \left \right \tanh \log \exp "
    r"\begin{aligned} \end{aligned} \begin{bmatrix} \end{bmatrix} \begin{cases} \text{if} \text{and} \boxed{ "
    r"\lim \lim_{z\to\infty} \xrightarrow{n\to\infty} \underset{z\to\infty}{\to} W_n(\cdots(W_1x)\cdots) W_l f_{l-1} "
    r"\Vert \sqrt \cdots \infty \nabla \underbrace{ \operatorname{softmax} \mathbf \hat \hat{y} "
    r"\mathbb{R} \mathrm{d} \top \prime \delta \sigma"
)
_NEWER = (
    r"\sum_{ \sum_{j\ne{}i} \sum_{\substack{ \sum_{w\in{}V} \min \mathbf{1}[i=j] \mathbb{1}\{ \begin{cases} "
    r"\end{cases} \text{otherwise} \text{where} \text{if$i=j$} \nabla_x \nabla^2 \partial_W \partial^2 "
    r"\frac{\partial^2{}z}{\partial{}z^2} \dots \vdots u_1+\cdots+u_n (u_1,\dots,u_n)^T u_1u_2\cdots{}u_n | || \| "
    r"\begin{bmatrix}u_1\\\vdots\\u_n\end{bmatrix} (1+z)' \otimes \ne \approx \equiv \to i=k (z>0) n\ge2 "
    r"\overset{(1)}{=} \stackrel{!}{=} \cancel{ ŷ ² ᵢ ₁₂ ᵀ ≤ ⊗ [i=j] [i\ne{}k] \left. \right|"
)
_LETTERS = "W x b J y z c u A f e d i j k T softmax"
PIECES = [*_SIGNS.split(), *_COMMANDS.split(), *_NEWER.split(), *_LETTERS.split()]

ALL_NAMES = read_context(
    r"""
[names]
u = "n"
v = "n"
A = "n x n"
W = "m x d"
x = "d"
b = "m"
J = "function of y"
z = "scalar"
c = "scalar"
o = "index n"
f = "elementwise function"
'\hat y' = "n"
[definitions]
y = "W x + b"
"""
)
SETTINGS = settings(max_examples=150, derandomize=True, deadline=None, database=None)
# Processor time; measuring coverage makes it several times longer.
SECONDS = 120.0


def check_of(text: str, context: Context) -> Document:
    """Read a text: each display has a step, each unreadable one a place in the text."""
    started = time.process_time()
    document = read(text, "hw.md", context)
    assert time.process_time() - started < SECONDS
    assert len(document.steps) >= document.displays
    lines = text.split("\n")
    for step in document.steps:
        assert 1 <= step.at.line <= len(lines)
        match step.meaning:
            case Unreadable() as verdict:
                assert 1 <= verdict.line <= len(lines)
                assert 1 <= verdict.column <= len(lines[verdict.line - 1]) + 1
                assert verdict.says
                assert len(step.readings) <= 12
            case Link() as link:
                assert latex(link.left)
            case _:
                pass
    return document


def assert_placed(error: ReadError) -> None:
    assert error.source is not None
    assert min(error.line, error.column) >= 1


@SETTINGS
@given(st.binary(max_size=300))
def test_random_bytes(data: bytes) -> None:
    try:
        check_of(decode(data, "hw.md"), NAMES)
    except ReadError as error:
        assert_placed(error)


@SETTINGS
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_random_tokens(pieces: list[str]) -> None:
    check_of(f"$${' '.join(pieces)}$$", NAMES)


@SETTINGS
@given(
    st.lists(st.lists(st.sampled_from([*PIECES, "$", "$$", "\n", "\n\n", "`", "# A", "Q1.5"]), max_size=30), max_size=6)
)
def test_random_documents(lines: list[list[str]]) -> None:
    check_of("\n".join(" ".join(line) for line in lines), NAMES)


@SETTINGS
@given(st.integers(0, len(WRITE_UP)), st.integers(0, len(WRITE_UP)))
def test_pieces_of_a_write_up(start: int, end: int) -> None:
    check_of(WRITE_UP[min(start, end) : max(start, end)], ITS_CONTEXT)


@SETTINGS
@given(st.integers(0, len(WRITE_UP) - 1), st.sampled_from([*PIECES, "$", "", "\n"]))
def test_a_write_up_with_one_thing_changed(at: int, piece: str) -> None:
    check_of(WRITE_UP[:at] + piece + WRITE_UP[at + 1 :], ITS_CONTEXT)


FORMULAS = [*(text for text, _, _ in ROWS), *(text for text, _, _ in REFUSED)]
BETWEEN = [
    "+",
    "-",
    "=",
    r"\cdot",
    " ",
    r"\odot",
    r"\Rightarrow",
    r", \quad ",
    r"\\ &=",
    r"\text{ where }",
    r"\text{ if }",
]
MIXED = st.lists(
    st.tuples(st.sampled_from(FORMULAS), st.sampled_from([*BETWEEN, "<", r"\in", "/", "^", "_", r"\quad ("])),
    min_size=1,
    max_size=4,
)


@SETTINGS
@given(MIXED, st.integers(0, 80), st.sampled_from(["", *PIECES]), st.booleans())
def test_notations_mixed_and_garbled(parts: list[tuple[str, str]], at: int, piece: str, named: bool) -> None:
    """Every notation beside every other, with one thing put in; with names that are declared, and without any."""
    text = " ".join(f"{formula} {sign}" for formula, sign in parts)
    text = text[: at % (len(text) + 1)] + piece + text[at % (len(text) + 1) :]
    check_of(f"$${text}$$", ALL_NAMES if named else Context())


@settings(max_examples=60, derandomize=True, deadline=None, database=None)
@given(st.text(max_size=200))
def test_random_text_in_a_display(text: str) -> None:
    try:
        check_of(f"$${text}$$", NAMES)
    except ReadError as error:
        assert_placed(error)


@pytest.mark.parametrize(
    "formula",
    [
        "(" * 20_000,
        "z = " + "{" * 19_000,
        "z = " + r"\frac{1}{" * 3_000,
        "z = " + "x^{" * 5_000,
        "z = " + r"\sum_i " * 4_000 + "u_i",
        "z = " + "[" * 40 + "u_i" + "]_i" * 40,
        "z = " + r"\log " * 9_000 + "z",
        "z = " + r"\frac{d}{dz} " * 2_000 + "z",
        "z = " + "9^{9^{9^9}}",
        "=" * 19_000,
        "z=" * 9_000 + "z",
        "z, " * 9_000 + "= z",
        r"z = z \quad " * 4_000,
        r"z &= z \\ " * 4_000,
        r"\begin{aligned}" * 2_000,
        "z = " + "z + " * 9_000 + "z",
        "z = " + "z " * 9_000,
        "a" * 19_000,
        "{" * 9_000 + "}" * 9_000,
        r"\boxed{" * 2_000 + "z" + "}" * 2_000,
        r"\underbrace{" * 3_000,
        "z_{" * 6_000,
        "u_" * 9_000,
        "-" * 19_000,
        r"z = z \to " * 4_000 + "z = z",
        r"\begin{array}{c} " * 1_500,
        r"u_i \sum_i u_i = " * 1_000 + "z",
        "[0]_i = " * 2_000 + "u",
        r"\mathbf{1} = " * 1_500 + "u",
    ],
    ids=lambda formula: formula[:24],
)
def test_bombs(formula: str) -> None:
    check_of(f"$${formula}$$", NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "$" * 20_001,
        "$$" + "\n" * 5_000,
        "`" * 20_000,
        "<!--" * 5_000,
        "$$z=z$$\n\n" * 2_000,
        "# A\n" * 5_000 + "$$z$$",
        "~~~\n" * 5_001,
        "\n".join(f"$$s_{{{number}}} = z$$" for number in range(3_000)),
        "\n".join(f"# A\n$$s_{{{number}}} = z$$" for number in range(1_500)),
    ],
    ids=lambda text: text[:12],
)
def test_long_documents(text: str) -> None:
    check_of(text, NAMES)
