"""What names of each kind mean, seen by what is true of them and what is not."""

from functools import partial

import pytest

from verify.language import Misshapen, Nonzero, Proved, Refuted, Undecided, Unreadable
from verify.read import AssignmentError, context_of, judged, read_chain

A, U = "symmetric n x n", "d x n"
UNKNOWN = {
    "x": "n", "b": "d", "y": "vector d function of x", "J": "function of y", "z": "vector m function of y",
    "W": "r x n", "v": "vector d function of x, W", "K": "function of v",
    "t": "scalar", "h": "vector d function of t", "H": "function of h", "u": "vector n function of x",
}  # fmt: skip


def verdict(latex: str, names: dict[str, str], **others: object) -> object:
    context = context_of({"names": names, **others})
    _, found = judged(partial(read_chain, latex), context)
    return found[-1].verdict


@pytest.mark.parametrize(
    ("names", "latex", "expected", "why"),
    [
        ({"U": U, "u": "column of U", "y": "n"}, r"\sum_w y_w u_w = U y", Proved, "a sum of columns"),
        ({"U": U, "u": "column of U", "y": "n"}, r"\sum_w y_w u_w = U^T y", Misshapen, "no sum of rows"),
        ({"U": U, "u": "column of U", "v": "d"}, r"[u_i^T v]_i = U^T v", Proved, "products with columns"),
        ({"U": U, "u": "column of U"}, "u_{ji} = U_{ij}", Proved, "an entry of a column"),
        ({"U": U, "u": "column of U"}, "u_i = u_i", Proved, "a column named by the letter of its entries"),
        ({"U": U, "u": "column of U", "v": "d", "o": "index n"},
         r"\frac{\partial u_o^T v}{\partial v} = u_o", Proved, "a column at a declared index"),
        ({"U": U, "u": "column of U"}, "u = u", Unreadable, "which of them"),
        ({"U": "n x d", "u": "column of U^T", "v": "d"}, "[u_i^T v]_i = U v", Proved, "rows as columns"),
        ({"V": "n x d", "r": "row of V", "x": "d"}, "r_i x = (V x)_i", Proved, "rows as rows"),
        ({"y": "n distribution"}, r"\sum_i y_i = 1", Proved, "a distribution sums to 1"),
        ({"y": "n distribution"}, r"\sum_i y_i = 2", Refuted, "and to nothing else"),
        ({"y": "n distribution"}, r"y_i \le 1", Proved, "its entries are not negative, and sum to 1"),
        ({"y": "n distribution"}, r"y_i \ge 0", Proved, "not negative"),
        ({"y": "n distribution"}, r"y_i \in [0, 1]", Proved, "both"),
        ({"y": "n distribution"}, r"\sum_i y_i^2 \le 1", Proved, "each square is at most the entry"),
        ({"y": "n distribution"}, r"y_i > 0", Refuted, "one may be 0"),
        ({"y": "n distribution"}, r"y_i < 1", Refuted, "or 1"),
        ({"y": "n distribution"}, r"y_i \le \frac{1}{2}", Refuted, "one may be 1"),
        ({"y": "n distribution"}, r"y_i = \frac{1}{n}", Refuted, "they may differ"),
        ({"y": "n one-hot at o"}, r"-\sum_i y_i z_i = -z_o", Unreadable, "z is declared nowhere"),
        ({"y": "n one-hot at o", "z": "n"}, r"-\sum_i y_i z_i = -z_o", Proved, "o is an index by itself"),
        ({"Y": "m x k one-hot rows"}, r"\sum_j Y_{ij} = 1", Proved, "each row has a 1"),
        ({"Y": "m x k one-hot rows"}, r"\sum_i Y_{ij} = 1", Refuted, "a column has any number of them"),
        ({"Y": "m x k one-hot rows"}, "2 Y_{ij}^2 = 1", Refuted, "entries are 0 or 1"),
        ({"A": A, "x": "n", "y": "n"}, "x^T A y = x^T A^T x", Refuted, "symmetric, and not more"),
        ({"A": "diagonal n x n"}, "A_{ij} = 1", Refuted, "diagonal, and not more"),
        ({"w": "random independent n with mean 0, variance s", "s": "scalar"},
         r"\operatorname{Var}(w_i) = s", Proved, "a variance"),
        ({"w": "random independent n with variance s", "s": "scalar"}, r"\operatorname{Var}(w_i) = 2s", Refuted, "it"),
        (
            {"w": "random independent n with variance s", "s": "scalar", "a": "random independent n"},
            r"\operatorname{Var}(w_i) = s",
            Proved,
            "beside another name that is random",
        ),
        ({"A": "90000 x 90000"}, "2A_{11} = 1", Undecided, "a counterexample that is too large to be shown"),
        ({"k": "index n from 0", "x": "n"}, r"\sum_k x_k = \sum_i x_i", Proved, "an index from 0"),
        ({"f": "elementwise function", "x": "n"}, "f(x)_i = f(x_i)", Proved, "a function of entries"),
        ({"W_l": "n_l x n_{l-1} for l", "x": "n_0"}, "W_2 (W_1 x) = W_2 W_1 x", Proved, "a matrix for each layer"),
        ({"W^{[l]}": "n_l x n_{l-1} for l"}, "W^{[1]} W^{[2]} = 1", Misshapen, "in the order of the layers"),
        ({"W_l": "n_l x n_{l-1} for l", "x": "n_0", "v": "n_1"}, "W_1 x + v = v + W_1 x", Proved, "widths elsewhere"),
        ({"W_l": "n_l x n_{l-1} for l", "x": "n_0", "v": "n_2"}, "W_1 x + v = v", Misshapen, "and other ones"),
        ({"i": "index m", "x^{(i)}": "n for i"}, "x^{(i)} + x^{(i)} = 2 x^{(i)}", Proved, "samples"),
        ({"x^{(i)}": "n for i"}, "2 x^{(1)} = x^{(1)} + x^{(2)}", Refuted, "which differ"),
        ({"W": "n_l x n_{l-1} for l"}, "W = W", Unreadable, "a family is not one matrix"),
        ({"a": "positive n"}, "a_i > 0", Proved, "positive entries"),
    ],
)  # fmt: skip
def test_kinds(names: dict[str, str], latex: str, expected: type, why: str) -> None:
    found = verdict(latex, names)
    assert isinstance(found, expected), f"{why}: {found}"


