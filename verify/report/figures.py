"""Figures of what people would rather look at: slopes and where they cross, vanishing products, errors of differences.

Each is computed here once. Its curves can be told apart in gray, by their dashes and their names.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable

from verify.report.figure import DASHED, DOTTED, SOLID, WIDTH, Figure, Frame, Point

# Where tanh' and sigma' cross: 4 (u + 2) = u^2 for u = e^z + e^-z, so that cosh z = 1 + sqrt 3.
CROSSING = math.acosh(1 + math.sqrt(3))


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

    def best(points: list[Point]) -> Point:
        return frame.at(*min(points, key=lambda point: point[1]))

    one_sided = measured(lambda h: (function(place + h) - function(place)) / h)
    central = measured(lambda h: (function(place + h) - function(place - h)) / (2 * h))
    return Figure(
        "differences",
        r"The error of a difference quotient of $1/(1 + x^2)$ at $x = 0.7$ against the step $h$, in double precision: "
        r"one-sided, the best step is near $\varepsilon^{1/2} = 1.5 \cdot 10^{-8}$, and for central differences near "
        r"$\varepsilon^{1/3} = 6 \cdot 10^{-6}$; the dots are the best that were measured. Both axes are logarithmic.",
        frame.across(*((each, f"10^{{{each}}}") for each in (-12, -9, -6, -3))),
        frame.upward((0, "1"), *((each, f"10^{{{each}}}") for each in (-4, -8, -12))),
        (
            frame.line(one_sided, DASHED, "one-sided", (-5.2, -3.4)),
            frame.line(central, SOLID, "central", (-3.4, -9.2)),
        ),
        (best(one_sided), best(central)),
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
        r"$\operatorname{softmax}(x)$ for $x = (1, 2, 3)$, and for $x + c$ with $c = 1000$: the same.",
        frame.across((2.35, "x"), (7.35, "x + 1000")),
        frame.upward((0, "0"), (0.5, r"\frac{1}{2}"), (1, "1")),
        (),
        (),
        bars,
    )


def overflow() -> Figure:
    """How large the numerators of softmax get under a shift, with and without the maximum taken away."""
    frame = Frame(0, 1000, -40, 400)
    largest = sys.float_info.max_10_exp + math.log10(sys.float_info.max / 10**sys.float_info.max_10_exp)
    last = math.log(sys.float_info.max) - 3
    return Figure(
        "overflow",
        r"The largest numerator of $\operatorname{softmax}(x + c)$ for $x = (1, 2, 3)$ against the shift $c$; the "
        r"upward axis is logarithmic. In double precision $e^{3 + c}$ ends at $c = 706.78\ldots$, and the quotient is "
        r"no number beyond; with the maximum taken away first it is $1$, whatever $c$ is.",
        frame.across(*((each, str(each)) for each in (0, 250, 500, 750, 1000))),
        frame.upward((0, "1"), *((each, f"10^{{{each}}}") for each in (100, 200, 300))),
        (
            frame.line([(0, 3 / math.log(10)), (last, largest)], DASHED, r"$e^{3 + c}$", (330, 210)),
            frame.line([(0, 0), (1000, 0)], SOLID, r"$e^{x_i - \max_j x_j}$", (780, 30)),
            frame.line([(0, largest), (1000, largest)], DOTTED, "largest number", (30, 335)),
        ),
        (frame.at(last, largest),),
    )


# The figures of a subject, by the name of its module.
OF_SUBJECT: dict[str, tuple[Callable[[], Figure], ...]] = {
    "sigmoid": (slope_bound,),
    "slopes": (slopes,),
    "softmax": (shift, overflow),
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
