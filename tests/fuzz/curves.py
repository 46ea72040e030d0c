"""Random functions of one number: where they lie, how they compare, and what they tend to, against their values."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

from flint import ctx

from tests.fuzz.balls import Balls
from tests.fuzz.direct import BITS, SMALL
from tests.outside.values import Cannot, Place
from verify.check import check
from verify.language import (
    Chain,
    Expression,
    Infinity,
    Interval,
    Link,
    Proved,
    Refuted,
    Relation,
    Undecided,
    at_least,
    at_most,
    between,
    exp,
    fraction,
    greater,
    less,
    log,
    member,
    oo,
    scalar,
    sigma,
    tanh,
    tends_to,
    word,
)

z = scalar("z")
NEAR = [Fraction(k, 6) for k in range(-30, 31)]
POINTS = sorted({*NEAR, *(Fraction(k) for k in (-100, -40, -20, -9, 9, 20, 40, 100))})
FAR = (10**3, 10**6, 10**12)
CLOSENESS = 0.01
HYPOTHESES = ((less(-1, z), less(z, 1)), (greater(z, 0),), (at_most(z, 0),), (at_least(z, fraction(1, 2)),))


def curve(random: Random, depth: int, atoms: tuple[Expression, ...]) -> Expression:
    """A function of z, grown from these."""
    if depth == 0 or random.random() < 0.2:
        return random.choice((*atoms, *atoms, fraction(random.randint(-3, 3), random.randint(1, 3)) + 0 * z))
    one, other = curve(random, depth - 1, atoms), curve(random, depth - 1, atoms)
    match random.choice(("add", "subtract", "mul", "square", "divide", "over", "tanh", "log")):
        case "add":
            return one + other
        case "subtract":
            return one - other
        case "mul":
            return one * other
        case "square":
            return one**2
        case "divide":
            return one / (random.randint(1, 3) + other**2)
        case "tanh":
            return tanh(one) if one in atoms else sigma(z) * one
        case "log" if exp(z) in atoms:
            return log(random.randint(1, 2) + exp(random.choice((z, -z, 2 * z)))) + one
        case _:
            return one / other


def drawn(random: Random) -> Expression:
    """A function that is rational in z, rational in its exponential, or in both."""
    rational, exponential = (z, z), (exp(z), exp(-z), sigma(z), tanh(z))
    atoms = random.choice((rational, exponential, (*rational, *exponential)))
    return curve(random, random.randint(1, 3), atoms)


def at(function: Expression, point: Fraction | int) -> Any:
    """A ball that holds the value for certain, and is small; nothing where there is none."""
    ctx.prec = BITS
    numbers = Balls()
    try:
        value = Place(numbers, {}, {z: numbers.number(Fraction(point))}, {}).scalar(function).item()
    except (Cannot, ZeroDivisionError):
        return None
    return value if value.is_finite() and value.rad() < SMALL else None


def ranges(random: Random) -> str:
    """What is proved of all values fails at none; what is refuted fails at the witness."""
    function = drawn(random)
    values = [value for value in (at(function, point) for point in NEAR) if value is not None]
    if not values:
        return "defined nowhere"
    given = random.choice(HYPOTHESES) if random.random() < 0.3 else ()
    (link,) = _statement(function, values, random).links(tuple(link for chain in given for link in chain.links()))
    verdict = check(link).verdict
    match verdict:
        case Proved():
            for point in filter(lambda point: all(_holds(each, point) for each in link.given), POINTS):
                assert _holds(link, point) is not False, f"{link} is proved, and fails at z = {point}"
            return "proved"
        case Refuted():
            inputs = dict(verdict.witness.inputs)
            if "z" not in inputs:
                return "refuted without a point"
            try:
                point = Fraction(inputs["z"][0][0])
            except ValueError:
                return "refuted at a point that is not rational"
            assert all(_holds(each, point) is not False for each in link.given), f"{link}: {verdict.witness}"
            assert _holds(link, point) is not True, f"{link} is refuted, and holds at {verdict.witness}"
            return "refuted"
        case _:
            return f"undecided ({verdict.reason})" if isinstance(verdict, Undecided) else word(verdict)


def _statement(function: Expression, values: list[Any], random: Random) -> Chain:
    """An interval or an inequality that is not far from the truth."""
    lowest, highest = (float(end(values, key=float).mid()) for end in (min, max))
    ends = [_near(number, random) for number in (lowest, highest)]
    match random.randrange(4):
        case 0:
            return random.choice((less, at_most))(function, ends[1])
        case 1:
            return random.choice((greater, at_least))(function, ends[0])
        case 2 if ends[0] < ends[1]:
            closed = random.choice(("", "low", "high", "both"))
            return member(function, between(*(fraction(end.numerator, end.denominator) for end in ends), closed=closed))
        case _:
            return random.choice((less, at_most))(function, drawn(random))


def _near(number: float, random: Random) -> Fraction:
    if abs(number) > 50 or random.random() < 0.3:
        return Fraction(random.randint(-4, 4), random.randint(1, 2))
    close = Fraction(number).limit_denominator(random.choice((1, 2, 4, 12)))
    return close + random.choice((0, 0, 0, 1, -1)) * Fraction(1, random.choice((1, 4)))


def _holds(link: Link, point: Fraction) -> bool | None:
    """Whether a statement holds at a point; nothing where that is not certain, or where it says nothing."""
    left = at(link.left, point)
    if isinstance(link.right, Interval):
        low, high = link.right.low, link.right.high
        above = None if low is None else _compared(left, at(low, point), closed=link.right.closed_low)
        below = None if high is None else _compared(at(high, point), left, closed=link.right.closed_high)
        parts = [part for part, end in ((above, low), (below, high)) if end is not None]
        return False if False in parts else None if None in parts else True
    assert isinstance(link.right, Expression)
    right = at(link.right, point)
    closed = link.relation in (Relation.AT_MOST, Relation.AT_LEAST)
    one, other = (right, left) if link.relation in (Relation.LESS, Relation.AT_MOST) else (left, right)
    return _compared(one, other, closed=closed)


def _compared(greater_one: Any, other: Any, *, closed: bool) -> bool | None:
    if greater_one is None or other is None:
        return None
    difference = greater_one - other
    if difference > 0:
        return True
    if difference < 0:
        return False
    return closed if difference.is_zero() else None


def limits(random: Random) -> str:
    """A limit that is proved is what far values come close to, and one that is refuted is not."""
    function, sign = drawn(random), random.choice((1, -1))
    if not function.atoms(type(z)):
        return "constant"
    far = [at(function, sign * point) for point in FAR]
    seen = next((value for value in reversed(far) if value is not None), None)
    if seen is None:
        return "not evaluated"
    limit = _near(float(seen.mid()), random)
    towards: dict[str, Infinity] = {"z": oo if sign > 0 else -oo}
    (link,) = tends_to(function, fraction(limit.numerator, limit.denominator), **towards).links()
    verdict = check(link).verdict
    away = [abs(value - _ball(limit)) for value in far if value is not None]
    told = f"{link} as z -> {sign} oo, at {FAR}: {far}"
    if isinstance(verdict, Proved) and far[-1] is not None:
        assert away[-1] < CLOSENESS, f"proved: {told}"
    if isinstance(verdict, Refuted) and far[-1] is not None:
        assert away[-1] > CLOSENESS**4, f"refuted: {told}"
    return f"undecided ({verdict.reason})" if isinstance(verdict, Undecided) else word(verdict)


def _ball(number: Fraction) -> Any:
    return Balls().number(number).item()
