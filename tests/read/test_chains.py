"""Chains over rows and displays, definitions, and what becomes of a side that cannot be read."""

import pytest

from tests.read.reading import CONTEXT, meaning, outline, steps
from verify.check import check
from verify.language import (
    Defined,
    Derivative,
    Entry,
    Interval,
    Link,
    Misshapen,
    Proved,
    Refuted,
    Relation,
    Stated,
    Undecided,
    Unreadable,
)
from verify.read.judge import judge_step
from verify.read.known import MOST_NAMES

NONE = ""


def displays(*formulas: str) -> str:
    return "\n\n".join(f"$${formula}$$" for formula in formulas)


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("$$z = z = z$$", ["z = z", "z = z"], "a chain in one display"),
        (displays("z = c", "= z"), ["z = c [stated]", "c = z"], "a chain goes on in the next display"),
        ("$$z + c = c + z$$\nwhich is\n\nclearly\n\n$$= z + c$$", ["z + c = c + z", "c + z = z + c"], "over prose"),
        ("# A\n$$2z = z + z$$\n# B\n$$= 2z$$", ["2z = z + z", " = 2z [unreadable]"], "and not over a heading"),
        (
            displays("2z = z + z", "3z = 2z + z", "= z + 2z"),
            ["2z = z + z", "3z = 2z + z", "2z + z = z + 2z"],
            "the last",
        ),
        (
            displays(r"2z = z + z \Rightarrow 4z = 2z + 2z", r"\Rightarrow 0 = 0"),
            ["2z = z + z", "4z = 2z + 2z", "0 = 0"],
            "⇒",
        ),
        (displays(r"2z = z + z, \quad 3c = 2c + c"), ["2z = z + z", "3c = 2c + c"], "two statements"),
        # a side that cannot be read
        (
            "$$2z = h = z + z$$",
            ["2z = h [unreadable]", "2z = z + z"],
            "the next link starts from the last readable side",
        ),
        ("$$h = 2z = z + z$$", ["h = 2z [stated]", "2z = z + z"], "an unknown name on the left is defined"),
        ("$$h + 1 = 2z = z + z$$", ["h + 1 = 2z [unreadable]", "2z = z + z"], "a left side that cannot be read"),
        ("$$2z < h = z$$", ["2z < h [unreadable]", "h = z [unreadable]"], "nothing follows from an unread inequality"),
        (displays("2z = z + h", "= z + z"), ["2z = z + h [unreadable]", "2z = z + z"], "also in the next display"),
        (displays("h + 1", "= z"), ["h + 1 [unreadable]", " = z [unreadable]"], "nothing readable before"),
        (
            "$$2z = h + 1 = h + 2 = z + z$$",
            ["2z = h + 1 [unreadable]", "h + 1 = h + 2 [unreadable]", "2z = z + z"],
            "two",
        ),
        # a side that does not fit
        ("$$W u = W x + b$$", ["W u = W x + b [shape]"], "a misshapen left side"),
        ("$$y = W u + b = W x + b$$", ["y = W u + b [shape]", "y = W x + b"], "a misshapen side within"),
        # no relation
        (displays("2z = z + z", "-2z"), ["2z = z + z", "-2z [unreadable]"], "a display without a relation"),
        (displays("2z = z + z", "-2z", "= 2z"), ["2z = z + z", "-2z [unreadable]", "z + z = 2z"], "the chain goes on"),
        (
            displays("2z = z + z", "c + c", "= 2c"),
            ["2z = z + z", "c + c [unreadable]", "c + c = 2c"],
            "a new left side",
        ),
        (displays("z + z", "= 2z"), ["z + z [stated]", "z + z = 2z"], "a left side alone, then the rest"),
        ("$$z + z$$", ["z + z [unreadable]"], "a formula alone claims nothing"),
        # what cannot be read at all
        ("$$2z = z + z", ["2z = z + z [unreadable]"], "dollars that are not closed"),
        ("$$ $$", [" [unreadable]"], "nothing"),
        (r"$$\begin{aligned} 2z = z$$", [r"\begin{aligned} 2z = z [unreadable]"], "an environment without an end"),
        ("$$= 2z$$", [" = 2z [unreadable]"], "nothing stands before"),
        ("$$2z =$$", ["2z =  [unreadable]"], "nothing stands after"),
        # relations
        (r"$$z \le c < 2$$", [r"z <= c", "c < 2"], "inequalities"),
        (r"$$z \approx c = c$$", [r"z \approx c [relation]", "c = c"], "a relation that is not checked"),
        (r"$$\sigma(z) \in (0, 1)$$", [r"\sigma(z) in (0, 1)"], "an interval"),
        (r"$$W \in \mathbb{R}^{k \times d}$$", [r"W shape \mathbb{R}^{k \times d}"], "a shape"),
        (r"$$z \in \{0, 1\}$$", [r"z in \{0, 1\} [unreadable]"], "another set"),
        # conditions
        (r"$$2z = z \quad \text{if } z = 0$$", ["2z = z"], "a condition is a hypothesis"),
    ],
)
def test_chains(text: str, expected: list[str], why: str) -> None:
    assert outline(text) == expected, why


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (displays("s = z + c", "2s = 2z + 2c"), ["s = z + c [stated]", "2s = 2z + 2c"], "a definition, used"),
        (displays("s = z + c", "s = c + z"), ["s = z + c [stated]", "s = c + z"], "a second time it is checked"),
        (displays("s = z + c = c + z"), ["s = z + c [stated]", "z + c = c + z"], "a definition that goes on"),
        (displays("s := z"), ["s = z [stated]"], "another sign"),
        (displays("y = W x + b"), ["y = W x + b"], "what the context defines is checked"),
        (displays("z = c", "2z = 2c"), ["z = c [stated]", "2z = 2c"], "what it only declares may be defined"),
        (displays("u_i = c^2 z"), ["u_i = c^2 z [unreadable]"], "if the indices fit"),
        (displays("u = W x"), ["u = W x [shape]"], "and the shapes"),
        (displays("z = 2"), ["z = 2 [ambiguous]"], "a value is no definition: it may be a case"),
        (displays("x = 2A u"), ["x = 2A u [ambiguous]"], "what y is defined with may be defined or claimed"),
        (displays("x_i = 0"), ["x_i = 0 [ambiguous]"], "also by entries"),
        (displays("J = z"), ["J = z [ambiguous]"], "a loss"),
        (displays("f(z) = z^2"), ["f(z) = z^2 [ambiguous]"], "a function"),
        (displays("z = z + 0"), ["z = z + 0"], "a name in terms of itself is not defined"),
        (displays("z + c = 0"), ["z + c = 0"], "nor is what is no name"),
        (displays("c z = z c"), ["c z = z c"], "nor a product"),
        (displays("W_1 = A", "W_1 u = A u"), ["W_1 = A [stated]", "W_1 u = A u"], "a name with a number"),
        (displays("x_1 = 0"), ["x_1 = 0"], "a number at a known name is an entry"),
        (
            displays("s_i = e^{u_i}", "s_j = e^{u_j}"),
            ["s_i = e^{u_i} [stated]", "s_j = e^{u_j}"],
            "a vector by its entries",
        ),
        (
            displays("s = u + z u", "z = c^2", r"s = (1 + c^2) u"),
            ["s = u + z u [stated]", "z = c^2 [stated]", "s = (1 + c^2) u"],
            "what is declared may be defined after it was used",
        ),
        (displays("s = c u", "c = u^T s"), ["s = c u [stated]", "c = u^T s [ambiguous]"], "but not in a circle"),
        (displays("s_1 = A u", "s_2 = A s_1"), ["s_1 = A u [stated]", "s_2 = A s_1 [stated]"], "one by the other"),
        ("# A\n$$s = A u$$\n# B\n$$s_1 = u$$", ["s = A u [stated]", "s_1 = u [stated]"], "a number at an old name"),
        (displays(r"j \in \mathbb{R}", "2u_j = u_j + u_j"), [r"j shape \mathbb{R} [stated]", "2u_j = u_j + u_j"], "i"),
        (
            displays("G_{ij} = u_i u_j", "G = u u^T"),
            ["G_{ij} = u_i u_j [stated]", "G = u u^T"],
            "a matrix by its entries",
        ),
        (displays("s = u_i"), ["s = u_i [unreadable]"], "an index on the right side alone"),
        (displays("s_i = z"), ["s_i = z [unreadable]"], "or on the left side alone"),
        (displays("g(t) = t^2", "g(z) = z^2"), ["g(t) = t^2 [stated]", "g(z) = z^2"], "a function, and its variable"),
        (displays("g(t) = t^2", "t = t"), ["g(t) = t^2 [stated]", "t = t"], "the variable is a scalar from then on"),
        (
            displays("g(u) = A u", "g(u + u) = A (u + u)"),
            ["g(u) = A u [stated]", "g(u + u) = A (u + u)"],
            "of a vector",
        ),
        (
            displays(r"\sigma(t) = \frac{1}{1 + e^{-t}}"),
            [r"\sigma(t) = \frac{1}{1 + e^{-t}}"],
            "a usual function is checked",
        ),
        (
            displays(r"V \in \mathbb{R}^{n \times n}", "V u = A u"),
            [r"V shape \mathbb{R}^{n \times n} [stated]", "V u = A u"],
            "a shape",
        ),
        (
            displays(r"V \in \mathbb{R}^{n \times n}", "V = A A"),
            [r"V shape \mathbb{R}^{n \times n} [stated]", "V = A A [stated]"],
            "then a definition",
        ),
        (
            displays(r"V \in \mathbb{R}^{n \times n}", "V = u"),
            [r"V shape \mathbb{R}^{n \times n} [stated]", "V = u [shape]"],
            "of another shape",
        ),
        ("# A\n$$s = z$$\n# B\n$$s = c$$", ["s = z [stated]", "s = c [stated]"], "another section defines anew"),
        ("# A\n$$s = z$$\n# B\n$$2s = 2z$$", ["s = z [stated]", "2s = 2z"], "and knows what was defined before"),
        (displays("i = h"), ["i = h [stated]"], "a condition on indices is no definition"),
        (
            displays(r"g, h \in \mathbb{R}^n", "g^T h = h^T g"),
            [r"g shape \mathbb{R}^n [stated]", r"h shape \mathbb{R}^n [stated]", "g^T h = h^T g"],
            "two names at once",
        ),
        (displays(r"V \in R^{n \times n}"), [r"V shape R^{n \times n} [stated]"], "a plain R"),
        (displays(r"V \in \R^{n \times n}"), [r"V shape \R^{n \times n} [stated]"], "a usual macro"),
        (displays(r"V = \mathbb{R}^{n \times n}"), [r"V shape \mathbb{R}^{n \times n} [stated]"], "as people write it"),
        (displays(r"W = \mathbb{R}^{k \times d}"), [r"W shape \mathbb{R}^{k \times d}"], "for what is known"),
        (
            displays(r"\sigma(X) = \frac{1}{1 + e^{-u_i}}"),
            [r"\sigma(X) = \frac{1}{1 + e^{-u_i}} [unreadable]"],
            "no variable",
        ),
        (displays("s = h"), ["s = h [unreadable]"], "a definition that cannot be read"),
        (displays(r"\delta' = z", r"\delta' = z"), [r"\delta' = z [stated]", r"\delta' = z"], "a primed name"),
        (
            displays(r"\sigma'(t) = \sigma(t)(1 - \sigma(t))"),
            [r"\sigma'(t) = \sigma(t)(1 - \sigma(t)) [unreadable]"],
            "no name",
        ),
        (
            displays(r"s = \frac{\partial J}{\partial u}"),
            [r"s = \frac{\partial J}{\partial u} [ambiguous]"],
            "in doubt",
        ),
    ],
)
def test_definitions(text: str, expected: list[str], why: str) -> None:
    assert outline(text) == expected, why


