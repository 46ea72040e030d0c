"""Write-ups read as a whole, excerpts of noisy transcripts among them."""

import pytest

from tests.read.reading import outline, steps
from verify.language import Proved, Unreadable, word
from verify.read import ReadError, decode, judge, read, read_chain, read_context

# As transcribed: numbers stand in tags or lines of their own, one row begins with a minus for an equals sign.
SIGMOID = r"""
$$\frac{d\sigma(x)}{dx} = \frac{d}{dx} \frac{1}{1 + e^{-x}} \tag{6}$$

$$= (-1)\frac{1}{(1+e^{-x})^2} \frac{d}{dx} (1+e^{-x}) \tag{7}$$

$$= (-1)\frac{1}{(1+e^{-x})^2}(-e^{-x}) \tag{8}$$

$$=\frac{1+e^{-x}-1}{(1+e^{-x})^2} \tag{9}$$

$$-\frac{1}{1+e^{-x}} - \frac{1}{(1+e^{-x})^2} \tag{10}$$

$$= \frac{1}{1+e^{-x}} (1 - \frac{1}{1+e^{-x}})$$

$$= \sigma(x)(1 - \sigma(x))$$
(11)
"""

AFFINE = r"""
$$\frac{\partial J}{\partial W_{ij}} = \frac{\partial J}{\partial y_i} \frac{\partial y_i}{\partial W_{ij}}
= \delta_i x_j \tag{13}$$

$$\frac{\partial J}{\partial x_j} = \sum_{i=0}^k \frac{\partial J}{\partial y_i} \frac{\partial y_i}{\partial x_j}
= \delta_i \sum_{i=0}^k W_{ij}$$
(14)

$$\frac{\partial J}{\partial \mathbf{W}} = \delta \mathbf{x}^{T} \tag{16}$$

$$\frac{\partial J}{\partial \mathbf{h}} = \delta \tag{18}$$
"""

TANH = r"""
$$\sigma(x) = \frac{1}{1 + e^{-x}} \Rightarrow \sigma(2x) = \frac{1}{1 + e^{-2x}}
\Rightarrow 2\sigma(2x) = \frac{2}{1 + e^{-2x}}$$
$$\Rightarrow 2\sigma(2x) - 1 = \frac{2 - 1 - e^{-2x}}{1 + e^{-2x}} = \frac{1 - e^{-2x}}{1 + e^{-2x}} = \tanh(x)$$
(19)
"""

SHIFT = (
    r"$$softmax(x_i + c) = \frac{e^{x_i + c}}{\sum_j e^{x_j + c}} = \frac{e^{x_i} e^c}{\sum_j e^{x_j} e^c}"
    r" = \frac{e^{x_i} e^c}{(\sum_j e^{x_j}) e^c} = \frac{e^{x_i}}{\sum_j e^{x_j}} = softmax(x_i). \tag{1}$$"
)

SCALAR = '[names]\nx = "scalar"\n'
VECTOR = '[names]\nx = "n"\nc = "scalar"\n'


def verdicts(text: str, context: str) -> list[str]:
    return [word(each.verdict) for each in judge(read(text, "hw.txt", read_context(context)))]


def test_the_shift_of_softmax() -> None:
    assert verdicts(SHIFT, VECTOR) == ["proved"] * 5


def test_the_derivative_of_the_sigmoid() -> None:
    found = judge(read(SIGMOID, "hw.txt", read_context(SCALAR)))
    assert [word(each.verdict) for each in found] == ["proved"] * 4 + ["unreadable", "proved", "proved"]
    assert found[4].suggestion == (
        r"proved if read as \frac{1+e^{-x}-1}{(1+e^{-x})^2} = \frac{1}{1+e^{-x}} - \frac{1}{(1+e^{-x})^2}"
    )
    assert found[5].left == r"\frac{1+e^{-x}-1}{(1+e^{-x})^2}"


def test_the_affine_layer() -> None:
    context = """
        [names]
        W = "k x d"
        x = "d"
        b = "k"
        J = "function of y"
        [definitions]
        y = 'W x + b'
        '\\delta' = '\\frac{\\partial J}{\\partial y}'
    """
    found = judge(read(AFFINE, "hw.txt", read_context(context)))
    reasons = [getattr(each.verdict, "reason", word(each.verdict)) for each in found]
    assert reasons == ["proved", "proved", "index-range", "unbound-index", "proved", "unreadable"]
    assert found[4].layout == "mixed"