@pytest.mark.parametrize(
    ("latex", "expected", "why"),
    [
        (r"\frac{\partial J}{\partial x} = \left(\frac{\partial y}{\partial x}\right)^T \frac{\partial J}{\partial y}",
         Proved, "the chain rule through a vector"),
        (r"\frac{\partial J}{\partial x} = \frac{\partial y}{\partial x} \frac{\partial J}{\partial y}",
         Misshapen, "the transpose is missing"),
        (r"\frac{\partial J}{\partial x} = 2 \left(\frac{\partial y}{\partial x}\right)^T \nabla_y J",
         Refuted, "twice as much"),
        (r"\frac{\partial J}{\partial x_j} = \sum_i \frac{\partial J}{\partial y_i} \frac{\partial y_i}{\partial x_j}",
         Proved, "entry by entry"),
        (r"\frac{\partial J}{\partial x_j} = \frac{\partial J}{\partial y_i} \frac{\partial y_i}{\partial x_j}",
         Undecided, "the sum is missing, or meant"),
        (r"\frac{\partial z}{\partial x} = \frac{\partial z}{\partial y} \frac{\partial y}{\partial x}",
         Proved, "Jacobians in the order of the functions"),
        (r"\frac{\partial z}{\partial x} = \frac{\partial y}{\partial x} \frac{\partial z}{\partial y}",
         Misshapen, "in the other order"),
        (r"\frac{\partial u}{\partial x} = \left(\frac{\partial u}{\partial x}\right)^T",
         Refuted, "no symmetric Jacobian"),
        (r"\frac{\partial u_i}{\partial x_j} = \delta_{ij} \frac{\partial u_i}{\partial x_i}",
         Refuted, "each entry depends on all others"),
        (r"\frac{\partial y_1}{\partial x} = \frac{\partial y_2}{\partial x}", Refuted, "two gradients"),
        (r"\frac{dK}{dW_{ij}} = \sum_p \frac{\partial K}{\partial v_p} \frac{\partial v_p}{\partial W_{ij}}",
         Proved, "by the entries of a matrix"),
        (r"\frac{\partial v_i}{\partial W_{12}} = \frac{\partial v_i}{\partial W_{21}}", Refuted, "it has two"),
        (r"\frac{\partial K}{\partial x} = \left(\frac{\partial v}{\partial x}\right)^T \frac{\partial K}{\partial v}",
         Proved, "by one of two"),
        (r"\frac{dH}{dt} = \left(\frac{\partial H}{\partial h}\right)^T \frac{dh}{dt}", Proved, "by a number"),
        (r"\frac{\partial \lVert y - b \rVert^2}{\partial x} = 2 \left(\frac{\partial y}{\partial x}\right)^T (y - b)",
         Proved, "squares of a residual"),
        (r"\frac{\partial^2 y_i}{\partial x_j \partial x_p} = \frac{\partial^2 y_i}{\partial x_p \partial x_j}",
         Proved, "second derivatives in any order"),
        (r"\frac{\partial \sigma(y)}{\partial x} = \operatorname{diag}(\sigma'(y)) \frac{\partial y}{\partial x}",
         Proved, "under a function of entries"),
        ("y(x) = y", Proved, "with its argument"),
        ("y_i = b_i", Refuted, "it is not given"),
    ],
)  # fmt: skip
def test_vectors_of_unknown_functions(latex: str, expected: type, why: str) -> None:
    found = verdict(latex, UNKNOWN)
    assert isinstance(found, expected), f"{why}: {found}"