def test_what_is_stated_is_named() -> None:
    assert meaning("$$s_i = e^{u_i}$$") == Stated("s")


def test_a_definition_of_a_declared_name_is_kept_in_the_next_section() -> None:
    found = steps("# A\n$$z = c u^T u$$\n# B\n$$2z = z + c u^T u$$")
    assert [type(step.meaning) for step in found] == [Stated, Link]
    link = found[1].meaning
    assert isinstance(link, Link)
    assert isinstance(check(link).verdict, Proved)


def test_a_defined_name_stands_for_its_meaning() -> None:
    found = meaning(displays("s = z + c", "2s = 2z + 2c"))
    assert isinstance(found, Link)
    assert isinstance(check(found).verdict, Proved)
    assert {node.symbol for node in found.left.atoms(Defined)} == {"s"}


def test_a_definition_makes_nothing_true_of_what_the_context_declares() -> None:
    """A write-up that says x = 0 does not make W x = 0 true."""
    found = steps(displays("x = 0", "W x = 0"))
    assert [type(step.meaning) for step in found] == [Undecided, Link]
    claim = found[1].meaning
    assert isinstance(claim, Link)
    assert isinstance(check(claim).verdict, Refuted)


def test_what_is_defined_late_is_put_into_what_was_defined_with_it() -> None:
    found = meaning(displays("s = u + z u", "z = c^2", r"s = (1 + c^2) u"))
    assert isinstance(found, Link)
    assert isinstance(check(found).verdict, Proved)


