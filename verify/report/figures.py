"""Figures of what people would rather look at: slopes and where they cross, vanishing products, errors of differences.

A figure is curves in a frame, computed here once; LaTeX and pages draw the same lines. They can be told apart
in gray, by their dashes and their names.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

Point = tuple[float, float]

WIDTH, HEIGHT = 300.0, 170.0
SOLID, DASHED, DOTTED = (), (6, 3), (1.5, 2.5)
# Where tanh' and sigma' cross: 4 (u + 2) = u^2 for u = e^z + e^-z, so that cosh z = 1 + sqrt 3.
CROSSING = math.acosh(1 + math.sqrt(3))


@dataclass(frozen=True)
class Curve:
    """A line through points, in units of the page, and its name beside a place."""

    points: tuple[Point, ...]
    dash: tuple[float, ...]
    name: str
    at: Point


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: how far along it, and what stands there, in LaTeX."""

    along: float
    text: str


@dataclass(frozen=True)
class Figure:
    """Curves in a frame; dots stand where something is to be seen. Names and the caption hold formulas in dollars."""

    key: str
    caption: str
    across: tuple[Tick, ...]
    upward: tuple[Tick, ...]
    curves: tuple[Curve, ...]
    dots: tuple[Point, ...] = ()
    bars: tuple[tuple[float, float, float], ...] = ()


@dataclass(frozen=True)
class Frame:
    """From values to the page: the least and largest value of each axis."""

    left: float
    right: float
    low: float
    high: float

    def at(self, x: float, y: float) -> Point:
        """A point on the page, in its units, rounded so that every machine draws the same."""
        across = (x - self.left) / (self.right - self.left) * WIDTH
        return round(across, 2), round((y - self.low) / (self.high - self.low) * HEIGHT, 2)

    def curve(
        self, function: Callable[[float], float], dash: tuple[float, ...], name: str, at: Point, steps: int = 160
    ) -> Curve:
        """The graph of a function."""
        xs = [self.left + (self.right - self.left) * step / steps for step in range(steps + 1)]
        return self.line([(x, function(x)) for x in xs], dash, name, at)

    def line(self, values: list[Point], dash: tuple[float, ...], name: str, at: Point) -> Curve:
        """A line through values."""
        return Curve(tuple(self.at(*each) for each in values), dash, name, self.at(*at))

    def across(self, *ticks: tuple[float, str]) -> tuple[Tick, ...]:
        """Marks on the axis that goes across."""
        return tuple(Tick(self.at(value, self.low)[0], text) for value, text in ticks)

    def upward(self, *ticks: tuple[float, str]) -> tuple[Tick, ...]:
        """Marks on the axis that goes upward."""
        return tuple(Tick(self.at(self.left, value)[1], text) for value, text in ticks)


def sigma(z: float) -> float:
    """The logistic function."""
    return 1 / (1 + math.exp(-z))


def sigma_slope(z: float) -> float:
    """Its derivative."""
    return sigma(z) * (1 - sigma(z))


def tanh_slope(z: float) -> float:
    """The derivative of tanh."""
    return 1 - math.tanh(z) ** 2


def activations() -> Figure:
    """Sigma and tanh."""
    frame = Frame(-4, 4, -1.1, 1.1)
    return Figure(
        "activations",
        r"$\sigma$ lies between 0 and 1, $\tanh$ between $-1$ and 1; $\tanh(z) = 2\sigma(2z) - 1$.",
        frame.across((-4, "-4"), (-2, "-2"), (0, "0"), (2, "2"), (4, "4")),
        frame.upward((-1, "-1"), (0, "0"), (1, "1")),
        (
            frame.curve(sigma, SOLID, r"$\sigma(z)$", (2.2, 0.72)),
            frame.curve(math.tanh, DASHED, r"$\tanh(z)$", (-2.5, -0.55)),
        ),
    )


def slopes() -> Figure:
    """The gradients of both, and where they cross."""
    frame = Frame(-4, 4, 0, 1.1)
    height = sigma_slope(CROSSING)
    return Figure(
        "slopes",
        r"$\tanh'$ is the steeper where $|z| < \operatorname{arcosh}(1 + \sqrt{3}) = 1.6629\ldots$, and $\sigma'$ "
        r"beyond; the dots are where they cross.",
        frame.across((-4, "-4"), (-CROSSING, "-1.6629"), (0, "0"), (CROSSING, "1.6629"), (4, "4")),
        frame.upward((0, "0"), (0.25, r"\frac{1}{4}"), (1, "1")),
        (
            frame.curve(tanh_slope, DASHED, r"$\tanh'(z)$", (0.75, 0.75)),
            frame.curve(sigma_slope, SOLID, r"$\sigma'(z)$", (2.3, 0.15)),
        ),
        (frame.at(-CROSSING, height), frame.at(CROSSING, height)),
    )