@pytest.mark.parametrize(
    ("given", "latex", "expected", "why"),
    [
        (r"\sum_i y_i = 1", r"\sum_i \frac{\partial y_i}{\partial x_j} = 0", Undecided, "true where it holds at all x"),
        ("y_i = b_i", r"\frac{\partial y_i}{\partial x_j} = 0", Undecided, "the same"),
        (r"\sum_i y_i = 1", r"\sum_i y_i = 2", Refuted, "nothing is derived"),
        (r"\frac{\partial y_i}{\partial x_j} = 1", r"\frac{\partial y_i}{\partial x_j} = 2", Refuted, "nor further"),
    ],
)
def test_what_holds_at_one_point_or_at_all(given: str, latex: str, expected: type, why: str) -> None:
    found = verdict(latex, UNKNOWN, given=[given])
    assert isinstance(found, expected), f"{why}: {found}"


def test_an_unknown_vector_is_shown_as_it_was_written() -> None:
    found = verdict(r"\frac{y_i}{y_i} = 1", UNKNOWN)
    assert isinstance(found, Proved)
    assert [str(each.expression) for each in found.conditions if isinstance(each, Nonzero)] == ["y_i"]
    found = verdict(r"\frac{\partial y_1}{\partial x_1} = \frac{\partial y_2}{\partial x_1}", UNKNOWN)
    assert isinstance(found, Refuted)
    assert [name for name, _ in found.witness.inputs] == [r"\frac{\partial y}{\partial x}", "x"]


@pytest.mark.parametrize(
    "latex", ["x^T A y = y^T A x", r"\frac{\partial}{\partial x} (x^T A x) = 2 A x", "A_{ij} = A_{ji}", "A^T = A"]
)
def test_what_is_true_of_symmetric_matrices_is_proved(latex: str) -> None:
    assert isinstance(verdict(latex, {"A": A, "x": "n", "y": "n"}), Proved)


def test_a_derivative_by_a_symmetric_matrix_is_ambiguous() -> None:
    found = verdict(r"\frac{\partial x^T A x}{\partial A} = x x^T", {"A": A, "x": "n"})
    assert isinstance(found, Undecided)
    assert found.reason == "ambiguous"


def test_an_inverse_is_a_condition_unless_it_is_declared() -> None:
    for kind, conditions in (("n x n", 1), ("invertible n x n", 0)):
        found = verdict("A A^{-1} x = x", {"A": kind, "x": "n"})
        assert isinstance(found, Proved)
        assert len(found.conditions) == conditions


LAYERS = {"W^{[l]}": "n_l x n_{l-1} for l", "b^{[l]}": "n_l for l", "g": "elementwise function", "l": "index L"}
BEFORE = {**LAYERS, "a^{[l]}": "n_l for l"}
RECURSIVE = {**LAYERS, "x": "n_0"}
STEPS = {"a^{[l]}": "g(z^{[l]})", "a^{[0]}": "x"}
LINEAR = {"z^{[l]}": "W^{[l]} a^{[l-1]} + b^{[l]}"}


