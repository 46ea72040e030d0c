"""Lemmas on sums, maxima and logarithms: what each makes of a polynomial, and that no slack is ever negative."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import arb, fmpq

from tests.kernel.forms import Values
from tests.kernel.terms import M, N, bound, num, over, plus, scalar, times, total
from verify.kernel import lemmas
from verify.kernel.atoms import Atom, Poly
from verify.kernel.balls import Balls, precision
from verify.kernel.evaluate import OutsideDomain
from verify.kernel.normal import NormalForm
from verify.kernel.point import GRID, Place, Point
from verify.kernel.ring import Facts, Ring
from verify.kernel.term import Entry, Exp, Idx, Log, Max, Pow, Size, Term, Variable

I, J, K, P = bound("i"), bound("j"), bound("k"), bound("p", M)
X, Y, Q, R = (Variable(name, (N,)) for name in "xyqr")
V, W, B = Variable("v", (M,)), Variable("W", (N, N)), Variable("B", (N, N))
a, c, slack = scalar("a"), scalar("c"), scalar("s")
SIZES = {"n": 3, "m": 2}


def x(index: Idx = I, variable: Variable = X) -> Entry:
    return Entry(variable, (index,))


def w(row: Idx = I, column: Idx = J, variable: Variable = W) -> Entry:
    return Entry(variable, (row, column))


def minus(term: Term) -> Term:
    return times(num(-1), term)


def both(body: Term) -> Term:
    return total(I, total(J, body))


y, q, r = x(variable=Y), x(variable=Q), x(variable=R)
sum_x, largest = total(I, x()), Max(I, x())
powers, less_slack = total(I, Exp(x())), minus(slack)
n = Size(N)
NOT_NEGATIVE, POSITIVE = Facts(nonnegative=frozenset({Q})), Facts(positive=frozenset({Q, R}))
SHARES = Facts(nonnegative=frozenset({Q}), sums=((Q, 0, fmpq(1)),))
PARTS = Facts(positive=frozenset({Q}), sums=((Q, 0, fmpq(3)),))
ALL_POSITIVE = Facts(positive=frozenset({Q}), sums=((Q, 0, fmpq(1)),))
entropy = total(I, times(q, Log(q)))
C_POSITIVE = Facts(positive=frozenset({c.variable}))
at_temperature = minus(Exp(times(over(c), largest)))
mean_square = total(I, times(q, Pow(x(), 2)))

# A polynomial, what is given, and all that the lemmas make of it, s being the slack.
ROWS = [
    pytest.param(
        plus(sum_x, minus(largest)),
        None,
        [plus(times(n, largest), less_slack, minus(largest))],
        id="n of the largest",
    ),
    pytest.param(
        plus(total(I, times(q, x())), minus(largest)),
        NOT_NEGATIVE,
        [plus(times(total(I, q), largest), less_slack, minus(largest))],
        id="weights",
    ),
    pytest.param(plus(total(I, times(q, x())), minus(largest)), None, [], id="weights of any sign"),
    pytest.param(
        plus(sum_x, Max(I, minus(x()))),
        None,
        [plus(minus(times(n, Max(I, minus(x())))), slack, Max(I, minus(x())))],
        id="n times the smallest",
    ),
    pytest.param(
        plus(total(I, q), minus(Max(I, q))),
        NOT_NEGATIVE,
        [plus(times(n, Max(I, q)), less_slack, minus(Max(I, q))), slack],
        id="the largest of what is not negative",
    ),
    pytest.param(
        plus(total(I, times(q, r)), minus(Max(I, r))),
        POSITIVE,
        [plus(times(total(I, q), Max(I, r)), less_slack, minus(Max(I, r)))],
        id="but not with weights",
    ),
    pytest.param(
        plus(powers, minus(Exp(largest))),
        None,
        [plus(times(n, Exp(largest)), less_slack, minus(Exp(largest))), slack],
        id="exponentials",
    ),
    pytest.param(
        plus(total(I, Exp(times(over(c), x()))), at_temperature),
        C_POSITIVE,
        [plus(times(n, Exp(times(over(c), largest))), less_slack, at_temperature), slack],
        id="at a temperature",
    ),
    pytest.param(plus(total(I, Exp(times(over(c), x()))), at_temperature), None, [], id="at one of any sign"),
    pytest.param(
        plus(total(I, Exp(minus(x()))), Exp(minus(largest))),
        None,
        [plus(times(total(I, Exp(times(num(-2), x()))), Exp(largest)), less_slack, Exp(minus(largest)))],
        id="e to less the largest is the largest of nothing, but e^-x is e^-2x e^x",
    ),
    pytest.param(plus(both(w()), minus(largest)), None, [], id="a sum over two indices"),
    pytest.param(plus(total(P, x(P, V)), minus(largest)), None, [], id="over another dimension"),
    pytest.param(
        plus(mean_square, num(1)),
        SHARES,
        [plus(total(I, Pow(x(), 2)), less_slack, num(1))],
        id="a share is at most 1",
    ),
    pytest.param(mean_square, PARTS, [plus(times(num(3), total(I, Pow(x(), 2))), less_slack)], id="a part at most 3"),
    pytest.param(total(I, times(q, x())), SHARES, [], id="shares of what has any sign"),
    pytest.param(mean_square, NOT_NEGATIVE, [], id="weights without a sum"),
    pytest.param(
        total(I, times(q, Log(r))),
        POSITIVE,
        [plus(total(I, times(q, Log(q))), minus(total(I, q)), total(I, r), less_slack)],
        id="a cross-entropy",
    ),
    pytest.param(total(I, times(q, Log(x()))), POSITIVE, [], id="the logarithm of what has any sign"),
    pytest.param(total(I, times(x(), Log(q))), POSITIVE, [], id="weights of any sign before it"),
    pytest.param(total(I, times(q, Log(q), Log(r))), POSITIVE, [], id="two logarithms"),
    pytest.param(
        total(I, times(q, Log(q))),
        POSITIVE,
        [plus(total(I, q), num(-1), minus(times(total(I, q), Log(n))), slack)],
        id="an entropy",
    ),
    pytest.param(
        Log(powers),
        None,
        [
            plus(largest, slack),
            plus(powers, num(-1), less_slack),
            plus(Log(n), times(over(n), sum_x), slack),
        ],
        id="log-sum-exp",
    ),
    pytest.param(
        plus(Log(n), entropy),
        ALL_POSITIVE,
        [slack, plus(n, num(-1), less_slack, entropy), slack],
        id="log n above an entropy, by either lemma",
    ),
    pytest.param(
        plus(Log(n), total(I, times(q, r))),
        POSITIVE,
        [
            plus(n, num(-1), less_slack, total(I, times(q, r))),
            *(
                plus(
                    times(num(-1), over(total(I, each)), total(I, times(each, Log(each)))),
                    Log(total(I, each)),
                    slack,
                    total(I, times(q, r)),
                )
                for each in (times(q, r), q, r)
            ),
        ],
        id="log n as a sum with weights that another sum has",
    ),
    pytest.param(
        Log(total(I, Exp(times(num("3/2"), x())))),
        None,
        [
            plus(times(num("3/2"), largest), slack),
            plus(total(I, Exp(times(num("3/2"), x()))), num(-1), less_slack),
            plus(Log(n), times(num("3/2"), over(n), sum_x), slack),
        ],
        id="of three halves",
    ),
    pytest.param(
        Log(both(Exp(w()))),
        None,
        [
            plus(both(Exp(w())), num(-1), less_slack),
            plus(times(num(2), Log(n)), times(over(n, 2), both(w())), slack),
        ],
        id="over two indices",
    ),
    pytest.param(
        Pow(total(I, times(x(), y)), 2),
        None,
        [plus(times(n, total(I, times(Pow(x(), 2), Pow(y, 2)))), less_slack)],
        id="the square of a sum",
    ),
    pytest.param(
        plus(Pow(total(I, times(x(), y)), 2), total(I, Pow(x(), 2))),
        None,
        [
            plus(times(total(I, Pow(x(), 2)), total(I, Pow(y, 2))), less_slack, total(I, Pow(x(), 2))),
            plus(times(n, total(I, times(Pow(x(), 2), Pow(y, 2)))), less_slack, total(I, Pow(x(), 2))),
        ],
        id="Cauchy and Schwarz, where one of the sums is there",
    ),
    pytest.param(
        plus(Pow(total(I, times(q, x())), 2), total(I, q)),
        NOT_NEGATIVE,
        [
            plus(times(total(I, q), mean_square), less_slack, total(I, q)),
            plus(times(n, total(I, times(Pow(q, 2), Pow(x(), 2)))), less_slack, total(I, q)),
            plus(times(total(I, q), mean_square), less_slack, total(I, q)),
        ],
        id="with weights that are not negative",
    ),
    pytest.param(
        plus(Pow(both(times(w(), w(variable=B))), 2), both(Pow(w(), 2))),
        None,
        [
            plus(times(both(Pow(w(), 2)), both(Pow(w(variable=B), 2))), less_slack, both(Pow(w(), 2))),
            plus(times(n, n, both(times(Pow(w(), 2), Pow(w(variable=B), 2)))), less_slack, both(Pow(w(), 2))),
        ],
        id="over two indices",
    ),
    pytest.param(
        Pow(sum_x, 3), None, [times(plus(times(n, total(I, Pow(x(), 2))), less_slack), sum_x)], id="a cube, once"
    ),
    pytest.param(
        times(a, Pow(sum_x, 4)),
        None,
        [times(a, Pow(plus(times(n, total(I, Pow(x(), 2))), less_slack), 2))],
        id="a fourth power, twice",
    ),
    pytest.param(Max(I, plus(x(), y)), None, [plus(largest, Max(I, y), less_slack)], id="the maximum of a sum"),
    pytest.param(
        Max(I, plus(x(), times(num(-2), y))),
        None,
        [plus(largest, times(num(2), Max(I, minus(y))), less_slack)],
        id="of a difference",
    ),
    pytest.param(largest, None, [], id="of one thing"),
    pytest.param(Log(a), None, [plus(a, num(-1), less_slack)], id="a logarithm"),
    pytest.param(
        times(num(5), Pow(Log(a), 2)), None, [times(num(5), Pow(plus(a, num(-1), less_slack), 2))], id="its square"
    ),
    pytest.param(over(Log(a)), None, [], id="one over it"),
    pytest.param(plus(Log(a), over(Log(a))), None, [], id="and beside it"),
    pytest.param(times(a, c), None, [], id="no lemma"),
]


class Forms:
    """Normal forms, and what the lemmas make of one."""

    def __init__(self, facts: Facts | None) -> None:
        self.ring = Ring(facts)
        self.forms = NormalForm(self.ring)
        (((self.slack, _),),) = self.forms.of(slack)

    def of(self, term: Term) -> Poly:
        return self.forms.of(term)

    def found(self, poly: Poly) -> list[Poly]:
        return [each for each in lemmas.with_slack(self.ring, poly, lambda: self.slack) if each != poly]


@pytest.mark.parametrize(("term", "facts", "expected"), ROWS)
def test_what_the_lemmas_make_of_it(term: Term, facts: Facts | None, expected: list[Term]) -> None:
    forms = Forms(facts)
    found = forms.found(forms.of(term))
    assert all(each in found for each in map(forms.of, expected))
    assert len(found) == len(expected)


def point(seed: int, facts: Facts | None) -> Point:
    """A point that meets the hypotheses."""
    known = facts or Facts()
    pool = GRID[25:] if seed % 2 else GRID
    values = Point(seed, pool, positive=known.positive | known.nonnegative | {a.variable})
    given: dict[Place, Fraction] = {}
    for variable, _, mass in known.sums:
        entries = {(variable, (place,)): values.entry(variable, (place,)) for place in (1, 2, 3)}
        share = Fraction(int(mass.p), int(mass.q)) / sum(entries.values())
        given |= {place: value * share for place, value in entries.items()}
    return values.at(given)


@pytest.mark.parametrize(("term", "facts", "expected"), ROWS)
def test_the_slack_is_nowhere_negative(term: Term, facts: Facts | None, expected: list[Term]) -> None:
    """Where it stands in the first power: the value less that without it, over what it is multiplied by."""
    forms = Forms(facts)
    poly = forms.of(term)
    found = [each for each in forms.found(poly) if all(e == 1 for m in each for atom, e in m if atom is forms.slack)]
    place: Place = (slack.variable, ())
    for seed in range(12):
        here = point(seed, facts)
        with precision(128):
            try:
                value = Values(Balls(here), SIZES).of(poly, {})
            except OutsideDomain:
                continue
            for each in found:
                without, once = (
                    Values(Balls(here.at({place: Fraction(number)})), SIZES).of(each, {}) for number in (0, 1)
                )
                slope = once - without
                if not slope.contains(0):
                    assert (value - without) / slope > -(arb(2) ** -60)


def test_at_most_a_number() -> None:
    """An entry of what is not negative and adds up to a number, and of nothing else."""

    def found(facts: Facts, term: Term) -> fmpq | None:
        forms = Forms(facts)
        (((atom, _),),) = forms.of(term)
        return lemmas.upper_bound(forms.ring, atom)

    assert found(SHARES, x(J, Q)) == 1
    assert found(PARTS, x(J, Q)) == 3
    assert found(SHARES, x(J)) is None
    assert found(NOT_NEGATIVE, x(J, Q)) is None
    assert found(Facts(sums=((Q, 0, fmpq(1)),)), x(J, Q)) is None
    assert found(Facts(nonnegative=frozenset({Q}), sums=((Q, 0, fmpq(0)),)), x(J, Q)) is None
    assert found(Facts(nonnegative=frozenset({Q}), sums=((Q, 0, fmpq(-1)),)), x(J, Q)) is None
    assert found(Facts(nonnegative=frozenset({Q}), sums=((X, 0, fmpq(2)), (Q, 0, fmpq(1)))), x(J, Q)) == 1
    assert found(SHARES, total(I, Pow(q, 2))) is None


def test_lemmas_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    forms = Forms(None)
    several = plus(*(Log(scalar(f"a{number}")) for number in range(50)))
    assert len(forms.found(forms.of(several))) == 40


def test_each_slack_is_another_one() -> None:
    """Of two logarithms that are replaced at once: one for each step, the same in all of its powers."""
    forms = Forms(None)
    made: list[Atom] = []

    def new() -> Atom:
        (((atom, _),),) = forms.of(scalar(f"s{len(made)}"))
        made.append(atom)
        return atom

    poly = forms.of(plus(Log(a), Pow(Log(c), 2)))
    found = list(lemmas.with_slack(forms.ring, poly, new))
    assert len(found) == len(made) == 2
    first, second = ({atom for monomial in each for atom, _ in monomial} & set(made) for each in found)
    assert len(first) == len(second) == 1
    assert first != second
