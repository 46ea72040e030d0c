"""Beside torch's gradcheck, on the same gradients in one run: what each says of right and wrong ones, and how fast.

``gradcheck`` compares a gradient that is written by hand with differences at one point of given sizes, up to a
tolerance; the kernel decides it for all sizes and points.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import partial
from statistics import median
from time import perf_counter
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from verify.catalog import find
from verify.check import check
from verify.kernel.recalled import forget
from verify.language import Expression, Link, Proved, as_expression

torch = pytest.importorskip("torch", reason="torch is not here: pip install torch")

pytestmark = pytest.mark.benchmark

CATALOG = find("derivations")
ROUNDS = 5
# Input, hidden layer, output.
SIZES = 4, 5, 3

Tensor = Any
Backward = Callable[[dict[str, Tensor]], Tensor]


def affine(at: dict[str, Tensor]) -> Tensor:
    """A number that depends on y = W x + b: delta^T y."""
    return at["upstream"] @ (at["W_1"] @ at["x"] + at["b_1"])


def loss(at: dict[str, Tensor]) -> Tensor:
    """The cross-entropy of a softmax of scores."""
    return -(at["y"] * torch.log_softmax(at["scores"], 0)).sum()


def network(at: dict[str, Tensor]) -> Tensor:
    """The cross-entropy of a network with one hidden layer of logistic functions."""
    return loss({**at, "scores": at["W_2"] @ hidden(at) + at["b_2"]})


def hidden(at: dict[str, Tensor]) -> Tensor:
    return torch.sigmoid(at["W_1"] @ at["x"] + at["b_1"])


def error(at: dict[str, Tensor]) -> Tensor:
    """The gradient by the scores, sent back through the second layer."""
    scores = at["W_2"] @ hidden(at) + at["b_2"]
    return at["W_2"].T @ (torch.softmax(scores, 0) - at["y"])


def outer(left: Tensor, right: Tensor) -> Tensor:
    return torch.outer(left, right)


# A claim or a mistake of the proof suite, the function, what it is derived by, and the gradient in torch's words.
CASES: list[tuple[str, Callable[[dict[str, Tensor]], Tensor], str, Backward]] = [
    ("affine.weight_gradient", affine, "W_1", lambda at: outer(at["upstream"], at["x"])),
    ("affine.sign_flipped", affine, "W_1", lambda at: -outer(at["upstream"], at["x"])),
    ("cross_entropy.gradient", loss, "scores", lambda at: torch.softmax(at["scores"], 0) - at["y"]),
    ("cross_entropy.turned_round", loss, "scores", lambda at: at["y"] - torch.softmax(at["scores"], 0)),
    (
        "network.sigmoid_weight_1_gradient",
        network,
        "W_1",
        lambda at: outer(error(at) * hidden(at) * (1 - hidden(at)), at["x"]),
    ),
    (
        "network.one_factor_of_the_slope",
        network,
        "W_1",
        lambda at: outer(error(at) * (1 - hidden(at)), at["x"]),
    ),
    (
        "network.sigmoid_input_gradient",
        network,
        "x",
        lambda at: at["W_1"].T @ (error(at) * hidden(at) * (1 - hidden(at))),
    ),
    ("network.sigmoid_prime_lost", network, "x", lambda at: at["W_1"].T @ (error(at) * hidden(at))),
]
# The same gradients, a twentieth of a percent too large.
TOO_LARGE = Fraction(10005, 10000)


def links() -> dict[str, Link]:
    """The last links of the claims and mistakes, by name."""
    found = {named.name: named.claim.links()[-1] for named in CATALOG.claims}
    return found | {named.name: named.mistake.links()[-1] for named in CATALOG.mistakes}


def enlarged(link: Link) -> Link:
    assert isinstance(link.right, Expression)
    return replace(link, right=as_expression(TOO_LARGE) * link.right)


def ours(link: Link) -> bool:
    """Whether the kernel proves a link that it has not met."""
    forget()
    return isinstance(check(link).verdict, Proved)


def theirs(value: Callable[[dict[str, Tensor]], Tensor], by: str, backward: Backward) -> bool:
    """Whether gradcheck accepts a gradient, at a point drawn from a fixed seed."""
    point = drawn()

    class Written(torch.autograd.Function):  # type: ignore[name-defined, misc] # torch tells no types
        @staticmethod
        def forward(ctx: Any, given: Tensor) -> Tensor:
            ctx.save_for_backward(given)
            return value({**point, by: given})

        @staticmethod
        def backward(ctx: Any, upstream: Tensor) -> Tensor:
            (given,) = ctx.saved_tensors
            return upstream * backward({**point, by: given})

    given = point[by].clone().requires_grad_(True)
    return bool(torch.autograd.gradcheck(Written.apply, (given,), raise_exception=False))


def drawn() -> dict[str, Tensor]:
    """Numbers from the standard normal distribution; the target adds up to 1."""
    generator = torch.Generator().manual_seed(0)
    inputs, units, outputs = SIZES
    shapes = {
        "x": (inputs,),
        "W_1": (units, inputs),
        "b_1": (units,),
        "W_2": (outputs, units),
        "b_2": (outputs,),
        "scores": (outputs,),
        "upstream": (units,),
        "y": (outputs,),
    }
    point = {
        name: torch.randn(shape, generator=generator, dtype=torch.float64) for name, shape in sorted(shapes.items())
    }
    return point | {"y": torch.softmax(point["y"], 0)}


def asked() -> list[tuple[str, dict[str, Callable[[], bool]]]]:
    """Right, wrong and slightly wrong gradients: how each of the two systems is asked whether one is right."""
    known = links()
    claims = {named.name for named in CATALOG.claims}
    found: list[tuple[str, dict[str, Callable[[], bool]]]] = []
    for name, value, by, backward in CASES:
        kind = "right" if name in claims else "wrong"
        found.append((kind, _both(known[name], value, by, backward)))
        if kind == "right":
            found.append(("slightly wrong", _both(enlarged(known[name]), value, by, partial(_enlarged, backward))))
    return found


def _both(
    link: Link, value: Callable[[dict[str, Tensor]], Tensor], by: str, backward: Backward
) -> dict[str, Callable[[], bool]]:
    return {"gradproof": partial(ours, link), "gradcheck": partial(theirs, value, by, backward)}


def _enlarged(backward: Backward, at: dict[str, Tensor]) -> Tensor:
    return float(TOO_LARGE) * backward(at)


@pytest.mark.parametrize("system", ["gradproof", "gradcheck"], ids=["ours", "theirs"])
def test_beside_gradcheck(benchmark: BenchmarkFixture, system: str) -> None:
    benchmark.group = "beside gradcheck"
    cases = asked()
    said: dict[str, list[bool]] = {}
    times: dict[str, list[float]] = {}

    def run() -> None:
        for kind, systems in cases:
            answers = []
            for _ in range(ROUNDS):
                start = perf_counter()
                answers.append(systems[system]())
                times.setdefault(kind, []).append(perf_counter() - start)
            said.setdefault(kind, []).append(answers[-1])

    cases[0][1][system]()  # what is loaded at the first use is no time of a gradient
    benchmark.pedantic(run, rounds=1)
    benchmark.extra_info |= {"system": system}
    for kind, answers in said.items():
        benchmark.extra_info[kind] = {"accepted": sum(answers), "of": len(answers), "median": median(times[kind])}
    if system == "gradproof":
        assert all(said["right"])
        assert not any(said["wrong"])
        assert not any(said["slightly wrong"])
