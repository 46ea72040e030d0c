"""Wrong rules, planted on purpose: each must be caught, and by the safeguard that is there for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flint import fmpq

from verify.check import Contradiction, prove_claim
from verify.kernel import atoms, binding, blocks, decide, differentiate, division, operations
from verify.kernel.atoms import FnForm, Poly
from verify.kernel.patterns import patterns
from verify.kernel.ring import Ring
from verify.kernel.statement import statement
from verify.kernel.term import Exp, Idx, Log, Pow, Subscript, Term, Variable, mul, number
from verify.language import (
    Claim,
    Expression,
    Refuted,
    diff,
    dims,
    equal,
    exp,
    function,
    index,
    less,
    log,
    matrix,
    scalar,
    sigma,
    softmax,
    sum_over,
    vector,
)

(n,) = dims("n")
x, z, a, c = vector("x", n), scalar("z"), scalar("a"), scalar("c")
A, B = matrix("A", n, n), matrix("B", n, n)
i, j, k = index("i", n), index("j", n), index("k", n)


def normal_forms_agree(left: Expression, right: Expression) -> bool:
    """Whether the normal form alone takes the sides for equal, without a replay."""
    stated = statement(left, right, ())
    found = patterns(stated.indices, stated.terms)
    return all(decide.normal_forms(stated, pattern, Ring()).equal for pattern in found)


def verdict(left: Expression, right: Expression) -> object:
    """The kernel's verdict on left = right."""
    (link,) = equal(left, right).links()
    return decide.decide(link)


# Each plants a bug; under it the normal form accepts the false equation, and the replay must not.


def _forget_constant(monkeypatch: pytest.MonkeyPatch) -> None:
    right = division.factored

    def wrong(ring: Ring, poly: Poly) -> object:
        common, _, factors = right(ring, poly)
        return common, fmpq(1), factors

    monkeypatch.setattr(division, "factored", wrong)


def _sum_of_one_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Ring, "size", lambda ring, extent: ring.constant(1))


def _delta_not_contracted(monkeypatch: pytest.MonkeyPatch) -> None:
    right = binding.rename
    monkeypatch.setattr(
        binding, "_sum_of_monomial", lambda ring, index, monomial: right(ring, {monomial: fmpq(1)}, {index: 1})
    )


def _one_name_for_two_indices(monkeypatch: pytest.MonkeyPatch) -> None:
    """All bound indices get one name: an inner index is captured."""
    right = atoms.canonical
    monkeypatch.setattr(blocks, "canonical", lambda depth, place, extent: right(depth, 0, extent))


def _exp_of_sum_is_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        operations,
        "_exponential",
        lambda ring, poly: ring.sum(
            operations._exponential_of_term(ring, monomial, coefficient) for monomial, coefficient in poly.items()
        ),
    )


def _log_of_sum_is_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    right = operations._logarithm
    monkeypatch.setattr(
        operations,
        "_logarithm",
        lambda ring, poly: ring.sum(right(ring, {monomial: coefficient}) for monomial, coefficient in poly.items()),
    )


PLANTED_IN_THE_NORMAL_FORM = [
    pytest.param(
        _forget_constant, 1 / (2 * a + 2 * c + 4), 1 / (a + c + 2), id="a constant lost when a denominator is factored"
    ),
    pytest.param(_sum_of_one_is_one, sum_over(i, z), z, id="the sum of a constant over an index"),
    pytest.param(_delta_not_contracted, sum_over(i, x[i]), x[1], id="an index replaced where no delta allows it"),
    pytest.param(
        _one_name_for_two_indices,
        sum_over(i, sum_over(j, A[i, j] * B[j, i])),
        sum_over(i, sum_over(j, A[i, j] * B[i, j])),
        id="two bound indices under one name",
    ),
    pytest.param(_exp_of_sum_is_sum, exp(a + c), exp(a) + exp(c), id="exp taken to be additive"),
    pytest.param(_log_of_sum_is_sum, log(exp(a) + exp(c)), a + c, id="log taken to be additive"),
]


@pytest.mark.parametrize(("plant", "left", "right"), PLANTED_IN_THE_NORMAL_FORM)
def test_a_wrong_rule_of_the_normal_form_is_caught_by_the_replay(
    plant: Callable[[pytest.MonkeyPatch], None],
    left: Expression,
    right: Expression,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert not normal_forms_agree(left, right), "the equation must be false for this test to mean anything"
    plant(monkeypatch)
    assert normal_forms_agree(left, right), "the planted rule must make the normal form accept it"
    assert isinstance(verdict(left, right), Refuted)


def _wrong_derivative(wrong: Callable[[Term], Term | None]) -> Callable[[pytest.MonkeyPatch], None]:
    right = differentiate._rule

    def rule(
        term: Term,
        variable: Variable,
        at: tuple[Subscript, ...],
        d: Callable[[Term], Term],
        fresh: Callable[[object], Subscript | Idx],
    ) -> Term:
        factor = wrong(term)
        derivative = right(term, variable, at, d, fresh)
        return derivative if factor is None else mul(factor, derivative)

    def plant(monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(differentiate, "_rule", rule)

    return plant


def _only_the_generic_pattern(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decide, "patterns", lambda indices, terms: patterns(indices, terms)[:1])


PLANTED_DERIVATIVES = [
    pytest.param(
        _wrong_derivative(lambda term: number(2) if isinstance(term, Exp) else None),
        Claim("false", equal(diff(exp(z), z), 2 * exp(z))),
        id="the derivative of exp doubled",
    ),
    pytest.param(
        _wrong_derivative(lambda term: number(-1) if isinstance(term, Log) else None),
        Claim("false", equal(diff(log(exp(z) + 1), z), -sigma(z))),
        id="the derivative of log negated",
    ),
    pytest.param(
        _wrong_derivative(lambda term: number(-1) if isinstance(term, Pow) and term.exponent < 0 else None),
        Claim("false", equal(diff(1 / z, z), 1 / z**2), given=(less(0, z),)),
        id="the derivative of a reciprocal negated",
    ),
    pytest.param(
        _only_the_generic_pattern,
        Claim("false", equal(diff(softmax(x)[i], x[k]), -softmax(x)[i] * softmax(x)[k])),
        id="the index pattern i = k left out, of replay and normal form",
    ),
]


@pytest.mark.parametrize(("plant", "claim"), PLANTED_DERIVATIVES)
def test_what_normal_form_and_replay_share_is_caught_by_the_sampler(
    plant: Callable[[pytest.MonkeyPatch], None], claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    (link,) = claim.links()
    assert isinstance(decide.decide(link), Refuted), "the equation must be false for this test to mean anything"
    plant(monkeypatch)
    with pytest.raises(Contradiction, match="is proved, but the sampler sees it fail"):
        prove_claim(claim)


def test_unknown_functions_have_no_hidden_derivative_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that loses the order of an unknown function's derivative is seen at an instance."""
    monkeypatch.setattr(operations, "FnForm", lambda symbol, order, argument: _fn(symbol, argument))
    f = function("f")
    assert normal_forms_agree(f.derivative(z), f(z))
    assert isinstance(verdict(f.derivative(z), f(z)), Refuted)


def _fn(symbol: str, argument: object) -> object:
    return FnForm(symbol, 0, argument)  # type: ignore[arg-type]