@pytest.mark.parametrize(
    ("names", "definitions", "latex", "expected", "why"),
    [
        (BEFORE, LINEAR, "2 z^{[l]} = 2 W^{[l]} a^{[l-1]} + 2 b^{[l]}", Proved, "at any level"),
        (BEFORE, LINEAR, "z^{[2]} = W^{[2]} a^{[1]} + b^{[2]}", Proved, "at a given one"),
        (BEFORE, LINEAR, "z^{[2]} = W^{[2]} a^{[2]} + b^{[2]}", Misshapen, "not another layer"),
        (BEFORE, LINEAR, "z^{[2]} = W^{[2]} a^{[1]} + 2 b^{[2]}", Refuted, "nor another bias"),
        (BEFORE, LINEAR, r"\frac{\partial z^{[l]}}{\partial a^{[l-1]}} = W^{[l]}", Proved, "a derivative"),
        (RECURSIVE, {**LINEAR, **STEPS}, "a^{[l]} = g(z^{[l]})", Proved, "a recursion"),
        (RECURSIVE, {**LINEAR, **STEPS}, "a^{[l]} = z^{[l]}", Refuted, "without its function"),
    ],
)
def test_definitions_at_every_level(
    names: dict[str, str], definitions: dict[str, str], latex: str, expected: type, why: str
) -> None:
    found = verdict(latex, names, definitions=definitions)
    assert isinstance(found, expected), f"{why}: {found}"


@pytest.mark.parametrize(
    ("operators", "latex", "expected"),
    [
        ({"*": "hadamard"}, r"a * b = a \odot b", Proved),
        ({r"\ast": "hadamard"}, r"a * b = a \odot b", Proved),
        ({r"\otimes": "outer"}, r"a \otimes b = a b^T", Proved),
        ({r"\otimes": "outer"}, r"a \otimes b = b a^T", Refuted),
        ({r"\circ": "hadamard"}, r"a \circ b = b \circ a", Proved),
        ({r"\otimes": "kronecker"}, r"a \otimes b = \operatorname{vec}(b a^T)", Proved),
        ({r"\otimes": "kronecker"}, r"a \otimes b = b \otimes a", Refuted),
        ({"*": "kronecker"}, r"a * b^T = a b^T", Proved),
    ],
)
def test_operators(operators: dict[str, str], latex: str, expected: type) -> None:
    assert isinstance(verdict(latex, {"a": "n", "b": "n"}, operators=operators), expected)


@pytest.mark.parametrize(
    ("context", "says"),
    [
        ({"names": {"W": "symmetric m x n"}}, "only a square matrix is symmetric, and this is m x n"),
        ({"names": {"W": "symetric n x n"}}, "did you mean 'symmetric'?"),
        ({"names": {"u": "column of U"}}, "the name U is not declared"),
        ({"names": {"U": "n", "u": "column of U"}}, "U is no matrix, but n x 1"),
        ({"names": {"w": "n with mean 0"}}, "mean of what is not random"),
        ({"names": {"w": "random n with mean q"}}, "the name q is not known here"),
        ({"names": {"w": "random n", "x": "random independent n"}}, "say it of all, or of none"),
        ({"names": {"y": "m x n distribution"}}, "unknown kind 'm x n distribution'"),
        ({"names": {"y": "n x 2 x 3"}}, "a shape has one axis or two"),
        ({"names": {"y": "n one-hot rows"}}, "a shape has two axes here"),
        ({"operators": {"*": "hadamrd"}}, "unknown operation 'hadamrd'; did you mean 'hadamard'?"),
        ({"operators": {"+": "matrix"}}, "unknown sign"),
        ({"operators": {"*": 3}}, "expected a text but got a number"),
        ({"sums": "none"}, "unknown sums 'none'; expected one of explicit, einstein"),
        ({"norm": "frobenious"}, "did you mean 'frobenius'?"),
        ({"nabla": "q"}, "the name q is not declared"),
        ({"layout": "anny"}, "did you mean 'any'?"),
        ({"names": []}, "expected a table but got a list"),
        ({"given": "a > 0"}, "expected a list of texts"),
        ({"title": "x"}, "title: unknown key"),
    ],
)
def test_mistakes_in_the_context_of_a_chain(context: dict[str, object], says: str) -> None:
    with pytest.raises(AssignmentError) as caught:
        context_of(context)
    assert says in str(caught.value)


def test_the_other_settings_of_a_question_hold_beside_those_of_the_file() -> None:
    context = context_of({"names": {"x": "n"}, "operators": {"*": "hadamard"}, "sums": "einstein", "nabla": "x"})
    conventions = context.general.conventions
    assert (conventions.operators, conventions.sums, conventions.nabla) == ({"*": "hadamard"}, "einstein", "x")
