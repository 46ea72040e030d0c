"""Random expressions: sums, deltas, quotients, exponentials, logarithms, products of matrices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from verify.language import (
    Delta,
    Expression,
    Index,
    dims,
    exp,
    fraction,
    function,
    index,
    log,
    matrix,
    max_over,
    scalar,
    sigma,
    sum_over,
    tanh,
    tr,
    vector,
)

(n,) = dims("n")
x, y, W, V = vector("x", n), vector("y", n), matrix("W", n, n), matrix("V", n, n)
a, c = scalar("a"), scalar("c")
NAMES = (x, y, W, V, a, c)
FREE = (index("i", n), index("k", n))
INNER = (index("p", n), index("q", n), index("r", n))
f = function("f")

SMOOTH = ("add", "add", "subtract", "mul", "mul", "square", "sum", "sum", "divide", "exp")
ROUGH = (*SMOOTH, "log", "max", "unknown", "logistic", "tanh")
LOGARITHMIC = (*SMOOTH, "log", "logistic", "tanh")


@dataclass(frozen=True)
class Grower:
    """Grows random scalar expressions from these operations; ``free`` indices may stand in them."""

    random: Random
    operations: Sequence[str] = SMOOTH
    free: tuple[Index, ...] = FREE

    def grown(self, depth: int, bound: int = 0) -> Expression:
        """An expression at most so deep, under so many sums."""
        if depth == 0 or self.random.random() < 0.15:
            return self._leaf((*self.free, *INNER[:bound]))

        def part(deeper: int = bound) -> Expression:
            return self.grown(depth - 1, deeper)

        match self.random.choice(self.operations):
            case "add":
                return part() + part()
            case "subtract":
                return part() - part()
            case "mul":
                return part() * part()
            case "square":
                return part() ** 2
            case "sum" if bound < len(INNER):
                return sum_over(INNER[bound], part(bound + 1))
            case "max" if bound < len(INNER):
                return max_over(INNER[bound], part(bound + 1))
            case "divide":
                return part() / (1 + part() ** 2)
            case "log":
                return log(1 + exp(part()))
            case "logistic":
                return sigma(part())
            case "tanh":
                return tanh(part())
            case "unknown":
                return f(part())
            case _:
                return exp(part() / 2)

    def closed(self, depth: int = 2) -> Expression:
        """An expression without indices, which means the same under every sum."""
        return Grower(self.random, SMOOTH, ()).grown(depth)

    def _leaf(self, usable: tuple[Index, ...]) -> Expression:
        draw = self.random
        plain: list[Expression] = [
            a,
            c,
            fraction(draw.randint(-3, 3), draw.randint(1, 3)),
            n,
            x.T * y,
            x.T * W * y,
            tr(W * V),
        ]
        if not usable or draw.random() < 0.35:
            return draw.choice(plain)
        one, other = draw.choice(usable), draw.choice(usable)
        entries: list[Expression] = [x[one], y[one], W[one, other], V[one, other], Delta(one, other), (W * x)[one]]
        return draw.choice(entries)