def slope_bound() -> Figure:
    """The gradient of sigma below a quarter."""
    frame = Frame(-6, 6, 0, 0.3)
    return Figure(
        "slope-bound",
        r"$\sigma'$ reaches $\frac{1}{4}$ at $z = 0$ and nowhere else; it is never 0.",
        frame.across((-6, "-6"), (-3, "-3"), (0, "0"), (3, "3"), (6, "6")),
        frame.upward((0, "0"), (0.25, r"\frac{1}{4}")),
        (
            frame.curve(sigma_slope, SOLID, r"$\sigma'(z)$", (1.9, 0.14)),
            frame.line([(-6, 0.25), (6, 0.25)], DASHED, r"$\frac{1}{4}$", (4.6, 0.265)),
        ),
        (frame.at(0, 0.25),),
    )


def vanishing() -> Figure:
    """The product of the gradients of sigma against depth."""
    frame = Frame(1, 20, -16, 0)

    def power(slope: float) -> list[Point]:
        return [(depth, depth * math.log10(slope)) for depth in range(1, 21)]

    return Figure(
        "vanishing",
        r"The product of $n$ slopes $\sigma'(z)$ against the depth $n$: at best $4^{-n}$, at $z = 0$; the upward "
        r"axis is logarithmic.",
        frame.across(*((depth, str(depth)) for depth in (1, 5, 10, 15, 20))),
        frame.upward((0, "1"), *((power_of_ten, f"10^{{{power_of_ten}}}") for power_of_ten in (-4, -8, -12, -16))),
        (
            frame.line(power(0.25), SOLID, r"$4^{-n}$", (13, -6.6)),
            frame.line(power(sigma_slope(1)), DASHED, r"$z = 1$", (9.6, -8.6)),
            frame.line([each for each in power(sigma_slope(2)) if each[1] >= -16], DOTTED, r"$z = 2$", (6.4, -10.4)),
        ),
    )


def differences() -> Figure:
    """The error of finite differences against the step, measured on a function that only divides.

    It is measured where division alone is done, since there every machine makes the same errors.
    """
    frame = Frame(-13, -1, -14, 0)
    place, slope = 0.7, -1.4 / (1.49 * 1.49)
    steps = [float(f"{digit}e-{power}") for power in range(1, 14) for digit in (1, 0.5, 0.2)]

    def function(x: float) -> float:
        return 1 / (1 + x * x)

    def measured(rule: Callable[[float], float]) -> list[Point]:
        errors = [(math.log10(step), abs(rule(step) - slope)) for step in steps]
        shown = [(across, math.log10(error)) for across, error in errors if error and across >= frame.left]
        return [(across, min(frame.high, max(frame.low, upward))) for across, upward in shown]

    one_sided = measured(lambda h: (function(place + h) - function(place)) / h)
    central = measured(lambda h: (function(place + h) - function(place - h)) / (2 * h))
    return Figure(
        "differences",
        r"The error of a difference quotient of $1/(1 + x^2)$ at $x = 0.7$ against the step $h$, in double precision: "
        r"one-sided, the best step is near $\varepsilon^{1/2}$, and for central differences near $\varepsilon^{1/3}$. "
        r"Both axes are logarithmic.",
        frame.across(*((each, f"10^{{{each}}}") for each in (-12, -9, -6, -3))),
        frame.upward((0, "1"), *((each, f"10^{{{each}}}") for each in (-4, -8, -12))),
        (
            frame.line(one_sided, DASHED, "one-sided", (-5.2, -3.4)),
            frame.line(central, SOLID, "central", (-3.4, -9.2)),
        ),
    )


def shift() -> Figure:
    """Softmax before and after a shift."""
    frame = Frame(0, 10, 0, 1)
    weights = [math.exp(entry - 3) for entry in (1, 2, 3)]
    values = [weight / sum(weights) for weight in weights]
    corners = [(at + offset, value) for offset in (0.0, 5.0) for at, value in zip((0.7, 1.9, 3.1), values, strict=True)]
    bars = tuple((*frame.at(start, value), round(0.9 / 10 * WIDTH, 2)) for start, value in corners)
    return Figure(
        "shift",
        r"$\operatorname{softmax}(x)$ for $x = (1, 2, 3)$, and for $x + c$ with $c = 1000$: the same. Without taking "
        r"the maximum away first, $e^{1003}$ overflows in double precision, as does every $e^{z}$ with $z \ge 710$.",
        frame.across((2.35, "x"), (7.35, "x + 1000")),
        frame.upward((0, "0"), (0.5, r"\frac{1}{2}"), (1, "1")),
        (),
        (),
        bars,
    )


# The figures of a subject, by the name of its module.
OF_SUBJECT: dict[str, tuple[Callable[[], Figure], ...]] = {
    "sigmoid": (slope_bound,),
    "slopes": (slopes,),
    "softmax": (shift,),
    "softmax_jacobian": (differences,),
    "tanh": (activations,),
    "vanishing_gradient": (vanishing,),
}


def figures_of(subject: str) -> tuple[Figure, ...]:
    """The figures that belong to a subject; most have none.

    >>> [figure.key for figure in figures_of("slopes")], figures_of("affine")
    (['slopes'], ())
    """
    return tuple(made() for made in OF_SUBJECT.get(subject, ()))