def test_there_are_bounds_to_what_is_defined() -> None:
    found = outline(displays(*(f"s_{{{number}}} = z" for number in range(MOST_NAMES + 1))))
    assert found[-2:] == [f"s_{{{MOST_NAMES - 1}}} = z [stated]", f"s_{{{MOST_NAMES}}} = z [unreadable]"]


# Indices


@pytest.mark.parametrize(
    ("text", "reason", "says"),
    [
        (
            r"$$\frac{\partial J}{\partial x_j} = \delta_i \sum_{i=1}^k W_{ij}$$",
            "unbound-index",
            "i is not bound here: it is bound only inside the sum",
        ),
        (r"$$\frac{\partial J}{\partial x_j} = \sum_{i=0}^k \delta_i W_{ij}$$", "index-range", "runs over 0..k"),
        (r"$$x_i + b_j = x_j$$", "index-range", "j runs over k on the left side, over d on the right"),
        (r"$$z = \sum_{i=1}^n x_i$$", "index-range", "i runs over n, the entries of x over d"),
    ],
)
def test_indices_that_do_not_fit(text: str, reason: str, says: str) -> None:
    found = meaning(text)
    assert isinstance(found, Misshapen)
    assert found.reason == reason
    assert says.replace("i runs", "").strip() in found.says


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (r"$$u_i = \frac{u_i \sum_i u_i}{\sum_i u_i}$$", "the other side has i free as well"),
        (r"$$softmax(u)_i = \frac{e^{u_i}}{\sum_i e^{u_i}}$$", "sloppy, and right"),
        (r"$$softmax(u) = \frac{e^{u_i}}{\sum_i e^{u_i}}$$", "a vector has its index without writing it"),
        (r"$$\frac{u_i}{\sum_i u_i} = \frac{u_i}{\sum_i u_i}$$", "both sides have it free and bound"),
    ],
)
def test_an_index_may_be_free_beside_a_sum(text: str, why: str) -> None:
    assert isinstance(meaning(text), Link), why