def test_the_stretched_sigmoid() -> None:
    assert verdicts(TANH, SCALAR) == ["proved"] * 6


def test_without_a_context_a_displayed_function_tells_its_variable() -> None:
    text = r"$$\sigma(x) = \frac{1}{1 + e^{-x}}$$ so $$\frac{d\sigma(x)}{dx} = \sigma(x)(1 - \sigma(x))$$"
    assert verdicts(text, "") == ["proved", "proved"]


def test_without_a_context_a_name_is_not_guessed() -> None:
    assert verdicts("$$W x = x^T W^T$$", "") == ["undecided"]


def test_every_display_yields_a_step() -> None:
    formulas = [
        "a",
        "=",
        "",
        r"\begin{x}",
        "z = z",
        "{",
        "z",
        "&&",
        r"\\",
        ",",
        r"\text{so}",
        r"\tag{1}",
        r"\Rightarrow",
    ]
    for formula in formulas:
        assert steps(f"$${formula}$$"), formula


def test_counts() -> None:
    document = read("# A\n$$a$$ and $x = 1$, `$$c$$` and $$b$$", "hw.md")
    assert (document.path, document.displays, document.inline) == ("hw.md", 3, 0)


@pytest.mark.parametrize(
    "formula", ["__import__('os')", r"\input{/etc/passwd}", "`rm -rf .`", "x.__class__", r"\write18{ls}", "lambda: 0"]
)
def test_names_cannot_inject(formula: str) -> None:
    """What looks like Python, a shell or TeX is a formula with unknown names."""
    assert verdicts(f"$${formula} = 0$$", "") == ["unreadable"]


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("a\nb\0", 2, 2, "a NUL character: this is no text"),
        ("a\ud800", 1, 2, "half of a surrogate pair: this is no text"),
    ],
)
def test_what_is_no_text(text: str, line: int, column: int, says: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(text, "hw.md")
    assert (caught.value.line, caught.value.column, caught.value.says) == (line, column, says)


def test_what_is_too_long() -> None:
    with pytest.raises(ReadError, match="a text of more than 10000000 characters"):
        read("a" * 10_000_001)


@pytest.mark.parametrize("text", ["", "Text alone.", "$x$", "```\n$$a$$\n```"])
def test_no_mathematics_is_no_error(text: str) -> None:
    assert read(text).steps == ()


def test_bytes() -> None:
    assert decode("\ufeffa\r\nβ".encode()) == "a\nβ"
    with pytest.raises(ReadError, match="this is not UTF-8: byte 0xff") as caught:
        decode(b"a\nb\xff", "hw.md")
    assert (caught.value.line, caught.value.column) == (2, 2)


def test_a_display_over_lines_ends_with_carriage_returns() -> None:
    assert outline("$$z\r\n= z$$\r\n") == ["z = z"]


def test_reading_is_the_same_twice() -> None:
    assert steps(AFFINE) == steps(AFFINE)
    assert isinstance(judge(read("$$1 = 1$$"))[0].verdict, Proved)


@pytest.mark.parametrize(
    ("latex", "expected", "why"),
    [
        ("1 = 1", ["1 = 1"], "bare"),
        ("$$1 = 1$$", ["1 = 1"], "between dollars"),
        (r"\[1 = 1\].", ["1 = 1"], "between brackets"),
        (r"\begin{align} 1 &= 1 \\ &= 1 \end{align}", ["1 = 1", "1 = 1"], "an environment"),
        ("$1 = 1$ and $2 = 2$", ["1 = 1", "2 = 2"], "two within a text"),
        (r"2 = 2 \text{ since $1 = 1$}", ["2 = 2", "1 = 1"], "a formula in a text is not all of it"),
        (r"a &= b \\[2pt] &= c", ["a = b", "b = c"], "a bracket after a row"),
        ("2 = 2 $1 = 1$", None, "dollars in the midst of a formula"),
        (r"\newcommand{\two}{2} \two = 2", ["2 = 2"], "with macros"),
        (r"\def\a{\a\a} \a = 2", None, "with a macro that has no end"),
    ],
)
def test_a_single_chain(latex: str, expected: list[str] | None, why: str) -> None:
    found = read_chain(latex).steps
    if expected is None:
        assert all(isinstance(step.meaning, Unreadable) for step in found), why
    else:
        assert [f"{step.left} {step.relation} {step.right}" for step in found] == expected, why
