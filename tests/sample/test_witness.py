"""A witness is looked at with NumPy: it stands, or it is wrong, and then it is said why."""

import pytest

from tests.sample.cases import A, J, W, c, f, i, j, n, t, v, x, y, z
from verify.language import (
    Chain,
    Witness,
    at_least,
    dims,
    distinct,
    equal,
    grad,
    less,
    log,
    loss,
    sigma,
    total,
    vector,
    vjp,
)
from verify.sample import Agrees, CannotTell, Differs, Inadmissible, Second, at_witness

Rows = tuple[tuple[str, ...], ...]


def column(*entries: str) -> Rows:
    return tuple((entry,) for entry in entries)


def seen(statement: Chain, *given: Chain, **point: object) -> Second:
    (link,) = statement.links(tuple(each for chain in given for each in chain.links()))
    functions = point.pop("functions", ())
    sizes, indices = point.pop("sizes", ()), point.pop("indices", ())
    inputs = tuple((name.replace("gradient", r"\frac{\partial J}{\partial y}"), rows) for name, rows in point.items())
    return at_witness(link, Witness(sizes, indices, inputs, functions, "", ""))  # type: ignore[arg-type]


TWO = (("n", 2),)
ZEROS = (("0", "0"), ("0", "0"))
AFFINE = {"sizes": (("m", 1), ("n", 1)), "W": column("2"), "b": column("0"), "x": column("1")}


@pytest.mark.parametrize(
    ("found", "expected", "why"),
    [
        (seen(equal(total(x), x[i]), sizes=TWO, indices=(("i", 1),), x=column("0", "1")), Differs, "the sum"),
        (seen(equal(total(x), x[i]), sizes=TWO, indices=(("i", 2),), x=column("0", "1")), Agrees, "another i"),
        (seen(equal(sigma.derivative(z), -sigma(z)), z=column("1/2")), Differs, "a fraction"),
        (seen(equal(f(2 * z), 2 * f(z)), z=column("2"), functions=(("f", (0, -1, 0, 1)),)), Differs, "f(t) = t^3 - t"),
        (seen(equal(f(2 * z), 2 * f(z)), z=column("2"), functions=(("f", (0, 3)),)), Agrees, "a linear f"),
        (
            seen(equal(vjp(A * x, A, v), x * v.T), sizes=TWO, A=ZEROS, x=column("1", "0"), v=column("0", "1")),
            Differs,
            "a transpose",
        ),
        (
            seen(equal(grad(J, x), A.T * grad(J, y)), **AFFINE, gradient=column("1"), A=column("3")),
            CannotTell,
            "misshapen: A is n x n",
        ),
        (
            seen(equal(grad(J, x), 2 * W.T * grad(J, y)), **AFFINE, gradient=column("3")),
            Differs,
            "J(y) = 3 y",
        ),
        (
            seen(equal(grad(J, x), W.T * grad(J, y)), **AFFINE, gradient=column("3")),
            Agrees,
            "true",
        ),
        (seen(equal(z, c), equal(z, c), z=column("1"), c=column("2")), Inadmissible, "the hypothesis fails there"),
        (seen(equal(z, c), less(0, z), z=column("-1"), c=column("2")), Inadmissible, "so does this one"),
        (seen(equal(z, c), less(0, z), z=column("1"), c=column("2")), Differs, "here it holds"),
        (
            seen(equal(x[i], x[j]), distinct(i, j), sizes=TWO, indices=(("i", 1), ("j", 2)), x=column("0", "1")),
            Differs,
            "two indices that differ",
        ),
        (
            seen(
                equal(x[i], c),
                distinct(i, j),
                sizes=TWO,
                indices=(("i", 1), ("j", 1)),
                x=column("0", "1"),
                c=column("2"),
            ),
            Inadmissible,
            "they should differ",
        ),
        (
            seen(equal(total(x), c), at_least(n, 2), sizes=(("n", 1),), x=column("0"), c=column("2")),
            Inadmissible,
            "n = 1",
        ),
        (seen(equal(log(z), c), z=column("0"), c=column("2")), Inadmissible, "log 0"),
        (seen(equal(x[3], x[1]), sizes=TWO, x=column("0", "1")), Inadmissible, "no third entry"),
        (seen(equal(z, c), z=column("1")), Differs, "c is not given: 0"),
        (seen(equal(z * z, z * c), less(0, c), z=column("1")), Agrees, "c is not given, and positive: 1"),
        (seen(equal(total(x), c), x=column("1"), c=column("1")), CannotTell, "n has no size"),
        (seen(equal(total(x), c), sizes=TWO, x=column("1"), c=column("1")), CannotTell, "x has another size"),
        (seen(equal(f(z), z), z=column("1")), Agrees, "f is not given: t"),
        (seen(less(z, c), z=column("1"), c=column("1")), CannotTell, "no equation"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_numpy_sees_of_a_witness(found: Second, expected: type[Second], why: str) -> None:
    assert isinstance(found, expected), f"{why}: {found}"


def test_the_values_are_those_of_both_sides() -> None:
    assert seen(equal(3 * z, z * z), z=column("1/2")) == Differs(1.5, 0.25)


def test_a_loss_of_two_quantities_needs_one_gradient() -> None:
    (m,) = dims("n")
    u = vector("u", m)
    statement = equal(loss("J", x), loss("J", u))
    gradients = ((r"\frac{\partial J}{\partial x}", column("1")), (r"\frac{\partial J}{\partial u}", column("2")))
    inputs = (("x", column("1")), ("u", column("1")), *gradients)
    (link,) = statement.links()
    assert isinstance(at_witness(link, Witness((("n", 1),), (), inputs, (), "", "")), CannotTell)
    same = (("x", column("1")), ("u", column("1")), (gradients[0][0], column("2")), gradients[1])
    assert isinstance(at_witness(link, Witness((("n", 1),), (), same, (), "", "")), Agrees)


def test_a_hypothesis_on_a_name_of_its_own_needs_that_name() -> None:
    assert isinstance(seen(equal(z, z + 1), equal(total(t), 1), sizes=(("n", 1),), z=column("1")), Inadmissible)
    given = seen(equal(z, z + n), equal(total(t), 1), sizes=(("n", 1),), z=column("1"), t=column("1"))
    assert isinstance(given, Differs)