def test_a_misshapen_index_is_found_in_a_chain_that_goes_on() -> None:
    text = displays(r"\frac{\partial J}{\partial x_j} = \sum_i \delta_i W_{ij}", r"= \delta_i \sum_i W_{ij}")
    assert isinstance(meaning(text), Misshapen)


def test_how_far_an_index_runs_may_be_told_by_another_side() -> None:
    found = meaning(r"$$\frac{\partial u_i}{\partial u_j} = \delta_{ij}$$", CONTEXT.replace("'\\delta'", "q"))
    assert isinstance(found, Link)
    assert isinstance(check(found).verdict, Proved)


# What two sides make together


@pytest.mark.parametrize(
    ("text", "link", "assumed"),
    [
        (
            r"$$softmax(u) = \frac{e^{u_i}}{\sum_j e^{u_j}}$$",
            r"\operatorname{softmax}\left(u\right)_i = \frac{e^{u_i}}{\sum_{j=1}^{n} e^{u_j}}",
            r"\operatorname{softmax}\left(u\right) is read entrywise, at i",
        ),
        (r"$$u_i + u_i = 2u$$", "u_i + u_i = \\left(2 u\\right)_i", "2 u is read entrywise, at i"),
        (r"$$u - u = 0$$", r"u - u = \left[0\right]_{i}", "0 is the vector of zeros"),
        (r"$$A - A = 0$$", r"A - A = \left[0\right]_{ij}", "0 is the matrix of zeros"),
    ],
)
def test_readings_of_a_link_are_noted(text: str, link: str, assumed: str) -> None:
    (step,) = steps(text)
    assert isinstance(step.meaning, Link)
    assert (str(step.meaning), step.assumed) == (link, (assumed,))
    assert isinstance(check(step.meaning).verdict, Proved)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (r"$$\frac{\partial J}{\partial u} = \delta$$", "J does not depend on u, as far as is said here"),
        (r"$$\frac{\partial c}{\partial z} = 0$$", "c does not depend on z, as far as is said here"),
        (r"$$0 = \frac{d}{dz} c$$", "c does not depend on z, as far as is said here"),
        (r"$$0 = \sum_j \frac{\partial u_i}{\partial x_j}$$", "u_i does not depend on x_j, as far as is said here"),
    ],
)
def test_a_derivative_of_what_does_not_depend_is_no_proof_of_zero(text: str, says: str) -> None:
    found = meaning(text)
    assert isinstance(found, Undecided)
    assert (found.reason, found.says) == ("ambiguous", says)


def test_the_derivative_of_a_number_is_zero() -> None:
    found = meaning(r"$$\frac{d}{dz} (1 + z) = \frac{d}{dz} 1 + 1$$")
    assert isinstance(found, Link)
    assert isinstance(check(found).verdict, Proved)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (r"$$z + 0 = u_i u_i$$", "i stands twice in a product on the right side alone: a sum over i may be meant"),
        (r"$$W_{ij} x_j = b_i$$", "j stands twice in a product on the left side alone: a sum over j may be meant"),
    ],
)
def test_a_sum_that_is_not_written_is_not_guessed(text: str, says: str) -> None:
    (step,) = steps(text)
    assert judge_step(step).verdict == Undecided("ambiguous", says)


def test_what_is_true_without_a_sum_is_proved() -> None:
    (step,) = steps(r"$$u_i u_i - u_i u_i = 0$$")
    assert isinstance(judge_step(step).verdict, Proved)


def test_an_index_of_one_side_alone_is_no_sum() -> None:
    assert isinstance(meaning(r"$$z + 0 = u_i$$"), Link)


@pytest.mark.parametrize(
    ("text", "many"),
    [
        (r"$$u + c \mathbf{1} = c \mathbf{1} + u$$", "n"),
        (r"$$\mathbf 1^T u = \sum_i u_i$$", "n"),
        (r"$$\delta x^T = \delta (x + z \mathbf 1 - z \mathbf 1)^T$$", "d"),
        (r"$$W x - W x = W x - z \mathbf{1} + z \mathbf{1} - W x$$", "k"),
    ],
)
def test_the_vector_of_ones_has_as_many_entries_as_fit(text: str, many: str) -> None:
    (step,) = steps(text)
    assert isinstance(step.meaning, Link)
    assert step.assumed[0] == rf"\mathbf{{1}} has {many} entries"
    assert isinstance(check(step.meaning).verdict, Proved)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        (r"$$A I = A$$", "I is n x n"),
        (r"$$(A + c I) u = A u + c u$$", "I is n x n"),
        (r"$$W x + \mathbf{0} = W x$$", r"\mathbf{0} has k entries"),
        (r"$$\frac{\partial u}{\partial u} = I$$", "I is n x n"),
    ],
)
def test_the_identity_and_the_vector_of_zeros_are_as_large_as_fits(text: str, size: str) -> None:
    (step,) = steps(text)
    assert isinstance(step.meaning, Link)
    assert size in step.assumed
    assert isinstance(check(step.meaning).verdict, Proved)


@pytest.mark.parametrize("text", [r"$$A I_n = A$$", r"$$\mathbf{1}_n^T u = \sum_i u_i$$", r"$$W I_d = W$$"])
def test_a_size_may_stand_in_the_subscript(text: str) -> None:
    (step,) = steps(text)
    assert isinstance(step.meaning, Link)
    assert isinstance(check(step.meaning).verdict, Proved)


def test_an_identity_whose_size_nothing_tells() -> None:
    found = meaning(r"$$\operatorname{tr}(I) = z$$")
    assert isinstance(found, Unreadable)
    assert found.says == "nothing tells how large the identity is"


def test_a_vector_of_ones_whose_size_nothing_tells() -> None:
    found = meaning(r"$$\mathbf{1}^T \mathbf{1} = z$$")
    assert isinstance(found, Unreadable)
    assert found.says == "nothing tells how many entries the vector of ones has"


# Layouts


@pytest.mark.parametrize(
    ("layout", "text"),
    [
        ("mixed", r"\frac{\partial J}{\partial W} = \delta x^T"),
        ("mixed", r"\frac{\partial y}{\partial x} = W"),
        ("mixed", r"\frac{\partial J}{\partial x} = W^T \delta"),
        ("denominator", r"\frac{\partial J}{\partial W} = \delta x^T"),
        ("denominator", r"\frac{\partial y}{\partial x} = W^T"),
        ("denominator", r"\frac{\partial J}{\partial x} = \frac{\partial y}{\partial x} \frac{\partial J}{\partial y}"),
        ("numerator", r"\frac{\partial J}{\partial W} = x \delta"),
        ("numerator", r"\frac{\partial y}{\partial x} = W"),
        ("numerator", r"\frac{\partial J}{\partial x} = \frac{\partial J}{\partial y} \frac{\partial y}{\partial x}"),
        ("numerator", r"\frac{\partial J}{\partial x} = \delta W"),
    ],
)
def test_what_is_true_in_a_layout(layout: str, text: str) -> None:
    (step,) = steps(f"$${text}$$", f'layout = "{layout}"\n{CONTEXT}')
    assert step.layout == layout
    assert isinstance(step.meaning, Link)
    assert isinstance(check(step.meaning).verdict, Proved)


@pytest.mark.parametrize(
    ("layout", "text"),
    [
        ("denominator", r"\frac{\partial y}{\partial x} = W"),
        ("numerator", r"\frac{\partial y}{\partial x} = W^T"),
        ("numerator", r"\frac{\partial J}{\partial x} = W^T \delta^T"),
        ("mixed", r"\frac{\partial y}{\partial x} = W^T"),
    ],
)
def test_what_is_not_true_in_a_layout(layout: str, text: str) -> None:
    found = meaning(f"$${text}$$", f'layout = "{layout}"\n{CONTEXT}')
    assert isinstance(found, Link)
    assert isinstance(check(found).verdict, Misshapen)


def test_a_link_without_a_derivative_by_a_vector_has_no_layout() -> None:
    (step,) = steps(r"$$\frac{\partial J}{\partial y_i} = \delta_i$$")
    assert step.layout is None


# Places and texts


def test_a_step_points_at_its_right_side() -> None:
    found = steps("# A\n\nso\n$$2z = z + z \\\\\n  = 2z$$")
    assert [(step.at.path, step.at.line, step.at.column) for step in found] == [("hw.md", 4, 8), ("hw.md", 5, 5)]


def test_an_unreadable_side_points_at_what_cannot_be_read() -> None:
    (step,) = steps("$$2z = z + h$$")
    found = step.meaning
    assert isinstance(found, Unreadable)
    assert (found.line, found.column, found.source) == (1, 12, "$$2z = z + h$$")


def test_the_sides_are_as_they_were_written() -> None:
    (step,) = steps("$$\\begin{aligned} 2 z &= z\\\\\n &\\quad + \\left( z \\right) \\tag{1} \\end{aligned}$$")
    assert (step.left, step.relation, step.right) == ("2 z", "=", r"z + \left( z \right)")


def test_parentheses_keep_their_sizes_in_the_text() -> None:
    (step,) = steps(r"$$\left( z \right) z = \bigl(z\bigr)^2$$")
    assert (step.left, step.right) == (r"\left( z \right) z", r"\bigl(z\bigr)^2")


def test_the_question_of_a_step() -> None:
    context = CONTEXT + '[[question]]\nid = "2"\nheading = "Two"\n'
    found = steps("Q1.5\n\n$$z = z$$\n\n# Two\n\n$$z = z$$\n\n# Other\n\n$$z = z$$", context)
    assert [step.question for step in found] == ["1.5", "2", "Other"]


# Hypotheses


def test_hypotheses_come_with_the_links_that_they_speak_of() -> None:
    context = CONTEXT + 'given = ["z > 0"]\n'
    context = 'given = ["z > 0", "c > z", "u_i > 0"]\n' + CONTEXT
    (step,) = steps("$$2z = z + z$$", context)
    assert isinstance(step.meaning, Link)
    assert [str(link) for link in step.meaning.given] == ["z > 0", "c > z"]


def test_a_positive_scalar_is_one() -> None:
    found = meaning("$$2a = a + a$$", '[names]\na = "positive scalar"\n')
    assert isinstance(found, Link)
    assert [str(link) for link in found.given] == ["0 < a"]


def test_sets() -> None:
    interval = meaning(r"$$\sigma(z) \in (0, 1]$$")
    assert isinstance(interval, Link)
    assert interval.relation is Relation.MEMBER
    assert isinstance(interval.right, Interval)
    assert str(interval.right) == "(0, 1]"
    shape = meaning(r"$$W x \in \mathbb{R}^k$$")
    assert isinstance(shape, Link)
    assert (shape.relation, isinstance(shape.right, tuple)) == (Relation.SHAPE, True)


def test_a_chain_rule_by_entries() -> None:
    chained = r"\frac{\partial J}{\partial y_i} \frac{\partial y_i}{\partial W_{ij}}"
    (first, second) = steps(rf"$$\frac{{\partial J}}{{\partial W_{{ij}}}} = {chained} = \delta_i x_j$$")
    assert isinstance(first.meaning, Link)
    assert isinstance(second.meaning, Link)
    assert isinstance(first.meaning.left, Derivative)
    assert isinstance(first.meaning.left.variable, Entry)
    assert str(second.meaning).endswith(r"= \delta_i x_j")
    assert isinstance(check(second.meaning).verdict, Proved)
